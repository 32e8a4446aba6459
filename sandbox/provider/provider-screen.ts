import type { SandboxProvider } from './start-provider.ts'

export type ProviderId = 'wamm' | 'saleschat' | 'aelyst'

/** What a provider's own screens show, in the same words for each of them. */
export interface ProviderScreen {
  readonly id: ProviderId
  /** `WAMM.chat` */
  readonly name: string
  /** The API's method that changes who has a chat. */
  readonly assigns: string
  readonly provider: SandboxProvider<string>
  /** Nobody may read it. */
  readonly token: string
  chats(): readonly ShownChat[]
  users(): readonly ShownUser[]
}

export interface ShownChat {
  readonly key: string
  readonly name: string
  /** The customer's number, nickname or e-mail address. */
  readonly address: string
  /** A user's id, or null for nobody. */
  readonly holder: string | null
  /** Who is to have it, where the provider has accepted that and it is not so yet; else null. */
  readonly accepted: { readonly to: string; readonly onReply: boolean } | null
  readonly open: boolean
  readonly lastMessage: {
    readonly atMs: number
    readonly from: 'customer' | 'staff'
    readonly text: string
  } | null
  /** What is noted about the customer for staff; empty where nothing is. */
  readonly note: string
}

export interface ShownUser {
  readonly id: string
  readonly name: string
  readonly canHold: boolean
}
