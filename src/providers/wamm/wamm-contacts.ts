import { type ChatKey, chatKey } from '../../routing/ids.ts'
import { unreadable } from '../answer.ts'
import type { ContactBook, ContactField, ContactRef } from '../contract.ts'
import { fitsInPath } from '../fits-in-path.ts'
import { contactFieldsAnswer, savedAnswer } from './answers.ts'
import { type CallWamm, invalidKey } from './call-wamm.ts'

/** The limits are those of contact_to's page; it has none for the note. */
const fields: readonly ContactField[] = [
  { id: 'name', kind: 'line', required: true, maxLength: 250 },
  { id: 'note', kind: 'lines', required: false },
  { id: 'email', kind: 'email', required: false, maxLength: 150 },
  { id: 'web', kind: 'web', required: false, maxLength: 150 },
]

/**
 * WAMM's contacts: read by contact_get, added and updated by contact_to, which finds out by itself whether it
 * has the number. Its page does not say what becomes of a value whose parameter is absent; only the name is
 * required, so it is taken to stay.
 */
export const createWammContacts = (call: CallWamm): ContactBook => ({
  fields,
  newFields: fields,

  async read(contact) {
    const key = keyOf(contact)
    if (key === null || !fitsInPath(key)) return invalidKey
    const answer = await call('contact_get', [key])
    if (answer.kind !== 'answer') return answer
    const data = contactFieldsAnswer.safeParse(answer.body).data?.data
    if (data === undefined) return unreadable('contact_get answered no contact')
    const { name, notes, email, web } = data
    return {
      kind: 'done',
      value: {
        ...(name === undefined ? {} : { name }),
        ...(notes === undefined ? {} : { note: notes }),
        ...(email === undefined ? {} : { email }),
        ...(web === undefined ? {} : { web }),
      },
    }
  },

  async save(contact, { name = '', note, email, web }) {
    const key = keyOf(contact)
    if (key === null || !fitsInPath(key)) return invalidKey
    const answer = await call('contact_to', [''], { phone: key, name, info: note, email, web })
    if (answer.kind !== 'answer') return answer
    const result = savedAnswer.safeParse(answer.body).data?.result
    if (result === undefined) return unreadable('contact_to answered no result')
    return { kind: 'done', value: { kind: result === 'insert' ? 'added' : 'updated', key } }
  },
})

/** WAMM's key of an E.164 number: its digits. */
export const keyOfPhone = (phone: string): ChatKey => chatKey(phone.replace(/^\+/, ''))

const keyOf = ({ key, phone }: ContactRef): ChatKey | null =>
  key ?? (phone === null ? null : keyOfPhone(phone))
