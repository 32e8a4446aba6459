import { expect, it } from 'vitest'
import type { SandboxAelyst } from '../../sandbox/aelyst/start-aelyst.ts'
import { VIP } from '../fixtures/start-scene.ts'
import { type TimelessScene, timelessScene } from '../fixtures/timeless-scene.ts'

const IVAN = '79001234567'
const KEY = 'signing-key-1'
const HOUR_MS = 3_600_000

interface Told {
  readonly scene: TimelessScene
  /** The customer writes on WhatsApp, and Aelyst tells it; resolves when all that follows is done. */
  writes(text?: string): Promise<void>
  /** Somebody answers in Aelyst. */
  answers(): Promise<void>
  /** As when the machine slept so long; then the worker looks at its jobs. */
  hoursLater(hours: number): Promise<void>
  restart(): Promise<void>
}

/** Ivan has written one message, and nobody has answered. */
async function waiting(settings: Readonly<Record<string, unknown>> = {}): Promise<Told> {
  const scene = await timelessScene({ aelyst: { webhookKeys: [KEY], ...settings } })
  const { aelyst } = scene
  if (aelyst === null) throw new Error('the scene has no Aelyst')
  const listen = () => aelyst.setWebhook({ url: `${scene.baton.url()}/hooks/aelyst`, key: KEY })
  const after = async <T>(does: (aelyst: SandboxAelyst) => T): Promise<T> => {
    const messagesTold = () =>
      aelyst.told.filter(({ event }) => JSON.stringify(event).includes('"message.')).length
    const before = messagesTold()
    const done = does(aelyst)
    await scene.until(() => messagesTold() > before)
    await scene.settled()
    return done
  }
  listen()
  const write = (text: string) =>
    after(() => aelyst.customerWrites({ phone: `+${IVAN}` }, { text, firstName: 'Ivan' }))
  const ivan = await write('Hello?')
  return {
    scene,
    async writes(text = 'Anybody?') {
      await scene.pass(2_000)
      await write(text)
    },
    async answers() {
      await scene.pass(2_000)
      await after(() => aelyst.staffWrites(ivan, 'How can I help?'))
    },
    async hoursLater(hours) {
      scene.clock.jump(hours * HOUR_MS)
      await scene.pass(31_000)
    },
    async restart() {
      await scene.during(scene.restart())
      listen()
    },
  }
}

const card = ({ scene }: Told) => scene.card('Ivan')
const quotes = (told: Told) => card(told).blocks.filter(({ type }) => type === 'rich_text')

it('The card shows how many messages wait for an answer, until somebody answers at the provider', async () => {
  const told = await waiting()
  expect(card(told).text).toContain('1 unanswered message. WhatsApp takes answers until <!date^')
  await told.writes()
  expect(card(told).text).toContain('2 unanswered messages.')
  await told.answers()
  expect(card(told).text).not.toMatch(/unanswered|WhatsApp/)
  await told.writes()
  expect(card(told).text).toContain('1 unanswered message.')
  expect(told.scene.slack.messagesIn(VIP).filter(({ text }) => text.includes('Ivan'))).toHaveLength(1)
})

it('The card shows several messages in a row with one update', async () => {
  const { scene } = await waiting()
  const before = scene.slack.countCalls('chat.update')
  for (const text of ['One', 'Two', 'Three']) scene.aelyst?.customerWrites({ phone: `+${IVAN}` }, { text })
  await scene.cardSays('Ivan', '4 unanswered messages.')
  await scene.settled()
  expect(scene.slack.countCalls('chat.update')).toBe(before + 1)
})

it('The card quotes the last message only where the account wants it, with numbers masked, and never in its fallback', async () => {
  const quiet = await waiting()
  await quiet.writes('Nobody here reads this')
  expect(quotes(quiet)).toEqual([])
  const told = await waiting({ preview: true })
  await told.writes(`<!channel> call +${IVAN}`)
  expect(JSON.stringify(quotes(told))).toContain('"<!channel> call +•••••••••67"')
  expect(card(told).text).not.toContain('call')
  await told.answers()
  expect(quotes(told)).toEqual([])
})

it('The card warns two hours before WhatsApp takes no more answers, and once it does not; a message ends that', async () => {
  const told = await waiting()
  await told.hoursLater(21)
  await told.writes()
  // The first message's 24 hours are over, the second one's are not.
  await told.hoursLater(20)
  expect(card(told).text).toContain('2 unanswered messages. WhatsApp takes answers until')
  await told.hoursLater(2)
  expect(card(told).text).toContain('Less than 2 hours are left')
  await told.hoursLater(2)
  expect(card(told).text).toContain('Send an approved template in Aelyst.')
  await told.writes()
  expect(card(told).text).toContain('3 unanswered messages. WhatsApp takes answers until')
  await told.answers()
  const updates = told.scene.slack.countCalls('chat.update')
  await told.hoursLater(30)
  expect(told.scene.slack.countCalls('chat.update')).toBe(updates)
})

it('The card warns also after a restart, and when Slack was down at the moment', async () => {
  const told = await waiting()
  await told.restart()
  await told.hoursLater(21)
  const over = told.scene.slack.faults.inject('any', { kind: 'outage' })
  await told.hoursLater(1)
  over()
  await told.scene.cardSays('Ivan', 'Less than 2 hours are left')
})

it('A chat that goes on waiting keeps its card, however old', async () => {
  const told = await waiting()
  const { ts } = card(told)
  await told.hoursLater(13)
  await told.writes()
  expect(card(told).text).toContain('2 unanswered messages.')
  expect(card(told).ts).toBe(ts)
})

it('A chat that was answered and waits again has its card in sight', async () => {
  const told = await waiting()
  const { ts } = card(told)
  await told.answers()
  await told.hoursLater(13)
  await told.writes()
  expect(Number(card(told).ts)).toBeGreaterThan(Number(ts))
  expect(told.scene.slack.message(VIP, ts)?.text).toContain('a newer card')
})
