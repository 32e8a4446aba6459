import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { it } from 'vitest'
import { chatKey } from '../../src/routing/ids.ts'
import { freshPoll, perform, runAllJobs } from '../fixtures/model/play.ts'
import { ACCOUNT, startWorld } from '../fixtures/model/start-world.ts'
import { PEOPLE, type Step } from '../fixtures/model/steps.ts'
import { createWatch } from '../fixtures/model/watch.ts'

const MANY = 45
const keys = Array.from({ length: MANY }, (_, index) => chatKey(String(79_000_000_100 + index)))

type StormStep =
  /** Slack takes so many calls, then it asks for fewer until the next of these. */
  | { readonly kind: 'slack'; readonly takes: number }
  | { readonly kind: 'goes'; readonly which: number }
  | Extract<Step, { kind: 'ask' | 'time-passes' | 'crash' | 'poll' }>

const [ann] = PEOPLE
if (ann === undefined) throw new Error('the model has people')
const anyStep: fc.Arbitrary<StormStep> = fc.oneof<fc.WeightedArbitrary<StormStep>[]>(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('slack'), takes: fc.nat(20) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('goes'), which: fc.nat(MANY - 1) }) },
  {
    weight: 2,
    arbitrary: fc.constant({ kind: 'ask', asks: [{ kind: 'claim-next', by: ann, key: chatKey('any') }] }),
  },
  { weight: 2, arbitrary: fc.constant({ kind: 'poll' }) },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('time-passes'), ms: fc.constantFrom(2_000, 16_000) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('crash'), carriedOut: fc.boolean() }) },
)

/** Many customers write at once; in the end, each chat has its card, and no message says that cards are to follow. */
async function play(steps: readonly StormStep[]): Promise<void> {
  const world = await startWorld({ told: true })
  const { slack, provider, clock } = world
  const watch = createWatch(world)
  try {
    slack.left = 1
    for (const key of keys) provider.customerWrites(key, clock.now())
    await freshPoll(world, watch)
    for (const step of steps) {
      if (step.kind === 'slack') slack.left = step.takes
      else if (step.kind === 'goes') provider.close(keys[step.which] ?? chatKey('none'))
      else await perform(world, watch, step)
      while (provider.inFlight().length > 0)
        await perform(world, watch, { kind: 'end', which: 0, ending: 'done' })
    }
    slack.left = Number.POSITIVE_INFINITY
    for (let poll = 0; poll < 2; poll++) {
      await freshPoll(world, watch)
      await runAllJobs(world, watch)
    }
    const chats = await world.store.findChats({ state: 'any', limit: MANY + 1 })
    for (const chat of chats) {
      const card = await world.card(chat.id)
      const isRight =
        card === undefined ? chat.status === 'closed' : isDeepStrictEqual(card, await world.draw(chat))
      if (!isRight)
        throw new Error(`the card does not say what the store says: ${JSON.stringify({ chat, card })}`)
    }
    const texts = [...slack.messages.values()].map(({ text }) => text)
    const told = texts.filter((text) => /follow|at once/.test(text))
    if ((await world.store.storm(ACCOUNT)) !== null) throw new Error('the storm has no end')
    if (told.length > 1 || /follow/.test(told.join()))
      throw new Error(`the channel does not hear that it is over: ${JSON.stringify(told)}`)
  } finally {
    await world.close()
  }
}

it('ends the message about many chats once each has its card, whatever Slack limits and a crash interrupts', async () => {
  await fc.assert(fc.asyncProperty(fc.array(anyStep, { minLength: 5, maxLength: 15, size: 'max' }), play), {
    numRuns: 12,
  })
})
