import { expect, it } from 'vitest'
import type { Fault } from '../../sandbox/slack/faults.ts'
import { SUPPORT } from '../fixtures/start-scene.ts'
import { type TimelessScene, timelessScene } from '../fixtures/timeless-scene.ts'

const IVAN = '79001234567'

async function waiting(): Promise<TimelessScene> {
  const scene = await timelessScene({ linked: ['ann', 'ben'] })
  await scene.arrives(IVAN, 'Ivan')
  await scene.settled()
  return scene
}

const faults: readonly (readonly [string, Fault])[] = [
  ['is asked for less by Slack', { kind: 'rate-limited', retryAfterSeconds: 5 }],
  ['is asked for less without a time', { kind: 'rate-limited' }],
  ['meets an outage', { kind: 'outage' }],
  ['loses the connection', { kind: 'reset' }],
  ['loses the answer', { kind: 'lost-answer' }],
  ['gets a page instead of JSON', { kind: 'html' }],
  ['gets an error that Slack means to pass', { kind: 'error', error: 'internal_error' }],
  ['gets an error of a full server', { kind: 'error', error: 'service_unavailable' }],
]

it.each(faults)(
  'Whatever Slack does, all is right in the end: a card update that %s',
  async (_name, fault) => {
    const scene = await waiting()
    const { slack, wamm } = scene
    slack.faults.inject('chat.update', fault, 2)
    await slack.as('ann').click(scene.card('Ivan'), 'Claim Chat')
    await scene.until(() => wamm.holder(IVAN) === '100')
    await scene.cardSays('Ivan', 'With <@U0ANN>')
    await scene.settled()
    expect(slack.messagesIn(SUPPORT).filter(({ text }) => text.includes('Ivan'))).toHaveLength(1)
  },
)

it('Whatever Slack does, all is right in the end: a card whose update was lost on the way back, and which is to look as before by then', async () => {
  const secret = 'a1b2c3d4e5f6a7b8'
  const scene = await timelessScene({ linked: ['ann'], env: { WAMM_WEBHOOK_SECRET: secret } })
  const { slack, wamm } = scene
  wamm.setWebhook(`${scene.baton.url()}/hooks/wamm/${secret}`)
  await slack.as('ann').click(await scene.arrives(IVAN, 'Ivan'), 'Claim Chat')
  await scene.settled()
  const isAnswered = () => !JSON.stringify(scene.card('Ivan')).includes('unanswered message')
  wamm.staffWrites(IVAN, { userId: '100', text: 'Hello' })
  await scene.until(isAnswered)
  await scene.settled()
  slack.faults.inject('chat.update', { kind: 'lost-answer' }, 1)
  wamm.customerWrites(IVAN, { name: 'Ivan', text: 'One more thing' })
  await scene.until(() => !isAnswered(), { stepMs: 10 })
  wamm.staffWrites(IVAN, { userId: '100', text: 'Gladly' })
  await scene.until(() => wamm.told.length >= 4)
  await scene.settled()
  expect(isAnswered()).toBe(true)
})

it.each(faults)('Whatever Slack does, all is right in the end: a new card that %s', async (_name, fault) => {
  const scene = await timelessScene({ linked: ['ann'] })
  const { slack, wamm, baton } = scene
  slack.faults.inject('chat.postMessage', fault, 2)
  wamm.customerWrites(IVAN, { name: 'Ivan', text: 'Hello?' })
  await baton.pollNow()
  await scene.settled()
  await slack.as('ann').click(scene.card('Ivan'), 'Claim Chat')
  await scene.cardSays('Ivan', 'With <@U0ANN>')
  expect(wamm.holder(IVAN)).toBe('100')
})

it.each(faults)(
  'Whatever Slack does, all is right in the end: a message to the receiver that %s',
  async (_name, fault) => {
    const scene = await waiting()
    const { slack, wamm } = scene
    await slack.as('ann').command('/claim', 'ivan')
    await scene.settled()
    slack.faults.inject('chat.postMessage', fault, 2)
    await slack.as('ann').command('/handoff', 'ivan @ben')
    await scene.until(() => wamm.holder(IVAN) === '101')
    await scene.told('ben', 'handed the chat with Ivan to you')
    await scene.settled()
  },
)

it.each(faults)(
  'Whatever Slack does, all is right in the end: a first claim whose look-up %s',
  async (_name, fault) => {
    const scene = await timelessScene()
    const { slack, wamm } = scene
    await scene.arrives(IVAN, 'Ivan')
    slack.faults.inject('users.info', fault, 2)
    await slack.as('ann').command('/claim', 'ivan')
    await scene.told('ann', 'You have the chat with Ivan')
    await scene.settled()
    expect(wamm.holder(IVAN)).toBe('100')
  },
)

it('Whatever Slack does, all is right in the end: after 429 Slack is left alone for as long as it asked', async () => {
  const scene = await waiting()
  const { slack } = scene
  slack.faults.inject('chat.update', { kind: 'rate-limited', retryAfterSeconds: 60 }, 1)
  const before = slack.countCalls('chat.update')
  await slack.as('ann').click(scene.card('Ivan'), 'Claim Chat')
  await scene.pass(59_000)
  expect(slack.countCalls('chat.update')).toBe(before + 1)
  await scene.cardSays('Ivan', 'With <@U0ANN>')
  expect(slack.countCalls('chat.update')).toBe(before + 2)
})

