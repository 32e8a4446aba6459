import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { backOffMs } from '../../src/jobs/back-off.ts'
import { cardJob, jobKinds } from '../../src/jobs/catalogue.ts'
import { CARD_POOL } from '../../src/jobs/pools.ts'
import {
  createWorker,
  type JobHandlers,
  type JobOutcome,
  type Try,
  type Worker,
} from '../../src/jobs/worker.ts'
import { chatId, type Instant, later } from '../../src/routing/ids.ts'
import type { Store } from '../../src/store/contract.ts'
import { openSqliteStore } from '../../src/store/sqlite/open-sqlite-store.ts'
import { manualClock } from '../fixtures/manual-clock.ts'

let directory: string
let store: Store
let worker: Worker
let clock: ReturnType<typeof manualClock>
let card: (chat: string, attempt: Try) => Promise<JobOutcome>
let errors: unknown[]
let answering: boolean

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'baton-worker-'))
  store = openSqliteStore({ file: join(directory, 'baton.db'), newChatId: () => chatId('new') })
  clock = manualClock()
  errors = []
  answering = false
  const unexpected = async (): Promise<JobOutcome> => {
    throw new Error('not expected here')
  }
  const handlers: JobHandlers = {
    assign: unexpected,
    pointer: unexpected,
    storm: unexpected,
    notice: unexpected,
    enrol: unexpected,
    introduce: unexpected,
    contact: unexpected,
    comment: unexpected,
    look: unexpected,
    reopened: unexpected,
    offer: unexpected,
    'offer-over': unexpected,
    'offer-expiry': unexpected,
    'return-offers': unexpected,
    several: unexpected,
    'handed-several': unexpected,
    'mistaken-several': unexpected,
    thread: unexpected,
    window: unexpected,
    directory: unexpected,
    'directory-report': unexpected,
    person: unexpected,
    relink: unexpected,
    'second-look': unexpected,
    absence: unexpected,
    'absence-notice': unexpected,
    mend: unexpected,
    card: ({ chat }, attempt) => card(chat, attempt),
  }
  worker = createWorker({
    jobs: store,
    handlers,
    clock,
    random: () => 1,
    pools: [CARD_POOL],
    perPool: 2,
    isAnswering: () => answering,
    onError: (error) => errors.push(error),
  })
})
afterEach(async () => {
  await worker.stop(1_000)
  await store.close()
  rmSync(directory, { recursive: true })
})

const enqueue = (chat: string, runAt: Instant = clock.now()) =>
  store.change({ chat: chatId('none') }, [], () => ({ result: null, jobs: [cardJob(chatId(chat), runAt)] }))
const left = () => store.nextDueAt([CARD_POOL])
const eventually = (assertion: () => void | Promise<void>) => vi.waitFor(assertion, { timeout: 10_000 })
/** The worker goes to sleep in its own time: whatever it sets its alarm to meanwhile rings too. */
const after = async (byMs: number, assertion: () => void | Promise<void>) => {
  await clock.advance(byMs)
  await eventually(async () => {
    await clock.advance(0)
    await assertion()
  })
}

it('starts a job as soon as it is committed', async () => {
  const ran: string[] = []
  card = async (chat) => {
    ran.push(chat)
    return { kind: 'done' }
  }
  worker.start()
  await enqueue('a')
  await eventually(() => expect(ran).toEqual(['a']))
  await eventually(async () => expect(await left()).toBeNull())
})

it('runs no more than its share of one pool at once, and each key never twice at once', async () => {
  const gates: (() => void)[] = []
  let running = 0
  let most = 0
  card = async () => {
    running += 1
    most = Math.max(most, running)
    await new Promise<void>((open) => gates.push(open))
    running -= 1
    return { kind: 'done' }
  }
  worker.start()
  for (const chat of ['a', 'b', 'c', 'd', 'e']) await enqueue(chat)
  for (let i = 0; i < 5; i++) {
    await eventually(() => expect(gates.length).toBeGreaterThan(0))
    gates.shift()?.()
  }
  await eventually(async () => expect(await left()).toBeNull())
  expect(most).toBe(2)
})

it('a job that ends the process each time it is tried ends for good', async () => {
  let ran = 0
  card = async () => {
    ran += 1
    return { kind: 'done' }
  }
  await enqueue('a')
  const most = jobKinds.card.maxAttempts + 5
  // Each time the process dies, which is the end of no try.
  for (let times = 0; times < most; times += 1) {
    const now = clock.now()
    const pools = [{ pool: CARD_POOL, limit: 1 }]
    expect(await store.takeJobs({ now, leaseUntil: later(now, 1), pools })).toHaveLength(1)
    await clock.advance(2)
  }
  worker.start()
  const reasons = async () => (await store.failedJobs(9)).map(({ reason }) => reason)
  await eventually(async () => expect(await reasons()).toEqual(['Baton ended during too many tries']))
  expect(ran).toBe(0)
})

