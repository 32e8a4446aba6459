import type { AelystMethod } from '../../sandbox/aelyst/methods.ts'
import { type SandboxAelyst, startAelyst } from '../../sandbox/aelyst/start-aelyst.ts'
import type { Fault } from '../../sandbox/provider/faults.ts'
import { createAelystAdapter } from '../../src/providers/aelyst/aelyst-adapter.ts'
import { anna, ivan, ivanPhone, seed, token } from '../fixtures/start-aelyst-adapter.ts'
import { type AdapterAction, adapterContract, type DocumentedError } from './adapter-contract.ts'

const known = { key: ivan, phone: ivanPhone }
const added = { key: null, phone: '+60121112222' }
const names = { 'first-name': 'Zoe', 'last-name': 'Lim' }

const actions: readonly AdapterAction<AelystMethod>[] = [
  { name: 'assign', method: 'updateassignee', act: (adapter) => adapter.assign(ivan, anna) },
  { name: 'unassign', method: 'updateassignee', act: (adapter) => adapter.unassign?.(ivan) },
  { name: 'readChat', method: 'getcontact', act: (adapter) => adapter.readChat?.(ivan) },
  { name: 'listChats', method: 'listcontacts', act: (adapter) => adapter.listChats?.() },
  { name: 'findChats', method: 'getcontact', act: (adapter) => adapter.findChats?.({ phone: ivanPhone }) },
  { name: 'listUsers', method: 'listspaces', act: (adapter) => adapter.listUsers?.() },
  { name: 'listUserPage', method: 'listspaces', act: (adapter) => adapter.listUserPage?.(null) },
  { name: 'comment', method: 'createcomment', act: (adapter) => adapter.comment?.(ivan, 'Claimed') },
  { name: 'health', method: 'listspaces', act: (adapter) => adapter.health() },
  { name: 'contacts.read', method: 'getcontact', act: (adapter) => adapter.contacts?.read(known) },
  ...(['getcontact', 'updatecontact'] as const).map((method) => ({
    name: 'contacts.save' as const,
    method,
    act: (adapter: Adapter) => adapter.contacts?.save(known, names),
  })),
  {
    name: 'contacts.save',
    method: 'updateconversationstatus',
    act: (adapter) => adapter.contacts?.save(known, { conversation: 'closed' }),
  },
  ...(['getcontact', 'createcontact'] as const).map((method) => ({
    name: 'contacts.save, new' as const,
    method,
    act: (adapter: Adapter) => adapter.contacts?.save(added, names),
  })),
]
type Adapter = Parameters<AdapterAction<AelystMethod>['act']>[0]

type AelystError = DocumentedError<SandboxAelyst, AelystMethod>

const lists: readonly AelystMethod[] = ['listcontacts', 'listspaces']
const changes: readonly AelystMethod[] = ['updateassignee', 'createcomment']
const saves: readonly AelystMethod[] = ['updatecontact', 'updateconversationstatus', 'createcontact']
const all: readonly AelystMethod[] = [...lists, ...changes, ...saves, 'getcontact']

/** What a 400 of an assignment, and a 404 of a look-up mean, is in aelyst-adapter.test.ts. */
const documented: readonly AelystError[] = (
  [
    ['400', saves, { kind: 'refused', problem: 'value-invalid', detail: 'answered 400' }],
    ['400', ['createcomment', 'getcontact'], { kind: 'refused', problem: 'refused-otherwise' }],
    ['400', ['listspaces'], { kind: 'refused', problem: 'value-invalid' }],
    ['401', all, { kind: 'refused', problem: 'token-refused' }],
    ['403', all, { kind: 'refused', problem: 'not-allowed' }],
    ['404', [...changes, ...saves], { kind: 'refused', problem: 'chat-not-found' }],
    ['404', lists, { kind: 'refused', problem: 'refused-otherwise' }],
    ['409', all, { kind: 'refused', problem: 'contact-exists' }],
    ['418', all, { kind: 'refused', problem: 'refused-otherwise' }],
    ['429', all, { kind: 'retry', problem: 'rate-limited', sent: false, afterMs: 1_000 }],
    ['449', all, { kind: 'retry', problem: 'queued', sent: false, afterMs: 60_000 }],
    ['500', all, { kind: 'retry', problem: 'server-error', sent: true }],
  ] satisfies [string, readonly AelystMethod[], object][]
).map(([err, methods, expected]) => ({
  name: err,
  methods,
  provoke: (aelyst, method) => aelyst.faults.add({ fault: { kind: 'err', err }, method }),
  expected,
}))

const json = (status: number, body: unknown): Fault => ({
  kind: 'answer',
  status,
  body: JSON.stringify(body),
})

/** What has to be said twice, and is not. Createcontact's answer says nothing: the contact is looked for. */
const oddAnswers: readonly AelystError[] = (
  [
    ['a page with 400', { kind: 'status', status: 400 }, all],
    ['a page with 401', { kind: 'status', status: 401 }, all],
    ['a page with 403', { kind: 'status', status: 403 }, all],
    ['a page with 404', { kind: 'status', status: 404 }, all],
    ['404 without a code', json(404, { message: 'Not Found' }), all],
    ['404 with another code', json(404, { code: 500, message: 'Unexpected error occurred' }), all],
    ['400 with the code of 401', json(400, { code: 401, message: 'UN_AUTHORIZED' }), all],
    ['half of an error', { kind: 'answer', status: 404, body: '{"code":404,"mess' }, all],
    ['an error of another shape', json(404, [{ code: 404 }]), all],
    ['a contact with status 404', json(404, { id: 501, contactId: 501, items: [] }), all],
    ['a redirect with an error', json(302, { code: 302, message: 'Found' }), all],
    ['an empty body', { kind: 'answer', body: '' }, all],
    ['half of JSON', { kind: 'answer', body: '{"id":501,"items":[{' }, all],
    ...[null, [{ id: 501 }], {}, { code: 404, message: 'Contact not found' }].map(
      (body): [string, Fault, readonly AelystMethod[]] => [
        `success that answers ${JSON.stringify(body)}`,
        json(200, body),
        all.filter((method) => method !== 'createcontact'),
      ],
    ),
    ['success with another id', json(200, { id: 502, contactId: 502 }), [...changes, 'updatecontact']],
  ] satisfies [string, Fault, readonly AelystMethod[]][]
).map(([name, fault, methods]) => ({
  name,
  methods,
  provoke: (aelyst, method) => aelyst.faults.add({ fault, method }),
  expected: { kind: 'retry', problem: 'unreadable-answer', sent: true },
}))

/** By a gateway that knows tokens and nothing else of Aelyst. */
const ofGateway: readonly AelystError[] = (
  [
    [401, 'token-refused'],
    [403, 'not-allowed'],
  ] as const
).map(([status, problem]) => ({
  name: `${status} without a code`,
  provoke: (aelyst, method) => aelyst.faults.add({ fault: json(status, { message: 'No' }), method }),
  expected: { kind: 'refused', problem },
}))

adapterContract('Aelyst', {
  token,
  secrets: ['SECRET', 'v1', ivanPhone.slice(1), 'Zoe', 'Petrov'],
  start: async ({ token, http, clock }) => {
    const aelyst = await startAelyst({ token, clock: clock.now })
    seed(aelyst)
    const baseUrl = `${aelyst.url}/v1`
    return {
      provider: aelyst,
      connect: (token) => createAelystAdapter({ token, baseUrl, http, now: clock.now, after: clock.after }),
    }
  },
  actions,
  errors: [...documented, ...oddAnswers, ...ofGateway],
  wrongContentType: 'read',
})
