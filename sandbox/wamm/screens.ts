import {
  type ChannelState,
  chatOf,
  type NumberRefusal,
  newChat,
  userOf,
  type WammChat,
  type WammMessage,
  type WammState,
} from './wamm-state.ts'

/** What customers do on their phones and staff in WAMM's own screens: nothing of it passes the API. */
export interface WammScreens {
  addUser(user: {
    readonly id: string
    readonly name: string
    readonly email?: string
    readonly role?: 'user' | 'admin'
  }): void
  blockUser(id: string, blocked?: boolean): void
  deleteUser(id: string): void
  /** Opens the chat, or makes it, with nobody responsible. */
  customerWrites(
    key: string,
    message: {
      readonly text: string
      readonly name?: string
      readonly phoneReal?: string
      readonly tip?: 'user' | 'group'
    },
  ): void
  /** As in WAMM, whoever writes first where nobody is responsible becomes responsible. */
  staffWrites(key: string, message: { readonly userId: string; readonly text: string }): void
  /** Somebody chooses another responsible user, or nobody. */
  assignInProvider(key: string, userId: string | null): void
  closeChat(key: string): void
  /**
   * What contact_to answers for the number; null: nothing is wrong with it. To say "please retry" makes WAMM look
   * the number up, so it is said once.
   */
  setNumber(key: string, refusal: NumberRefusal | null): void
  setChannelState(state: ChannelState): void
}

export const createScreens = (deps: {
  readonly state: WammState
  readonly nowMs: () => number
  readonly changed: () => void
  readonly tell: (chat: WammChat, message: WammMessage) => void
}): WammScreens => {
  const { state, nowMs, changed } = deps
  const write = (chat: WammChat, from: WammMessage['from'], text: string): void => {
    const message = { atMs: nowMs(), from, text }
    chat.open = true
    chat.messages.push(message)
    deps.tell(chat, message)
    changed()
  }
  return {
    addUser({ id, name, email = '', role = 'user' }) {
      state.users.set(id, { id, name, email, role, blocked: false, deleted: false })
      changed()
    },
    blockUser(id, blocked = true) {
      userOf(state, id).blocked = blocked
      changed()
    },
    deleteUser(id) {
      userOf(state, id).deleted = true
      changed()
    },
    customerWrites(key, { text, name, phoneReal, tip = 'user' }) {
      const chat = state.chats.get(key) ?? newChat(state, key, tip)
      if (name !== undefined) chat.name = name
      if (phoneReal !== undefined) chat.phoneReal = phoneReal
      write(chat, 'customer', text)
    },
    staffWrites(key, { userId, text }) {
      const chat = chatOf(state, key)
      chat.holder ??= userOf(state, userId).id
      write(chat, 'staff', text)
    },
    assignInProvider(key, userId) {
      chatOf(state, key).holder = userId === null ? null : userOf(state, userId).id
      changed()
    },
    closeChat(key) {
      chatOf(state, key).open = false
      changed()
    },
    setNumber(key, refusal) {
      if (refusal === null) state.numbers.delete(key)
      else state.numbers.set(key, refusal)
      changed()
    },
    setChannelState(channelState) {
      state.channel.state = channelState
      changed()
    },
  }
}