it('tries again after the back-off, counting attempts, and honours a longer wait that was asked for', async () => {
  const tries: number[] = []
  card = async (_, attempt) => {
    tries.push(attempt.attempt)
    if (attempt.attempt === 1) return { kind: 'retry', reason: 'x' }
    if (attempt.attempt === 2) return { kind: 'retry', reason: 'x', afterMs: 10_000 }
    return { kind: 'done' }
  }
  worker.start()
  const start = clock.now()
  await enqueue('a')
  await eventually(async () => expect(await left()).toBe(start + 1_000))
  await after(1_000, async () => expect(await left()).toBe(start + 11_000))
  expect(tries).toEqual([1, 2])
  await after(10_000, async () => expect(await left()).toBeNull())
  expect(tries).toEqual([1, 2, 3])
})

it('runs no try a second time while it still runs, though the clock was set forward by a day', async () => {
  let tries = 0
  let open = (): void => undefined
  card = async () => {
    tries += 1
    await new Promise<void>((resolve) => {
      open = resolve
    })
    return { kind: 'done' }
  }
  worker.start()
  await enqueue('a')
  await eventually(() => expect(tries).toBe(1))
  clock.jump(24 * 3_600_000)
  worker.wake()
  await after(30_000, async () => expect(await left()).toBeGreaterThan(clock.now()))
  expect(tries).toBe(1)
  open()
  await eventually(async () => expect(await left()).toBeNull())
  expect(tries).toBe(1)
})

it.each([
  ['while it sleeps', () => undefined],
  ['while it takes jobs', () => worker.wake()],
])(
  'tries again within half a minute of when it would have, though the clock was set back by an hour %s',
  async (_, before) => {
    let tries = 0
    card = async () => {
      tries += 1
      return tries === 1 ? { kind: 'retry', reason: 'x' } : { kind: 'done' }
    }
    worker.start()
    await enqueue('a')
    await eventually(async () => expect(await left()).toBe(clock.now() + 1_000))
    before()
    clock.jump(-3_600_000)
    await after(30_000, async () => expect(await left()).not.toBeGreaterThan(clock.now() + 1_000))
    await after(1_000, async () => expect(await left()).toBeNull())
    expect(tries).toBe(2)
  },
)

it('does not count a wait for a limit as an attempt', async () => {
  const tries: number[] = []
  card = async (_, attempt) => {
    tries.push(attempt.attempt)
    return tries.length < 3 ? { kind: 'later', reason: 'limit', afterMs: 500 } : { kind: 'done' }
  }
  worker.start()
  await enqueue('a')
  const start = clock.now()
  await eventually(async () => expect(await left()).toBe(start + 500))
  await after(500, async () => expect(await left()).toBe(start + 1_000))
  await after(500, async () => expect(await left()).toBeNull())
  expect(tries).toEqual([1, 1, 1])
})

it('gives up visibly after the last attempt, and says beforehand that it is the last', async () => {
  const lasts: boolean[] = []
  card = async (_, attempt) => {
    lasts.push(attempt.last)
    return { kind: 'retry', reason: 'down' }
  }
  worker.start()
  await enqueue('a')
  for (let i = 0; i < jobKinds.card.maxAttempts; i++) {
    await after(jobKinds.card.backOff.mostMs, () => expect(lasts.length).toBeGreaterThan(i))
  }
  await eventually(async () => expect(await left()).toBeNull())
  expect(lasts.filter(Boolean)).toHaveLength(1)
  expect(lasts.at(-1)).toBe(true)
})

it('survives a handler that throws, reports it and tries again', async () => {
  let tries = 0
  card = async () => {
    tries += 1
    if (tries === 1) throw new Error('a bug')
    return { kind: 'done' }
  }
  worker.start()
  await enqueue('a')
  await eventually(() => expect(errors).toHaveLength(1))
  await eventually(async () => expect(await left()).toBe(clock.now() + 1_000))
  await after(1_000, async () => expect(await left()).toBeNull())
})

