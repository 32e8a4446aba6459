import { type ChatKey, chatKey } from '../../routing/ids.ts'
import { partsOfPhone } from '../../routing/phone.ts'
import { unreadable } from '../answer.ts'
import type {
  ContactBook,
  ContactField,
  ContactFieldId,
  ContactValues,
  Outcome,
  SavedContact,
} from '../contract.ts'
import { type ContactRow, contactRow } from './answers.ts'
import type { SalesChatClient } from './saleschat-client.ts'

/** How a new contact's number is written: the definition has an object, its example a text. */
export type PhoneFormat = 'object' | 'e164'

/**
 * SalesChat's contacts. Stage and disposition can be written, but nothing tells what they are; they cannot be
 * cleared either, so an empty one leaves them as they are. The rest can be read where the number is known.
 * Whether updateContact leaves a name alone that is not sent is not documented; the form sends both.
 */
export const createSalesChatContacts = (options: {
  readonly client: SalesChatClient
  /** The stages to choose from, since SalesChat lists none; with none, any text is taken. */
  readonly stages: readonly string[]
  readonly phoneFormat: PhoneFormat
}): ContactBook => {
  const { client, stages, phoneFormat } = options

  const read: ContactBook['read'] = async ({ key, phone }): Promise<Outcome<ContactValues>> => {
    if (key === null || phone === null) return { kind: 'done', value: {} }
    const found = await client.getContactByPhone(phone)
    if (found.kind !== 'done') return found
    const contact = found.value.find(({ id }) => id === key)
    return contact === undefined ? notUnderNumber : { kind: 'done', value: valuesOf(contact) }
  }

  const update = async (
    key: ChatKey,
    phone: string | null,
    values: ContactValues,
  ): Promise<Outcome<SavedContact>> => {
    const { stage = '', disposition = '' } = values
    if (stage === '' && disposition !== '') return missing('stage')
    if (written.some((field) => values[field] !== undefined)) {
      const told = await read({ key, phone })
      if (told.kind !== 'done') return told
      if (written.some((field) => values[field] !== undefined && values[field] !== told.value[field])) {
        const crmId = values['crm-id'] ?? told.value['crm-id'] ?? ''
        if (crmId === '') return missing('crm-id')
        const answer = await client.updateContact(key, { crm_id: crmId, ...namesOf(values) })
        if (answer.kind !== 'answer') return answer
      }
    }
    if (stage !== '') {
      const answer = await client.updateContactDisposition(key, {
        stage,
        ...(disposition === '' ? {} : { disposition }),
      })
      if (answer.kind !== 'answer') return answer
    }
    return { kind: 'done', value: { kind: 'updated', key } }
  }

  const add = async (phone: string | null, values: ContactValues): Promise<Outcome<SavedContact>> => {
    const { 'crm-id': crmId = '', 'opt-in-date': optInDate = '' } = values
    if (crmId === '') return missing('crm-id')
    if (optInDate === '') return missing('opt-in-date')
    const number = phone === null ? null : phoneFormat === 'e164' ? phone : phoneNumberOf(phone)
    if (number === null) return noNumber
    const answer = await client.registerContact({
      crm_id: crmId,
      opt_in_date: `${optInDate}T00:00:00.000Z`,
      phone_number: number,
      ...namesOf(values),
    })
    if (answer.kind !== 'answer') return answer
    const contact = contactRow.safeParse(answer.body).data
    return contact === undefined
      ? unreadable('adding a contact answered no id')
      : { kind: 'done', value: { kind: 'added', key: chatKey(contact.id) } }
  }

  return {
    fields: [
      crmIdField,
      ...nameFields,
      {
        id: 'stage',
        required: false,
        ...(stages.length === 0 ? { kind: 'line' } : { kind: 'choice', choices: stages }),
      },
      { id: 'disposition', kind: 'line', required: false },
    ],
    newFields: [crmIdField, { id: 'opt-in-date', kind: 'date', required: true }, ...nameFields],
    read,
    save: ({ key, phone }, values) => (key === null ? add(phone, values) : update(key, phone, values)),
  }
}

const crmIdField: ContactField = { id: 'crm-id', kind: 'line', required: true, maxLength: 128 }

const nameFields: readonly ContactField[] = [
  { id: 'first-name', kind: 'line', required: false, maxLength: 128, forbidden: '*' },
  { id: 'last-name', kind: 'line', required: false, maxLength: 128, forbidden: '*' },
]

/** The fields of updateContact. */
const written = ['crm-id', 'first-name', 'last-name'] as const satisfies readonly ContactFieldId[]

const valuesOf = (contact: ContactRow): ContactValues => ({
  'crm-id': contact.crm_id ?? '',
  'first-name': contact.first_name ?? '',
  'last-name': contact.last_name ?? '',
})

const namesOf = (values: ContactValues): { readonly first_name?: string; readonly last_name?: string } => ({
  ...(values['first-name'] === undefined ? {} : { first_name: values['first-name'] }),
  ...(values['last-name'] === undefined ? {} : { last_name: values['last-name'] }),
})

/**
 * The definition's PhoneNumber, which is Google's libphonenumber: the national number is an integer there,
 * so the zeros before it are counted beside it, one of them without its count.
 */
const phoneNumberOf = (e164: string): object | null => {
  const parts = partsOfPhone(e164)
  if (parts === null) return null
  const zeros = /^0*(?=\d)/.exec(parts.national)?.[0].length ?? 0
  return {
    countryCode: Number(parts.country),
    nationalNumber: Number(parts.national),
    ...(zeros > 0 ? { italianLeadingZero: true } : {}),
    ...(zeros > 1 ? { numberOfLeadingZeros: zeros } : {}),
    rawInput: e164,
    countryCodeSource: 'FROM_NUMBER_WITH_PLUS_SIGN',
  }
}

const missing = (field: ContactFieldId): Outcome<never> => ({
  kind: 'refused',
  problem: 'value-missing',
  detail: `no ${field}`,
  field,
})

const notUnderNumber: Outcome<never> = {
  kind: 'refused',
  problem: 'chat-not-found',
  detail: 'no such contact with this number',
}

const noNumber: Outcome<never> = {
  kind: 'refused',
  problem: 'invalid-chat-key',
  detail: 'a new contact needs a number',
}
