export interface WammChat {
  /** Phone digits or a chat id: what WAMM calls `phone`. */
  readonly key: string
  readonly chatId: string
  readonly apiId: string
  readonly tip: 'user' | 'group'
  name: string
  notes: string
  email: string
  web: string
  /** The number or nickname behind a chat id; null where the key is the number. */
  phoneReal: string | null
  /** A user's id, or null for nobody. */
  holder: string | null
  open: boolean
  readonly messages: WammMessage[]
}

export interface WammMessage {
  readonly atMs: number
  readonly from: 'customer' | 'staff'
  readonly text: string
}

export interface WammUser {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly role: 'user' | 'admin'
  blocked: boolean
  deleted: boolean
}

export type ChannelState = 'authorized' | 'notAuthorized' | 'starting' | 'blocked'

/** A change of holder by the API that WAMM answered with success, in the order of being carried out. */
export interface WammWrite {
  readonly atMs: number
  readonly key: string
  readonly from: string | null
  readonly to: string | null
}

/** What contact_to says of a number that cannot be a contact, or that has not been looked up yet. */
export const numberRefusals = [
  'no WhatsApp on the number',
  'no Account on the number',
  'phone not checked for WhatsApp, please retry',
  'phone not checked, please retry',
] as const
export type NumberRefusal = (typeof numberRefusals)[number]

export interface WammState {
  readonly chats: Map<string, WammChat>
  readonly users: Map<string, WammUser>
  readonly writes: WammWrite[]
  readonly numbers: Map<string, NumberRefusal>
  /** `hook`: the address that is told of messages, or nothing. */
  channel: { readonly apiId: string; readonly phone: string; state: ChannelState; hook: string }
}

export const emptyState = (): WammState => ({
  chats: new Map(),
  users: new Map(),
  writes: [],
  numbers: new Map(),
  channel: { apiId: '1001', phone: '79180000000', state: 'authorized', hook: '' },
})

export const chatOf = (state: WammState, key: string): WammChat => {
  const chat = state.chats.get(key)
  if (chat === undefined) throw new Error(`no chat ${key} in the sandbox's WAMM`)
  return chat
}

export const userOf = (state: WammState, id: string): WammUser => {
  const user = state.users.get(id)
  if (user === undefined) throw new Error(`no user ${id} in the sandbox's WAMM`)
  return user
}

/** A chat that is not open yet, called by its number. */
export const newChat = (state: WammState, key: string, tip: WammChat['tip']): WammChat => {
  const chat: WammChat = {
    key,
    chatId: String(1000 + state.chats.size),
    apiId: state.channel.apiId,
    tip,
    name: key,
    notes: '',
    email: '',
    web: '',
    phoneReal: null,
    holder: null,
    open: false,
    messages: [],
  }
  state.chats.set(key, chat)
  return chat
}