it('waits for running tries when it stops, and takes nothing more', async () => {
  let open = (): void => undefined
  card = () =>
    new Promise((resolve) => {
      open = () => resolve({ kind: 'done' })
    })
  worker.start()
  await enqueue('a')
  await eventually(async () => expect(await left()).toBe(later(clock.now(), 60_000)))
  let ended = false
  const stopping = worker.stop(5_000).then(() => {
    ended = true
  })
  await enqueue('b')
  expect(ended).toBe(false)
  open()
  await stopping
  await eventually(async () => expect(await left()).toBe(clock.now()))
})

it('waits for a job that was just being taken when it was stopped', async () => {
  let started = 0
  let ended = 0
  card = async () => {
    started += 1
    await new Promise((resolve) => setImmediate(resolve))
    ended += 1
    return { kind: 'done' }
  }
  worker.start()
  await vi.waitFor(async () => expect(await left()).toBeNull())
  await enqueue('a')
  await worker.stop(5_000)
  const endedByThen = ended
  await vi.waitFor(async () => expect(await left()).toBeNull())
  expect({ started, endedByThen }).toEqual({ started: 1, endedByThen: 1 })
})

it('goes on for as long as whoever is asked is in trouble, at its slowest pace, with tries left for bugs', async () => {
  const tries: number[] = []
  card = async (_, { attempt }) => {
    tries.push(attempt)
    return { kind: 'wait', reason: 'Slack is down' }
  }
  worker.start()
  await enqueue('a')
  const { backOff, maxAttempts } = jobKinds.card
  for (let i = 0; i < 2 * maxAttempts; i++) {
    await after(backOff.mostMs, () => expect(tries.length).toBeGreaterThan(i))
  }
  expect(tries.slice(0, 10)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 8, 8])
  expect(tries.at(-1)).toBe(8)
  await eventually(async () => expect(await left()).toBe(later(clock.now(), backOff.mostMs)))
})

it('doubles the wait up to its most, spreads its upper half, and never goes below what was asked for', () => {
  const wait = (attempts: number, random: number, atLeastMs = 0) =>
    backOffMs({ attempts, firstMs: 1_000, mostMs: 60_000, atLeastMs, random })
  expect([1, 2, 3, 10, 1_000].map((attempts) => wait(attempts, 1))).toEqual([
    1_000, 2_000, 4_000, 60_000, 60_000,
  ])
  expect(wait(1, 0)).toBe(500)
  expect(wait(1, 0, 30_000)).toBe(30_000)
})

it('starts no new job while people are answered, unless it has waited for half a second', async () => {
  const ran: string[] = []
  card = async (chat) => {
    ran.push(chat)
    return { kind: 'done' }
  }
  answering = true
  worker.start()
  await enqueue('a')
  await clock.advance(400)
  expect(ran).toEqual([])
  await enqueue('b')
  const runs = (chats: readonly string[]) =>
    vi.waitFor(
      async () => {
        await clock.advance(0)
        expect(ran).toEqual(chats)
      },
      { timeout: 10_000 },
    )
  await clock.advance(200)
  await runs(['a'])
  answering = false
  worker.wake()
  await runs(['a', 'b'])
})

it('flows while it looks for jobs and their tries end, and not when a try hangs, nor when the store cannot be read', async () => {
  const hanging = Promise.withResolvers<JobOutcome>()
  card = () => hanging.promise
  expect(worker.isFlowing()).toBe(false)
  const asleep = () => eventually(() => expect(clock.nextInMs()).toBe(30_000))
  worker.start()
  for (let halfMinutes = 0; halfMinutes < 5; halfMinutes += 1) {
    await asleep()
    await clock.advance(30_000)
  }
  await asleep()
  expect(worker.isFlowing()).toBe(true)

  await enqueue('a')
  await eventually(async () => expect(await left()).toBeGreaterThan(clock.now()))
  clock.jump(119_000)
  await clock.advance(0)
  await eventually(() => expect(worker.isFlowing()).toBe(true))
  clock.jump(1_000)
  expect(worker.isFlowing()).toBe(false)
  hanging.resolve({ kind: 'done' })
  await eventually(() => expect(worker.isFlowing()).toBe(true))
  await asleep()

  const { takeJobs } = store
  Object.assign(store, { takeJobs: () => Promise.reject(new Error('disk full')) })
  clock.jump(59_000)
  expect(worker.isFlowing()).toBe(true)
  await clock.advance(1_000)
  await eventually(() => expect(worker.isFlowing()).toBe(false))
  Object.assign(store, { takeJobs })
  await clock.advance(1_000)
  await eventually(() => expect(worker.isFlowing()).toBe(true))
})
