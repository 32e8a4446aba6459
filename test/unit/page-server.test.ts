import { request } from 'node:http'
import { describe, expect, it, onTestFinished } from 'vitest'
import { trafficLines } from '../../sandbox/page/client/side/traffic-line.ts'
import type { Patch } from '../../sandbox/page/contract.ts'
import { follow } from '../../sandbox/page/feed.ts'
import { startPage } from '../../sandbox/page/start-page.ts'
import { createTrafficLog } from '../../sandbox/page/traffic.ts'
import { showSalesChat } from '../../sandbox/saleschat/show-saleschat.ts'
import { startSalesChat } from '../../sandbox/saleschat/start-saleschat.ts'
import { showWamm } from '../../sandbox/wamm/show-wamm.ts'
import { startWamm } from '../../sandbox/wamm/start-wamm.ts'
import { call, postJson, start } from './bare-slack-app.ts'

const manifest = 'display_information: { name: Baton }\nfeatures: {}'
const app = { name: 'Baton', description: '', hasHome: false, commands: [], shortcuts: [] }

const sandbox = async () => {
  const slack = await start()
  const wamm = await startWamm({ token: 'wamm-token-1' })
  onTestFinished(() => wamm.close())
  wamm.addUser({ id: '100', name: 'Ann Abel' })
  const saleschat = await startSalesChat({ token: 'saleschat-token-1', orgId: 'acme' })
  onTestFinished(() => saleschat.close())
  const providers = [showWamm(wamm), showSalesChat(saleschat)]
  const traffic = createTrafficLog({ slack, providers })
  onTestFinished(traffic.close)
  return { slack, wamm, saleschat, providers, traffic }
}

const following = async (user: string) => {
  const parts = await sandbox()
  const person = parts.slack.people.user(user)
  if (person === null) throw new Error(`nobody is called ${user}`)
  const patches: Patch[] = []
  const waiting = new Set<() => void>()
  onTestFinished(
    follow({ ...parts, app }, person, (patch) => {
      patches.push(patch)
      for (const check of waiting) check()
    }),
  )
  const until = (holds: (patch: Patch) => boolean) =>
    new Promise<Patch>((resolve) => {
      const check = () => {
        const found = patches.find(holds)
        if (found !== undefined) resolve(found)
      }
      waiting.add(check)
      check()
    })
  return { ...parts, patches, until }
}

const chatsIn = ({ providers = [] }: Patch) => providers.flatMap(({ chats = [] }) => chats)

describe('the feed of a person', () => {
  it('begins with everything they see and nothing that they do not', async () => {
    const { patches } = await following('ben')
    const [first] = patches
    expect(first?.whole).toBe(true)
    expect(first?.me).toBe('U0BEN')
    const names = first?.channels?.map(({ name }) => name)
    expect(names).toContain('support')
    expect(names).not.toContain('secret')
  })

  it("tells of messages in their channels, and of nobody else's private ones", async () => {
    const { slack, until, patches } = await following('ben')
    const post = (method: string, args: object) => call(slack, method, { text: 'x', ...args })
    await post('chat.postEphemeral', { channel: 'C0SUPPORT', user: 'U0ANN', text: 'for Ann' })
    await post('chat.postMessage', { channel: 'C0SALES', text: 'for sales' })
    await post('chat.postEphemeral', { channel: 'C0SUPPORT', user: 'U0BEN', text: 'for Ben' })
    await post('chat.postMessage', { channel: 'C0SUPPORT', text: 'for all' })
    await until(({ messages }) => messages?.some(({ text }) => text === 'for all') ?? false)
    const told = patches.flatMap(({ messages }) => messages ?? []).map(({ text }) => text)
    expect(told).toEqual(['for Ben', 'for all'])
  })

  it('tells of a channel that they join, with what is written there', async () => {
    const { slack, until } = await following('ben')
    await call(slack, 'chat.postMessage', { channel: 'C0SALES', text: 'earlier' })
    const sales = slack.people.channel('sales')
    if (sales === null) throw new Error('no sales')
    slack.people.changeChannel(sales, { members: new Set([...sales.members, 'U0BEN']) })
    const patch = await until(({ channels, whole }) => whole !== true && channels !== undefined)
    expect(patch.channels?.map(({ name }) => name)).toContain('sales')
    expect(patch.messages).toMatchObject([{ text: 'earlier' }])
  })

  it('tells of changes at a provider only what has changed, and of no other provider', async () => {
    const { wamm, until, patches } = await following('ann')
    const shows = (key: string) => until((patch) => chatsIn(patch).some((chat) => chat.key === key))
    const isIn = (mode: string) =>
      until(({ providers }) => providers?.some((each) => each.mode === mode) ?? false)
    wamm.customerWrites('1', { text: 'hi', name: 'Zoe' })
    await shows('1')
    wamm.customerWrites('2', { text: 'hello' })
    await shows('2')
    await wamm.goDown()
    await isIn('down')
    const later = patches.slice(1)
    expect(later.flatMap(chatsIn).map(({ key }) => key)).toEqual(['1', '2'])
    expect(new Set(later.flatMap(({ providers = [] }) => providers.map(({ id }) => id)))).toEqual(
      new Set(['wamm']),
    )
    await wamm.comeBack()
    wamm.faults.add({ fault: { kind: 'delay', delayMs: 1 } })
    await isIn('slow')
  })

  it('tells what SalesChat has accepted, until it is so', async () => {
    const { saleschat, until } = await following('ann')
    saleschat.addUser({ id: 'u-ann', name: 'Ann Abel' })
    saleschat.addGroup({ id: 'g-1', name: 'Sales team', members: ['u-ann'] })
    saleschat.addContact({ id: 'c-1', phone: '+79001234567', firstName: 'Zoe' })
    const assigned = await fetch(`${saleschat.url}/v3/orgs/acme/contacts/c-1/assign`, {
      method: 'POST',
      headers: { authorization: `Bearer ${saleschat.token}` },
      body: JSON.stringify({ group_id: 'g-1' }),
    })
    expect(assigned.status).toBe(202)
    const told = await until((patch) => chatsIn(patch).some(({ accepted }) => accepted !== null))
    expect(chatsIn(told)).toMatchObject([{ holder: null, accepted: { to: 'Sales team', onReply: false } }])
    saleschat.settle()
    const settled = await until((patch) => chatsIn(patch).some(({ holder }) => holder !== null))
    expect(chatsIn(settled)).toMatchObject([{ name: 'Zoe', holder: 'u-ann', accepted: null }])
  })
})

