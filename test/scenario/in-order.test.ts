import { expect, it } from 'vitest'
import type { Fault } from '../../sandbox/provider/faults.ts'
import { type TimelessScene, timelessScene } from '../fixtures/timeless-scene.ts'

const IVAN = '79001234567'

async function linkedTeam(): Promise<TimelessScene> {
  const scene = await timelessScene({ linked: ['ann', 'ben'] })
  await scene.arrives(IVAN, 'Ivan')
  await scene.settled()
  return scene
}

const assignments = ({ wamm }: TimelessScene) =>
  wamm.calls.filter(({ method }) => method === 'contact_to_user').map(({ args }) => args[1])

it('In order, and the newest wins: intents that are overtaken during a write are never sent', async () => {
  const scene = await linkedTeam()
  const { slack, wamm } = scene
  const ann = slack.as('ann')
  const held = wamm.faults.add({ fault: { kind: 'hold' }, method: 'contact_to_user' })
  await ann.command('/claim', 'ivan')
  await scene.until(() => held.met === 1)
  await ann.command('/handoff', 'ivan @ben')
  await slack.as('ben').command('/release', 'ivan wrong department')
  held.clear()
  await scene.cardSays('Ivan', 'Waiting')
  await scene.settled()

  expect(assignments(scene)).toEqual(['100', 'none'])
  expect(wamm.holder(IVAN)).toBeNull()
  expect(scene.card('Ivan').text).toContain('Waiting')
  expect(
    slack
      .as('ben')
      .dms()
      .map(({ text }) => text),
  ).toEqual([])
})

it('In order, and the newest wins: intents that are overtaken before the write are never sent', async () => {
  const scene = await linkedTeam()
  const { slack, wamm } = scene
  const held = wamm.faults.add({ fault: { kind: 'hold' }, method: 'contact_get' })
  await slack.as('ann').command('/claim', 'ivan')
  await scene.until(() => held.met === 1)
  await slack.as('ann').command('/handoff', 'ivan @ben')
  held.clear()
  await scene.settled()

  expect(assignments(scene)).toEqual(['101'])
  expect(wamm.holder(IVAN)).toBe('101')
  expect(scene.card('Ivan').text).toContain('With <@U0BEN>')
})

const lost: readonly (readonly [string, Fault, string])[] = [
  ['an answer is lost after it was done', { kind: 'reset', handled: true }, 'contact_to_user'],
  ['a connection is lost before it was done', { kind: 'reset', handled: false }, 'contact_to_user'],
  ['WAMM does it and never answers', { kind: 'hang', handled: true }, 'contact_to_user'],
  ['WAMM neither does it nor answers', { kind: 'hang', handled: false }, 'contact_to_user'],
  ['WAMM has a fault of its own', { kind: 'status', status: 502 }, 'contact_to_user'],
  ['half an answer comes', { kind: 'half-body' }, 'contact_to_user'],
]

it.each(lost)(
  'In order, and the newest wins: when %s, it is tried again and ends as decided',
  async (_name, fault) => {
    const scene = await linkedTeam()
    const { slack, wamm } = scene
    wamm.faults.add({ fault, method: 'contact_to_user', times: 1 })
    await slack.as('ann').command('/claim', 'ivan')
    await scene.settled()
    expect(wamm.holder(IVAN)).toBe('100')
    expect(scene.card('Ivan').text).toMatch(/^\*?Ivan.*\nWith <@U0ANN>[^\n]*$/)
    expect(scene.history(IVAN).map(({ facts }) => facts.kind)).not.toContain('overruled')
  },
)

it.each(lost)(
  'In order, and the newest wins: when %s, a newer intent is not taken for a conflict',
  async (_name, fault) => {
    const scene = await linkedTeam()
    const { slack, wamm } = scene
    const met = wamm.faults.add({ fault, method: 'contact_to_user', times: 1 })
    await slack.as('ann').command('/claim', 'ivan')
    await scene.until(() => met.met === 1)
    await slack.as('ann').command('/handoff', 'ivan @ben')
    await scene.settled()
    expect(wamm.holder(IVAN)).toBe('101')
    expect(scene.card('Ivan').text).toContain('With <@U0BEN>')
    expect(scene.history(IVAN).map(({ facts }) => facts.kind)).not.toContain('overruled')
    await scene.told('ben', 'handed the chat with Ivan to you')
  },
)

it('In order, and the newest wins: a poll from before a claim that is heard of afterwards does not undo it', async () => {
  const scene = await linkedTeam()
  const { slack, wamm, baton } = scene
  const old = wamm.faults.add({ fault: { kind: 'hold-answer' }, method: 'user_chats', times: 1 })
  const poll = baton.pollNow()
  await scene.until(() => old.met === 1)
  await slack.as('ann').command('/claim', 'ivan')
  await scene.until(() => wamm.holder(IVAN) === '100')
  await scene.settled()
  old.clear()
  await poll
  await scene.settled()
  expect(scene.card('Ivan').text).toContain('With <@U0ANN>')
  expect(scene.history(IVAN).map(({ facts }) => facts.kind)).toEqual(['arrived', 'claimed', 'confirmed'])
})
