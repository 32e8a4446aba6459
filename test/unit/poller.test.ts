import { expect, it, vi } from 'vitest'
import { createPoller } from '../../src/intake/poller.ts'
import { createLogger } from '../../src/log.ts'
import type { Outcome, ProviderChatList } from '../../src/providers/contract.ts'
import { createHealthDesk } from '../../src/routing/account-health.ts'
import { WAMM } from '../fixtures/chats.ts'
import { fakeAccount } from '../fixtures/fake-account.ts'
import { manualClock } from '../fixtures/manual-clock.ts'
import { temporaryStore } from '../fixtures/temporary-store.ts'

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
