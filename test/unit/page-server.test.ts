import { request } from 'node:http'
import { describe, expect, it, onTestFinished } from 'vitest'
import { trafficLines } from '../../sandbox/page/client/side/traffic-line.ts'
import type { Patch } from '../../sandbox/page/contract.ts'
import { follow } from '../../sandbox/page/feed.ts'
import { startPage } from '../../sandbox/page/start-page.ts'
import { createTrafficLog } from '../../sandbox/page/traffic.ts'
import { startWamm } from '../../sandbox/wamm/start-wamm.ts'
import { call, postJson, start } from './bare-slack-app.ts'

const manifest = 'display_information: { name: Baton }\nfeatures: {}'
const app = { name: 'Baton', description: '', hasHome: false, commands: [], shortcuts: [] }

const sandbox = async () => {
  const slack = await start()
  const wamm = await startWamm({ token: 'wamm-token-1' })
  onTestFinished(() => wamm.close())
  wamm.addUser({ id: '100', name: 'Ann Abel' })
  const traffic = createTrafficLog({ slack, wamm })
  onTestFinished(traffic.close)
  return { slack, wamm, traffic }
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

  it('tells of changes in WAMM only what has changed', async () => {
    const { wamm, until, patches } = await following('ann')
    wamm.customerWrites('1', { text: 'hi', name: 'Zoe' })
    await until(({ providerChats }) => providerChats?.some(({ key }) => key === '1') ?? false)
    wamm.customerWrites('2', { text: 'hello' })
    await until(({ providerChats }) => providerChats?.some(({ key }) => key === '2') ?? false)
    await wamm.goDown()
    await until(({ providerMode }) => providerMode === 'down')
    const chats = patches.slice(1).flatMap(({ providerChats }) => providerChats ?? [])
    expect(chats.map(({ key }) => key)).toEqual(['1', '2'])
    await wamm.comeBack()
    wamm.faults.add({ fault: { kind: 'delay', delayMs: 1 } })
    await until(({ providerMode }) => providerMode === 'slow')
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
    expect(lines.map(({ kind }) => kind)).toEqual(['breach', 'slack-call', 'wamm-call'])
    const shown = trafficLines(lines, (id) => id)
    expect(shown.map(({ isWrong }) => isWrong)).toEqual([false, true, true])
  })

  it('shows polls in a row as one line', async () => {
    const { wamm, traffic } = await sandbox()
    for (let polls = 0; polls < 3; polls += 1) await fetch(`${wamm.url}/api2/user_chats/${wamm.token}`)
    expect(trafficLines(traffic.after(0), (id) => id)).toMatchObject([{ times: 3, what: '/user_chats/•••' }])
  })
})

describe('the address of the page', () => {
  const served = async () => {
    const parts = await sandbox()
    const page = await startPage({ ...parts, manifest })
    onTestFinished(page.close)
    return { ...parts, page }
  }

  it('serves the client, both control APIs and nothing else', async () => {
    const { page, wamm, slack } = await served()
    const index = await fetch(page.url)
    expect(index.headers.get('content-security-policy')).toBe("default-src 'self'; img-src 'self' data:")
    expect(await index.text()).toContain('<div id="root">')
    await postJson(`${page.url}wamm/control/customer-writes`, { key: '1', text: 'hi' })
    expect(wamm.state.chats.has('1')).toBe(true)
    await postJson(`${page.url}slack/control/act`, {
      user: 'ann',
      do: 'say',
      channel: 'support',
      text: 'Hello',
    })
    expect(slack.messagesIn('support')).toMatchObject([{ text: 'Hello' }])
    for (const path of ['package.json', '..%2f..%2fpackage.json', 'index.html/..', 'nowhere']) {
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
