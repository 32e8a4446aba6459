import { expect, it } from 'vitest'
import type { SlackMessage } from '../../sandbox/slack/model.ts'
import { SUPPORT } from '../fixtures/start-scene.ts'
import { type TimelessScene, timelessScene } from '../fixtures/timeless-scene.ts'

const IVAN = '79001234567'

async function waiting(): Promise<TimelessScene> {
  const scene = await timelessScene({ linked: ['ann', 'ben'] })
  await scene.arrives(IVAN, 'Ivan')
  await scene.settled()
  return scene
}

const replies = ({ slack }: TimelessScene): readonly SlackMessage[] =>
  slack.messagesIn(SUPPORT).filter(({ threadTs }) => threadTs !== null)

/** What the thread says, without the times. */
const lines = (scene: TimelessScene): readonly string[] =>
  replies(scene).flatMap(({ text }) => text.split('\n').map((line) => line.replace(/^<!date[^>]*> · /, '')))

/** Ann claims, gives the chat to Ben with a note, and Ben releases it with a reason. */
async function aDay(scene: TimelessScene): Promise<void> {
  const { slack } = scene
  await slack.as('ann').click(scene.card('Ivan'), 'Claim Chat')
  await scene.settled()
  await slack.as('ann').command('/handoff', `ivan @ben <!channel> call +${IVAN}`)
  await scene.settled()
  await slack.as('ben').command('/release', 'ivan lunch break')
  await scene.settled()
}

const day = [
  'Ann Abel claimed the chat.',
  'Ann Abel handed the chat to Ben Bauer.',
  'Ben Bauer released the chat.',
]

it('The thread of the card tells in order and once what happened, and the channel nothing', async () => {
  const scene = await waiting()
  const { wamm, baton } = scene
  await aDay(scene)
  wamm.assignInProvider(IVAN, '110')
  await baton.pollNow()
  await scene.settled()
  wamm.closeChat(IVAN)
  await baton.pollNow()
  await baton.pollNow()
  await scene.settled()
  wamm.assignInProvider(IVAN, null)
  wamm.customerWrites(IVAN, { text: 'One more thing' })
  await baton.pollNow()
  await scene.settled()
  expect(lines(scene)).toEqual([
    ...day,
    'Taken in WAMM by Olga Orlova.',
    'Closed in WAMM.',
    'Open again in WAMM.',
  ])
  const card = scene.card('Ivan')
  expect(new Set(replies(scene).map(({ threadTs }) => threadTs))).toEqual(new Set([card.ts]))
  expect(scene.slack.messagesIn(SUPPORT).filter(({ threadTs }) => threadTs === null)).toHaveLength(1)
})

it('The thread quotes notes and reasons, with numbers masked, and notifies nobody', async () => {
  const scene = await waiting()
  await aDay(scene)
  const quotes = replies(scene)
    .flatMap(({ blocks }) => blocks)
    .filter(({ type }) => type === 'rich_text')
    .map((block) => JSON.stringify(block))
  expect(quotes).toHaveLength(2)
  expect(quotes[0]).toContain('"<!channel> call +•••••••••67"')
  expect(quotes[1]).toContain('"lunch break"')
  const marked = replies(scene).map(({ text, blocks }) => [
    text,
    blocks.filter(({ type }) => type === 'context'),
  ])
  expect(JSON.stringify(marked)).not.toMatch(/<[@!](?!date)/)
  expect(
    replies(scene)
      .map(({ text }) => text)
      .join(''),
  ).not.toContain('lunch')
})

it('The thread tells what happens within a moment with one message', async () => {
  const scene = await waiting()
  const { slack } = scene
  await slack.as('ann').command('/claim', 'ivan')
  await slack.as('ann').command('/release', 'ivan')
  await slack.as('ben').command('/claim', 'ivan')
  await scene.settled()
  expect(lines(scene)).toEqual([
    'Ann Abel claimed the chat.',
    'Ann Abel released the chat.',
    'Ben Bauer claimed the chat.',
  ])
  expect(replies(scene)).toHaveLength(1)
})

