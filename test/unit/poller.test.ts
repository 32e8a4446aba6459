import Sqlite from 'better-sqlite3'
import { expect, it, vi } from 'vitest'
import { createPoller } from '../../src/intake/poller.ts'
import { createLogger } from '../../src/log.ts'
import type {
  Outcome,
  ProviderAdapter,
  ProviderChat,
  ProviderChatList,
} from '../../src/providers/contract.ts'
import { createHealthDesk } from '../../src/routing/account-health.ts'
import { chatKey } from '../../src/routing/ids.ts'
import { listed, WAMM } from '../fixtures/chats.ts'
import { fakeAccount } from '../fixtures/fake-account.ts'
import { manualClock } from '../fixtures/manual-clock.ts'
import { temporaryFile, temporaryStore } from '../fixtures/temporary-store.ts'

const manyChats = (count: number): readonly ProviderChat[] =>
  Array.from({ length: count }, (_, at) => listed({ key: chatKey(String(79_000_000_000 + at)) }))

it('a poll that shows nothing new writes nothing, and one changed chat costs one change', async () => {
  const file = temporaryFile()
  const store = temporaryStore(file)
  let chats = manyChats(900)
  const clock = manualClock()
  const listChats = async () => ({ kind: 'done', value: { chats, complete: true } }) as const
  const adapter: ProviderAdapter = {
    label: 'WAMM',
    assign: async () => ({ kind: 'done', value: 'confirmed' }),
    listChats,
    health: async () => ({ kind: 'done', value: null }),
  }
  const poller = createPoller({
    account: { id: WAMM, adapter, channel: 'C1' },
    listChats,
    store,
    enrolment: { refreshDirectory: async () => ({ kind: 'done', value: [] }) },
    health: createHealthDesk({ store, clock, admins: [] }),
    clock,
    random: () => 0.5,
    everyMs: 30_000,
    logger: createLogger({ level: 'silent', secrets: [] }),
  })
  await poller.pollOnce()
  const other = new Sqlite(file, { readonly: true })
  // Rises with every commit of another connection (sqlite.org/pragma.html#pragma_data_version).
  const commits = () => other.pragma('data_version', { simple: true })
  const events = () => other.prepare('SELECT count(*) AS count FROM events').get()

  const before = commits()
  for (let poll = 0; poll < 20; poll++) await poller.pollOnce()
  expect(commits()).toBe(before)

  const [first, ...others] = chats
  if (first === undefined) throw new Error('there are chats')
  const counted = events()
  chats = [{ ...first, name: 'Ivan Sidorov' }, ...others]
  await poller.pollOnce()
  expect(commits()).not.toBe(before)
  expect(events()).toEqual(counted)
  const after = commits()
  await poller.pollOnce()
  expect(commits()).toBe(after)
  other.close()
})

it('an account that cannot be read is asked less and less often, but every five minutes at least, and as before once it can', async () => {
  const clock = manualClock()
  const store = temporaryStore()
  const askedAt: number[] = []
  let outcome: Outcome<ProviderChatList> = { kind: 'retry', problem: 'unreachable', detail: '', sent: false }
  const poller = createPoller({
    account: fakeAccount(WAMM),
    listChats: async () => {
      askedAt.push(clock.now())
      return outcome
    },
    store,
    enrolment: { refreshDirectory: async () => ({ kind: 'unsupported' }) },
    health: createHealthDesk({ store, clock, admins: [] }),
    clock,
    random: () => 0.5,
    everyMs: 15_000,
    logger: createLogger({ level: 'silent', secrets: [] }),
  })
  /** Seconds between this poll and the next. */
  const next = async (): Promise<number> => {
    await vi.waitFor(() => expect(clock.nextInMs()).toBeLessThan(Number.POSITIVE_INFINITY))
    const asked = askedAt.length
    await clock.advance(clock.nextInMs())
    await vi.waitFor(() => expect(askedAt.length).toBe(asked + 1))
    return ((askedAt.at(-1) ?? 0) - (askedAt.at(-2) ?? 0)) / 1_000
  }
  poller.start()
  const pauses = [await next(), await next(), await next(), await next(), await next(), await next()]
  expect(pauses).toEqual([30, 60, 120, 240, 300, 300])
  outcome = { kind: 'done', value: { chats: [], complete: true } }
  expect([await next(), await next(), await next()]).toEqual([300, 15, 15])
  await poller.stop()
})

it.each([
  ['for as long as it asks for', 600, 600],
  ['for an hour, if it asks for longer', 86_400, 3_600],
  ['for as long as otherwise, if it asks for less', 1, 27],
])('a provider that limits requests is left alone %s', async (_, asked, seconds) => {
  const clock = manualClock()
  const store = temporaryStore()
  const poller = createPoller({
    account: fakeAccount(WAMM),
    listChats: async () => ({
      kind: 'retry',
      problem: 'rate-limited',
      detail: '',
      sent: false,
      afterMs: asked * 1_000,
    }),
    store,
    enrolment: { refreshDirectory: async () => ({ kind: 'unsupported' }) },
    health: createHealthDesk({ store, clock, admins: [] }),
    clock,
    // The earliest that any jitter comes to.
    random: () => 0,
    everyMs: 15_000,
    logger: createLogger({ level: 'silent', secrets: [] }),
  })
  poller.start()
  await vi.waitFor(() => expect(clock.nextInMs()).toBeLessThan(Number.POSITIVE_INFINITY))
  expect(clock.nextInMs()).toBe(seconds * 1_000)
  await poller.stop()
})
