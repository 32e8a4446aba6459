import { expect, it } from 'vitest'
import { SUPPORT, VIP } from '../fixtures/start-scene.ts'
import { type TimelessScene, timelessScene } from '../fixtures/timeless-scene.ts'

/** Time moves from one due task to the next, so that what is measured is exact. Seconds that it took. */
async function secondsUntil({ clock, pass }: TimelessScene, done: () => boolean): Promise<number> {
  const begun = clock.now()
  for (await pass(0); !done(); await pass(0)) {
    if (clock.now() - begun > 3_600_000) throw new Error(`Not within an hour: ${done}`)
    await clock.advance(Math.min(clock.nextInMs(), 20_000))
  }
  return (clock.now() - begun) / 1_000
}

const [inWamm, inAelyst] = [600, 400]
const all = inWamm + inAelyst
const numbers = Array.from({ length: all }, (_, index) => String(79_001_000_000 + index))
const nameOf = (number: string): string => `Customer ${numbers.indexOf(number)}.`

/** What the tiers leave to the fastest, in seconds. */
const best = {
  /** One a second in the fuller channel, after a burst of three. */
  posts: inWamm - 3,
  /** Tier 3: fifty a minute, after a burst of fifty. */
  updates: (all - 50) / (50 / 60),
}

it('Slack’s tiers: a thousand chats that come, and then change, within a minute are shown without one refusal, in 1.2 of the time that is needed at best', async () => {
  const scene = await timelessScene({ linked: ['ann'], aelyst: {}, slack: { enforceTiers: true } })
  const { slack, wamm, aelyst, baton, clock } = scene
  if (aelyst === null) throw new Error('the scene has no Aelyst')
  const cards = () =>
    [SUPPORT, VIP]
      .flatMap(slack.messagesIn)
      .filter(
        ({ text, threadTs, ephemeralTo }) =>
          text.includes('Customer') && threadTs === null && ephemeralTo === null,
      )
  const saying = (words: string): number => cards().filter(({ text }) => text.includes(words)).length

  for (const number of numbers.slice(0, inWamm))
    wamm.customerWrites(number, { name: nameOf(number), text: 'Hello?' })
  const contacts = numbers
    .slice(inWamm)
    .map((number) =>
      aelyst.customerWrites({ phone: `+${number}` }, { text: 'Hello?', firstName: nameOf(number) }),
    )
  await scene.during(baton.pollNow())
  // Each account's channel has a message about many chats at once, too.
  const posting = await secondsUntil(scene, () => slack.countCalls('chat.postMessage') === all + 2)
  expect(saying('Waiting')).toBe(all)

  const [mine = '', yours = '', ...others] = numbers.slice(0, inWamm)
  for (const number of others) wamm.assignInProvider(number, '110')
  for (const contact of contacts) aelyst.assignInProvider(contact, '3')
  const begun = clock.now()
  await scene.during(baton.pollNow())
  await secondsUntil(scene, () => slack.countCalls('chat.update') >= all / 2)
  const asked = clock.now()
  await slack.as('ann').command('/claim', mine)
  await slack.as('ann').command('/claim', yours)
  await slack.as('ann').command('/handoff', `${yours} @ben`)
  await scene.told('ben', 'to you')
  await scene.cardSays(nameOf(mine), 'With <@U0ANN>')
  await scene.cardSays(nameOf(yours), 'With <@U0BEN>')
  const clicks = (clock.now() - asked) / 1_000
  await secondsUntil(scene, () => saying('Taken in') === all - 2)
  const updating = (clock.now() - begun) / 1_000

  expect(posting / best.posts).toBeLessThan(1.2)
  expect(updating / best.updates).toBeLessThan(1.2)
  expect(clicks).toBeLessThan(5)
  await scene.settled()
  expect(saying('With <@U0ANN>') + saying('With <@U0BEN>')).toBe(2)
  expect(cards()).toHaveLength(all)
  expect(slack.rateLimitedCalls).toBe(0)
}, 120_000)