it('The thread tells what failed, and what somebody was faster with', async () => {
  const scene = await waiting()
  const { slack, wamm } = scene
  wamm.faults.add({ fault: { kind: 'err', err: 'user_fail' }, method: 'contact_to_user', times: 1 })
  await slack.as('ann').command('/claim', 'ivan')
  await scene.settled()
  wamm.assignInProvider(IVAN, '110')
  await slack.as('ben').command('/claim', 'ivan')
  await scene.settled()
  expect(lines(scene)).toEqual([
    'Ann Abel claimed the chat.',
    expect.stringMatching(/^The claim by Ann Abel did not go through\. /),
    'Ben Bauer claimed the chat.',
    'The claim by Ben Bauer came too late: the chat was taken in WAMM by Olga Orlova first.',
  ])
})

it('The thread says nothing twice after a restart, and nothing is lost while Slack takes no messages', async () => {
  const scene = await waiting()
  const over = scene.slack.faults.inject('chat.postMessage', { kind: 'outage' })
  await scene.slack.as('ann').command('/claim', 'ivan')
  await scene.pass(10_000)
  await scene.during(scene.restart())
  over()
  await scene.settled()
  expect(lines(scene)).toEqual(['Ann Abel claimed the chat.'])
  await scene.during(scene.restart())
  await scene.slack.as('ann').command('/release', 'ivan')
  await scene.settled()
  expect(lines(scene)).toEqual(['Ann Abel claimed the chat.', 'Ann Abel released the chat.'])
})

it('The thread may say twice what Slack took without answering, and says the rest in order', async () => {
  const scene = await waiting()
  const { slack } = scene
  slack.faults.inject('chat.postMessage', { kind: 'lost-answer' }, 1)
  await slack.as('ann').command('/claim', 'ivan')
  await scene.settled()
  await slack.as('ann').command('/release', 'ivan')
  await scene.settled()
  expect(lines(scene)).toEqual([
    'Ann Abel claimed the chat.',
    'Ann Abel claimed the chat.',
    'Ann Abel released the chat.',
  ])
})

it('The thread of a card that was posted late tells what happened until then', async () => {
  const scene = await timelessScene({ linked: ['ann'] })
  const { slack, wamm, baton } = scene
  const over = slack.faults.inject('chat.postMessage', { kind: 'outage' })
  wamm.customerWrites(IVAN, { name: 'Ivan', text: 'Hello?' })
  await baton.pollNow()
  await slack.as('ann').command('/claim', 'ivan')
  await slack.as('ann').command('/release', 'ivan')
  await scene.pass(20_000)
  over()
  await scene.settled()
  expect(lines(scene)).toEqual(['Ann Abel claimed the chat.', 'Ann Abel released the chat.'])
  expect(replies(scene)[0]?.threadTs).toBe(scene.card('Ivan').ts)
})

it('The thread goes on under the new card when the old one was deleted', async () => {
  const scene = await waiting()
  const { slack } = scene
  await slack.as('ann').click(scene.card('Ivan'), 'Claim Chat')
  await scene.settled()
  slack.faults.inject('chat.update', { kind: 'error', error: 'message_not_found' }, 1)
  await slack.as('ann').command('/release', 'ivan')
  await scene.settled()
  expect(lines(scene)).toEqual(['Ann Abel claimed the chat.', 'Ann Abel released the chat.'])
  expect(replies(scene).at(-1)?.threadTs).toBe(scene.card('Ivan').ts)
})

it('A chat without a card has no thread', async () => {
  const scene = await timelessScene({ linked: ['ann'] })
  const { slack, wamm, baton } = scene
  wamm.customerWrites(IVAN, { name: 'Ivan', text: 'Hello?' })
  wamm.assignInProvider(IVAN, '110')
  await baton.pollNow()
  wamm.assignInProvider(IVAN, '101')
  await baton.pollNow()
  await scene.settled()
  expect(slack.messagesIn(SUPPORT)).toEqual([])
})
