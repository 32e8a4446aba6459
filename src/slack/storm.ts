import type { Clock } from '../clock.ts'
import { stormJob } from '../jobs/catalogue.ts'
import type { JobOutcome } from '../jobs/worker.ts'
import { type Accounts, accountName } from '../routing/accounts.ts'
import type { Chat } from '../routing/chat.ts'
import { type AccountId, later } from '../routing/ids.ts'
import type { Store } from '../store/contract.ts'
import { notSent, type Poster } from './poster.ts'
import { stormMessage } from './views/storm.ts'

/**
 * So many chats without a card are half a minute of posting, and so many that have come within a minute are more than
 * anybody follows: one message tells of all of them at once.
 */
const STORM = 30
/** So few without a card, and so few that came in the last minute, are no longer worth a message. */
const CALM = { cardless: 5, came: 15 }
const MINUTE_MS = 60_000
const COUNTED_AGAIN_AFTER_MS = 15_000

export interface Storm {
  /** To be called before a card is posted: tells the channel if very many others are to follow, or have just come. */
  look(chat: Chat): Promise<void>
  /** Keeps the storm's message right, until it is over. */
  show(payload: { readonly account: AccountId }): Promise<JobOutcome>
}

/**
 * Many chats that begin to wait at once, which Slack's limits let us show only one after the other; or that come so
 * fast, one by one, that nobody can follow.
 */
export function createStorm(deps: {
  readonly store: Pick<
    Store,
    'change' | 'countWaiting' | 'countCardless' | 'countCame' | 'storm' | 'saveStorm' | 'endStorm'
  >
  readonly accounts: Accounts
  readonly poster: Pick<Poster, 'post' | 'update'>
  readonly clock: Clock
}): Storm {
  const { store, accounts, poster, clock } = deps

  const cameLately = (account: AccountId): Promise<number> => {
    const now = clock.now()
    return store.countCame(account, { after: later(now, -MINUTE_MS), until: now })
  }
  const isStorm = async (account: AccountId): Promise<boolean> =>
    (await store.countCardless(account)) >= STORM || (await cameLately(account)) >= STORM

  return {
    async look({ id, account }) {
      if (!(await isStorm(account)) || (await store.storm(account)) !== null) return
      const jobs = [stormJob(account, clock.now())]
      await store.change({ chat: id }, [], () => ({ result: null, jobs }))
    },
    async show({ account }) {
      const channel = accounts.get(account)?.channel
      if (channel === undefined) return { kind: 'failed', reason: 'the account is no longer configured' }
      const shown = await store.storm(account)
      const cardsFollow = (await store.countCardless(account)) >= CALM.cardless
      const isOver = !cardsFollow && (await cameLately(account)) < CALM.came
      if (shown === null && isOver) return { kind: 'done' }
      const message = stormMessage({
        account,
        provider: accountName(accounts, account),
        waiting: await store.countWaiting(account),
        now: isOver ? 'over' : cardsFollow ? 'cards-follow' : 'chats-come',
      })
      const posted = await (shown === null ? poster.post(channel, message) : poster.update(shown, message))
      const again = posted.kind === 'done' ? null : notSent(posted, 'our channel')
      // One that somebody has deleted is not posted again.
      if (again !== null && (shown === null || again.kind !== 'failed')) return again
      if (isOver) {
        await store.endStorm(account)
        return { kind: 'done' }
      }
      if (posted.kind === 'done' && shown === null)
        await store.saveStorm({ account, channel: posted.channel, ts: posted.ts })
      return { kind: 'later', reason: 'it is not over', afterMs: COUNTED_AGAIN_AFTER_MS }
    },
  }
}
