import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FaultRule } from '../../sandbox/provider/faults.ts'
import { type SandboxSlack, startSlack } from '../../sandbox/slack/start-slack.ts'
import { type SandboxWamm, startWamm } from '../../sandbox/wamm/start-wamm.ts'
import { type AuditTrail, openAuditTrail } from '../fixtures/audit-trail.ts'
import { SUPPORT } from '../fixtures/start-scene.ts'

/** One for each test, all of them there from the start. */
const names = ['Ivan', 'Maria', 'Oleg', 'Pavel', 'Rita'] as const
type Name = (typeof names)[number]
const keyOf = (name: Name): string => `7900123450${names.indexOf(name)}`

/** Baton as a process of its own, which can be killed at any moment. */
describe('After kill -9 at any moment,', () => {
  let directory: string
  let slack: SandboxSlack
  let wamm: SandboxWamm
  let trail: AuditTrail
  let baton: ChildProcess

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'baton-kept-'))
    slack = await startSlack()
    wamm = await startWamm({ token: 'wamm-secret-token-1' })
    wamm.addUser({ id: '100', name: 'Ann Abel', email: 'ann@acme.test' })
    wamm.addUser({ id: '101', name: 'Ben Bauer', email: 'ben@acme.test' })
    for (const name of names) wamm.customerWrites(keyOf(name), { name, text: 'Hello?' })
    await startBaton()
    for (const person of ['ann', 'ben']) await slack.as(person).command('/baton', 'link')
    await slack.until(() => names.every((name) => card(name)))
    trail = openAuditTrail(join(directory, 'baton.db'))
  })

  afterAll(async () => {
    trail.close()
    await kill('SIGTERM')
    await slack.close()
    await wamm.close()
    rmSync(directory, { recursive: true })
  })

  async function startBaton(): Promise<void> {
    baton = spawn(process.execPath, [join(import.meta.dirname, '../../src/main.ts')], {
      stdio: 'ignore',
      env: {
        PATH: process.env.PATH,
        SLACK_BOT_TOKEN: slack.botToken,
        SLACK_APP_TOKEN: slack.appToken,
        SLACK_API_URL: slack.apiUrl,
        PORT: '0',
        DATABASE_URL: `file:${join(directory, 'baton.db')}`,
        WAMM_TOKEN: wamm.token,
        WAMM_BASE_URL: wamm.url,
        WAMM_SLACK_CHANNEL: SUPPORT,
        WAMM_POLL_SECONDS: '3600',
      },
    })
    await slack.until(() => slack.sockets.open === 1, { timeoutMs: 10_000 })
  }

  async function kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    if (baton.exitCode !== null || baton.signalCode !== null) return
    const ended = once(baton, 'exit')
    baton.kill(signal)
    await ended
    await slack.until(() => slack.sockets.open === 0)
  }

  const card = (name: Name) => slack.messagesIn(SUPPORT).findLast(({ text }) => text.includes(name))

  const kinds = (name: Name) => trail.history(keyOf(name)).map(({ facts }) => facts.kind)

  const cardSettles = (name: Name, words: string) =>
    slack.until(
      () => {
        const text = card(name)?.text ?? ''
        return text.includes(words) && !text.includes('not confirmed')
      },
      { timeoutMs: 15_000 },
    )

  const moments: readonly (readonly [string, Name, FaultRule])[] = [
    ['before WAMM was asked who has the chat', 'Ivan', { fault: { kind: 'hold' }, method: 'contact_get' }],
    [
      'before WAMM was told',
      'Maria',
      { fault: { kind: 'hang', handled: false }, method: 'contact_to_user', times: 1 },
    ],
    [
      'after WAMM was told and before its answer came',
      'Oleg',
      { fault: { kind: 'hang', handled: true }, method: 'contact_to_user', times: 1 },
    ],
  ]

  it.each(moments)('Answered means kept: what was acknowledged %s is done', async (_name, customer, rule) => {
    const met = wamm.faults.add(rule)
    const { message } = await slack.as('ann').command('/claim', customer)
    expect(message?.text).toContain(`You have the chat with ${customer}`)
    await wamm.until(() => met.met === 1, { timeoutMs: 5_000 })
    await kill('SIGKILL')
    met.clear()
    await startBaton()
    await cardSettles(customer, 'With <@U0ANN>')
    expect(wamm.holder(keyOf(customer))).toBe('100')
    expect(kinds(customer)).toEqual(['arrived', 'claimed', 'confirmed'])
  })

  it('Nothing leaves unrecorded, nothing recorded is forgotten: the receiver of a hand-off is told', async () => {
    await slack.as('ann').command('/claim', 'Pavel')
    await cardSettles('Pavel', 'With <@U0ANN>')
    const over = slack.faults.inject('chat.postMessage', { kind: 'outage' })
    await slack.as('ann').command('/handoff', 'Pavel @ben two chairs')
    await slack.until(() => slack.callsTo('chat.postMessage').some(({ status }) => status === 503))
    await kill('SIGKILL')
    over()
    await startBaton()
    const told = () => JSON.stringify(slack.as('ben').dms()).includes('two chairs')
    await slack.until(told, { timeoutMs: 15_000 })
    await cardSettles('Pavel', 'With <@U0BEN>')
    expect(wamm.holder(keyOf('Pavel'))).toBe('101')
    expect(kinds('Pavel')).toEqual(['arrived', 'claimed', 'confirmed', 'handed-off', 'confirmed'])
  })

  it('Nothing leaves unrecorded, nothing recorded is forgotten: the newest decision is what is carried out', async () => {
    const first = wamm.faults.add({
      fault: { kind: 'hang', handled: true },
      method: 'contact_to_user',
      times: 1,
    })
    await slack.as('ann').command('/claim', 'Rita')
    await wamm.until(() => first.met === 1, { timeoutMs: 5_000 })
    await slack.as('ann').command('/handoff', 'Rita @ben')
    await kill('SIGKILL')
    await startBaton()
    await cardSettles('Rita', 'With <@U0BEN>')
    expect(wamm.holder(keyOf('Rita'))).toBe('101')
    expect(kinds('Rita')).toEqual(['arrived', 'claimed', 'handed-off', 'confirmed'])
  })
})
