import { expect, it } from 'vitest'
import type { SlackMessage } from '../../sandbox/slack/model.ts'
import { SUPPORT } from '../fixtures/start-scene.ts'
import { type TimelessScene, timelessScene } from '../fixtures/timeless-scene.ts'

const IVAN = '79001234567'
const HOUR_MS = 3_600_000

async function waiting(): Promise<TimelessScene> {
  const scene = await timelessScene({ linked: ['ann', 'ben'] })
  await scene.arrives(IVAN, 'Ivan')
  await scene.settled()
  return scene
}

/** As when the machine slept so long; then the worker looks at its jobs. */
async function hoursLater(scene: TimelessScene, hours: number): Promise<void> {
  scene.clock.jump(hours * HOUR_MS)
  await scene.pass(31_000)
}

const cards = ({ slack }: TimelessScene): readonly SlackMessage[] =>
  slack.messagesIn(SUPPORT).filter(({ ephemeralTo, threadTs }) => ephemeralTo === null && threadTs === null)

/** Whoever works with the messages deletes one of them. */
const deleted = async ({ slack }: TimelessScene, { channel, ts }: SlackMessage): Promise<void> => {
  await fetch(`${slack.apiUrl}chat.delete`, {
    method: 'POST',
    headers: { authorization: `Bearer ${slack.botToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ channel, ts }),
  })
  expect(slack.message(channel, ts)).toBeNull()
}

it('A chat that waits anew gets a card in sight when its own is older than 12 hours, and the old one leads there', async () => {
  const scene = await waiting()
  const { slack } = scene
  const [old] = cards(scene)
  await slack.as('ann').click(scene.card('Ivan'), 'Claim Chat')
  await scene.settled()
  await hoursLater(scene, 13)
  await slack.as('ann').command('/release', 'ivan')
  await scene.settled()
  const [pointer, card] = cards(scene)
  expect(cards(scene)).toHaveLength(2)
  expect(pointer?.ts).toBe(old?.ts)
  expect(pointer?.text).toContain(`/p${card?.ts.replace('.', '')}|a newer card>`)
  expect(card?.text).toContain('Waiting')
  await slack.as('ben').click(scene.card('Ivan'), 'Claim Chat')
  await scene.cardSays('Ivan', 'With <@U0BEN>')
  expect(scene.card('Ivan').ts).toBe(card?.ts)
})

it('A chat that waits anew gets a card in sight when more than 25 others are below its own', async () => {
  const scene = await timelessScene({ linked: ['ann'] })
  const { slack, wamm, baton } = scene
  await scene.arrives(IVAN, 'Ivan')
  await scene.settled()
  for (let one = 0; one < 26; one++)
    wamm.customerWrites(`7900123460${one + 10}`, { name: `N${one}`, text: 'Hi' })
  await baton.pollNow()
  await scene.settled()
  expect(cards(scene)).toHaveLength(27)
  await slack.as('ann').click(scene.card('Ivan'), 'Claim Chat')
  await scene.settled()
  expect(cards(scene)).toHaveLength(27)
  await slack.as('ann').click(scene.card('Ivan'), 'Release')
  await scene.settled()
  expect(cards(scene)).toHaveLength(28)
  expect(scene.card('Ivan').ts).toBe(cards(scene).at(-1)?.ts)
  await slack.as('ann').click(scene.card('Ivan'), 'Claim Chat')
  await scene.settled()
  await slack.as('ann').click(scene.card('Ivan'), 'Release')
  await scene.settled()
  expect(cards(scene)).toHaveLength(28)
})

it('A card that somebody deleted comes back with the next change, once, and mentions nobody as it does', async () => {
  const scene = await waiting()
  const { slack } = scene
  await slack.as('ann').click(scene.card('Ivan'), 'Claim Chat')
  await scene.settled()
  await deleted(scene, scene.card('Ivan'))
  scene.wamm.assignInProvider(IVAN, '101')
  await scene.baton.pollNow()
  await scene.settled()
  expect(cards(scene)).toHaveLength(1)
  expect(scene.card('Ivan').text).toContain('Taken in WAMM by <@U0BEN>')
  const posted = slack.callsTo('chat.postMessage').map(({ args }) => String(args.text))
  expect(posted.filter((text) => text.includes('by Ben Bauer since'))).toHaveLength(1)
  expect(posted.filter((text) => text.includes('<@U0BEN>'))).toEqual([])
  const writes = () => slack.calls.map(({ method }) => method).filter((method) => method.startsWith('chat.'))
  const before = writes()
  await scene.pass(60_000)
  expect(writes()).toEqual(before)
})
