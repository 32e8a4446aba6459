import { expect, it } from 'vitest'
import type { SlackMessage } from '../../sandbox/slack/model.ts'
import { SUPPORT } from '../fixtures/start-scene.ts'
import { type TimelessScene, timelessScene } from '../fixtures/timeless-scene.ts'

const keyOf = (index: number): string => String(79_001_000_000 + index)

const inChannel = ({ slack }: TimelessScene): readonly SlackMessage[] =>
  slack.messagesIn(SUPPORT).filter(({ ephemeralTo, threadTs }) => ephemeralTo === null && threadTs === null)
const cards = (scene: TimelessScene) => inChannel(scene).filter(({ text }) => text.includes('Customer'))
const others = (scene: TimelessScene) => inChannel(scene).filter(({ text }) => !text.includes('Customer'))

/** So many customers write one after the other, and the next poll shows them all. */
async function storm(count: number): Promise<TimelessScene> {
  const scene = await timelessScene({ linked: ['ann', 'ben'], slack: { enforceTiers: true } })
  for (let index = 0; index < count; index++) {
    scene.wamm.customerWrites(keyOf(index), { name: `Customer ${index}.`, text: 'Hello?' })
    scene.clock.jump(60_000)
  }
  await scene.baton.pollNow()
  return scene
}

it('Forty chats at once are told in one message, which counts them, offers the longest-waiting one, and pings nobody', async () => {
  const scene = await storm(40)
  const { slack, wamm } = scene
  const [message] = await scene.until(() => (others(scene).length > 0 ? others(scene) : null))
  expect(message?.text).toBe(
    '40 chats from WAMM are waiting. Their cards follow here one by one; meanwhile, Claim Next takes the longest-waiting chat.',
  )
  expect(cards(scene).length).toBeLessThan(20)

  if (message === undefined) throw new Error('there is no message')
  await slack.as('ann').click(message, 'Claim Next')
  await scene.told('ann', 'You have the chat with Customer 0.')
  await slack.as('ben').click(message, 'Claim Next')
  await scene.told('ben', 'You have the chat with Customer 1.')
  await scene.until(() => others(scene).some(({ text }) => text.startsWith('38 chats')))
  await scene.restart()

  await scene.settled()
  expect(others(scene).map(({ text }) => text)).toEqual([
    'Many chats came from WAMM at once. Each that waits has its card here now.',
  ])
  expect(cards(scene).filter(({ text }) => text.includes('Waiting'))).toHaveLength(38)
  expect([wamm.holder(keyOf(0)), wamm.holder(keyOf(1))]).toEqual(['100', '101'])
  expect(JSON.stringify(slack.callsTo('chat.postMessage').map(({ args }) => args))).not.toMatch(/<!(?!date)/)
})

const SECRET = 'a1b2c3d4e5f6a7b8'

/** So many customers write within a minute or longer, and WAMM tells of each at once. */
async function told(count: number, everyMs: number): Promise<TimelessScene> {
  const scene = await timelessScene({
    linked: ['ann', 'ben'],
    slack: { enforceTiers: true },
    env: { WAMM_WEBHOOK_SECRET: SECRET },
  })
  scene.wamm.setWebhook(`${scene.baton.url()}/hooks/wamm/${SECRET}`)
  for (let index = 0; index < count; index++) {
    scene.wamm.customerWrites(keyOf(index), { name: `Customer ${index}.`, text: 'Hello?' })
    await scene.pass(everyMs)
  }
  return scene
}

it('Forty chats that come within a minute are told in one message though each has its card at once, until fewer come', async () => {
  const scene = await told(40, 1_500)
  const { slack, wamm } = scene
  const [message, another] = others(scene)
  expect(message?.text).toMatch(
    /^Many chats come from WAMM: \d\d are waiting\. Each gets its card here; Claim Next takes the longest-waiting chat\.$/,
  )
  expect(another).toBeUndefined()
  if (message === undefined) throw new Error('there is no message')
  await slack.as('ann').click(message, 'Claim Next')
  await scene.told('ann', 'You have the chat with Customer 0.')
  await scene.settled()
  expect(wamm.holder(keyOf(0))).toBe('100')
  expect(others(scene).map(({ text }) => text)).toEqual([
    'Many chats came from WAMM at once. Each that waits has its card here now.',
  ])
  expect(cards(scene)).toHaveLength(40)
  expect(slack.rateLimitedCalls).toBe(0)
})

it('Forty chats that come one by one need no such message', async () => {
  const scene = await told(40, 4_000)
  await scene.settled()
  expect(others(scene)).toEqual([])
})

it('A few chats at once need no such message', async () => {
  const scene = await storm(20)
  await scene.settled()
  expect(others(scene)).toEqual([])
  expect(cards(scene)).toHaveLength(20)
})

it('A message about many chats that somebody has deleted is not posted again', async () => {
  const scene = await storm(40)
  await scene.until(() => others(scene).length > 0)
  scene.slack.faults.inject('chat.update', { kind: 'error', error: 'message_not_found' })
  await scene.settled()
  expect(others(scene)).toHaveLength(1)
  expect(cards(scene)).toHaveLength(40)
})

it('Many chats at once have their cards in the order in which they have waited, and so do those that come meanwhile', async () => {
  const scene = await timelessScene({ linked: ['ann'], slack: { enforceTiers: true } })
  const writes = (index: number): void => {
    scene.wamm.customerWrites(keyOf(index), { name: `Customer ${index}.`, text: 'Hello?' })
    scene.clock.jump(1_000)
  }
  const order = [...Array(25).keys()]
  for (const index of order) writes(index)
  // WAMM lists them as they first came; whoever has written since has waited less.
  for (const index of order.toReversed()) writes(index)
  await scene.baton.pollNow()
  await scene.until(() => cards(scene).length > 5)
  for (const index of [30, 29, 28]) writes(index)
  await scene.baton.pollNow()
  await scene.settled()
  const shown = cards(scene).map(({ text }) => Number(/Customer (\d+)/.exec(text)?.[1]))
  expect(shown).toEqual([...order.toReversed(), 30, 29, 28])
})
