import {
  type AelystContact,
  type AelystMessage,
  type AelystState,
  type AelystUser,
  addContact,
  contactOf,
  userOf,
} from './aelyst-state.ts'
import { tell, tellClosed, tellMessage } from './tell.ts'

/** What customers do on their phones and staff in Aelyst's own screens: nothing of it passes the API. */
export interface AelystScreens {
  addUser(user: {
    readonly id: string
    readonly firstName: string
    readonly lastName?: string
    readonly email?: string
    readonly role?: AelystUser['role']
  }): void
  /** Whom they held stays theirs. */
  removeUser(id: string): void
  /** Opens the conversation, or makes it, with nobody assigned, and gives the contact's id. */
  customerWrites(
    customer: { readonly phone?: string; readonly email?: string },
    message: { readonly text: string; readonly firstName?: string; readonly lastName?: string },
  ): string
  /** Opens the conversation; who has it stays as it is. */
  staffWrites(id: string, text: string): void
  /** Somebody chooses another assignee, or nobody. */
  assignInProvider(id: string, userId: string | null): void
  closeConversation(id: string): void
  /** Work on the contact is queued until it is called with false. */
  queueWork(id: string, queued?: boolean): void
  /** The contacts that were added by the API meanwhile appear. */
  finishAdding(): void
}

export const createScreens = (deps: {
  readonly state: AelystState
  readonly nowMs: () => number
  readonly changed: () => void
}): AelystScreens => {
  const { state, nowMs, changed } = deps
  const write = (contact: AelystContact, from: AelystMessage['from'], text: string): void => {
    const message = { atMs: nowMs(), from, text }
    const opens = contact.status !== 'open' || contact.messages.length === 0
    contact.status = 'open'
    contact.messages.push(message)
    if (opens) tell(state, 'conversation.opened', contact)
    tellMessage(state, contact, message)
    changed()
  }
  return {
    addUser({ id, firstName, lastName = '', email = `user${id}@example.com`, role = 'agent' }) {
      state.users.set(id, { id, firstName, lastName, email, role, removed: false })
      changed()
    },
    removeUser(id) {
      userOf(state, id).removed = true
      changed()
    },
    customerWrites({ phone = null, email = null }, { text, firstName, lastName = null }) {
      const known = [...state.contacts.values()].find(
        (each) => (phone !== null && each.phone === phone) || (email !== null && each.email === email),
      )
      const contact =
        known ??
        addContact(state, {
          firstName: firstName ?? phone ?? email ?? '',
          lastName,
          phone,
          email,
          status: 'open',
          createdAtMs: nowMs(),
        })
      if (known === undefined) tell(state, 'contact.created', contact)
      write(contact, 'customer', text)
      return contact.id
    },
    staffWrites(id, text) {
      write(contactOf(state, id), 'staff', text)
    },
    assignInProvider(id, userId) {
      const contact = contactOf(state, id)
      contact.holder = userId === null ? null : userOf(state, userId).id
      tell(state, 'contact.assignee.updated', contact)
      changed()
    },
    closeConversation(id) {
      const contact = contactOf(state, id)
      const closedBy = contact.holder === null ? null : userOf(state, contact.holder)
      contact.status = 'closed'
      contact.holder = null
      tellClosed(state, contact, closedBy, nowMs())
      changed()
    },
    queueWork(id, queued = true) {
      contactOf(state, id).queued = queued
      changed()
    },
    finishAdding() {
      for (const contact of state.contacts.values()) {
        if (contact.visible) continue
        contact.visible = true
        tell(state, 'contact.created', contact)
      }
      changed()
    },
  }
}
