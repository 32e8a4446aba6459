import type { Instant } from '../../routing/ids.ts'
import { type Answer, unreadable } from '../answer.ts'
import type { Outcome } from '../contract.ts'
import { fitsInPath } from '../fits-in-path.ts'
import type { HttpClient, HttpRequest } from '../http-client.ts'
import { type ContactRow, contactRow, contactRows } from './answers.ts'
import { readAnswer, type Subject } from './problems.ts'

/** SalesChat's five methods, by their operationId; the paths are as various as it has them. */
export interface SalesChatClient {
  /** `user_id` wins where `group_id` is given too. */
  assignChatroom(
    contact: string,
    body: {
      readonly user_id?: string
      readonly group_id?: string
      readonly remote_waba_id?: string
      readonly remote_phone_id?: string
      readonly assign_on_handover: boolean
    },
  ): Promise<Answer>
  /**
   * All contacts with this E.164 number, expired ones too: several may share it. A row without an id is
   * skipped, since nothing can be done with it.
   */
  getContactByPhone(phone: string): Promise<Outcome<readonly ContactRow[]>>
  registerContact(body: {
    readonly crm_id: string
    /** ISO 8601 */
    readonly opt_in_date: string
    readonly phone_number: string | object
    readonly first_name?: string
    readonly last_name?: string
  }): Promise<Answer>
  updateContact(
    contact: string,
    body: { readonly crm_id: string; readonly first_name?: string; readonly last_name?: string },
  ): Promise<Answer>
  updateContactDisposition(
    contact: string,
    body: { readonly stage: string; readonly disposition?: string },
  ): Promise<Answer>
}

export const createSalesChatClient = (options: {
  readonly token: string
  readonly orgId: string
  readonly baseUrl: string
  readonly http: HttpClient
  readonly now: () => Instant
}): SalesChatClient => {
  const { http, now } = options
  const base = options.baseUrl.replace(/\/+$/, '')
  const org = encodeURIComponent(options.orgId)
  const headers = { authorization: `Bearer ${options.token}`, accept: 'application/json' }

  const call = async (
    subject: Subject,
    method: HttpRequest['method'],
    path: string,
    body?: object,
  ): Promise<Answer> => {
    const request = { method, url: `${base}${path}` }
    const result = await http.send(
      body === undefined
        ? { ...request, headers }
        : {
            ...request,
            headers: { ...headers, 'content-type': 'application/json' },
            body: JSON.stringify(body),
          },
    )
    return readAnswer(subject, result, now())
  }
  const callFor = async (contact: string, ask: (encoded: string) => Promise<Answer>): Promise<Answer> =>
    fitsInPath(contact) ? ask(encodeURIComponent(contact)) : invalidKey

  return {
    assignChatroom: (contact, body) =>
      callFor(contact, (id) => call('assign', 'POST', `/v3/orgs/${org}/contacts/${id}/assign`, body)),

    async getContactByPhone(phone) {
      const answer = await call('look-up', 'GET', `/v2/org/${org}/contact/pn/${encodeURIComponent(phone)}`)
      if (answer.kind !== 'answer') return answer
      const rows = contactRows.safeParse(answer.body).data
      const contacts = rows?.flatMap((row) => contactRow.safeParse(row).data ?? [])
      // Rows of which none can be read are not "nobody has this number".
      if (contacts === undefined || (contacts.length === 0 && rows?.length !== 0))
        return unreadable('the look-up answered no contacts')
      return { kind: 'done', value: contacts }
    },

    registerContact: (body) => call('contact', 'POST', `/v2/org/${org}/contact`, body),

    updateContact: (contact, body) =>
      callFor(contact, (id) => call('contact', 'PUT', `/v1/orgs/${org}/contact/${id}`, body)),

    updateContactDisposition: (contact, body) =>
      callFor(contact, (id) => call('contact', 'PUT', `/v2/orgs/${org}/contact/${id}/disposition`, body)),
  }
}

const invalidKey: Answer = {
  kind: 'refused',
  problem: 'invalid-chat-key',
  detail: 'cannot be a contact of SalesChat',
}
