import { describe, expect, it, onTestFinished } from 'vitest'
import { type SandboxAelyst, startAelyst } from '../../sandbox/aelyst/start-aelyst.ts'
import type { SandboxProvider } from '../../sandbox/provider/start-provider.ts'
import { type SandboxWamm, startWamm } from '../../sandbox/wamm/start-wamm.ts'
import { aelystKeys, type Hooks, startHooks, wammSecret } from '../fixtures/start-hooks.ts'

const ivan = '79001234567'

const startWithWamm = async (): Promise<{ readonly hooks: Hooks; readonly wamm: SandboxWamm }> => {
  const hooks = await startHooks()
  const wamm = await startWamm({
    token: 'tok',
    clock: hooks.clock.now,
    timeZone: 'Europe/Moscow',
    webhookPausesMs: [1, 2, 3, 4, 5],
  })
  onTestFinished(() => wamm.close())
  wamm.setWebhook(`${hooks.url}/hooks/wamm/${wammSecret}`)
  wamm.addUser({ id: '100', name: 'Anna' })
  return { hooks, wamm }
}

const startWithAelyst = async (
  key: string = aelystKeys[0],
): Promise<{ readonly hooks: Hooks; readonly aelyst: SandboxAelyst }> => {
  const hooks = await startHooks()
  const aelyst = await startAelyst({ token: 'tok', clock: hooks.clock.now })
  onTestFinished(() => aelyst.close())
  aelyst.setWebhook({ url: `${hooks.url}/hooks/aelyst`, key })
  aelyst.addUser({ id: '1', firstName: 'Anna' })
  return { hooks, aelyst }
}

const attempts = (sandbox: SandboxProvider<string> & Pick<SandboxWamm, 'told'>, count: number) =>
  sandbox.until(() => sandbox.told.length >= count, { timeoutMs: 5_000 })
const statusesOf = ({ told }: Pick<SandboxWamm, 'told'>): readonly unknown[] =>
  told.map(({ status }) => status)
const textsOf = (hooks: Hooks): readonly unknown[] =>
  hooks.received.map(({ event }) => (event.kind === 'message' ? event.message.text : event.kind))

describe("the sandbox's WAMM", () => {
  it('tells of messages to and from the customer in order, and of their states', async () => {
    const { hooks, wamm } = await startWithWamm()
    wamm.customerWrites(ivan, { name: 'Ivan', text: 'hello' })
    wamm.staffWrites(ivan, { userId: '100', text: 'good morning' })
    await attempts(wamm, 3)
    expect(wamm.told).toMatchObject([
      { event: { tip: 'msg', msg_data: { from_me: 0, state: 'received' } }, status: 200 },
      { event: { tip: 'msg', msg_data: { from_me: 1, state: 'sent' } }, status: 200 },
      { event: { tip: 'msg_state', msg_data: { state: 'delivered' } }, status: 200 },
    ])
    const at = hooks.clock.now()
    expect(hooks.received.map(({ event }) => event)).toMatchObject([
      { key: ivan, message: { direction: 'in', byStaff: false, name: 'Ivan', text: 'hello', at } },
      { key: ivan, message: { direction: 'out', byStaff: true, text: 'good morning', at } },
    ])
  })

  it('shows whom it tells, and tells nobody else', async () => {
    const { hooks, wamm } = await startWithWamm()
    const channels = async (): Promise<unknown> =>
      (await fetch(`${wamm.url}/api2/channel_list/tok/one`)).json()
    expect(await channels()).toMatchObject({ data: [{ hook: `${hooks.url}/hooks/wamm/${wammSecret}` }] })
    await fetch(`${wamm.url}/control/webhook`, { method: 'POST', body: '{"url":null}' })
    expect(await channels()).toMatchObject({ data: [{ hook: '' }] })
    wamm.customerWrites(ivan, { text: 'unheard' })
    wamm.setWebhook(`${hooks.url}/hooks/wamm/${wammSecret}`)
    wamm.customerWrites(ivan, { text: 'heard' })
    await attempts(wamm, 1)
    expect(textsOf(hooks)).toEqual(['heard'])
  })

  it('waits for the answer before it tells the next', async () => {
    const { hooks, wamm } = await startWithWamm()
    const first = Promise.withResolvers<void>()
    const begun = Promise.withResolvers<void>()
    hooks.receiving = () => {
      begun.resolve()
      return first.promise
    }
    wamm.customerWrites(ivan, { text: 'one' })
    wamm.customerWrites(ivan, { text: 'two' })
    await begun.promise
    expect((await fetch(`${hooks.url}/healthz`)).status).toBe(200)
    expect(textsOf(hooks)).toEqual(['one'])
    first.resolve()
    await attempts(wamm, 2)
    expect(textsOf(hooks)).toEqual(['one', 'two'])
  })

  it('tries five times more, and then goes on with the next', async () => {
    const { hooks, wamm } = await startWithWamm()
    let failures = 6
    hooks.receiving = async () => {
      failures -= 1
      if (failures >= 0) throw new Error('the disk is full')
    }
    wamm.customerWrites(ivan, { text: 'lost' })
    wamm.customerWrites(ivan, { text: 'kept' })
    await attempts(wamm, 7)
    expect(statusesOf(wamm)).toEqual([503, 503, 503, 503, 503, 503, 200])
    expect(new Set(textsOf(hooks).slice(0, 6))).toEqual(new Set(['lost']))
    expect(textsOf(hooks).at(-1)).toBe('kept')
  })

  it.each([
    ['twice', ['one', 'one', 'two', 'two', 'three', 'three']],
    ['swapped', ['two', 'one', 'three']],
    ['dropped', []],
  ] as const)('tells %s on demand', async (delivery, expected) => {
    const { hooks, wamm } = await startWithWamm()
    await fetch(`${wamm.url}/control/delivery`, { method: 'POST', body: JSON.stringify({ delivery }) })
    for (const text of ['one', 'two', 'three']) wamm.customerWrites(ivan, { text })
    wamm.setDelivery('once')
    wamm.customerWrites(ivan, { text: 'end' })
    await attempts(wamm, expected.length + 1)
    expect(textsOf(hooks)).toEqual([...expected, 'end'])
  })

  it('says when nobody answers', async () => {
    const { wamm } = await startWithWamm()
    wamm.setWebhook('http://127.0.0.1:1/')
    wamm.customerWrites(ivan, { text: 'hello' })
    await attempts(wamm, 6)
    expect(statusesOf(wamm)).toEqual([null, null, null, null, null, null])
  })
})

