import { expect, it } from 'vitest'
import type { SlackMessage } from '../../sandbox/slack/model.ts'
import type { SeenMessage } from '../../src/providers/contract.ts'
import { accountId, chatKey } from '../../src/routing/ids.ts'
import { SUPPORT } from '../fixtures/start-scene.ts'
import { type TimelessScene, timelessScene } from '../fixtures/timeless-scene.ts'

const IVAN = '79001234567'
const HOUR_MS = 3_600_000

async function waiting(options: Parameters<typeof timelessScene>[0] = {}): Promise<TimelessScene> {
  const scene = await timelessScene({ linked: ['ann', 'ben'], ...options })
  await scene.arrives(IVAN, 'Ivan')
  await scene.settled()
  return scene
}

let told = 0

/** WAMM tells of a message on Ivan's chat, and Baton does all that follows. */
async function message(scene: TimelessScene, over: Partial<SeenMessage> = {}): Promise<void> {
  told += 1
  const seen: SeenMessage = {
    direction: 'in',
    at: scene.clock.now(),
    byStaff: false,
    name: null,
    phone: null,
    text: 'Hello?',
    messenger: 'whatsapp',
    ...over,
  }
  await scene.baton.receive(accountId('wamm'), [
    { kind: 'message', id: `told-${told}`, key: chatKey(IVAN), message: seen },
  ])
  await scene.settled()
}

/** As when the machine slept so long; then the worker looks at its jobs. */
async function hoursLater(scene: TimelessScene, hours: number): Promise<void> {
  scene.clock.jump(hours * HOUR_MS)
  await scene.pass(31_000)
}

const answer = { direction: 'out', byStaff: true, text: 'How can I help?' } as const

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

it('The card shows how many messages wait for an answer, until somebody answers in WAMM', async () => {
  const scene = await waiting()
  expect(scene.card('Ivan').text).not.toContain('unanswered')
  await message(scene)
  expect(scene.card('Ivan').text).toContain('1 unanswered message. WhatsApp takes answers until <!date^')
  await message(scene)
  expect(scene.card('Ivan').text).toContain('2 unanswered messages.')
  await message(scene, answer)
  expect(scene.card('Ivan').text).not.toMatch(/unanswered|WhatsApp/)
  expect(cards(scene)).toHaveLength(1)
})

it('The card shows three messages in a row with one update', async () => {
  const scene = await waiting()
  const before = scene.slack.countCalls('chat.update')
  const at = scene.clock.now()
  const seen = {
    direction: 'in',
    at,
    byStaff: false,
    name: null,
    phone: null,
    text: null,
    messenger: null,
  } as const
  for (const id of ['a', 'b', 'c']) {
    await scene.baton.receive(accountId('wamm'), [{ kind: 'message', id, key: chatKey(IVAN), message: seen }])
  }
  await scene.cardSays('Ivan', '3 unanswered messages.')
  await scene.settled()
  expect(scene.slack.countCalls('chat.update')).toBe(before + 1)
})

it('The card quotes the last message only where the account wants it, numbers masked, and never in its fallback', async () => {
  const quote = async (scene: TimelessScene) => {
    await message(scene, { text: `<!channel> call +${IVAN}` })
    const { text, blocks } = scene.card('Ivan')
    expect(text).not.toContain('call')
    return blocks.filter(({ type }) => type === 'rich_text')
  }
  expect(await quote(await waiting())).toEqual([])
  const scene = await waiting({ wamm: { preview: true } })
  expect(JSON.stringify(await quote(scene))).toContain('"<!channel> call +•••••••••67"')
  await message(scene, answer)
  expect(scene.card('Ivan').blocks.filter(({ type }) => type === 'rich_text')).toEqual([])
})

it('The card warns two hours before WhatsApp takes no more answers, and once it does not; a message ends that', async () => {
  const scene = await waiting()
  await message(scene)
  await hoursLater(scene, 21)
  await message(scene)
  // The first message's 24 hours are over, the second one's are not.
  await hoursLater(scene, 20)
  expect(scene.card('Ivan').text).toContain('WhatsApp takes answers until')
  expect(scene.card('Ivan').text).not.toContain('Less than 2 hours')
  await hoursLater(scene, 2)
  expect(scene.card('Ivan').text).toContain('Less than 2 hours are left')
  await hoursLater(scene, 2)
  expect(scene.card('Ivan').text).toContain('Send an approved template in WAMM.')
  await message(scene)
  expect(scene.card('Ivan').text).toContain('3 unanswered messages. WhatsApp takes answers until')
  await message(scene, answer)
  const updates = scene.slack.countCalls('chat.update')
  await hoursLater(scene, 30)
  expect(scene.slack.countCalls('chat.update')).toBe(updates)
})

it('The card warns also after a restart, and when Slack was down at the moment', async () => {
  const scene = await waiting()
  await message(scene)
  await scene.during(scene.restart())
  await hoursLater(scene, 21)
  const over = scene.slack.faults.inject('any', { kind: 'outage' })
  await hoursLater(scene, 1)
  over()
  await scene.cardSays('Ivan', 'Less than 2 hours are left')
})

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

it('A chat that goes on waiting keeps its card, however old', async () => {
  const scene = await waiting()
  await message(scene)
  await hoursLater(scene, 13)
  await message(scene)
  expect(scene.card('Ivan').text).toContain('2 unanswered messages.')
  expect(cards(scene)).toHaveLength(1)
})

it('A card that somebody deleted comes back with the next change, once, and mentions nobody as it does', async () => {
  const scene = await waiting()
  const { slack } = scene
  await slack.as('ann').click(scene.card('Ivan'), 'Claim Chat')
  await scene.settled()
  await deleted(scene, scene.card('Ivan'))
  await message(scene)
  expect(cards(scene)).toHaveLength(1)
  expect(scene.card('Ivan').text).toContain('With <@U0ANN>')
  const posted = slack.callsTo('chat.postMessage').map(({ args }) => String(args.text))
  expect(posted.filter((text) => text.includes('With Ann Abel since'))).toHaveLength(1)
  expect(posted.filter((text) => text.includes('With <@U0ANN>'))).toEqual([])
  const calls = slack.calls.length
  await scene.pass(60_000)
  expect(slack.calls.length).toBe(calls)
})
