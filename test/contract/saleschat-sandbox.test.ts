import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type SandboxSalesChat, startSalesChat } from '../../sandbox/saleschat/start-saleschat.ts'
import { answerFaults } from '../fixtures/saleschat-document.ts'
import { seed } from '../fixtures/start-saleschat-adapter.ts'

const ivan = 'contact-ivan'
const assignIvan = `/v3/orgs/org-1/contacts/${ivan}/assign`
const ivansNumber = '/v2/org/org-1/contact/pn/%2B79001234567'

let nowMs: number
let saleschat: SandboxSalesChat
beforeEach(async () => {
  nowMs = Date.UTC(2026, 10, 20, 12)
  saleschat = await startSalesChat({ token: 'tok', orgId: 'org-1', clock: () => nowMs })
  seed(saleschat)
})
afterEach(() => saleschat.close())

/** Every answer has to be one that the document has. */
const api = async (
  method: string,
  path: string,
  body?: unknown,
  token = 'tok',
): Promise<{ readonly status: number; readonly body: unknown }> => {
  const response = await fetch(saleschat.url + path, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  expect(answerFaults({ method, path }, { status: response.status, text })).toEqual([])
  return { status: response.status, body: text === '' ? null : JSON.parse(text) }
}
const control = (name: string, body?: unknown): Promise<Response> =>
  fetch(`${saleschat.url}/control/${name}`, {
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  })

const newContact = {
  crm_id: 'crm-8',
  opt_in_date: '2026-11-20T00:00:00.000Z',
  phone_number: { countryCode: 39, nationalNumber: 612345678, italianLeadingZero: true },
  first_name: 'Olga',
}

describe("the sandbox's SalesChat", () => {
  it('prints what the documentation shows', async () => {
    expect(await api('GET', ivansNumber)).toEqual({
      status: 200,
      body: [
        {
          id: ivan,
          crm_id: 'crm-7',
          opt_in_date: '2026-11-20T12:00:00.000Z',
          create_date: '2026-11-20T12:00:00.000Z',
          first_name: 'Ivan',
          last_name: 'Petrov',
          is_expired: false,
        },
      ],
    })
    expect(await api('GET', '/v2/org/org-1/contact/pn/%2B390612345678')).toMatchObject({ body: [] })
    expect(await api('POST', '/v2/org/org-1/contact', newContact)).toMatchObject({ status: 200 })
    expect(await api('GET', '/v2/org/org-1/contact/pn/%2B390612345678')).toMatchObject({
      body: [{ crm_id: 'crm-8', first_name: 'Olga', last_name: '' }],
    })
    const renamed = { crm_id: 'crm-9', last_name: 'P.' }
    expect(await api('PUT', `/v1/orgs/org-1/contact/${ivan}`, renamed)).toMatchObject({
      status: 200,
      body: { crm_id: 'crm-9', first_name: 'Ivan', last_name: 'P.' },
    })
    const stage = { stage: 'Lead', disposition: 'Warm', additionalFields: { budget: {} } }
    expect(await api('PUT', `/v2/orgs/org-1/contact/${ivan}/disposition`, stage)).toMatchObject({
      status: 200,
    })
    expect(saleschat.state.contacts.get(ivan)).toMatchObject({ stage: 'Lead', disposition: 'Warm' })
  })

  it('accepts an assignment without a body, and carries it out a moment later', async () => {
    expect(await api('POST', assignIvan, { user_id: 'user-anna', group_id: 'group-sales' })).toEqual({
      status: 202,
      body: null,
    })
    expect(saleschat.holder(ivan)).toBeNull()
    saleschat.settle()
    expect(saleschat.holder(ivan)).toBe('user-anna')
    expect(saleschat.writesOf(ivan)).toEqual([
      { atMs: nowMs, key: ivan, to: { user: 'user-anna' }, onHandover: false, wabaId: null, phoneId: null },
    ])
  })

  it('gives the chats of a group to its members in turn', async () => {
    const holders: (string | null)[] = []
    for (let turn = 0; turn < 3; turn += 1) {
      await api('POST', assignIvan, { group_id: 'group-sales' })
      saleschat.settle()
      holders.push(saleschat.holder(ivan))
      nowMs += 10_000
    }
    expect(holders).toEqual(['user-anna', 'user-boris', 'user-anna'])
  })

  it('hands over when the customer replies, unless a newer assignment took its place', async () => {
    await api('POST', assignIvan, { user_id: 'user-anna', assign_on_handover: true })
    saleschat.settle()
    expect(saleschat.holder(ivan)).toBeNull()
    saleschat.customerReplies(ivan)
    expect(saleschat.holder(ivan)).toBe('user-anna')
    nowMs += 10_000
    await api('POST', assignIvan, { user_id: 'user-boris', assign_on_handover: true })
    nowMs += 10_000
    await api('POST', assignIvan, { user_id: 'user-anna' })
    saleschat.settle()
    saleschat.customerReplies(ivan)
    expect(saleschat.holder(ivan)).toBe('user-anna')
  })

  it('refuses and counts a second assignment of a contact within 10 s, and no other', async () => {
    saleschat.addContact({ id: 'contact-olga', phone: '+79001234567' })
    expect(await api('POST', assignIvan, { user_id: 'user-anna' })).toMatchObject({ status: 202 })
    nowMs += 9_999
    expect(await api('POST', assignIvan, { user_id: 'user-boris' })).toMatchObject({
      status: 429,
      body: { error_code: 4290001 },
    })
    const assignOlga = '/v3/orgs/org-1/contacts/contact-olga/assign'
    expect(await api('POST', assignOlga, { user_id: 'user-anna' })).toMatchObject({ status: 202 })
    nowMs += 1
    expect(await api('POST', assignIvan, { user_id: 'user-boris' })).toMatchObject({ status: 202 })
    expect(saleschat.state.breaches).toEqual([{ atMs: nowMs - 1, key: ivan }])
  })

  it.each<[string, string, unknown, number]>([
    ['POST', assignIvan, {}, 422],
    ['POST', assignIvan, { user_id: 7 }, 422],
    ['POST', assignIvan, { user_id: 'user-anna', assign_on_handover: 'yes' }, 422],
    ['POST', assignIvan, 'user-anna', 422],
    ['POST', assignIvan, { user_id: 'user-nobody' }, 404],
    ['POST', assignIvan, { group_id: 'group-none' }, 404],
    ['POST', '/v2/org/org-1/contact', { ...newContact, crm_id: 'crm-7' }, 409],
    ['POST', '/v2/org/org-1/contact', { ...newContact, crm_id: 'x'.repeat(129) }, 422],
    ['POST', '/v2/org/org-1/contact', { ...newContact, crm_id: undefined }, 422],
    ['POST', '/v2/org/org-1/contact', { ...newContact, opt_in_date: '2026-02-30T00:00:00Z' }, 422],
    ['POST', '/v2/org/org-1/contact', { ...newContact, phone_number: '79001234567' }, 422],
    ['POST', '/v2/org/org-1/contact', { ...newContact, phone_number: { countryCode: 7 } }, 422],
    ['POST', '/v2/org/org-1/contact', { ...newContact, first_name: 'O*' }, 422],
    ['PUT', `/v1/orgs/org-1/contact/${ivan}`, { first_name: 'Ivan' }, 422],
    ['PUT', `/v1/orgs/org-1/contact/${ivan}`, { crm_id: 'c', last_name: 'x'.repeat(129) }, 422],
    ['PUT', '/v1/orgs/org-1/contact/nobody', { crm_id: 'c' }, 404],
    ['PUT', `/v2/orgs/org-1/contact/${ivan}/disposition`, { disposition: 'Warm' }, 422],
    ['PUT', '/v2/orgs/org-1/contact/nobody/disposition', { stage: 'Lead' }, 404],
    ['GET', '/v2/org/org-1/contact/pn/79001234567', undefined, 422],
    ['GET', '/v2/org/org-2/contact/pn/%2B79001234567', undefined, 403],
  ])('answers %s %s with %j by %i, and nothing changes', async (method, path, body, status) => {
    const before = JSON.stringify([[...saleschat.state.contacts], saleschat.writes])
    expect(await api(method, path, body)).toMatchObject({
      status,
      body: { error_code: status * 10_000 + 1 },
    })
    expect(JSON.stringify([[...saleschat.state.contacts], saleschat.writes])).toBe(before)
  })

  it('refuses an id that another contact has in the CRM', async () => {
    saleschat.addContact({ id: 'contact-olga', phone: '+79001234567', crmId: 'crm-8' })
    const path = `/v1/orgs/org-1/contact/${ivan}`
    expect(await api('PUT', path, { crm_id: 'crm-8' })).toMatchObject({ status: 400 })
    expect(await api('PUT', path, { crm_id: 'crm-7' })).toMatchObject({ status: 200 })
  })

  it('lets a MEMBER look up, and no more', async () => {
    saleschat.setRole('MEMBER')
    expect(await api('GET', ivansNumber)).toMatchObject({ status: 200 })
    expect(await api('POST', assignIvan, { user_id: 'user-anna' })).toEqual({
      status: 403,
      body: expect.objectContaining({ error_code: 4030001, error_message: 'FORBIDDEN' }),
    })
    expect(saleschat.writes).toEqual([])
  })

  it('refuses a wrong token, and never records one', async () => {
    expect(await api('GET', ivansNumber, undefined, 'tok-secret')).toMatchObject({ status: 401 })
    expect(JSON.stringify(saleschat.calls)).not.toContain('secret')
    expect(saleschat.calls).toMatchObject([{ method: 'getContactByPhoneV2', tokenAccepted: false }])
  })

  it('has no other address', async () => {
    for (const path of ['/', '/v1/org/org-1/contact', '/v2/org/org-1/contact', '/v3/orgs/org-1/contacts'])
      expect((await fetch(saleschat.url + path)).status).toBe(404)
  })

  it('is driven over HTTP by the same functions', async () => {
    await control('add-contact', { id: 'contact-olga', phone: '+79002222222' })
    await control('expire-contact', { id: ivan })
    await api('POST', assignIvan, { user_id: 'user-anna' })
    await control('settle', {})
    expect(await (await control('state')).json()).toMatchObject({
      contacts: [{ id: ivan, expired: true, holder: 'user-anna' }, { crmId: 'crm-contact-olga' }],
    })
    expect(await (await control('writes')).json()).toMatchObject([{ key: ivan }])
    await control('fault', { fault: { kind: 'err', err: '4090001' }, times: 1 })
    const response = await fetch(saleschat.url + ivansNumber)
    expect(response.status).toBe(409)
    expect(await response.json()).toMatchObject({ error_message: 'UQ_CONSTRAINT_FAILED' })
  })

  it.each([
    ['customer-replies', { id: 'nobody' }, 400],
    ['add-contact', { id: 'c', phone: '79001234567' }, 400],
    ['role', { role: 'OWNER' }, 400],
    ['constructor', {}, 404],
  ])('refuses a wrong %s with %j over HTTP', async (name, body, status) => {
    expect((await control(name, body)).status).toBe(status)
  })
})