describe("the sandbox's Aelyst", () => {
  const types = (aelyst: SandboxAelyst): readonly unknown[] =>
    aelyst.told.map(({ event }) => ('event_type' in event ? event.event_type : null)).sort()

  it('tells of customers and staff, signed, each event in a request of its own', async () => {
    const { hooks, aelyst } = await startWithAelyst()
    const id = aelyst.customerWrites({ phone: '+60123456789' }, { firstName: 'Ivan', text: 'hello' })
    await attempts(aelyst, 3)
    expect(types(aelyst)).toEqual(['contact.created', 'conversation.opened', 'message.received'])
    expect(hooks.received.filter(({ event }) => event.kind === 'message')).toMatchObject([
      { event: { key: id, message: { direction: 'in', text: 'hello', messenger: 'whatsapp' } } },
    ])
    hooks.received.length = 0
    aelyst.staffWrites(id, 'good morning')
    await attempts(aelyst, 4)
    expect(hooks.received).toMatchObject([
      { event: { message: { direction: 'out', byStaff: true, at: hooks.clock.now() } } },
    ])
  })

  it('tells of assignments in its screens and by its API, and of the end', async () => {
    const { hooks, aelyst } = await startWithAelyst()
    const id = aelyst.customerWrites({ phone: '+60123456789' }, { text: 'hello' })
    await attempts(aelyst, 3)
    hooks.received.length = 0
    aelyst.assignInProvider(id, '1')
    await attempts(aelyst, 4)
    await fetch(`${aelyst.url}/v1/contact/id:${id}/conversation/assignee`, {
      method: 'POST',
      headers: { Authorization: 'Bearer tok' },
      body: '{"assignee":null}',
    })
    await attempts(aelyst, 5)
    aelyst.closeConversation(id)
    await attempts(aelyst, 6)
    expect(hooks.received.map(({ event }) => [event.kind, event.key])).toEqual([
      ['changed', id],
      ['changed', id],
      ['closed', id],
    ])
    expect(statusesOf(aelyst)).toEqual([200, 200, 200, 200, 200, 200])
  })

  it('repeats nothing by itself, and the same event with the same id on demand', async () => {
    const { hooks, aelyst } = await startWithAelyst()
    const id = aelyst.customerWrites({ phone: '+60123456789' }, { text: 'hello' })
    await attempts(aelyst, 3)
    hooks.received.length = 0
    aelyst.setDelivery('twice')
    aelyst.assignInProvider(id, '1')
    await attempts(aelyst, 5)
    expect(new Set(hooks.received.map(({ event }) => event.id)).size).toBe(1)
    expect(hooks.received).toHaveLength(2)
  })

  it('is refused with another key', async () => {
    const { hooks, aelyst } = await startWithAelyst('another-key')
    aelyst.customerWrites({ phone: '+60123456789' }, { text: 'hello' })
    await attempts(aelyst, 3)
    expect(statusesOf(aelyst)).toEqual([401, 401, 401])
    expect(hooks.received).toEqual([])
  })
})
