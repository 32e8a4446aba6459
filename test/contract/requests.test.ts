import { describe, expect, it } from 'vitest'
import type { ContactBook, ProviderAdapter } from '../../src/providers/contract.ts'
import { chatKey, groupHolder, providerUserId } from '../../src/routing/ids.ts'
import { recordRequests } from '../fixtures/record-requests.ts'
import { requestFaults } from '../fixtures/saleschat-document.ts'
import { token as aelystToken, connectAelyst } from '../fixtures/start-aelyst-adapter.ts'
import { connectSalesChat, token as salesChatToken } from '../fixtures/start-saleschat-adapter.ts'
import { connectWamm } from '../fixtures/start-wamm-adapter.ts'

/** What each provider is sent, byte for byte, beside the examples of its documents. */
type Row = readonly [
  example: string,
  act: (adapter: ProviderAdapter) => Promise<unknown> | undefined,
  sent: readonly string[],
]

const contactTo = (
  { contacts }: ProviderAdapter,
  values: Parameters<ContactBook['save']>[1],
  key: string | null = '79001234567',
) => contacts?.save({ key: key === null ? null : chatKey(key), phone: '+79001234567' }, values)

const ivan = chatKey('79001234567')
const telegram = chatKey('-100123')

const wamm: readonly Row[] = [
  [
    'contact_to_user, curl: a responsible user',
    (adapter) => adapter.assign(ivan, providerUserId('100')),
    ['GET /api2/contact_to_user/YOUR_TOKEN/79001234567/100'],
  ],
  [
    'contact_to_user, curl: to reset the responsible user',
    (adapter) => adapter.unassign?.(ivan),
    ['GET /api2/contact_to_user/YOUR_TOKEN/79001234567/none'],
  ],
  [
    'contact_to_user: "or chat ID (for Telegram)"',
    (adapter) => adapter.assign(telegram, providerUserId('100')),
    ['GET /api2/contact_to_user/YOUR_TOKEN/-100123/100'],
  ],
  [
    'user_chats: "omit the ID to get all open chats"',
    (adapter) => adapter.listChats?.(),
    ['GET /api2/user_chats/YOUR_TOKEN'],
  ],
  [
    'contact_to, curl',
    (adapter) =>
      contactTo(adapter, {
        name: 'Ivan Petrov',
        note: 'New client',
        email: 'ivan@example.com',
        web: 'https://example.com',
      }),
    [
      'GET /api2/contact_to/YOUR_TOKEN/?phone=79001234567&name=Ivan%20Petrov&info=New%20client&email=ivan@example.com&web=https://example.com',
    ],
  ],
  [
    'contact_to: of a new contact, with characters that mean something in a query',
    (adapter) => contactTo(adapter, { name: 'a&b=c?d#e+f%g', note: '' }, null),
    ['GET /api2/contact_to/YOUR_TOKEN/?phone=79001234567&name=a%26b%3Dc%3Fd%23e%2Bf%25g&info='],
  ],
  [
    'contact_to: with any characters',
    (adapter) => contactTo(adapter, { name: 'Ёж 🔥\n\ud800', web: "http://x/?a=1&b='2'" }, telegram),
    [
      'GET /api2/contact_to/YOUR_TOKEN/?phone=-100123&name=%D0%81%D0%B6%20%F0%9F%94%A5%0A%EF%BF%BD&web=http://x/%3Fa%3D1%26b%3D%272%27',
    ],
  ],
  ['contact_get', (adapter) => adapter.readChat?.(ivan), ['GET /api2/contact_get/YOUR_TOKEN/79001234567']],
  [
    'contact_get: for the contact form',
    ({ contacts }) => contacts?.read({ key: ivan, phone: null }),
    ['GET /api2/contact_get/YOUR_TOKEN/79001234567'],
  ],
  [
    'contact_get: with characters that mean something in a path',
    (adapter) => adapter.readChat?.(chatKey('ab/c?d#ё')),
    ['GET /api2/contact_get/YOUR_TOKEN/ab%2Fc%3Fd%23%D1%91'],
  ],
  ['user_list', (adapter) => adapter.listUsers?.(), ['GET /api2/user_list/YOUR_TOKEN']],
  ['channel_list', (adapter) => adapter.health(), ['GET /api2/channel_list/YOUR_TOKEN/one']],
]

const contact = chatKey('contact-ivan')
const anna = providerUserId('user-anna')
const ofIvan = { key: contact, phone: '+79001234567' }

