import { afterEach, describe, expect, it } from 'vitest'
import { type SandboxAelyst, startAelyst } from '../../sandbox/aelyst/start-aelyst.ts'

let aelyst: SandboxAelyst
let nowMs: number
afterEach(() => aelyst.close())

const start = async (): Promise<void> => {
  nowMs = Date.UTC(2026, 10, 20, 12)
  aelyst = await startAelyst({ token: 'tok', clock: () => nowMs })
  aelyst.addUser({ id: '1', firstName: 'Anna', lastName: 'Berg', email: 'abc@gmail.com' })
  aelyst.customerWrites({ phone: '+60121233112' }, { firstName: 'Ivan', text: 'hello' })
}

/** Status and body of the answer to `GET space/user`, or to `POST contact/list` with a body. */
const api = async (line: string, body?: unknown, token = 'tok'): Promise<unknown[]> => {
  const [method = '', path] = line.split(' ')
  const response = await fetch(`${aelyst.url}/v1/${path}`, {
    method,
    headers: { Authorization: `Bearer ${token}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return [response.status, await response.json()]
}
const control = (name: string, body?: unknown): Promise<Response> =>
  fetch(`${aelyst.url}/control/${name}`, {
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  })

const unassigned = {
  search: '',
  timezone: 'Asia/Kuala_Lumpur',
  filter: {
    $and: [{ category: 'contactField', field: 'assigneeUserId', operator: 'isEqualTo', value: null }],
  },
}

describe("the sandbox's Aelyst", () => {
  it('prints what the documentation shows', async () => {
    await start()
    const ivan = {
      id: 501,
      firstName: 'Ivan',
      lastName: null,
      phone: '+60121233112',
      email: null,
      language: 'en',
      profilePic: null,
      countryCode: null,
      custom_fields: [],
      status: 'open',
      tags: [],
      assignee: null,
      lifecycle: null,
      created_at: nowMs / 1000,
      isBlocked: false,
    }
    const assignee = { id: 1, firstName: 'Anna', lastName: 'Berg', email: 'abc@gmail.com' }
    const ends = { next: null, previous: null }
    expect(await api('GET contact/phone:+60121233112')).toEqual([200, ivan])
    expect(await api('POST contact/list?limit=10', unassigned)).toEqual([
      200,
      { items: [ivan], pagination: ends },
    ])
    expect(await api('POST contact/id:501/conversation/assignee', { assignee: 1 })).toEqual([
      200,
      { contactId: 501 },
    ])
    expect(await api('GET contact/id:501')).toMatchObject([200, { assignee }])
    expect(await api('POST contact/list', unassigned)).toEqual([200, { items: [], pagination: ends }])
    expect(await api('GET space/user')).toEqual([
      200,
      { items: [{ ...assignee, role: 'agent', team: null, restrictions: [] }], pagination: ends },
    ])
    expect(await api('POST contact/id:501/comment', { text: 'Hi' })).toEqual([
      200,
      { contactId: 501, text: 'Hi', created_at: nowMs / 1000 },
    ])
    expect(await api('POST contact/id:501/conversation/status', { status: 'close' })).toMatchObject([200, {}])
    expect(await api('GET contact/id:501')).toMatchObject([200, { status: 'closed' }])
  })

  it('links to the next page with its cursor, and without the version', async () => {
    await start()
    aelyst.addUser({ id: '2', firstName: 'Boris' })
    expect(await api('GET space/user?limit=1')).toMatchObject([
      200,
      { items: [{ id: 1 }], pagination: { next: `${aelyst.url}/space/user?limit=1&cursorId=1` } },
    ])
    expect(await api('GET space/user?limit=1&cursorId=1')).toMatchObject([
      200,
      { items: [{ id: 2 }], pagination: { next: null } },
    ])
  })

  it.each<[string, unknown, number, string]>([
    ['POST contact/id:501/conversation/assignee', {}, 400, 'Validation error.'],
    ['POST contact/id:501/conversation/assignee', { assignee: '1' }, 400, 'Validation error.'],
    ['POST contact/id:501/conversation/assignee', { assignee: 99 }, 400, 'Assignee not found'],
    ['POST contact/id:999/conversation/assignee', { assignee: 1 }, 404, 'Contact not found'],
    ['POST contact/id:501/conversation/status', { status: 'closed' }, 400, 'Validation error.'],
    [
      'POST contact/id:501/comment',
      { text: 'x'.repeat(1001) },
      400,
      'Comment length must not be greater than 1000 characters',
    ],
    ['POST contact/list', { ...unassigned, search: undefined }, 400, 'Please check if filter is provided'],
    ['POST contact/list', { ...unassigned, filter: undefined }, 400, 'Please check if filter is provided'],
    ['POST contact/list', { ...unassigned, timezone: undefined }, 400, 'Please check if filter is provided'],
    ['POST contact/list?limit=100', unassigned, 400, 'Validation error.'],
    ['POST contact/phone:+60129999999', { lastName: 'Lim' }, 400, 'Validation error.'],
    ['POST contact/id:502', { firstName: 'Zoe' }, 400, 'Validation error.'],
    ['POST contact/phone:+60121233112', { firstName: 'Zoe' }, 409, 'Contact already exists'],
    ['PUT contact/id:501', { firstName: null }, 400, 'Validation error.'],
  ])('refuses %s with %j as %i', async (line, body, code, message) => {
    await start()
    expect(await api(line, body)).toEqual([code, { code, message }])
    expect(aelyst.writes).toEqual([])
  })

  it('refuses another token, and never records it', async () => {
    await start()
    expect(await api('GET space/user', undefined, 'wrong-secret')).toEqual([
      401,
      { code: 401, message: 'UN_AUTHORIZED' },
    ])
    expect(JSON.stringify(aelyst.calls)).not.toContain('secret')
    expect(aelyst.calls).toMatchObject([{ method: 'listspaces', tokenAccepted: false }])
  })

  it('queues changes, but no reading, while it works on a contact', async () => {
    await start()
    aelyst.queueWork('501')
    expect(await api('POST contact/id:501/comment', { text: 'x' })).toMatchObject([449, { code: 449 }])
    expect(await api('GET contact/id:501')).toMatchObject([200, {}])
    aelyst.queueWork('501', false)
    expect(await api('POST contact/id:501/comment', { text: 'x' })).toMatchObject([200, {}])
    expect(aelyst.state.contacts.get('501')?.comments).toEqual([{ atMs: nowMs, text: 'x' }])
  })

  it('refuses the sixth request of a second for the same path, and counts it', async () => {
    await start()
    for (let i = 0; i < 5; i += 1) await api('GET contact/id:501')
    const refused = await fetch(`${aelyst.url}/v1/contact/id:501`, {
      headers: { Authorization: 'Bearer tok' },
    })
    expect(refused.status).toBe(429)
    expect(refused.headers.get('retry-after')).toBe('1')
    expect(refused.headers.get('x-ratelimit-limit')).toBe('5')
    expect(refused.headers.get('x-ratelimit-remaining')).toBe('0')
    expect(aelyst.breaches).toEqual([{ atMs: nowMs, key: 'GET /v1/contact/id:501' }])
    aelyst.setQuirks({ limited: false })
    expect(await api('GET contact/id:501')).toMatchObject([200, {}])
    aelyst.setQuirks({ limited: true })
    nowMs += 1_000
    expect(await api('GET contact/id:501')).toMatchObject([200, {}])
    expect(aelyst.breaches).toHaveLength(2)
  })

  it('opens a conversation when the customer or staff write, and keeps what they wrote', async () => {
    await start()
    aelyst.closeConversation('501')
    expect(aelyst.customerWrites({ phone: '+60121233112' }, { text: 'again' })).toBe('501')
    expect(aelyst.state.contacts.get('501')?.status).toBe('open')
    aelyst.staffWrites('501', 'hi')
    expect(aelyst.state.contacts.get('501')?.messages.map(({ text }) => text)).toEqual([
      'hello',
      'again',
      'hi',
    ])
  })

  it('is driven over HTTP by the same functions', async () => {
    await start()
    for (const [name, body] of [
      ['assign', { id: '501', userId: '1' }],
      ['customer-writes', { email: 'z@l.my', text: 'hi', firstName: 'Zoe' }],
      ['staff-writes', { id: '502', text: 'hello' }],
      ['close', { id: '502' }],
      ['add-user', { id: '2', firstName: 'Boris' }],
      ['remove-user', { id: '2' }],
      ['queue-work', { id: '501' }],
      ['quirks', { ids: 'strings', addsSlowly: true }],
      ['finish-adding', {}],
    ] as const)
      expect((await control(name, body)).status).toBe(200)
    expect(await (await control('state')).json()).toMatchObject({
      contacts: [
        { holder: '1', queued: true },
        { firstName: 'Zoe', status: 'closed' },
      ],
      users: [{ id: '1' }, { id: '2', removed: true }],
      quirks: { ids: 'strings', addsSlowly: true },
    })
    await control('fault', { fault: { kind: 'err', err: '500' }, times: 1 })
    expect(await api('GET space/user')).toEqual([500, { code: 500, message: 'Unexpected error occurred' }])
    expect((await control('assign', { id: '501' })).status).toBe(400)
    expect((await control('close', { id: '999' })).status).toBe(400)
    expect(await (await control('writes')).json()).toEqual([])
  })
})
