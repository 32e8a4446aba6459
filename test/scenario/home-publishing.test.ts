import { expect, it } from 'vitest'
import type { Chat } from '../../src/routing/chat.ts'
import { chatId, chatKey, later, type SlackUserId, slackUserId } from '../../src/routing/ids.ts'
import { encodeLook, firstLook } from '../../src/slack/home-look.ts'
import { homeView } from '../../src/slack/views/home.ts'
import { ANN, BO, NOW, ownedChat, WAMM, waitingChat } from '../fixtures/chats.ts'
import { homeOf } from '../fixtures/home-of.ts'
import { ann, type HomeBench, startHome } from '../fixtures/start-home.ts'

const MINUTE = 60_000

const chatOf = (name: string, over: Partial<Chat> = {}): Chat =>
  waitingChat({ id: chatId(name), key: chatKey(name), name, phone: null, ...over })
const takenBy = (owner: typeof BO, name: string, version: number): Chat =>
  ownedChat(owner.providerUser, { id: chatId(name), key: chatKey(name), name, phone: null, version })

/** As when the person opens the tab: Slack says which view it has. */
const opens = ({ home, slack }: HomeBench, user: SlackUserId = ann): Promise<void> =>
  home.show(user, { look: null, hash: slack.as(user).home()?.hash ?? null })

/** What the tab shows is what the store says. */
const isRight = async ({ read, slack }: HomeBench, user: SlackUserId): Promise<boolean> => {
  const shown = slack.as(user).home()?.source
  return JSON.stringify(shown) === JSON.stringify(homeView(await read(user, firstLook)))
}

it('What would look the same is not sent again, neither by a change nor when it is opened again', async () => {
  const bench = await startHome()
  await bench.put(...Array.from({ length: 12 }, (_, index) => chatOf(`C${index}`)))
  await opens(bench)
  expect(bench.published()).toBe(1)
  await opens(bench)
  await bench.put({ ...chatOf('C9'), name: 'on another page' })
  await bench.clock.advance(2 * MINUTE)
  await bench.pass(2_000)
  expect(bench.published()).toBe(1)
  await bench.put(takenBy(BO, 'C0', 2))
  await bench.pass(2_000)
  expect(bench.published()).toBe(2)
  expect(await isRight(bench, ann)).toBe(true)
})

it('How old the data is costs no update, and is right whenever somebody opens the tab', async () => {
  const bench = await startHome()
  const polled = () => bench.health.read(WAMM, { kind: 'done', value: null })
  const asOf = () => /As of: wamm <!date\^(\d+)\^/.exec(homeOf(bench.slack, ann).text)?.[1]
  const now = () => String(Math.floor(bench.clock.now() / 1_000))
  await opens(bench)
  expect(homeOf(bench.slack, ann).text).toContain('wamm has not been read since Baton was started')
  await polled()
  await bench.clock.advance(MINUTE)
  await bench.pass(2_000)
  const first = asOf()
  expect(bench.published()).toBe(2)
  expect(first).toBeDefined()
  for (let poll = 0; poll < 5; poll++) {
    await polled()
    await bench.clock.advance(MINUTE)
    await bench.pass(2_000)
  }
  expect(bench.published()).toBe(2)
  expect(asOf()).toBe(first)
  await polled()
  await opens(bench)
  expect(asOf()).toBe(now())
  await opens(bench)
  expect(bench.published()).toBe(3)
  await bench.clock.advance(MINUTE)
  await polled()
  await bench.put(chatOf('Ivan'))
  const then = now()
  await bench.pass(2_000)
  expect(asOf()).toBe(then)
  expect(bench.published()).toBe(4)
})

it('What changes within a second is one update', async () => {
  const bench = await startHome()
  await opens(bench)
  for (let index = 0; index < 20; index++) {
    await bench.put(chatOf(`C${index}`))
    await bench.clock.advance(40)
  }
  await bench.pass(2_000)
  expect(bench.published()).toBe(2)
  expect(await isRight(bench, ann)).toBe(true)
})

it('Ten minutes after the last look nothing is sent any more, and the next look is right at once', async () => {
  const bench = await startHome()
  await opens(bench)
  await bench.clock.advance(9 * MINUTE)
  await bench.put(chatOf('early'))
  await bench.pass(2_000)
  expect(bench.published()).toBe(2)
  await bench.clock.advance(2 * MINUTE)
  await bench.put(chatOf('late'))
  await bench.clock.advance(2 * MINUTE)
  await bench.pass(0)
  expect(bench.published()).toBe(2)
  expect(bench.clock.nextInMs()).toBe(Number.POSITIVE_INFINITY)
  await opens(bench)
  expect(await isRight(bench, ann)).toBe(true)
})

it('What time alone changes is shown within a minute: that WhatsApp’s time for answers nearly ends', async () => {
  const bench = await startHome()
  await bench.put(chatOf('Ivan', { windowEndsAt: later(NOW, 2 * 60 * MINUTE + 30_000) }))
  await opens(bench)
  expect(homeOf(bench.slack, ann).text).not.toContain('Less than 2 hours')
  await bench.clock.advance(MINUTE)
  await bench.pass(2_000)
  expect(homeOf(bench.slack, ann).text).toContain('Less than 2 hours')
})

