import { describe, expect, it } from 'vitest'
import type { Fault } from '../../sandbox/provider/faults.ts'
import type { SalesChatMethod } from '../../sandbox/saleschat/methods.ts'
import { type SandboxSalesChat, startSalesChat } from '../../sandbox/saleschat/start-saleschat.ts'
import { createSalesChatAdapter } from '../../src/providers/saleschat/saleschat-adapter.ts'
import { requestFaults } from '../fixtures/saleschat-document.ts'
import { anna, ivan, judged, orgId, phone, seed, token } from '../fixtures/start-saleschat-adapter.ts'
import { type AdapterAction, adapterContract, type DocumentedError } from './adapter-contract.ts'

const contact = { key: ivan, phone }
const newContact = { key: null, phone: '+390612345678' }
const added = { 'crm-id': 'crm-8', 'opt-in-date': '2026-11-20' }

/** With no users in its settings it lists none, which takes no call. */
const actions: readonly AdapterAction<SalesChatMethod>[] = [
  { name: 'assign', method: 'assignChatroom', act: (adapter) => adapter.assign(ivan, anna) },
  { name: 'assignOnReply', method: 'assignChatroom', act: (adapter) => adapter.assignOnReply?.(ivan, anna) },
  { name: 'findChats', method: 'getContactByPhoneV2', act: (adapter) => adapter.findChats?.({ phone }) },
  { name: 'health', method: 'getContactByPhoneV2', act: (adapter) => adapter.health() },
  {
    name: 'contacts.read',
    method: 'getContactByPhoneV2',
    act: (adapter) => adapter.contacts?.read(contact),
  },
  {
    name: 'contacts.save',
    method: 'getContactByPhoneV2',
    act: (adapter) => adapter.contacts?.save(contact, { 'last-name': 'P.' }),
  },
  {
    name: 'contacts.save',
    method: 'updateContact',
    act: (adapter) => adapter.contacts?.save({ key: ivan, phone: null }, { 'crm-id': 'crm-9' }),
  },
  {
    name: 'contacts.save',
    method: 'updateContactDispositionV2',
    act: (adapter) => adapter.contacts?.save(contact, { stage: 'Lead' }),
  },
  {
    name: 'contacts.save, new',
    method: 'registerContactV2',
    act: (adapter) => adapter.contacts?.save(newContact, added),
    repeated: { kind: 'refused', problem: 'contact-exists', field: 'crm-id' },
  },
]

type SalesChatError = DocumentedError<SandboxSalesChat, SalesChatMethod>

const writing: readonly SalesChatMethod[] = [
  'registerContactV2',
  'updateContact',
  'updateContactDispositionV2',
]
const every: readonly SalesChatMethod[] = ['assignChatroom', 'getContactByPhoneV2', ...writing]

/** What health makes of a 422 to its number is in saleschat-adapter.test.ts. */
const refusals: readonly SalesChatError[] = (
  [
    [every, 401, 'token-refused'],
    [every, 403, 'not-allowed'],
    [['assignChatroom'], 404, 'user-not-found'],
    [['getContactByPhoneV2', ...writing], 404, 'chat-not-found'],
    [['assignChatroom', 'getContactByPhoneV2'], 409, 'refused-otherwise'],
    [writing, 409, 'contact-exists'],
    [['assignChatroom'], 400, 'refused-otherwise'],
    [['assignChatroom'], 422, 'refused-otherwise'],
    [writing, 400, 'value-invalid'],
    [writing, 422, 'value-invalid'],
  ] as const
).flatMap(([methods, status, problem]) => {
  const field = problem === 'contact-exists' ? { field: 'crm-id' } : {}
  const expected = { kind: 'refused', problem, ...field }
  return [
    {
      name: `${status} with an ErrorRespDto`,
      methods,
      provoke: (saleschat, method) =>
        saleschat.faults.add({ fault: { kind: 'err', err: `${status}0001` }, method }),
      expected: { ...expected, detail: expect.stringContaining(`answered ${status} ${status}0001`) },
    },
    {
      name: `${status} without a body`,
      methods,
      provoke: (saleschat, method) =>
        saleschat.faults.add({ fault: { kind: 'answer', status, body: '' }, method }),
      expected: { ...expected, detail: `answered ${status}` },
    },
  ] satisfies SalesChatError[]
})

