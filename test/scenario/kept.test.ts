import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FaultRule } from '../../sandbox/provider/faults.ts'
import { type AuditTrail, openAuditTrail } from '../fixtures/audit-trail.ts'
import { type CrashScene, startCrashScene } from '../fixtures/start-crash-scene.ts'
import { SUPPORT } from '../fixtures/start-scene.ts'

/** One for each test, all of them there from the start. */
const names = ['Ivan', 'Maria', 'Oleg', 'Pavel', 'Rita'] as const
type Name = (typeof names)[number]
const keyOf = (name: Name): string => `7900123450${names.indexOf(name)}`

/** Baton as a process of its own, which can be killed at any moment. */
describe('After kill -9 at any moment,', () => {
  let scene: CrashScene
  let trail: AuditTrail

  beforeAll(async () => {
    scene = await startCrashScene({ env: { WAMM_POLL_SECONDS: '3600' } })
    for (const name of names) scene.wamm.customerWrites(keyOf(name), { name, text: 'Hello?' })
    await scene.start()
    for (const person of ['ann', 'ben']) await scene.slack.as(person).command('/baton', 'link')
    await scene.slack.until(() => names.every((name) => card(name)))
    trail = openAuditTrail(scene.databaseFile)
  }, 60_000)

  afterAll(async () => {
    trail.close()
    await scene.close()
  })

  const card = (name: Name) => scene.slack.messagesIn(SUPPORT).findLast(({ text }) => text.includes(name))

  const kinds = (name: Name) => trail.history(keyOf(name)).map(({ facts }) => facts.kind)

  const cardSettles = (name: Name, words: string) =>
    scene.slack.until(
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
    const { slack, wamm } = scene
    const met = wamm.faults.add(rule)
    const { message } = await slack.as('ann').command('/claim', customer)
    expect(message?.text).toContain(`You have the chat with ${customer}`)
    await wamm.until(() => met.met === 1, { timeoutMs: 5_000 })
    await scene.crash()
    await cardSettles(customer, 'With <@U0ANN>')
    expect(wamm.holder(keyOf(customer))).toBe('100')
    expect(kinds(customer)).toEqual(['arrived', 'claimed', 'confirmed'])
  })

  it('Nothing leaves unrecorded, nothing recorded is forgotten: the receiver of a hand-off is told', async () => {
    const { slack, wamm } = scene
    await slack.as('ann').command('/claim', 'Pavel')
    await cardSettles('Pavel', 'With <@U0ANN>')
    slack.faults.inject('chat.postMessage', { kind: 'outage' })
    await slack.as('ann').command('/handoff', 'Pavel @ben two chairs')
    await slack.until(() => slack.callsTo('chat.postMessage').some(({ status }) => status === 503))
    await scene.crash()
    const told = () => JSON.stringify(slack.as('ben').dms()).includes('two chairs')
    await slack.until(told, { timeoutMs: 15_000 })
    await cardSettles('Pavel', 'With <@U0BEN>')
    expect(wamm.holder(keyOf('Pavel'))).toBe('101')
    expect(kinds('Pavel')).toEqual(['arrived', 'claimed', 'confirmed', 'handed-off', 'confirmed'])
  })

  it('Nothing leaves unrecorded, nothing recorded is forgotten: the newest decision is what is carried out', async () => {
    const { slack, wamm } = scene
    const first = wamm.faults.add({
      fault: { kind: 'hang', handled: true },
      method: 'contact_to_user',
      times: 1,
    })
    await slack.as('ann').command('/claim', 'Rita')
    await wamm.until(() => first.met === 1, { timeoutMs: 5_000 })
    await slack.as('ann').command('/handoff', 'Rita @ben')
    await scene.crash()
    await cardSettles('Rita', 'With <@U0BEN>')
    expect(wamm.holder(keyOf('Rita'))).toBe('101')
    expect(kinds('Rita')).toEqual(['arrived', 'claimed', 'handed-off', 'confirmed'])
  })
})