it('A call whose answer was lost does no harm: the tab is right within seconds, whichever call arrives last', async () => {
  const bench = await startHome()
  await opens(bench)
  bench.slack.faults.inject('views.publish', { kind: 'lost-answer' }, 1)
  await bench.put(chatOf('Ivan'))
  await bench.pass(2_000)
  await bench.put(chatOf('Grace'))
  await bench.pass(8_000)
  expect(await isRight(bench, ann)).toBe(true)
  expect(bench.slack.callsTo('views.publish').map(({ error }) => error)).toContain('hash_conflict')
})

it('Slack’s trouble is waited for: the tab follows when it is over, without a storm of calls', async () => {
  const bench = await startHome()
  bench.slack.faults.inject('views.publish', { kind: 'outage' })
  await opens(bench)
  await bench.pass(20_000)
  expect(bench.slack.as(ann).home()).toBeNull()
  expect(bench.published()).toBeLessThan(7)
  bench.slack.faults.clear()
  await bench.pass(7_000)
  expect(await isRight(bench, ann)).toBe(true)
})

it('Slack’s word that it wants fewer calls is kept to, and the tab is right afterwards', async () => {
  const bench = await startHome()
  bench.slack.faults.inject('views.publish', { kind: 'rate-limited', retryAfterSeconds: 30 }, 1)
  await opens(bench)
  await bench.put(chatOf('Ivan'))
  await bench.pass(28_000)
  expect(bench.published()).toBe(1)
  await bench.pass(12_000)
  expect(bench.published()).toBe(2)
  expect(await isRight(bench, ann)).toBe(true)
})

it('A Home tab that is turned off in the app’s settings is given up with a word in the log', async () => {
  const bench = await startHome()
  bench.slack.faults.inject('views.publish', { kind: 'error', error: 'not_enabled' })
  await opens(bench)
  await bench.put(chatOf('Ivan'))
  await bench.clock.advance(2 * MINUTE)
  expect(bench.published()).toBe(1)
  expect(bench.log.join('')).toContain('is it turned on in the app’s settings?')
})

it('What somebody had chosen is remembered by the tab itself, over a restart too', async () => {
  const before = await startHome()
  await before.put(...Array.from({ length: 25 }, (_, index) => chatOf(`C${index}`)))
  await before.home.show(ann, { look: { ...firstLook, waiting: 2 } })
  expect(homeOf(before.slack, ann).text).toContain('21–25 of 25')
  expect(before.slack.as(ann).home()?.privateMetadata).toBe(encodeLook({ ...firstLook, waiting: 2 }))
  await before.put(takenBy(ANN, 'C3', 2))
  await before.pass(2_000)
  expect(homeOf(before.slack, ann).text).toContain('21–24 of 24')
  await before.put(...Array.from({ length: 6 }, (_, index) => takenBy(BO, `C${index + 4}`, 2)))
  await before.pass(2_000)
  expect(homeOf(before.slack, ann).text, 'the last page that there is').toContain('11–18 of 18')
})

/** Best: tier 4, a hundred a minute and as many at once after a quiet minute. */
const PEOPLE = 300
const CHATS = 1_000

it('300 people look while 1,000 chats change within a minute: no refusal, and everybody is right in 1.25 of the time that is needed at best', async () => {
  const bench = await startHome()
  const { slack, home, clock } = bench
  const people = Array.from({ length: PEOPLE }, (_, index) => slackUserId(`U0P${1_000 + index}`))
  for (const id of people) slack.addUser({ id, name: id.toLowerCase() })
  await bench.put(...Array.from({ length: CHATS }, (_, index) => chatOf(`C${index}`)))
  const begun = clock.now()
  for (const user of people) void home.show(user, { look: null, hash: null })
  for (let second = 0; second < 60; second++) {
    const share = Array.from({ length: Math.ceil(CHATS / 60) }, (_, index) => second * 17 + index)
    await bench.put(...share.filter((one) => one < CHATS).map((one) => takenBy(BO, `C${one}`, 2)))
    await bench.pass(1_000)
  }
  // Somebody who clicks meanwhile does not wait for the others.
  const [first = ann] = people
  await home.show(first, { look: { ...firstLook, waitsMinutes: 15 } })
  expect(slack.as(first).home()?.privateMetadata).toBe(encodeLook({ ...firstLook, waitsMinutes: 15 }))
  const changed = clock.now()
  // Nobody of them has a chat: the same is right for all.
  const right = JSON.stringify(homeView(await bench.read(ann, firstLook)))
  let behind = people.slice(1)
  while (behind.length > 0) {
    if (clock.now() - changed > 10 * MINUTE) throw new Error('not right within ten minutes')
    await bench.pass(2_000)
    behind = behind.filter((user) => JSON.stringify(slack.as(user).home()?.source) !== right)
  }
  const needed = (clock.now() - changed) / 1_000
  const best = (PEOPLE / 100) * 60
  const sent = bench.published()
  const most = 100 + ((clock.now() - begun) / MINUTE) * 100
  expect(slack.rateLimitedCalls).toBe(0)
  expect(sent).toBeLessThan(most)
  expect(needed / best).toBeLessThan(1.25)
  await bench.pass(10_000)
  expect(bench.published(), 'then it is quiet').toBe(sent)
}, 60_000)
