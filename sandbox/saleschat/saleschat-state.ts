import { type Breach, createRateLimit, type RateLimit } from '../provider/rate-limit.ts'

export interface SalesChatContact {
  readonly id: string
  crmId: string
  /** E.164 */
  readonly phone: string
  firstName: string
  lastName: string
  readonly optInAtMs: number
  readonly createdAtMs: number
  expired: boolean
  stage: string | null
  disposition: string | null
  /** The id of the user who has the chat, or null. */
  holder: string | null
}

export interface SalesChatUser {
  readonly id: string
  readonly name: string
}

export interface SalesChatGroup {
  readonly id: string
  readonly name: string
  readonly members: readonly string[]
  /** How often a member was chosen, each in turn. */
  chosen: number
}

/** An assignment by the API that SalesChat has accepted, in the order of being accepted. */
export interface SalesChatWrite {
  readonly atMs: number
  readonly key: string
  readonly to: { readonly user: string } | { readonly group: string }
  readonly onHandover: boolean
  readonly wabaId: string | null
  readonly phoneId: string | null
}

export interface SalesChatState {
  readonly contacts: Map<string, SalesChatContact>
  readonly users: Map<string, SalesChatUser>
  readonly groups: Map<string, SalesChatGroup>
  readonly writes: SalesChatWrite[]
  /** By contact: what was accepted and has not taken effect; a newer one takes the older one's place. */
  readonly accepted: Map<string, SalesChatWrite>
  /** Of assignments, by contact. */
  readonly assignLimit: RateLimit
  /** Assignments that came too early. */
  readonly breaches: readonly Breach[]
  /** Of the token. */
  role: SalesChatRole
}

export type SalesChatRole = 'ADMIN' | 'MEMBER'

/** "Allows 1 request per 10 seconds per contact" */
const limit = { most: 1, perMs: 10_000 }

export const emptyState = (): SalesChatState => {
  const assignLimit = createRateLimit(limit)
  return {
    contacts: new Map(),
    users: new Map(),
    groups: new Map(),
    writes: [],
    accepted: new Map(),
    assignLimit,
    breaches: assignLimit.breaches,
    role: 'ADMIN',
  }
}

export const contactOf = (state: SalesChatState, key: string): SalesChatContact => {
  const contact = state.contacts.get(key)
  if (contact === undefined) throw new Error(`no contact ${key} in the sandbox's SalesChat`)
  return contact
}

export const userOf = (state: SalesChatState, id: string): SalesChatUser => {
  const user = state.users.get(id)
  if (user === undefined) throw new Error(`no user ${id} in the sandbox's SalesChat`)
  return user
}

export const addContact = (
  state: SalesChatState,
  contact: Pick<SalesChatContact, 'id' | 'crmId' | 'phone' | 'createdAtMs'> & Partial<SalesChatContact>,
): SalesChatContact => {
  const added: SalesChatContact = {
    firstName: '',
    lastName: '',
    optInAtMs: contact.createdAtMs,
    expired: false,
    stage: null,
    disposition: null,
    holder: null,
    ...contact,
  }
  state.contacts.set(added.id, added)
  return added
}

/** What was accepted for the contact takes effect; of a group, the next member has the chat. */
export const takeEffect = (state: SalesChatState, { key, to }: SalesChatWrite): void => {
  state.accepted.delete(key)
  const contact = contactOf(state, key)
  if ('user' in to) {
    contact.holder = to.user
    return
  }
  const group = state.groups.get(to.group)
  const member = group?.members[group.chosen % group.members.length]
  if (group === undefined || member === undefined) return
  group.chosen += 1
  contact.holder = member
}
