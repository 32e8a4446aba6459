import type { ProviderAnswer } from '../provider/serve-call.ts'
import {
  assignChatroomReq,
  contactReq,
  e164,
  updateContactDispositionReq,
  updateContactReq,
} from './requests.ts'
import { addContact, type SalesChatContact, type SalesChatState } from './saleschat-state.ts'

/** The documented methods by their operationId: path arguments and body in, the documented answer out. */
export const methods = {
  assignChatroom: {
    verb: 'POST',
    path: /^\/v3\/orgs\/([^/]+)\/contacts\/([^/]+)\/assign$/,
    handle: (state, { key, body, nowMs }) => {
      if (state.assignLimit.count(key, nowMs).refused) return refusal(4290001)
      const asked = assignChatroomReq.safeParse(body).data
      if (asked === undefined) return refusal(4220001)
      const known = 'user' in asked.to ? state.users.has(asked.to.user) : state.groups.has(asked.to.group)
      // What it answers for a contact that does not exist is not documented.
      if (!known || !state.contacts.has(key)) return refusal(4040001)
      const write = {
        atMs: nowMs,
        key,
        to: asked.to,
        onHandover: asked.assign_on_handover,
        wabaId: asked.remote_waba_id ?? null,
        phoneId: asked.remote_phone_id ?? null,
      }
      state.writes.push(write)
      state.accepted.set(key, write)
      return { status: 202, body: '' }
    },
  },

  registerContactV2: {
    verb: 'POST',
    path: /^\/v2\/org\/([^/]+)\/contact$/,
    handle: (state, { body, nowMs }) => {
      const asked = contactReq.safeParse(body).data
      if (asked === undefined) return refusal(4220001)
      if (contactWithCrmId(state, asked.crm_id) !== undefined) return refusal(4090001)
      const contact = addContact(state, {
        id: `contact-${state.contacts.size + 1}`,
        crmId: asked.crm_id,
        phone: asked.phone_number,
        firstName: asked.first_name ?? '',
        lastName: asked.last_name ?? '',
        optInAtMs: Date.parse(asked.opt_in_date),
        createdAtMs: nowMs,
      })
      return ok(printed(contact))
    },
  },

  updateContact: {
    verb: 'PUT',
    path: /^\/v1\/orgs\/([^/]+)\/contact\/([^/]+)$/,
    handle: (state, { key, body }) => {
      const asked = updateContactReq.safeParse(body).data
      if (asked === undefined) return refusal(4220001)
      const contact = state.contacts.get(key)
      if (contact === undefined) return refusal(4040001)
      // The page has no 409 for this method.
      if ((contactWithCrmId(state, asked.crm_id) ?? contact) !== contact) return refusal(4000001)
      contact.crmId = asked.crm_id
      if (asked.first_name !== undefined) contact.firstName = asked.first_name
      if (asked.last_name !== undefined) contact.lastName = asked.last_name
      return ok(printed(contact))
    },
  },

  updateContactDispositionV2: {
    verb: 'PUT',
    path: /^\/v2\/orgs\/([^/]+)\/contact\/([^/]+)\/disposition$/,
    handle: (state, { key, body }) => {
      const asked = updateContactDispositionReq.safeParse(body).data
      if (asked === undefined) return refusal(4220001)
      const contact = state.contacts.get(key)
      if (contact === undefined) return refusal(4040001)
      contact.stage = asked.stage
      contact.disposition = asked.disposition ?? null
      return ok('OK')
    },
  },

  getContactByPhoneV2: {
    verb: 'GET',
    path: /^\/v2\/org\/([^/]+)\/contact\/pn\/([^/]+)$/,
    handle: (state, { key: phone }) => {
      if (!e164.safeParse(phone).success) return refusal(4220001)
      const contacts = [...state.contacts.values()].filter((contact) => contact.phone === phone)
      return ok(contacts.map((contact) => printed(contact)))
    },
  },
} satisfies Record<string, Method>

export type SalesChatMethod = keyof typeof methods

interface Method {
  readonly verb: string
  /** The organisation, and mostly what is asked about: a contact's id, or a number. */
  readonly path: RegExp
  readonly handle: (state: SalesChatState, call: MethodCall) => ProviderAnswer
}

interface MethodCall {
  /** Empty where the path has but the organisation. */
  readonly key: string
  readonly body: unknown
  readonly nowMs: number
}

export const methodNames = Object.keys(methods) as readonly SalesChatMethod[]

const messages: ReadonlyMap<number, string> = new Map([
  [4000001, 'BAD_REQUEST'],
  [4010001, 'UNAUTHORIZED'],
  [4030001, 'FORBIDDEN'],
  [4040001, 'NOT_FOUND'],
  [4090001, 'UQ_CONSTRAINT_FAILED'],
  [4220001, 'INVALID_INPUT'],
  [4290001, 'RATE_LIMIT_EXCEEDED'],
  [5000001, 'INTERNAL_EXCEPTION'],
])

/** The documented ErrorRespDto. Of its codes, only 4030001 and 4090001 are documented. */
export const refusal = (code: number): ProviderAnswer => ({
  status: Math.floor(code / 10_000),
  body: JSON.stringify({
    error_code: code,
    error_message: messages.get(code) ?? 'UNKNOWN',
    error_description: 'as the sandbox was asked to answer',
  }),
})

const ok = (body: unknown): ProviderAnswer => ({ body: JSON.stringify(body) })

const contactWithCrmId = (state: SalesChatState, crmId: string): SalesChatContact | undefined =>
  [...state.contacts.values()].find((contact) => contact.crmId === crmId)

const printed = (contact: SalesChatContact): object => ({
  id: contact.id,
  crm_id: contact.crmId,
  opt_in_date: new Date(contact.optInAtMs).toISOString(),
  create_date: new Date(contact.createdAtMs).toISOString(),
  first_name: contact.firstName,
  last_name: contact.lastName,
  is_expired: contact.expired,
})
