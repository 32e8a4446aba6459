import type { ChatKey } from '../../routing/ids.ts'
import { type Failure, unreadable } from '../answer.ts'
import type { CustomerAddress, Outcome } from '../contract.ts'
import type { AelystClient, AelystRequest } from './aelyst-client.ts'
import { actionAnswer, type Contact, contact } from './answers.ts'

/** Path of the contact with this number or address, spelled as respond.io's SDK does; null if none can have it. */
export const pathOf = (by: CustomerAddress): string | null => {
  const identifier = 'phone' in by ? `phone:${by.phone}` : `email:${by.email}`
  if (!identifier.isWellFormed()) return null
  const encoded = encodeURIComponent(identifier).replace(/%(?:3A|2B|40)/g, decodeURIComponent)
  return `/contact/${encoded}`
}

export const readContact = async (
  client: AelystClient,
  path: string,
): Promise<{ readonly kind: 'done'; readonly value: Contact } | Failure> => {
  const answer = await client.read({ method: 'GET', path, about: 'chat' })
  if (answer.kind !== 'answer') return answer
  const value = contact.safeParse(answer.body).data
  return value === undefined ? unreadable('answered no contact') : { kind: 'done', value }
}

export const readContactById = async (client: AelystClient, key: ChatKey): ReturnType<typeof readContact> => {
  if (!isContactId(key)) return invalidKey
  const read = await readContact(client, `/contact/id:${key}`)
  return read.kind === 'done' && read.value.id !== key ? unreadable('answered another contact') : read
}

/** A change of the contact, with `action` below its path; done only when Aelyst names the contact it has changed. */
export const changeContact = async (
  client: AelystClient,
  key: ChatKey,
  { action, ...request }: Omit<AelystRequest, 'path'> & { readonly action?: string },
): Promise<Outcome<null>> => {
  if (!isContactId(key)) return invalidKey
  const path = `/contact/id:${key}${action === undefined ? '' : `/${action}`}`
  const answer = await client.change({ ...request, path })
  if (answer.kind !== 'answer') return answer
  return actionAnswer.safeParse(answer.body).data?.contactId === key
    ? { kind: 'done', value: null }
    : unreadable('answered no contactId of this contact')
}

export const isUnknown = (outcome: Outcome<unknown>): boolean =>
  outcome.kind === 'refused' && outcome.problem === 'chat-not-found'

/** Nothing else can be an id at Aelyst, nor change the path. */
const isContactId = (key: ChatKey): boolean => /^[1-9]\d*$/.test(key)

export const invalidKey: Failure = {
  kind: 'refused',
  problem: 'invalid-chat-key',
  detail: 'cannot be a contact of Aelyst',
}
