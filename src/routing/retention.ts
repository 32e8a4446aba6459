import type { Clock } from '../clock.ts'
import { seenCardJob } from '../jobs/catalogue.ts'
import type { Store } from '../store/contract.ts'
import type { Chat } from './chat.ts'
import { type Erasure, erased } from './erase.ts'
import { type AccountId, type ChatId, type Instant, later } from './ids.ts'

const DAY_MS = 24 * 60 * 60_000
/** A start has other things to do first. */
const FIRST_AFTER_MS = 60_000
/** Chats looked at in one transaction; whatever people ask goes between two. */
const CHATS_AT_ONCE = 20
const LEFTOVERS_AT_ONCE = 500
/** Old cards are not to stand in the way of those that people look at: 12 in a minute. */
const CARD_EVERY_MS = 5_000

export interface Retention {
  start(): void
  stop(): Promise<void>
  /** Erases whatever is due now. */
  passOnce(): Promise<void>
}

/**
 * Erases customers once nothing has happened for so many days to their chats, which are not open. It looks at everything
 * once a day and after each start, so it keeps no state, and may be cut off anywhere.
 */
export function createRetention(deps: {
  readonly store: Pick<Store, 'eraseCustomers' | 'eraseLeftovers' | 'overwriteErased'>
  /** `retentionDays`: null where customers are kept for ever. */
  readonly accounts: readonly { readonly id: AccountId; readonly retentionDays: number | null }[]
  readonly clock: Clock
  readonly onErased: (account: AccountId, chats: number) => void
  readonly onError: (error: unknown) => void
}): Retention {
  const { store, clock } = deps
  const forgetful = deps.accounts.flatMap(({ id, retentionDays: days }) =>
    days === null ? [] : [{ account: id, days }],
  )
  let stopped = false
  let cancel = (): void => undefined
  let running: Promise<void> = Promise.resolve()

  async function pass(): Promise<void> {
    for (const { account, days } of forgetful) {
      const now = clock.now()
      const quietSince = later(now, -days * DAY_MS)
      const chats = await eraseCustomers(account, { now, quietSince, days })
      if (chats > 0) deps.onErased(account, chats)
      await eraseLeftovers(account, quietSince)
      if (stopped) return
    }
    await store.overwriteErased()
  }

  async function eraseCustomers(
    account: AccountId,
    { now, quietSince, days }: { readonly now: Instant; readonly quietSince: Instant; readonly days: number },
  ): Promise<number> {
    let count = 0
    let cards = 0
    let after: ChatId | null = null
    const erase = (chat: Chat): Erasure => {
      const gone = erased(chat)
      const cardAt = later(now, cards * CARD_EVERY_MS)
      cards += 1
      const facts = { kind: 'erased', afterDays: days } as const
      return {
        chat: gone,
        event: { at: now, account, chat: chat.id, actor: null, via: 'rule', facts },
        jobs: [seenCardJob(gone, cardAt)],
      }
    }
    do {
      const looked: { readonly erased: number; readonly next: ChatId | null } = await store.eraseCustomers(
        { account, quietSince, after, limit: CHATS_AT_ONCE },
        erase,
      )
      count += looked.erased
      after = looked.next
    } while (after !== null && !stopped)
    return count
  }

  async function eraseLeftovers(account: AccountId, before: Instant): Promise<void> {
    let removed = 1
    while (removed > 0 && !stopped) {
      removed = await store.eraseLeftovers({ account, before, limit: LEFTOVERS_AT_ONCE })
    }
  }

  function passOnce(): Promise<void> {
    running = running.then(pass).catch(deps.onError)
    return running
  }

  function passIn(ms: number): void {
    cancel = clock.after(ms, () => void passOnce().then(() => stopped || passIn(DAY_MS)))
  }

  return {
    passOnce,
    start() {
      if (forgetful.length > 0) passIn(FIRST_AFTER_MS)
    },
    async stop() {
      stopped = true
      cancel()
      await running
    },
  }
}