/** SalesChat's document has no examples but a schema, to which each is held as well. */
const saleschat: readonly Row[] = [
  [
    'assignChatroom: to a user',
    (adapter) => adapter.assign(contact, anna),
    ['POST /v3/orgs/org%201/contacts/contact-ivan/assign {"user_id":"user-anna","assign_on_handover":false}'],
  ],
  [
    'assignChatroom: to a group',
    (adapter) => adapter.assign(contact, groupHolder('group-sales')),
    [
      'POST /v3/orgs/org%201/contacts/contact-ivan/assign {"group_id":"group-sales","assign_on_handover":false}',
    ],
  ],
  [
    'assignChatroom: after the lead has responded',
    (adapter) => adapter.assignOnReply?.(contact, anna),
    ['POST /v3/orgs/org%201/contacts/contact-ivan/assign {"user_id":"user-anna","assign_on_handover":true}'],
  ],
  [
    'assignChatroom: with characters that mean something in a path',
    (adapter) => adapter.assign(chatKey('a/b?d#ё'), anna),
    [
      'POST /v3/orgs/org%201/contacts/a%2Fb%3Fd%23%D1%91/assign {"user_id":"user-anna","assign_on_handover":false}',
    ],
  ],
  [
    'getContactByPhoneV2: "PhoneNumber should be in E164 format"',
    (adapter) => adapter.findChats?.({ phone: '+79001234567' }),
    ['GET /v2/org/org%201/contact/pn/%2B79001234567'],
  ],
  [
    'getContactByPhoneV2: for the contact form',
    ({ contacts }) => contacts?.read(ofIvan),
    ['GET /v2/org/org%201/contact/pn/%2B79001234567'],
  ],
  [
    'getContactByPhoneV2: of a number that nobody has',
    (adapter) => adapter.health(),
    ['GET /v2/org/org%201/contact/pn/%2B10000000000'],
  ],
  [
    'registerContactV2',
    ({ contacts }) =>
      contacts?.save({ key: null, phone: '+79001234567' }, { 'crm-id': 'c', 'opt-in-date': '2026-11-20' }),
    [
      'POST /v2/org/org%201/contact {"crm_id":"c","opt_in_date":"2026-11-20T00:00:00.000Z","phone_number":{"countryCode":7,"nationalNumber":9001234567,"rawInput":"+79001234567","countryCodeSource":"FROM_NUMBER_WITH_PLUS_SIGN"}}',
    ],
  ],
  [
    'updateContact',
    ({ contacts }) =>
      contacts?.save({ key: contact, phone: null }, { 'crm-id': 'c', 'first-name': 'I', 'last-name': 'P' }),
    ['PUT /v1/orgs/org%201/contact/contact-ivan {"crm_id":"c","first_name":"I","last_name":"P"}'],
  ],
  [
    'updateContactDispositionV2',
    ({ contacts }) => contacts?.save(ofIvan, { stage: 'Lead', disposition: 'Warm' }),
    ['PUT /v2/orgs/org%201/contact/contact-ivan/disposition {"stage":"Lead","disposition":"Warm"}'],
  ],
]

const one = chatKey('1')
const ofOne = { key: one, phone: null }

