import { createServer } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import type { Fault } from '../../sandbox/provider/faults.ts'
import type { WammMethod } from '../../sandbox/wamm/methods.ts'
import { type SandboxWamm, startWamm } from '../../sandbox/wamm/start-wamm.ts'
import { systemClock } from '../../src/clock.ts'
import type { Outcome, ProviderAdapter } from '../../src/providers/contract.ts'
import { createHttpClient } from '../../src/providers/http-client.ts'
import { createWammAdapter } from '../../src/providers/wamm/wamm-adapter.ts'
import { chatKey, instant, providerUserId } from '../../src/routing/ids.ts'

const token = 'tok-SECRET/1'
const ivan = chatKey('79001234567')
const telegram = chatKey('-100123')
const anna = providerUserId('100')
const boris = providerUserId('101')
const nowMs = Date.UTC(2026, 10, 20, 12, 0, 0)

const cleanups: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

const connect = (
  baseUrl: string,
  options: { timeoutMs?: number; timeZone?: string; nowMs?: number; token?: string } = {},
): ProviderAdapter => {
  const http = createHttpClient({
    timeoutMs: options.timeoutMs ?? 5000,
    maxBodyBytes: 1_000_000,
    connections: 4,
    after: systemClock.after,
  })
  cleanups.push(() => http.close())
  return createWammAdapter({
    token: options.token ?? token,
    baseUrl,
    timeZone: options.timeZone ?? 'UTC',
    http,
    now: () => instant(options.nowMs ?? nowMs),
  })
}

const start = async (
  options: Parameters<typeof connect>[1] = {},
): Promise<{ wamm: SandboxWamm; adapter: ProviderAdapter }> => {
  const wamm = await startWamm({ token, clock: () => nowMs })
  cleanups.push(() => wamm.close())
  wamm.addUser({ id: '100', name: 'Anna', email: 'Anna@Example.com', role: 'admin' })
  wamm.addUser({ id: '101', name: 'Boris' })
  wamm.customerWrites(ivan, { name: 'Ivan Petrov', text: 'hello' })
  return { wamm, adapter: connect(wamm.url, options) }
}

/** Every member of the contract that calls WAMM, with the method it calls. */
const actions: readonly [string, WammMethod, (adapter: ProviderAdapter) => Promise<Outcome<unknown>>][] = [
  ['assign', 'contact_to_user', (adapter) => adapter.assign(ivan, anna)],
  ['unassign', 'contact_to_user', (adapter) => offered(adapter.unassign)(ivan)],
  ['readChat', 'contact_get', (adapter) => offered(adapter.readChat)(ivan)],
  ['listChats', 'user_chats', (adapter) => offered(adapter.listChats)()],
  ['listUsers', 'user_list', (adapter) => offered(adapter.listUsers)()],
  ['health', 'channel_list', (adapter) => adapter.health()],
]

const offered = <T>(member: T | undefined): T => {
  if (member === undefined) throw new Error('WAMM offers this')
  return member
}
const listChats = (adapter: ProviderAdapter) => offered(adapter.listChats)()
const readChat = (adapter: ProviderAdapter, key = ivan) => offered(adapter.readChat)(key)
const listUsers = (adapter: ProviderAdapter) => offered(adapter.listUsers)()

const doneValue = <T>(outcome: Outcome<T>): T => {
  if (outcome.kind !== 'done') throw new Error(JSON.stringify(outcome))
  return outcome.value
}

/** Answers the next call with these words. */
const answerWith = (wamm: SandboxWamm, body: unknown, extra: object = {}): void => {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  wamm.faults.add({ fault: { kind: 'answer', body: text, ...extra }, times: 1 })
}

