import {
  addContact,
  contactOf,
  type SalesChatRole,
  type SalesChatState,
  takeEffect,
  userOf,
} from './saleschat-state.ts'

/** What customers do on their phones and staff in SalesChat's own screens: nothing of it passes the API. */
export interface SalesChatScreens {
  addUser(user: { readonly id: string; readonly name: string }): void
  /** A chat that is assigned to the group goes to each member in turn. */
  addGroup(group: { readonly id: string; readonly name: string; readonly members: readonly string[] }): void
  addContact(contact: {
    readonly id: string
    readonly phone: string
    readonly crmId?: string
    readonly firstName?: string
    readonly lastName?: string
    readonly createdAtMs?: number
  }): void
  /** Somebody chooses who has the chat, or nobody; what was accepted before is done with. */
  assignInProvider(id: string, userId: string | null): void
  expireContact(id: string): void
  /** What was accepted "on handover" takes effect. */
  customerReplies(id: string): void
  /** What was accepted takes effect, except on handover: SalesChat does so a moment after its 202. */
  settle(): void
  /** The role of the API's token. */
  setRole(role: SalesChatRole): void
}

export const createScreens = (deps: {
  readonly state: SalesChatState
  readonly nowMs: () => number
  readonly changed: () => void
}): SalesChatScreens => {
  const { state, nowMs, changed } = deps
  return {
    addUser(user) {
      state.users.set(user.id, user)
      changed()
    },
    addGroup(group) {
      state.groups.set(group.id, { ...group, chosen: 0 })
      changed()
    },
    addContact(contact) {
      addContact(state, { crmId: `crm-${contact.id}`, createdAtMs: nowMs(), ...contact })
      changed()
    },
    assignInProvider(id, userId) {
      const contact = contactOf(state, id)
      contact.holder = userId === null ? null : userOf(state, userId).id
      state.accepted.delete(id)
      changed()
    },
    expireContact(id) {
      contactOf(state, id).expired = true
      changed()
    },
    customerReplies(id) {
      const accepted = state.accepted.get(contactOf(state, id).id)
      if (accepted !== undefined) takeEffect(state, accepted)
      changed()
    },
    settle() {
      for (const accepted of [...state.accepted.values()])
        if (!accepted.onHandover) takeEffect(state, accepted)
      changed()
    },
    setRole(role) {
      state.role = role
      changed()
    },
  }
}