it('Whatever Slack does, all is right in the end: a whole outage of Slack keeps nothing from WAMM', async () => {
  const scene = await waiting()
  const { slack, wamm } = scene
  const over = slack.faults.inject('any', { kind: 'outage' })
  await slack.as('ann').click(scene.card('Ivan'), 'Claim Chat')
  await scene.until(() => wamm.holder(IVAN) === '100')
  await scene.pass(60_000)
  over()
  await scene.cardSays('Ivan', 'With <@U0ANN>')
})

it('Whatever Slack does, all is right in the end: a card that was deleted is posted again while the chat is open', async () => {
  const scene = await waiting()
  const { slack, wamm } = scene
  slack.faults.inject('chat.update', { kind: 'error', error: 'message_not_found' }, 1)
  await slack.as('ann').command('/claim', 'ivan')
  await scene.cardSays('Ivan', 'With <@U0ANN>')
  await scene.settled()
  const [, again] = slack.messagesIn(SUPPORT).filter(({ ephemeralTo }) => ephemeralTo === null)
  expect(again?.text).toContain('With <@U0ANN>')
  await slack.as('ann').click(scene.card('Ivan'), 'Release')
  await scene.settled()
  expect(scene.card('Ivan').ts).toBe(again?.ts)
  expect(wamm.holder(IVAN)).toBeNull()
})

it.each([
  ['was not invited', (scene: TimelessScene, out: boolean) => inChannel(scene, !out)],
  ['has been archived', (scene: TimelessScene, out: boolean) => archived(scene, out)],
])(
  'Whatever Slack does, all is right in the end: cards appear once the channel that %s is put right',
  async (_name, change) => {
    const scene = await timelessScene({ linked: ['ann'] })
    const { slack, wamm, baton } = scene
    change(scene, true)
    wamm.customerWrites(IVAN, { name: 'Ivan', text: 'Hello?' })
    await baton.pollNow()
    await scene.pass(10_000)
    expect(slack.messagesIn(SUPPORT)).toEqual([])
    expect(scene.log.filter((line) => line.includes('Invite it with'))).toHaveLength(1)
    await scene.told('dora', 'Invite it with `/invite @Baton` in that channel')
    await slack.as('ann').command('/claim', 'ivan')
    await scene.until(() => wamm.holder(IVAN) === '100')
    await slack.as('ann').command('/release', 'ivan')
    change(scene, false)
    await scene.cardSays('Ivan', 'Waiting')
    await scene.told('dora', 'Baton posts the chats of WAMM in their channel now')
    expect(slack.as('dora').dms()).toHaveLength(2)
  },
)

const support = ({ slack }: TimelessScene) => {
  const channel = slack.people.channel(SUPPORT)
  if (channel === null) throw new Error('no channel')
  return channel
}

function inChannel(scene: TimelessScene, isIn: boolean): void {
  const members = new Set(support(scene).members)
  if (isIn) members.add(scene.slack.app.botUserId)
  else members.delete(scene.slack.app.botUserId)
  scene.slack.people.changeChannel(support(scene), { members })
}

function archived(scene: TimelessScene, isArchived: boolean): void {
  scene.slack.people.changeChannel(support(scene), { isArchived })
}

it('Whatever Slack does, all is right in the end: a refusal reaches the person although two ways to them fail', async () => {
  const scene = await waiting()
  const { slack } = scene
  await slack.as('ann').command('/claim', 'ivan')
  await scene.settled()
  slack.faults.inject('response_url', { kind: 'outage' })
  slack.faults.inject('chat.postEphemeral', { kind: 'error', error: 'user_not_in_channel' })
  await slack.as('ben').click(scene.card('Ivan'), 'Release')
  await scene.told('ben', '<@U0ANN> has had the chat with Ivan since')
  expect(slack.as('ben').dms()).toHaveLength(1)
})

it('Whatever Slack does, all is right in the end: no way to the person at all is logged, and harms nothing', async () => {
  const scene = await waiting()
  const { slack, wamm } = scene
  await slack.as('ann').command('/claim', 'ivan')
  await scene.settled()
  slack.faults.inject('response_url', { kind: 'outage' })
  for (const way of ['chat.postEphemeral', 'chat.postMessage']) {
    slack.faults.inject(way, { kind: 'error', error: 'restricted_action' })
  }
  const { acknowledged } = await slack.as('ben').click(scene.card('Ivan'), 'Release')
  expect(acknowledged).toBe(true)
  await scene.until(() => scene.log.some((line) => line.includes('could not be delivered')))
  expect(wamm.holder(IVAN)).toBe('100')
})

it('Whatever Slack does, all is right in the end: a form that Slack will not open is apologised for', async () => {
  const scene = await waiting()
  const { slack } = scene
  slack.faults.inject('views.open', { kind: 'error', error: 'expired_trigger_id' }, 1)
  await slack.as('ann').command('/claim')
  await scene.told('ann', 'Slack took too long to open the form')
  slack.faults.inject('views.open', { kind: 'outage' }, 1)
  await slack.as('ann').command('/claim')
  await scene.told('ann', 'Something went wrong on Baton')
})

it('Whatever Slack does, all is right in the end: a lost socket is opened again and clicks come through', async () => {
  const scene = await waiting()
  const { slack, wamm } = scene
  const connections = () => scene.log.filter((line) => line.includes('Connected to Slack')).length
  slack.sockets.drop()
  await scene.until(() => connections() === 1)
  slack.sockets.refresh('warning')
  await scene.until(() => connections() === 2)
  await slack.as('ann').click(scene.card('Ivan'), 'Claim Chat')
  await scene.settled()
  expect(wamm.holder(IVAN)).toBe('100')
})