describe('the traffic', () => {
  it('hides tokens, and shows what Slack would have refused beside its call', async () => {
    const { slack, wamm, traffic } = await sandbox()
    const blocks = [{ type: 'section', text: { type: 'mrkdwn', text: '' } }]
    await call(slack, 'chat.postMessage', { channel: 'C0SUPPORT', text: `see ${slack.botToken}`, blocks })
    await fetch(`${wamm.url}/api2/user_list/${wamm.token}`)
    const lines = traffic.after(0)
    expect(JSON.stringify(lines)).not.toMatch(/xoxb|wamm-token-1/)
    expect(lines.map(({ kind }) => kind)).toEqual(['breach', 'slack-call', 'provider-call'])
    const shown = trafficLines(lines, (id) => id)
    expect(shown.map(({ isWrong }) => isWrong)).toEqual([false, true, true])
  })

  it('shows the polls of several providers in a row as one line for each', async () => {
    const { wamm, saleschat, traffic } = await sandbox()
    const ask = (phone: string) =>
      fetch(`${saleschat.url}/v2/org/acme/contact/pn/${phone}`, {
        headers: { authorization: `Bearer ${saleschat.token}` },
      })
    for (let polls = 0; polls < 3; polls += 1) {
      await fetch(`${wamm.url}/api2/user_chats/${wamm.token}`)
      await ask('+79001234567')
    }
    await ask('+79001234568')
    expect(trafficLines(traffic.after(0), (id) => id)).toMatchObject([
      { times: 1, way: 'Baton → SalesChat.pro', what: 'getContactByPhoneV2 acme +79001234568' },
      { times: 3, way: 'Baton → SalesChat.pro', what: 'getContactByPhoneV2 acme +79001234567' },
      { times: 3, way: 'Baton → WAMM.chat', what: 'user_chats' },
    ])
  })
})

describe('the address of the page', () => {
  const served = async () => {
    const parts = await sandbox()
    const page = await startPage({ ...parts, manifest })
    onTestFinished(page.close)
    return { ...parts, page }
  }

  it('serves the client, the control APIs and nothing else', async () => {
    const { page, wamm, saleschat, slack } = await served()
    const index = await fetch(page.url)
    expect(index.headers.get('content-security-policy')).toBe("default-src 'self'; img-src 'self' data:")
    expect(await index.text()).toContain('<div id="root">')
    await postJson(`${page.url}wamm/control/customer-writes`, { key: '1', text: 'hi' })
    expect(wamm.state.chats.has('1')).toBe(true)
    await postJson(`${page.url}saleschat/control/add-contact`, { id: 'c-1', phone: '+79001234567' })
    expect(saleschat.state.contacts.has('c-1')).toBe(true)
    await postJson(`${page.url}slack/control/act`, {
      user: 'ann',
      do: 'say',
      channel: 'support',
      text: 'Hello',
    })
    expect(slack.messagesIn('support')).toMatchObject([{ text: 'Hello' }])
    for (const path of [
      'package.json',
      '..%2f..%2fpackage.json',
      'index.html/..',
      'nowhere',
      'nobody/control/state',
    ]) {
      expect((await fetch(page.url + path)).status, path).not.toBe(500)
      expect(await (await fetch(page.url + path)).text()).not.toContain('"dependencies"')
    }
  })

  it('takes no orders from pages of other sites, and none under another name', async () => {
    const { page, wamm } = await served()
    const foreign = await fetch(`${page.url}wamm/control/customer-writes`, {
      method: 'POST',
      body: '{"key":"1","text":"hi"}',
    })
    expect(foreign.status).toBe(403)
    expect(wamm.state.chats.size).toBe(0)
    const renamed = await new Promise((resolve) => {
      const { port } = new URL(page.url)
      request({ port, host: '127.0.0.1', path: '/feed', headers: { host: 'evil.test' } }, (response) => {
        response.resume()
        resolve(response.statusCode)
      }).end()
    })
    expect(renamed).toBe(403)
  })

  it('can turn WAMM off and on again', async () => {
    const { page, wamm } = await served()
    await postJson(`${page.url}wamm/control/down`, {})
    await wamm.until(() => !wamm.isUp, { timeoutMs: 5_000 })
    await postJson(`${page.url}wamm/control/come-back`, {})
    expect(wamm.isUp).toBe(true)
  })
})
