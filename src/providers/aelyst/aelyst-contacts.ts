import { type ChatKey, chatKey } from '../../routing/ids.ts'
import type { ContactBook, ContactField, ContactValues, Outcome, SavedContact } from '../contract.ts'
import type { AelystClient } from './aelyst-client.ts'
import type { Contact } from './answers.ts'
import {
  changeContact,
  invalidKey,
  isUnknown,
  pathOf,
  readContact,
  readContactById,
} from './contact-requests.ts'
import { conversationOf } from './rows.ts'

const firstName: ContactField = { id: 'first-name', kind: 'line', required: true }
const lastName: ContactField = { id: 'last-name', kind: 'line', required: false }
const email: ContactField = { id: 'email', kind: 'email', required: false }
const conversation: ContactField = {
  id: 'conversation',
  kind: 'choice',
  required: false,
  choices: ['open', 'closed'],
}

/** Aelyst's names of what is typed. */
const typed = [
  ['first-name', 'firstName'],
  ['last-name', 'lastName'],
  ['email', 'email'],
] as const

/**
 * Aelyst's contacts. Its pages show createcontact and the fields of a contact; what an update sends is taken from
 * respond.io's SDK (`Partial<ContactFields>`: an absent field stays, null clears it), whose model Aelyst shares.
 *
 * Saving is repeated safely: only what differs from what Aelyst has is written.
 */
export const createAelystContacts = (client: AelystClient): ContactBook => ({
  fields: [firstName, lastName, email, conversation],
  newFields: [firstName, lastName, email],

  async read({ key, phone }) {
    const read = key === null ? await readByPhone(client, phone) : await readContactById(client, key)
    return read.kind === 'done' ? { kind: 'done', value: valuesOf(read.value) } : read
  },

  save: ({ key, phone }, values) => (key === null ? add(client, phone, values) : update(client, key, values)),
})

const valuesOf = (contact: Contact): ContactValues => {
  const status = conversationOf(contact)
  return {
    ...Object.fromEntries(typed.map(([id, name]) => [id, contact[name] ?? ''])),
    ...(status === null ? {} : { conversation: status }),
  }
}

const readByPhone = async (client: AelystClient, phone: string | null): ReturnType<typeof readContact> => {
  const path = phone === null ? null : pathOf({ phone })
  return path === null ? invalidKey : readContact(client, path)
}

const update = async (
  client: AelystClient,
  key: ChatKey,
  values: ContactValues,
): Promise<Outcome<SavedContact>> => {
  const read = await readContactById(client, key)
  if (read.kind !== 'done') return read
  const before = valuesOf(read.value)

  const changed = typed.filter(([id]) => values[id] !== undefined && values[id] !== before[id])
  if (changed.length > 0) {
    const body = Object.fromEntries(changed.map(([id, name]) => [name, values[id] || null]))
    const renamed = await changeContact(client, key, { method: 'PUT', body, about: 'contact' })
    if (renamed.kind !== 'done') return renamed
  }
  if (values.conversation !== undefined && values.conversation !== before.conversation) {
    const moved = await changeContact(client, key, {
      method: 'POST',
      action: 'conversation/status',
      body: { status: values.conversation === 'closed' ? 'close' : 'open' },
      about: 'contact',
    })
    if (moved.kind !== 'done') return changed.length > 0 ? afterWrite(moved) : moved
  }
  return { kind: 'done', value: { kind: 'updated', key } }
}

/**
 * Createcontact answers no id, and its page says that a contact takes time to appear: until then the outcome is
 * `queued`. The try after that finds the contact as it is wanted. One that is there with other values is somebody's
 * work and stays as it is.
 */
const add = async (
  client: AelystClient,
  phone: string | null,
  values: ContactValues,
): Promise<Outcome<SavedContact>> => {
  const found = await readByPhone(client, phone)
  if (found.kind === 'done') return isAsWanted(found.value, values) ? added(found.value) : contactExists
  const path = phone === null ? null : pathOf({ phone })
  if (path === null || !isUnknown(found)) return found

  const given = typed.flatMap(([id, name]) => (values[id] ? [[name, values[id]]] : []))
  const body = { ...Object.fromEntries(given), phone }
  const created = await client.change({ method: 'POST', path, body, about: 'contact' })
  if (created.kind !== 'answer') return created
  const read = await readByPhone(client, phone)
  if (read.kind === 'done') return added(read.value)
  return isUnknown(read)
    ? { kind: 'retry', problem: 'queued', detail: 'added, but not there yet', sent: true }
    : afterWrite(read)
}

/** Aelyst may have trimmed a name or written an address in lower case. */
const isAsWanted = (contact: Contact, values: ContactValues): boolean => {
  const has = valuesOf(contact)
  return typed.every(([id]) => spelled(has[id]) === spelled(values[id]))
}
const spelled = (text = ''): string => text.trim().toLowerCase()

const added = ({ id }: Contact): Outcome<SavedContact> => ({
  kind: 'done',
  value: { kind: 'added', key: chatKey(id) },
})

const contactExists: Outcome<never> = {
  kind: 'refused',
  problem: 'contact-exists',
  detail: 'there is a contact with this number',
}

/** The failure of a request that followed one which was carried out. */
const afterWrite = (failure: Outcome<never>): Outcome<never> =>
  failure.kind === 'retry' ? { ...failure, sent: true } : failure
