import type { JobPayload } from '../jobs/catalogue.ts'
import type { JobOutcome } from '../jobs/worker.ts'
import type { Logger } from '../log.ts'
import { type Accounts, providerLabel } from '../routing/accounts.ts'
import type { AuditEvent } from '../routing/audit.ts'
import type { Holder } from '../routing/chat.ts'
import type { AccountId, SlackUserId } from '../routing/ids.ts'
import { maskNumbersIn } from '../routing/phone.ts'
import type { Store } from '../store/contract.ts'
import { deedOf } from './deed-of.ts'
import { visibleLines } from './mrkdwn.ts'
import { type Poster, postAgain } from './poster.ts'
import type { Presenter } from './present.ts'
import type { Happening, HistoryLine } from './text-history.ts'
import type { PersonFacts } from './views/chat-facts.ts'
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
  readonly store: Pick<Store, 'card' | 'untold' | 'saveTold' | 'event' | 'links' | 'profile'>
  readonly accounts: Accounts
  readonly present: Pick<Presenter, 'people'>
  readonly poster: Pick<Poster, 'post'>
  readonly logger: Logger
}) {
  const { store, present, poster, logger } = deps

  async function tell({ chat }: JobPayload<'thread'>): Promise<JobOutcome> {
    const card = await store.card(chat)
    const events = await store.untold(chat, MOST_AT_ONCE)
    const newest = events.at(-1)
    if (card === null || newest === undefined) return { kind: 'done' }
    const lines = (await Promise.all(events.map(lineOf))).filter((line) => line !== null)
    if (lines.length > 0) {
      const provider = providerLabel(deps.accounts, newest.account)
      const posted = await poster.post(card.channel, historyMessage(lines, provider), {
        thread: card.ts,
        unhurried: true,
      })
      if (posted.kind === 'limited' || posted.kind === 'unknown') return postAgain(posted)
      if (posted.kind === 'refused') {
        // Told with the next event, or in the thread of the next card.
        logger.warn({ account: newest.account, code: posted.code }, 'Slack refused a line of history')
        return { kind: 'failed', reason: posted.code }
      }
    }
    await store.saveTold(chat, newest.id)
    return events.length < MOST_AT_ONCE
      ? { kind: 'done' }
      : { kind: 'later', reason: 'there is more to tell', afterMs: 0 }
  }

  /** Null for what concerns nobody but Baton and the provider. */
  async function lineOf(event: AuditEvent): Promise<HistoryLine | null> {
    const { facts, at } = event
    const by = (who: SlackUserId | null) => staff(event.account, who)
    const person = (holder: Holder) => holderOf(event.account, holder)
    const line = async (what: Happening, quote: string | null = null): Promise<HistoryLine> => ({
      what,
      at,
      by: await by(event.actor),
      quote: quoted(quote),
    })
    switch (facts.kind) {
      case 'claimed':
        return line({ kind: 'claimed' })
      case 'handed-off':
        return line({ kind: 'handed-off', to: await person(facts.to) }, facts.note)
      case 'released':
        return line({ kind: 'released' }, facts.reason)
      case 'offered':
        return line({ kind: 'offered', to: await person(facts.to) }, facts.note)
      case 'accepted':
        return line({ kind: 'accepted', from: await person(facts.from) })
      case 'declined':
        return line({ kind: 'declined' }, facts.reason)
      case 'taken-back':
        return line({ kind: 'taken-back' })
      case 'offer-ended':
        return line({ kind: 'offer-ended', why: facts.why })
      case 'overruled':
      case 'failed': {
        const decision = await store.event(facts.of)
        const deed = decision === null ? null : deedOf(decision.facts)
        if (decision === null || deed === null) return null
        const what: Happening =
          facts.kind === 'failed'
            ? { kind: 'failed', deed, reason: facts.reason }
            : { kind: 'overruled', deed, holder: await person(facts.holder) }
        return { what, at, by: await by(decision.actor), quote: null }
      }
      case 'adopted':
        return line({ kind: 'adopted', holder: await person(facts.holder) })
      case 'closed':
        return line({ kind: 'closed' })
      case 'reopened':
        return line({ kind: 'reopened', holder: await person(facts.holder) })
      case 'confirmed':
      case 'delayed':
      case 'arrived':
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
      // Who reads a number is for the audit trail: it changes nothing for those who read the thread.
      case 'number-shown':
        return null
      default:
        return facts satisfies never
    }
  }

  async function holderOf(account: AccountId, holder: Holder): Promise<PersonFacts | null> {
    if (holder === null) return null
    return (await present.people(account, [holder], 'names')).get(holder) ?? null
  }

  /** As the provider calls them or, when they are linked no more, Slack. */
  async function staff(account: AccountId, user: SlackUserId | null): Promise<PersonFacts | null> {
    if (user === null) return null
    const link = (await store.links(user)).find((each) => each.account === account)
    if (link !== undefined) return holderOf(account, link.providerUser)
    const profile = await store.profile(user)
    return profile === null ? null : { kind: 'provider', name: profile.name }
  }

  return tell
}

/** Everybody in the channel reads it. What cannot be seen must not hide a number. */
function quoted(text: string | null): string | null {
  const shown = text === null ? '' : maskNumbersIn(visibleLines(text))
  return shown === '' ? null : shown
}
