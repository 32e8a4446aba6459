import type { SandboxWebhook } from '../provider/webhook.ts'

export interface AelystContact {
  readonly id: string
  firstName: string
  lastName: string | null
  readonly phone: string | null
  email: string | null
  status: 'open' | 'closed'
  /** A user's id, or null for nobody. */
  holder: string | null
  readonly createdAtMs: number
  /** While work on it is queued, every change is answered with 449. */
  queued: boolean
  /** False while Aelyst still works on adding it: nobody finds it until then. */
  visible: boolean
  readonly messages: AelystMessage[]
  readonly comments: { readonly atMs: number; readonly text: string }[]
}

export interface AelystMessage {
  readonly atMs: number
  readonly from: 'customer' | 'staff'
  readonly text: string
}

export interface AelystUser {
  readonly id: string
  readonly firstName: string
  readonly lastName: string
  readonly email: string
  readonly role: 'agent' | 'manager' | 'owner'
  removed: boolean
}

/** A change of holder by the API that Aelyst carried out, in the order of being carried out. */
export interface AelystWrite {
  readonly atMs: number
  readonly key: string
  readonly from: string | null
  readonly to: string | null
}

/** What Aelyst's pages leave open or clients have met otherwise. */
export interface AelystQuirks {
  ids: 'numbers' | 'strings'
  /** How a contact whom nobody holds is printed. */
  nobody: 'null' | 'empty' | 'missing'
  /** Whether listcontacts knows the field `status`. */
  statusFilter: boolean
  /** Whether the limit of requests is enforced. */
  limited: boolean
  /** Whether a contact that is added by the API appears only with `finishAdding`. */
  addsSlowly: boolean
}

export interface AelystState {
  readonly contacts: Map<string, AelystContact>
  readonly users: Map<string, AelystUser>
  readonly writes: AelystWrite[]
  readonly quirks: AelystQuirks
  readonly webhook: SandboxWebhook
  /** How many have been told. */
  events: number
}

export const emptyState = (webhook: SandboxWebhook): AelystState => ({
  contacts: new Map(),
  users: new Map(),
  writes: [],
  quirks: { ids: 'numbers', nobody: 'null', statusFilter: true, limited: true, addsSlowly: false },
  webhook,
  events: 0,
})

export const contactOf = (state: AelystState, id: string): AelystContact => {
  const contact = state.contacts.get(id)
  if (contact === undefined) throw new Error(`no contact ${id} in the sandbox's Aelyst`)
  return contact
}

export const userOf = (state: AelystState, id: string): AelystUser => {
  const user = state.users.get(id)
  if (user === undefined) throw new Error(`no user ${id} in the sandbox's Aelyst`)
  return user
}

/** A contact whom nobody holds, known by number or address. */
export const addContact = (
  state: AelystState,
  about: Pick<AelystContact, 'firstName' | 'lastName' | 'phone' | 'email' | 'status' | 'createdAtMs'>,
): AelystContact => {
  const id = String(501 + state.contacts.size)
  const contact = { id, ...about, holder: null, queued: false, visible: true, messages: [], comments: [] }
  state.contacts.set(id, contact)
  return contact
}
