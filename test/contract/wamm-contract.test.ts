import { describe, expect, it } from 'vitest'
import type { Fault } from '../../sandbox/provider/faults.ts'
import type { WammMethod } from '../../sandbox/wamm/methods.ts'
import { type SandboxWamm, startWamm } from '../../sandbox/wamm/start-wamm.ts'
import { createWammAdapter } from '../../src/providers/wamm/wamm-adapter.ts'
import { answerWith } from '../fixtures/answer-with.ts'
import { anna, ivan, seed, startWammAdapter, token } from '../fixtures/start-wamm-adapter.ts'
import { type AdapterAction, adapterContract, type DocumentedError } from './adapter-contract.ts'

const known = { key: ivan, phone: '+79001234567' }
const unknown = { key: null, phone: '+79005555555' }
const values = { name: 'Ivan', note: 'New client' }

const actions: readonly AdapterAction<WammMethod>[] = [
  { name: 'assign', method: 'contact_to_user', act: (adapter) => adapter.assign(ivan, anna) },
  { name: 'unassign', method: 'contact_to_user', act: (adapter) => adapter.unassign?.(ivan) },
  { name: 'readChat', method: 'contact_get', act: (adapter) => adapter.readChat?.(ivan) },
  { name: 'listChats', method: 'user_chats', act: (adapter) => adapter.listChats?.() },
  { name: 'listUsers', method: 'user_list', act: (adapter) => adapter.listUsers?.() },
  { name: 'contacts.read', method: 'contact_get', act: ({ contacts }) => contacts?.read(known) },
  { name: 'contacts.save', method: 'contact_to', act: ({ contacts }) => contacts?.save(known, values) },
  {
    name: 'contacts.save, new',
    method: 'contact_to',
    act: ({ contacts }) => contacts?.save(unknown, values),
  },
  { name: 'health', method: 'channel_list', act: (adapter) => adapter.health() },
]

type WammError = DocumentedError<SandboxWamm, WammMethod>

const refusals: readonly WammError[] = (
  [
    ['token fail', 'token-refused'],
    ['acc not authorized', 'channel-not-authorized'],
    ['not found', 'chat-not-found'],
    ['phone fail', 'invalid-chat-key'],
    ['user not found', 'user-not-found'],
    ['user_id fail', 'user-not-found'],
    ['user not active', 'user-not-active'],
    ['Token Fail ', 'token-refused'],
    ['something new', 'refused-otherwise'],
    ['', 'refused-otherwise'],
  ] as const
).map(([err, problem]) => ({
  name: JSON.stringify(err),
  provoke: (wamm, method) => wamm.faults.add({ fault: { kind: 'err', err }, method }),
  expected: { kind: 'refused', problem, detail: err },
}))

const contactErrors: readonly WammError[] = (
  [
    ['no WhatsApp on the number', { kind: 'refused', problem: 'no-account-on-number' }],
    ['no Account on the number', { kind: 'refused', problem: 'no-account-on-number' }],
    ['phone not checked for WhatsApp, please retry', { kind: 'retry', problem: 'number-not-checked' }],
    ['phone not checked, please retry', { kind: 'retry', problem: 'number-not-checked' }],
    ['name fail', { kind: 'refused', problem: 'value-missing', field: 'name' }],
    ['name fail, more 250', { kind: 'refused', problem: 'value-too-long', field: 'name' }],
    ['web fail, more 150', { kind: 'refused', problem: 'value-too-long', field: 'web' }],
    ['email fail, more 150', { kind: 'refused', problem: 'value-too-long', field: 'email' }],
  ] as const
).map(([err, expected]) => ({
  name: JSON.stringify(err),
  methods: ['contact_to'],
  provoke: (wamm, method) => wamm.faults.add({ fault: { kind: 'err', err }, method }),
  expected: { ...expected, detail: err },
}))

/** WAMM documents no status, so what it means is in the words alone. */
const oddAnswers: readonly WammError[] = (
  [
    ['404', { kind: 'status', status: 404 }, 'unreadable-answer'],
    ['403', { kind: 'status', status: 403 }, 'unreadable-answer'],
    ['an empty body', { kind: 'answer', body: '' }, 'unreadable-answer'],
    ['half of JSON', { kind: 'answer', body: '{"err":0,"data":[{' }, 'unreadable-answer'],
    ['JSON null', { kind: 'answer', body: 'null' }, 'unreadable-answer'],
    ['a JSON list', { kind: 'answer', body: '[{"err":0}]' }, 'unreadable-answer'],
    ['JSON without err', { kind: 'answer', body: '{"data":[]}' }, 'unreadable-answer'],
    ['success without data', { kind: 'answer', body: '{"err":0}' }, 'unreadable-answer'],
    ['data of another shape', { kind: 'answer', body: '{"err":0,"data":"x"}' }, 'unreadable-answer'],
    [
      'success with status 500',
      { kind: 'answer', status: 500, body: '{"err":0,"result":"success","data":[]}' },
      'server-error',
    ],
    [
      'success with status 404',
      { kind: 'answer', status: 404, body: '{"err":0,"result":"success","data":[]}' },
      'unreadable-answer',
    ],
    ['"please retry"', { kind: 'err', err: 'server busy, please retry' }, 'server-error'],
  ] satisfies [string, Fault, string][]
).map(([name, fault, problem]) => ({
  name,
  provoke: (wamm, method) => wamm.faults.add({ fault, method }),
  expected: { kind: 'retry', problem, sent: true },
}))

adapterContract('WAMM', {
  token,
  secrets: ['SECRET', 'api2', ivan, unknown.phone.slice(1)],
  start: async ({ token, http, clock }) => {
    const wamm = await startWamm({ token, clock: clock.now })
    seed(wamm)
    return {
      provider: wamm,
      connect: (token) =>
        createWammAdapter({ token, baseUrl: wamm.url, timeZone: 'UTC', http, now: clock.now }),
    }
  },
  actions,
  errors: [...refusals, ...contactErrors, ...oddAnswers],
  wrongContentType: 'read',
})

describe("WAMM's words", () => {
  it.each(actions)('decide whatever the status, for $name', async ({ act }) => {
    const { wamm, adapter } = await startWammAdapter()
    for (const status of [200, 302, 400, 403, 404, 500]) {
      answerWith(wamm, { err: 'token fail' }, status)
      expect(await act(adapter)).toMatchObject({ kind: 'refused', problem: 'token-refused' })
    }
  })

  it.each(actions)('are clipped where they are unknown, and lose the token, for $name', async ({ act }) => {
    const { wamm, adapter } = await startWammAdapter()
    answerWith(wamm, { err: `bad call /api2/${token}/ ${encodeURIComponent(token)} ${'x'.repeat(5000)}` })
    const outcome = await act(adapter)
    expect(outcome).toMatchObject({ kind: 'refused', problem: 'refused-otherwise' })
    expect(JSON.stringify(outcome)).not.toContain('SECRET')
    expect(JSON.stringify(outcome).length).toBeLessThan(400)
  })
})
