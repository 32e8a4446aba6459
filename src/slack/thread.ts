import type { JobPayload } from '../jobs/catalogue.ts'
import type { JobOutcome } from '../jobs/worker.ts'
import type { Logger } from '../log.ts'
import { type Accounts, providerLabel } from '../routing/accounts.ts'
import type { AuditEvent } from '../routing/audit.ts'
import type { Store } from '../store/contract.ts'
import type { LineOf } from './history-lines.ts'
import { notSent, type Poster } from './poster.ts'
import { historyMessage } from './views/history.ts'

/** Events that one message tells; with a long note in each it is still one that Slack takes. */
const MOST_AT_ONCE = 8

/**
 * Tells in the thread of a chat's card what has happened to the chat since it was last told: names instead of
 * mentions, so that it notifies nobody. Each event is told once and in its order; only when Slack's answer was
 * lost may a message stand there twice. A chat without a card has no thread; what happened to it until it gets
 * one is told then.
 */
export function createThread(deps: {
  readonly store: Pick<Store, 'card' | 'untold' | 'saveTold'>
  readonly accounts: Accounts
  readonly lineOf: LineOf
  readonly poster: Pick<Poster, 'post'>
  readonly logger: Logger
}) {
  const { store, poster, logger } = deps

  return async ({ chat }: JobPayload<'thread'>): Promise<JobOutcome> => {
    const card = await store.card(chat)
    const events = await store.untold(chat, MOST_AT_ONCE)
    const newest = events.at(-1)
    if (card === null || newest === undefined) return { kind: 'done' }
    const lines = (await Promise.all(events.filter(concernsTheChannel).map(deps.lineOf))).filter(
      (line) => line !== null,
    )
    if (lines.length > 0) {
      const provider = providerLabel(deps.accounts, newest.account)
      const posted = await poster.post(card.channel, historyMessage(lines, provider), {
        thread: card.ts,
        unhurried: true,
      })
      if (posted.kind !== 'done') {
        const isOurs = deps.accounts.get(newest.account)?.channel === card.channel
        const again = notSent(posted, isOurs ? 'our channel' : 'elsewhere')
        // Told with the next event, or in the thread of the next card.
        if (again.kind === 'failed')
          logger.warn({ account: newest.account, code: again.reason }, 'Slack refused a line of history')
        return again
      }
    }
    await store.saveTold(chat, newest.id)
    return events.length < MOST_AT_ONCE
      ? { kind: 'done' }
      : { kind: 'later', reason: 'there is more to tell', afterMs: 0 }
  }
}

/** What the card has shown, and what concerns nobody but Baton and the provider, only the History tells. */
function concernsTheChannel({ facts }: AuditEvent): boolean {
  switch (facts.kind) {
    case 'claimed':
    case 'handed-off':
    case 'released':
    case 'undone':
    case 'offered':
    case 'accepted':
    case 'declined':
    case 'taken-back':
    case 'offer-ended':
    case 'overruled':
    case 'failed':
    case 'adopted':
    case 'closed':
    case 'reopened':
      return true
    case 'confirmed':
    case 'delayed':
    case 'arrived':
    case 'looked-up':
    case 'erased':
    case 'linked':
    case 'unlinked':
    case 'absent':
    case 'returned':
    case 'away':
    case 'back':
    case 'contact-saved':
    case 'contact-refused':
    case 'account-trouble':
    case 'account-recovered':
    case 'webhook-silent':
    case 'webhook-heard':
    case 'channel-shut':
    case 'channel-open':
    case 'channel-shared':
    case 'channel-usable':
    case 'job-retried':
    case 'job-given-up':
    // Who reads a number is for the audit trail: it changes nothing for those who read the thread.
    case 'number-shown':
      return false
    default:
      return facts satisfies never
  }
}
