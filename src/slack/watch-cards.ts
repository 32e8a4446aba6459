import type { Clock } from '../clock.ts'
import { seenCardJob } from '../jobs/catalogue.ts'
import type { Logger } from '../log.ts'
import { later } from '../routing/ids.ts'
import type { WaitingPlace } from '../store/card-contract.ts'
import type { Store } from '../store/contract.ts'
import { type Fresh, keepFresh } from './keep-fresh.ts'

/** A fifth of the updates that Slack takes in a minute. */
const AT_ONCE = 10
const EVERY_MS = 60_000
const ROUND_EVERY_MS = 60 * 60_000
/** So new a card needs no look. */
const NEW_MS = 30 * 60_000

/**
 * Makes sure that the cards of waiting chats are still there, which Slack tells nobody: now and then each is to be
 * updated, though it shows nothing new, and one that is gone is posted again. It goes round, longest-waiting first, and
 * remembers nothing: a start begins anew.
 */
export function watchCards(deps: {
  readonly store: Pick<Store, 'doubtCards'>
  readonly clock: Clock
  readonly logger: Logger
}): Fresh {
  const { store, clock, logger } = deps
  let after: WaitingPlace | null = null
  return keepFresh({
    after: clock.after,
    async read() {
      const now = clock.now()
      try {
        after = await store.doubtCards({ after, limit: AT_ONCE, postedBefore: later(now, -NEW_MS) }, (chat) =>
          seenCardJob(chat, now),
        )
      } catch (err) {
        logger.error({ err }, 'Looking after the cards ended in an unexpected error')
      }
      return after === null ? ROUND_EVERY_MS : EVERY_MS
    },
  })
}
