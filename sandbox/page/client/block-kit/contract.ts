/**
 * The seam between the page, which knows the transport, and the renderer of blocks, which does not.
 */

export type Json = Record<string, unknown>

/** Display names without `@` or `#`; null for an id the page does not know. */
export interface Names {
  user(id: string): string | null
  channel(id: string): string | null
  usergroup(id: string): string | null
  /** Ids of those who can be chosen in selects of users and channels; without these, nobody can. */
  listUsers?(): readonly string[]
  listChannels?(): readonly string[]
}

/** What a person did to a control outside a form; the fields are those of Slack's `actions[]`. */
export interface ControlEvent {
  readonly blockId: string
  readonly actionId: string
  readonly type: string
  readonly value: string | readonly string[] | null
  readonly optionText?: string
}

export interface OfferedOption {
  readonly text: string
  readonly description: string | null
  readonly value: string
}

/** Inputs of a form, by block_id then action_id. */
export type FormValues = Readonly<Record<string, Readonly<Record<string, string | readonly string[] | null>>>>

export interface BlocksProps {
  readonly blocks: readonly Json[]
  readonly surface: 'message' | 'modal' | 'home'
  readonly names: Names
  /** While an action is under way. */
  readonly disabled?: boolean
  /** Buttons, overflow, and selects in actions or accessories. */
  onAction(event: ControlEvent): void
  /** The options of an external_select; rejects with an Error a person can read. */
  loadOptions(actionId: string, typed: string): Promise<readonly OfferedOption[]>
  /** Inputs of modals. */
  readonly values?: FormValues
  onChange?(values: FormValues): void
  /** The errors of `response_action: errors`, by block_id. */
  readonly errors?: Readonly<Record<string, string>>
  openLink?(url: string): void
}