const answered = (
  name: string,
  fault: Omit<Extract<Fault, { kind: 'answer' }>, 'kind'>,
  expected: object,
  methods?: readonly SalesChatMethod[],
): SalesChatError => ({
  name,
  provoke: (saleschat, method) => saleschat.faults.add({ fault: { kind: 'answer', ...fault }, method }),
  expected,
  ...(methods === undefined ? {} : { methods }),
})
const unreadable = { kind: 'retry', problem: 'unreadable-answer', sent: true }
const talkative = `{"error_code":${phone.slice(1)},"error_message":"${phone} Ivan","error_description":"${token}"}`

adapterContract('SalesChat', {
  token,
  secrets: ['SECRET', orgId, ivan, phone.slice(1), 'Ivan', 'Petrov', 'crm-7'],
  start: async ({ token, http, clock }) => {
    const saleschat = await startSalesChat({ token, orgId, clock: clock.now })
    seed(saleschat)
    return {
      provider: saleschat,
      connect: (token) =>
        createSalesChatAdapter({
          token,
          orgId,
          baseUrl: saleschat.url,
          users: [],
          groups: [],
          http: judged(http, saleschat),
          now: clock.now,
        }),
    }
  },
  actions,
  errors: [
    ...refusals,
    {
      name: '500 with an ErrorRespDto',
      provoke: (saleschat, method) =>
        saleschat.faults.add({ fault: { kind: 'err', err: '5000001' }, method }),
      expected: { kind: 'retry', problem: 'server-error', sent: true },
    },
    {
      name: '429 without Retry-After',
      methods: ['assignChatroom'],
      provoke: (saleschat, method) =>
        saleschat.faults.add({ fault: { kind: 'err', err: '4290001' }, method }),
      expected: { kind: 'retry', problem: 'rate-limited', sent: false, afterMs: 10_000 },
    },
    ...[401, 403, 404, 409, 422].map((status) =>
      answered(`a page with ${status}`, { status, body: '<html>no</html>' }, unreadable),
    ),
    answered('403 that says too much', { status: 403, body: talkative }, { detail: 'answered 403' }),
    answered(
      'a status that is not documented',
      { status: 410, body: '{"error_code":4100001,"error_message":"GONE"}' },
      { kind: 'refused', problem: 'refused-otherwise', detail: 'answered 410 4100001 GONE' },
    ),
    answered('a redirect with an ErrorRespDto', { status: 302, body: '{"error_code":3020001}' }, unreadable),
    answered('such a status that is not its own', { status: 418, body: '' }, unreadable),
    ...['', 'null', '"OK"', '{"id":', '{}', '[{}]', '[{"id":" "}]'].map((body) =>
      answered(`${body || 'nothing'} for an answer`, { body }, unreadable, [
        'getContactByPhoneV2',
        'registerContactV2',
      ]),
    ),
  ],
  wrongContentType: 'read',
})

describe("SalesChat's document", () => {
  const request = {
    method: 'POST',
    path: '/v3/orgs/1/contacts/2/assign',
    headers: { authorization: 'Bearer a', 'content-type': 'application/json' },
    body: '{"user_id":"3"}',
  }
  it.each([
    [{}, []],
    [{ body: '{"userid":"3"}' }, [expect.stringContaining('additional properties')]],
    [{ body: '{"user_id":3}' }, [expect.stringContaining('must be string')]],
    [{ body: undefined }, [expect.stringContaining('body')]],
    [{ headers: {} }, ['no bearer', 'not sent as JSON']],
    [{ path: '/v3/org/1/contacts/2/assign' }, ['no such operation']],
    [{ path: '/v3/orgs/1/contacts/2/3/assign' }, ['no such operation']],
  ])('finds what is wrong with a request that has %j', (part, faults) => {
    expect(requestFaults({ ...request, ...part })).toEqual(faults)
  })
})