describe('what the adapter asks', () => {
  it('equals the documented addresses byte for byte', async () => {
    const paths: (string | undefined)[] = []
    const server = createServer((request, response) => {
      paths.push(`${request.method} ${request.url}`)
      response.end('{}')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    cleanups.push(
      () =>
        new Promise((resolve) => {
          server.close(() => resolve())
          server.closeAllConnections()
        }),
    )
    const address = server.address()
    const url = typeof address === 'object' ? `http://127.0.0.1:${address?.port}/` : ''
    const adapter = connect(url, { token: 'YOUR_TOKEN' })
    for (const [, , act] of actions) await act(adapter)
    await adapter.assign(telegram, anna)
    await readChat(adapter, chatKey('ab/c?d#ё'))
    expect(paths).toEqual([
      'GET /api2/contact_to_user/YOUR_TOKEN/79001234567/100',
      'GET /api2/contact_to_user/YOUR_TOKEN/79001234567/none',
      'GET /api2/contact_get/YOUR_TOKEN/79001234567',
      'GET /api2/user_chats/YOUR_TOKEN',
      'GET /api2/user_list/YOUR_TOKEN',
      'GET /api2/channel_list/YOUR_TOKEN/one',
      'GET /api2/contact_to_user/YOUR_TOKEN/-100123/100',
      'GET /api2/contact_get/YOUR_TOKEN/ab%2Fc%3Fd%23%D1%91',
    ])
  })

  it.each(['', '.', '..', '\ud800'])(
    'never asks for the key %j, which would change the path',
    async (key) => {
      const { wamm, adapter } = await start()
      const refused = { kind: 'refused', problem: 'invalid-chat-key' }
      expect(await adapter.assign(chatKey(key), anna)).toMatchObject(refused)
      expect(await adapter.assign(ivan, providerUserId(key))).toMatchObject(refused)
      expect(await offered(adapter.unassign)(chatKey(key))).toMatchObject(refused)
      expect(await readChat(adapter, chatKey(key))).toMatchObject(refused)
      expect(wamm.calls).toEqual([])
    },
  )
})

describe('assign and unassign', () => {
  it('make the user responsible, hand over to another, and free the chat', async () => {
    const { wamm, adapter } = await start()
    expect(await adapter.assign(ivan, anna)).toEqual({ kind: 'done', value: 'confirmed' })
    expect(wamm.holder(ivan)).toBe('100')
    expect(await adapter.assign(ivan, boris)).toEqual({ kind: 'done', value: 'confirmed' })
    expect(await offered(adapter.unassign)(ivan)).toEqual({ kind: 'done', value: 'confirmed' })
    expect(wamm.writesOf(ivan).map(({ from, to }) => [from, to])).toEqual([
      [null, '100'],
      ['100', '101'],
      ['101', null],
    ])
  })

  it('work with a negative Telegram id', async () => {
    const { wamm, adapter } = await start()
    wamm.customerWrites(telegram, { text: 'hi' })
    expect(await adapter.assign(telegram, anna)).toEqual({ kind: 'done', value: 'confirmed' })
    expect(wamm.holder(telegram)).toBe('100')
  })

  it('tell why WAMM refuses', async () => {
    const { wamm, adapter } = await start()
    wamm.addUser({ id: '102', name: 'Blocked' })
    wamm.blockUser('102')
    expect(await adapter.assign(chatKey('79009999999'), anna)).toMatchObject({ problem: 'chat-not-found' })
    expect(await adapter.assign(chatKey('a b'), anna)).toMatchObject({ problem: 'invalid-chat-key' })
    expect(await adapter.assign(ivan, providerUserId('999'))).toMatchObject({ problem: 'user-not-found' })
    expect(await adapter.assign(ivan, providerUserId('102'))).toMatchObject({ problem: 'user-not-active' })
    expect(wamm.writes).toEqual([])
  })

  it('call an answer without a result unreadable, and sent', async () => {
    const { wamm, adapter } = await start()
    answerWith(wamm, { err: 0 })
    expect(await adapter.assign(ivan, anna)).toMatchObject({
      kind: 'retry',
      problem: 'unreadable-answer',
      sent: true,
    })
  })
})

describe('readChat', () => {
  it('gives the chat as it is now', async () => {
    const { wamm, adapter } = await start()
    expect(await readChat(adapter)).toEqual({
      kind: 'done',
      value: { key: ivan, name: 'Ivan Petrov', phone: '+79001234567', holder: null, lastMessageAt: null },
    })
    wamm.assignInProvider(ivan, '101')
    expect(doneValue(await readChat(adapter)).holder).toBe('101')
  })

  it.each<[unknown, string | null]>([
    ['', null],
    ['0', null],
    [0, null],
    [null, null],
    [undefined, null],
    ['none', null],
    [' ', null],
    ['101', '101'],
    [101, '101'],
  ])('reads the holder %j as %j', async (user_id, holder) => {
    const { wamm, adapter } = await start()
    answerWith(wamm, { err: 0, data: { phone: 79001234567, user_id } })
    expect(doneValue(await readChat(adapter))).toMatchObject({ holder, name: null, phone: '+79001234567' })
  })

  it.each([true, {}, ['101']])('does not take the holder %j for nobody', async (user_id) => {
    const { wamm, adapter } = await start()
    answerWith(wamm, { err: 0, data: { phone: '79001234567', user_id } })
    expect(await readChat(adapter)).toMatchObject({ kind: 'retry', problem: 'unreadable-answer', sent: true })
  })

  it('uses the real number behind a chat id, and takes no chat id with a nickname for a number', async () => {
    const { wamm, adapter } = await start()
    const looksLikeNumber = chatKey('6581234567')
    wamm.customerWrites(looksLikeNumber, { text: 'hi' })
    expect(doneValue(await readChat(adapter, looksLikeNumber)).phone).toBe('+6581234567')
    wamm.customerWrites(looksLikeNumber, { text: 'hi', phoneReal: 'ivan_p' })
    expect(doneValue(await readChat(adapter, looksLikeNumber)).phone).toBeNull()
    wamm.customerWrites(looksLikeNumber, { text: 'hi', phoneReal: '+7 900 123-45-67' })
    expect(doneValue(await readChat(adapter, looksLikeNumber)).phone).toBe('+79001234567')
  })

  it('refuses a group chat, which can have nobody responsible', async () => {
    const { wamm, adapter } = await start()
    const group = chatKey('555000111')
    wamm.customerWrites(group, { text: 'hi', tip: 'group' })
    expect(await readChat(adapter, group)).toMatchObject({ kind: 'refused', problem: 'refused-otherwise' })
  })
})

describe('listChats', () => {
  it('gives every open chat, whoever holds it', async () => {
    const { wamm, adapter } = await start()
    wamm.customerWrites(telegram, { text: 'hi', name: 'Зоя' })
    wamm.assignInProvider(telegram, '101')
    wamm.customerWrites('79005555555', { text: 'bye' })
    wamm.closeChat('79005555555')
    expect(await listChats(adapter)).toEqual({
      kind: 'done',
      value: {
        complete: true,
        chats: [
          {
            key: ivan,
            name: 'Ivan Petrov',
            phone: '+79001234567',
            holder: null,
            lastMessageAt: nowMs,
          },
          { key: telegram, name: 'Зоя', phone: null, holder: '101', lastMessageAt: nowMs },
        ],
      },
    })
  })

  it('is empty and complete when WAMM finds none', async () => {
    const { wamm, adapter } = await start()
    wamm.closeChat(ivan)
    expect(doneValue(await listChats(adapter))).toEqual({ chats: [], complete: true })
  })

  it('is not complete at 900 rows', async () => {
    const { wamm, adapter } = await start()
    for (let index = 1; index < 899; index += 1) wamm.customerWrites(`7900${1_000_000 + index}`, { text: '' })
    expect(doneValue(await listChats(adapter))).toMatchObject({ complete: true })
    wamm.customerWrites('79005555555', { text: '' })
    const { chats, complete } = doneValue(await listChats(adapter))
    expect(chats).toHaveLength(900)
    expect(complete).toBe(false)
  })

  it("reads the trailing commas of WAMM's own page, and leaves commas in names alone", async () => {
    const { wamm, adapter } = await start()
    wamm.customerWrites(ivan, { text: '', name: 'a,] "b",} \\' })
    wamm.setTrailingCommas(true)
    expect(doneValue(await listChats(adapter)).chats[0]?.name).toBe('a,] "b",} \\')
  })

  it('skips a broken row, keeps the others, and is not complete', async () => {
    const { wamm, adapter } = await start()
    const row = { phone: '79001234567', user_id: '', chat_name: 'Ivan', date_msg: '2026-11-20 10:00:00' }
    for (const broken of [null, 7, {}, { ...row, phone: '' }, { ...row, user_id: {} }]) {
      answerWith(wamm, { err: 0, data: [broken, row] })
      const { chats, complete } = doneValue(await listChats(adapter))
      expect(chats.map(({ key }) => key)).toEqual([ivan])
      expect(complete).toBe(false)
    }
  })

  it('is not upset by odd names, dates, numbers and unknown fields', async () => {
    const { wamm, adapter } = await start()
    answerWith(wamm, {
      err: '0',
      more: 1,
      data: [{ phone: -100123, user_id: 101, chat_name: ['x'], date_msg: 5, api_id: {}, new_field: true }],
    })
    expect(doneValue(await listChats(adapter))).toEqual({
      complete: true,
      chats: [{ key: telegram, name: null, phone: null, holder: '101', lastMessageAt: null }],
    })
  })

  it('leaves out what can be told to be a group', async () => {
    const { wamm, adapter } = await start()
    const rows = ['79001234567-1398765432', '1203630@g.us', 'status@broadcast'].map((phone) => ({ phone }))
    answerWith(wamm, { err: 0, data: [...rows, { phone: '555000111', tip: 'group' }, { phone: ivan }] })
    const { chats, complete } = doneValue(await listChats(adapter))
    expect(chats.map(({ key }) => key)).toEqual([ivan])
    expect(complete).toBe(true)
  })

  it('lists a customer of two channels once, as the newest message has it', async () => {
    const { wamm, adapter } = await start()
    const row = (date_msg: string, user_id: string) => ({ phone: ivan, date_msg, user_id })
    const older = row('2026-11-20 10:00:00', '100')
    const newer = row('2026-11-20 11:00:00', '101')
    for (const data of [
      [older, newer],
      [newer, older],
    ]) {
      answerWith(wamm, { err: 0, data })
      expect(doneValue(await listChats(adapter)).chats.map(({ holder }) => holder)).toEqual(['101'])
    }
  })
})

describe('dates', () => {
  const read = async (date_msg: string, timeZone: string, at = nowMs): Promise<string | null> => {
    const { wamm, adapter } = await start({ timeZone, nowMs: at })
    answerWith(wamm, { err: 0, data: [{ phone: ivan, date_msg }] })
    const time = doneValue(await listChats(adapter)).chats[0]?.lastMessageAt
    return time == null ? null : new Date(time).toISOString()
  }

  it.each([
    ['2024-10-09 10:28:45', 'UTC', '2024-10-09T10:28:45.000Z'],
    ['2024-10-09 10:28:45', 'Europe/Moscow', '2024-10-09T07:28:45.000Z'],
    ['2024-10-09T10:28:45', 'Asia/Kolkata', '2024-10-09T04:58:45.000Z'],
    ['2024-10-09 00:00:00', 'Pacific/Kiritimati', '2024-10-08T10:00:00.000Z'],
    ['2024-01-15 12:00:00', 'America/New_York', '2024-01-15T17:00:00.000Z'],
    ['2024-07-15 12:00:00', 'America/New_York', '2024-07-15T16:00:00.000Z'],
    // The clocks go from 02:00 to 03:00 on 31 March 2024 in Berlin.
    ['2024-03-31 01:59:59', 'Europe/Berlin', '2024-03-31T00:59:59.000Z'],
    ['2024-03-31 02:30:00', 'Europe/Berlin', '2024-03-31T01:30:00.000Z'],
    ['2024-03-31 03:00:00', 'Europe/Berlin', '2024-03-31T01:00:00.000Z'],
    // And from 03:00 back to 02:00 on 27 October 2024; long past, the later of the two is meant.
    ['2024-10-27 01:59:59', 'Europe/Berlin', '2024-10-26T23:59:59.000Z'],
    ['2024-10-27 02:30:00', 'Europe/Berlin', '2024-10-27T01:30:00.000Z'],
    ['2024-10-27 03:00:00', 'Europe/Berlin', '2024-10-27T02:00:00.000Z'],
  ])('read %s in %s as %s', async (text, timeZone, expected) => {
    expect(await read(text, timeZone)).toBe(expected)
  })

  it('read a time that comes twice as the one that has been', async () => {
    const firstPass = Date.UTC(2024, 9, 27, 0, 35)
    expect(await read('2024-10-27 02:30:00', 'Europe/Berlin', firstPass)).toBe('2024-10-27T00:30:00.000Z')
    const secondPass = Date.UTC(2024, 9, 27, 1, 20)
    expect(await read('2024-10-27 02:15:00', 'Europe/Berlin', secondPass)).toBe('2024-10-27T01:15:00.000Z')
    expect(await read('2024-10-27 02:45:00', 'Europe/Berlin', secondPass)).toBe('2024-10-27T00:45:00.000Z')
  })

  it('take a time to come for now', async () => {
    expect(await read('2026-11-20 12:00:30', 'UTC')).toBe('2026-11-20T12:00:00.000Z')
    expect(await read('2099-01-01 00:00:00', 'UTC')).toBe('2026-11-20T12:00:00.000Z')
  })

  it.each([
    '',
    'yesterday',
    '0000-00-00 00:00:00',
    '2024-02-30 10:00:00',
    '2024-13-01 10:00:00',
    '2024-10-09 25:00:00',
    '2024-10-09',
    '1728462525',
  ])('are unknown when they are %j', async (text) => {
    expect(await read(text, 'Europe/Berlin')).toBeNull()
  })

  it('need a time zone that exists', () => {
    expect(() => connect('http://127.0.0.1:1', { timeZone: 'Mars/Olympus' })).toThrow(RangeError)
  })
})

describe('listUsers', () => {
  it('gives everybody, blocked and deleted people too', async () => {
    const { wamm, adapter } = await start()
    wamm.addUser({ id: '102', name: 'Blocked' })
    wamm.blockUser('102')
    wamm.addUser({ id: '103', name: 'Gone' })
    wamm.deleteUser('103')
    expect(await listUsers(adapter)).toEqual({
      kind: 'done',
      value: [
        { id: '100', name: 'Anna', email: 'anna@example.com', active: true },
        { id: '101', name: 'Boris', email: null, active: true },
        { id: '102', name: 'Blocked', email: null, active: false },
        { id: '103', name: 'Gone', email: null, active: false },
      ],
    })
  })

  it('reads ids and flags of any type, and calls the nameless by address or id', async () => {
    const { wamm, adapter } = await start()
    answerWith(wamm, {
      err: 0,
      data: [
        { user_id: '1', name: '', email: ' A@B.co ', lock: '0', deleted: '0' },
        { user_id: 2, name: null, lock: '1' },
        { user_id: 3, name: 'C', lock: false, deleted: null },
        { name: 'no id' },
      ],
    })
    expect(doneValue(await listUsers(adapter))).toEqual([
      { id: '1', name: 'a@b.co', email: 'a@b.co', active: true },
      { id: '2', name: '2', email: null, active: false },
      { id: '3', name: 'C', email: null, active: true },
    ])
  })

  it('never takes a failure for an account without people', async () => {
    const { wamm, adapter } = await start()
    answerWith(wamm, { err: 'fail get data' })
    expect(await listUsers(adapter)).toMatchObject({ kind: 'retry', problem: 'server-error' })
  })
})

describe('health', () => {
  it('is done when the channel is authorized', async () => {
    const { adapter } = await start()
    expect(await adapter.health()).toEqual({ kind: 'done', value: null })
  })

  it.each(['notAuthorized', 'starting', 'blocked'] as const)(
    'tells that the channel is %s',
    async (state) => {
      const { wamm, adapter } = await start()
      wamm.setChannelState(state)
      expect(await adapter.health()).toEqual({
        kind: 'refused',
        problem: 'channel-not-authorized',
        detail: `state ${state}`,
      })
      expect(await listChats(adapter)).toMatchObject({ problem: 'channel-not-authorized' })
    },
  )

  it('tells that the token has no channel', async () => {
    const { wamm, adapter } = await start()
    for (const body of [{ err: 'fail get data' }, { err: 0, data: [] }]) {
      answerWith(wamm, body)
      expect(await adapter.health()).toMatchObject({ problem: 'channel-not-authorized' })
    }
  })
})

describe.each(actions)('%s', (_name, method, act) => {
  it('is refused with a wrong token', async () => {
    const { wamm } = await start()
    const adapter = connect(wamm.url, { token: 'wrong' })
    expect(await act(adapter)).toEqual({ kind: 'refused', problem: 'token-refused', detail: 'token fail' })
    expect(wamm.calls.map((call) => call.tokenAccepted)).toEqual([false])
  })

  it.each([
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
  ])('takes the error %j for %s', async (err, problem) => {
    const { wamm, adapter } = await start()
    wamm.faults.add({ fault: { kind: 'err', err }, method, times: 1 })
    expect(await act(adapter)).toEqual({ kind: 'refused', problem, detail: err })
  })

  it('takes the error for its word whatever the status', async () => {
    const { wamm, adapter } = await start()
    for (const status of [200, 302, 400, 403, 404, 500]) {
      answerWith(wamm, { err: 'token fail' }, { status })
      expect(await act(adapter)).toMatchObject({ kind: 'refused', problem: 'token-refused' })
    }
  })

  it('tries again later when WAMM asks for it', async () => {
    const { wamm, adapter } = await start()
    answerWith(wamm, { err: 'phone not checked, please retry' })
    expect(await act(adapter)).toMatchObject({ kind: 'retry', problem: 'server-error', sent: true })
  })

  it('clips an unknown error, and takes the token out of it', async () => {
    const { wamm, adapter } = await start()
    answerWith(wamm, { err: `bad call /api2/${token}/ ${encodeURIComponent(token)} ${'x'.repeat(5000)}` })
    const outcome = await act(adapter)
    expect(outcome).toMatchObject({ kind: 'refused', problem: 'refused-otherwise' })
    expect(JSON.stringify(outcome)).not.toContain('SECRET')
    expect(JSON.stringify(outcome).length).toBeLessThan(400)
  })

  const sent = (problem: string) => ({ kind: 'retry', problem, sent: true })
  it.each<[string, Fault, object]>([
    ['500', { kind: 'status', status: 500 }, sent('server-error')],
    ['502', { kind: 'status', status: 502 }, sent('server-error')],
    ['503', { kind: 'status', status: 503 }, sent('server-error')],
    ['404', { kind: 'status', status: 404 }, sent('unreadable-answer')],
    ['403', { kind: 'status', status: 403 }, sent('unreadable-answer')],
    ['HTML with 200', { kind: 'status', status: 200 }, sent('unreadable-answer')],
    ['a redirect', { kind: 'redirect', to: 'http://127.0.0.1:1/' }, sent('unreadable-answer')],
    ['a reset before it is handled', { kind: 'reset', handled: false }, sent('unreachable')],
    ['a reset after it was handled', { kind: 'reset', handled: true }, sent('unreachable')],
    ['half a body', { kind: 'half-body' }, sent('unreadable-answer')],
    ['a body that is too long', { kind: 'oversized', bytes: 2_000_000 }, sent('unreadable-answer')],
    ['an empty body', { kind: 'answer', body: '' }, sent('unreadable-answer')],
    ['half of JSON', { kind: 'answer', body: '{"err":0,"data":[{' }, sent('unreadable-answer')],
    ['JSON null', { kind: 'answer', body: 'null' }, sent('unreadable-answer')],
    ['a JSON list', { kind: 'answer', body: '[{"err":0}]' }, sent('unreadable-answer')],
    ['JSON without err', { kind: 'answer', body: '{"data":[]}' }, sent('unreadable-answer')],
    ['success without data', { kind: 'answer', body: '{"err":0}' }, sent('unreadable-answer')],
    ['data of another shape', { kind: 'answer', body: '{"err":0,"data":"x"}' }, sent('unreadable-answer')],
    [
      'success with status 500',
      { kind: 'answer', status: 500, body: '{"err":0,"result":"success","data":[]}' },
      sent('server-error'),
    ],
    [
      'success with status 404',
      { kind: 'answer', status: 404, body: '{"err":0,"result":"success","data":[]}' },
      sent('unreadable-answer'),
    ],
    ['429', { kind: 'rate-limit', retryAfter: null }, { problem: 'rate-limited', sent: false }],
    ['429 for 7 s', { kind: 'rate-limit', retryAfter: '7' }, { problem: 'rate-limited', afterMs: 7000 }],
    [
      '429 until a date',
      { kind: 'rate-limit', retryAfter: new Date(nowMs + 90_000).toUTCString() },
      { problem: 'rate-limited', afterMs: 90_000 },
    ],
  ])('may be tried again after %s, and works then', async (_fault, fault, expected) => {
    const { wamm, adapter } = await start()
    wamm.faults.add({ fault, method, times: 1 })
    const outcome = await act(adapter)
    expect(outcome).toMatchObject({ kind: 'retry', ...expected })
    expect(JSON.stringify(outcome)).not.toMatch(/SECRET|api2|127\.0\.0\.1/)
    expect(await act(adapter)).toMatchObject({ kind: 'done' })
    expect(wamm.calls).toHaveLength(2)
  })

  it.each<[string, Fault]>([
    ['no answer before handling', { kind: 'hang', handled: false }],
    ['no answer after handling', { kind: 'hang', handled: true }],
    ['a body that drips', { kind: 'slow-body', pauseMs: 50 }],
  ])('times out on %s, as sent', async (_fault, fault) => {
    const { wamm, adapter } = await start({ timeoutMs: 150 })
    wamm.faults.add({ fault, method, times: 1 })
    expect(await act(adapter)).toMatchObject({ kind: 'retry', problem: 'timed-out', sent: true })
  })

  it.each<[string, Fault]>([
    ['of a wrong content type', { kind: 'content-type', contentType: 'text/html' }],
    ['that comes late', { kind: 'delay', delayMs: 30 }],
    ['that comes in pieces', { kind: 'slow-body', pauseMs: 0 }],
  ])('accepts an answer %s', async (_fault, fault) => {
    const { wamm, adapter } = await start()
    wamm.faults.add({ fault, method, times: 1 })
    expect(await act(adapter)).toMatchObject({ kind: 'done' })
  })

  it('knows that nothing was sent while WAMM is down, and works when it is back', async () => {
    const { wamm, adapter } = await start()
    await act(adapter)
    await wamm.goDown()
    expect(await act(adapter)).toMatchObject({ kind: 'retry', problem: 'unreachable', sent: false })
    await wamm.comeBack()
    expect(await act(adapter)).toMatchObject({ kind: 'done' })
  })
})

describe('a lost answer', () => {
  it('leaves the effect: after it a chat is held, without it not', async () => {
    const { wamm, adapter } = await start()
    wamm.faults.add({ fault: { kind: 'reset', handled: false }, times: 1 })
    wamm.faults.add({ fault: { kind: 'reset', handled: true }, times: 1 })
    await adapter.assign(ivan, anna)
    expect(wamm.holder(ivan)).toBeNull()
    await adapter.assign(ivan, anna)
    expect(wamm.holder(ivan)).toBe('100')
  })
})