const aelyst: readonly Row[] = [
  [
    'updateassignee, example: null',
    (adapter) => adapter.unassign?.(one),
    ['POST /v1/contact/id:1/conversation/assignee {"assignee":null}'],
  ],
  [
    'updateassignee, example: 1; the contact is read after it',
    (adapter) => adapter.assign(one, providerUserId('1')),
    ['POST /v1/contact/id:1/conversation/assignee {"assignee":1}', 'GET /v1/contact/id:1'],
  ],
  [
    'updateassignee, example: "abc@gmail.com"',
    (adapter) => adapter.assign(one, providerUserId('abc@gmail.com')),
    ['POST /v1/contact/id:1/conversation/assignee {"assignee":"abc@gmail.com"}'],
  ],
  [
    'identifier, example: id:123',
    (adapter) => adapter.readChat?.(chatKey('123')),
    ['GET /v1/contact/id:123'],
  ],
  [
    'identifier, example: email:abdc@gmail.com',
    (adapter) => adapter.findChats?.({ email: 'abdc@gmail.com' }),
    ['GET /v1/contact/email:abdc@gmail.com'],
  ],
  [
    'identifier, example: phone:+60121233112',
    (adapter) => adapter.findChats?.({ phone: '+60121233112' }),
    ['GET /v1/contact/phone:+60121233112'],
  ],
  [
    'identifier: with characters that mean something in a path',
    (adapter) => adapter.findChats?.({ email: 'a+b/c?d#e%3A@ё.рф' }),
    ['GET /v1/contact/email:a+b%2Fc%3Fd%23e%253A@%D1%91.%D1%80%D1%84'],
  ],
  [
    'listcontacts: the open ones; where `status` is refused, the example: nobody is assigned',
    (adapter) => adapter.listChats?.(),
    [
      'POST /v1/contact/list?limit=99 {"search":"","timezone":"Asia/Kuala_Lumpur","filter":{"$and":[{"category":"contactField","field":"status","operator":"isEqualTo","value":"open"}]}}',
      'POST /v1/contact/list?limit=99 {"search":"","timezone":"Asia/Kuala_Lumpur","filter":{"$and":[{"category":"contactField","field":"assigneeUserId","operator":"isEqualTo","value":null}]}}',
    ],
  ],
  ['listspaces', (adapter) => adapter.listUsers?.(), ['GET /v1/space/user?limit=99']],
  ['listspaces: the cheapest call', (adapter) => adapter.health(), ['GET /v1/space/user?limit=1']],
  [
    'createcomment',
    (adapter) => adapter.comment?.(one, 'Claimed from Slack'),
    ['POST /v1/contact/id:1/comment {"text":"Claimed from Slack"}'],
  ],
  [
    'the update, and updateconversationstatus: what differs from the contact',
    ({ contacts }) =>
      contacts?.save(ofOne, {
        'first-name': 'Иван',
        'last-name': '',
        email: 'i@p.ru',
        conversation: 'closed',
      }),
    [
      'GET /v1/contact/id:1',
      'PUT /v1/contact/id:1 {"firstName":"Иван","lastName":null,"email":"i@p.ru"}',
      'POST /v1/contact/id:1/conversation/status {"status":"close"}',
    ],
  ],
  [
    'the update: of nothing that differs',
    ({ contacts }) => contacts?.save(ofOne, { 'first-name': 'Ivan', conversation: 'open' }),
    ['GET /v1/contact/id:1'],
  ],
  [
    'createcontact: looked for before and after',
    ({ contacts }) =>
      contacts?.save({ key: null, phone: '+60121112222' }, { 'first-name': 'Zoe', email: 'z@l.my' }),
    [
      'GET /v1/contact/phone:+60121112222',
      'POST /v1/contact/phone:+60121112222 {"firstName":"Zoe","email":"z@l.my","phone":"+60121112222"}',
      'GET /v1/contact/phone:+60121112222',
    ],
  ],
]

describe('what WAMM is sent', () => {
  it.each(wamm)('for %s', async (_example, act, sent) => {
    const { url, requests } = await recordRequests()
    await act(connectWamm(`${url}/`, { token: 'YOUR_TOKEN' }))
    expect(requests.map(({ line }) => line)).toEqual(sent)
  })
})

describe('what SalesChat is sent', () => {
  it.each(saleschat)('for %s', async (_example, act, sent) => {
    const { url, requests } = await recordRequests()
    await act(connectSalesChat(`${url}/`))
    expect(requests.map(({ line }) => line)).toEqual(sent)
    expect(requests.flatMap(requestFaults)).toEqual([])
    expect(requests[0]?.headers.authorization).toBe(`Bearer ${salesChatToken}`)
  })
})

describe('what Aelyst is sent', () => {
  const answers: Readonly<Record<string, { readonly status?: number; readonly body: unknown }>> = {
    'GET /v1/contact/id:1': { body: { id: 1, firstName: 'Ivan', lastName: 'Petrov', status: 'open' } },
    'GET /v1/contact/phone:+60121112222': { status: 404, body: { code: 404, message: 'Contact not found' } },
  }
  const refusedFilter = { status: 400, body: { code: 400, message: 'Validation error.' } }
  const answer = (line: string) =>
    line.includes('"field":"status"') ? refusedFilter : (answers[line] ?? { body: { contactId: 1 } })

  it.each(aelyst)('for %s', async (_example, act, sent) => {
    const { url, requests } = await recordRequests(answer)
    await act(connectAelyst(`${url}/v1/`))
    expect(requests.map(({ line }) => line)).toEqual(sent)
    for (const { headers, body } of requests) {
      expect(headers.authorization).toBe(`Bearer ${aelystToken}`)
      expect(headers['content-type']).toBe(body === undefined ? undefined : 'application/json')
    }
  })
})
