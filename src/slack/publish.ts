import type { Clock } from '../clock.ts'
import { cardJob, type JobPayload, pointerJob, threadJob } from '../jobs/catalogue.ts'
import type { JobOutcome } from '../jobs/worker.ts'
import type { Logger } from '../log.ts'
import { type HealthDesk, isStillSo } from '../routing/account-health.ts'
import { type Accounts, accountName, providerLabel } from '../routing/accounts.ts'
import type { AuditEvent, EventFacts } from '../routing/audit.ts'
import { type Chat, chatState } from '../routing/chat.ts'
import type { AccountId, EventId, Instant } from '../routing/ids.ts'
import type { Card } from '../store/card-contract.ts'
import type { Store } from '../store/contract.ts'
import { deedOf } from './deed-of.ts'
import { digestOf } from './digest.ts'
import { isLate, isWorthTelling } from './late-news.ts'
import { type NotSent, notSent, type Posted, type Poster, sentBy } from './poster.ts'
import type { Presenter } from './present.ts'
import { isShut } from './slack-error.ts'
import type { Storm } from './storm.ts'
import { type ContactNotice, contactText } from './text-contact.ts'
import { healthText, isHealthNotice } from './text-health.ts'
import type { Deed, Notice } from './text-notice.ts'
import { notInChannelText } from './text-surface.ts'
import { cardMessage } from './views/card.ts'
import type { ChatFacts } from './views/chat-facts.ts'
import { type MessageView, textMessage } from './views/message.ts'
import { noticeMessage } from './views/notice.ts'
import { pointerMessage } from './views/pointer.ts'

/** The job handlers that make Slack show what the store says. */
export interface Publisher {
  card(payload: JobPayload<'card'>): Promise<JobOutcome>
  pointer(payload: JobPayload<'pointer'>): Promise<JobOutcome>
  notice(payload: JobPayload<'notice'>): Promise<JobOutcome>
  reopened(payload: JobPayload<'reopened'>): Promise<JobOutcome>
}

/** The message is not there to be changed; a new one may stand for the chat. */
const GONE = ['message_not_found', 'cant_update_message', 'edit_window_closed', 'channel_not_found']
/** A card that is so old, or has so many others below it, is out of sight: a chat that waits anew gets a new one. */
const OLD_MS = 12 * 60 * 60_000
const MANY_BELOW = 25
const WARNED_AGAIN_AFTER_MS = 60_000
/** The digest of no message. */
const UNKNOWN = ''

export function createPublisher(deps: {
  readonly store: Pick<
    Store,
    'chat' | 'card' | 'saveCard' | 'cardsBelow' | 'event' | 'history' | 'health' | 'slackUsers'
  >
  readonly accounts: Accounts
  readonly present: Presenter
  readonly poster: Poster
  readonly storm: Pick<Storm, 'look'>
  readonly health: Pick<HealthDesk, 'posted'>
  readonly clock: Clock
  readonly logger: Logger
}): Publisher {
  const { store, accounts, present, poster, storm, health, clock, logger } = deps
  const warnedAt = new Map<AccountId, Instant>()

  async function card({ chat: id, unhurried }: JobPayload<'card'>): Promise<JobOutcome> {
    const chat = await store.chat(id)
    if (chat === null) return { kind: 'done' }
    const facts = await present.chat(chat, null)
    const message = cardMessage(facts)
    const shows = digest(message)
    const existing = await store.card(id)
    if (existing === null) return isDueForCard(chat, facts) ? post(chat, null, unhurried) : { kind: 'done' }
    if (existing.shows === shows) return { kind: 'done' }
    const waitingVersion = waitingVersionOf(chat)
    const waitsAnew = waitingVersion !== null && waitingVersion !== existing.waitingVersion
    if (waitsAnew && (await isFarUp(existing))) return post(chat, existing, unhurried)
    const updated = await poster.update(existing, message, { unhurried })
    if (updated.kind === 'done') {
      await store.saveCard({ ...existing, shows, waitingVersion })
      return { kind: 'done' }
    }
    if (updated.kind === 'refused' && isGone(updated.code, existing, chat.account)) {
      return chat.status === 'open' ? post(chat, null, unhurried) : { kind: 'done' }
    }
    // It may show this now: even what it is known to have shown before has to be sent again.
    if (updated.kind === 'unknown') await store.saveCard({ ...existing, shows: UNKNOWN })
    return notDone(updated, chat.account)
  }

  /** A channel of the past may be shut for good. */
  const isGone = (code: string, { channel }: Card, account: AccountId): boolean =>
    GONE.includes(code) || (isShut(code) && channel !== accounts.get(account)?.channel)

  /** Nobody who looks at the end of the channel would see it. */
  const isFarUp = async (card: Card): Promise<boolean> =>
    clock.now() - Number(card.ts) * 1_000 > OLD_MS || (await store.cardsBelow(card)) > MANY_BELOW

  /** A new card; `old` is the one whose place it takes, if that is still there. */
  async function post(chat: Chat, old: Card | null, unhurried: boolean): Promise<JobOutcome> {
    const channel = accounts.get(chat.account)?.channel
    if (channel === undefined) return { kind: 'failed', reason: 'the account is no longer configured' }
    await storm.look(chat)
    // Unlike an update, a new message notifies whom it mentions, and the owner knows: they are mentioned after.
    const message = cardMessage(await present.chat(chat, null, 'names'))
    const posted = await poster.post(channel, message, { unhurried })
    if (posted.kind !== 'done') return notDone(posted, chat.account)
    await health.posted(chat.account, channel, true)
    const card: Card = {
      chat: chat.id,
      channel: posted.channel,
      ts: posted.ts,
      shows: digest(message),
      waitingVersion: waitingVersionOf(chat),
    }
    const now = clock.now()
    await store.saveCard(card, [
      threadJob(chat.id, now),
      ...(chat.owner === null ? [] : [cardJob(chat.id, now)]),
      ...(old === null ? [] : [pointerJob(chat.id, old, now)]),
    ])
    return { kind: 'done' }
  }

  /** A card, in the account's channel. */
  async function notDone(posted: NotSent, account: AccountId): Promise<JobOutcome> {
    const again = notSent(posted, 'our channel')
    if (posted.kind !== 'refused') return again
    const { code } = posted
    const channel = accounts.get(account)?.channel
    if (channel !== undefined && isShut(code)) {
      warn({ account, code }, notInChannelText(channel))
      await health.posted(account, channel, false)
    } else if (again.kind === 'wait') warn({ account, code }, 'Slack refuses whatever Baton sends')
    else logger.error({ account, code }, 'Slack refused a message')
    return again
  }

  /** Each card of the account meets it. */
  function warn(what: { readonly account: AccountId; readonly code: string }, sentence: string): void {
    const now = clock.now()
    if (Math.abs(now - (warnedAt.get(what.account) ?? 0)) < WARNED_AGAIN_AFTER_MS) return
    warnedAt.set(what.account, now)
    logger.warn(what, sentence)
  }

  async function pointer({ chat, channel, ts }: JobPayload<'pointer'>): Promise<JobOutcome> {
    const living = await store.card(chat)
    if (living === null || living.ts === ts) return { kind: 'done' }
    const message = pointerMessage(await poster.permalink(living))
    const updated = await poster.update({ channel, ts }, message, { unhurried: true })
    const again = updated.kind === 'done' ? null : notSent(updated, 'elsewhere')
    return again === null || again.kind === 'failed' ? { kind: 'done' } : again
  }

  async function notice({ event: id, to }: JobPayload<'notice'>): Promise<JobOutcome> {
    const event = await store.event(id)
    const chat = event?.chat == null ? null : await store.chat(event.chat)
    if (event === null) return { kind: 'done' }
    const { facts, at } = event
    const now = clock.now()
    if (isHealthNotice(facts)) {
      if (isLate(at, now) && !isStillSo(facts, await store.health(event.account))) return { kind: 'done' }
      const text = healthText(facts, accountName(accounts, event.account), event.account)
      return sent(await poster.post(to, textMessage(text)))
    }
    const contact = contactNoticeOf(facts)
    if (contact !== null) {
      if (!isWorthTelling(contact.kind, at, now)) return { kind: 'done' }
      const provider = providerLabel(accounts, event.account)
      const customer = chat === null ? null : (await present.chat(chat, null)).customer
      return sent(await poster.post(to, textMessage(contactText(contact, { customer, provider }))))
    }
    if (chat === null) return { kind: 'done' }
    const what = await noticeOf(event, chat, to)
    if (what === null || !isWorthTelling(what.kind, at, now)) return { kind: 'done' }
    return sent(await poster.post(to, noticeMessage(what, await present.chat(chat, to))))
  }

  async function reopened({ event: id }: JobPayload<'reopened'>): Promise<JobOutcome> {
    const event = await store.event(id)
    const chat = event?.chat == null ? null : await store.chat(event.chat)
    // Somebody has the chat by now, and is at it or was told; or it was answered or closed again.
    if (chat === null || chat.lastOwner === null || chatState(chat) !== 'waiting') return { kind: 'done' }
    const to = (await store.slackUsers(chat.account, [chat.lastOwner])).get(chat.lastOwner)
    if (to === undefined) return { kind: 'done' }
    const message = noticeMessage({ kind: 'wrote-again' }, await present.chat(chat, null))
    return sent(await poster.post(to, message))
  }

  function sent(posted: Posted): JobOutcome {
    const end = sentBy(posted)
    if (end.kind === 'failed') logger.error({ code: end.reason }, 'Slack refused a message')
    return end
  }

  /** What the event means to this reader now; null when it was overtaken and would only confuse. */
  async function noticeOf(event: AuditEvent, chat: Chat, to: string): Promise<Notice | null> {
    const { facts } = event
    if (facts.kind === 'undone' && event.actor !== to) return mistakeNotice(event, facts.of, chat)
    const mine = deedOf(facts)
    if (mine !== null) return overtakenNotice(event, mine)
    if (!('of' in facts)) return null
    const decision = await store.event(facts.of)
    const deed = decision === null ? null : deedOf(decision.facts)
    if (decision === null || deed === null) return null
    switch (facts.kind) {
      case 'confirmed': {
        const handedOff = decision.facts.kind === 'handed-off' ? decision.facts : null
        if (handedOff !== null && decision.actor !== to) {
          if (chat.owner !== handedOff.to) return null
          const from = decision.actor
          return {
            kind: 'handed-to-you',
            from: from === null ? null : { kind: 'slack', user: from },
            note: handedOff.note,
          }
        }
        return {
          kind: 'confirmed',
          wanted: await holderFor(to, chat.account, facts.holder),
          how: facts.how ?? 'confirmed',
        }
      }
      case 'delayed':
        return chat.pending?.event === facts.of ? { kind: 'delayed', deed, reason: facts.reason } : null
      case 'overruled':
        return { kind: 'overruled', deed, holder: await holder(chat.account, facts.holder) }
      case 'failed':
        return { kind: 'failed', deed, reason: facts.reason }
      case 'undone':
        return null
      default:
        return facts satisfies never
    }
  }

  /** Null when whoever had got the chat has it once more. */
  async function mistakeNotice({ actor }: AuditEvent, of: EventId, chat: Chat): Promise<Notice | null> {
    const undone = await store.event(of)
    if (undone?.facts.kind !== 'handed-off' || chat.owner === undone.facts.to) return null
    return { kind: 'handed-by-mistake', from: actor === null ? null : { kind: 'slack', user: actor } }
  }

  /** The reader's decision: what has happened since, so that it has no end of its own. */
  async function overtakenNotice(event: AuditEvent, deed: Deed): Promise<Notice | null> {
    const later = event.chat === null ? [] : await store.history(event.chat)
    for (const { id, facts, actor } of later) {
      if (id <= event.id) continue
      const since = facts.kind === 'closed' ? facts.kind : deedOf(facts)
      const by = actor === null ? null : ({ kind: 'slack', user: actor } as const)
      if (since !== null) return { kind: 'overtaken', deed, since, by }
    }
    return null
  }

  async function holderFor(reader: string, account: AccountId, user: Chat['holder']) {
    const who = await holder(account, user)
    return who !== 'nobody' && who.kind === 'slack' && who.user === reader ? 'you' : who
  }

  async function holder(account: AccountId, user: Chat['holder']) {
    if (user === null) return 'nobody'
    return (await present.people(account, [user])).get(user) ?? 'nobody'
  }

  return { card, pointer, notice, reopened }
}

const waitingVersionOf = (chat: Chat): number | null => (chatState(chat) === 'waiting' ? chat.version : null)

/**
 * Nobody needs a card for a chat that somebody had before Baton saw it, until it is given away in Slack, or they are
 * absent.
 */
const isDueForCard = (
  { status, owner, ownerVia, pending }: Chat,
  { ownerAbsence }: Pick<ChatFacts, 'ownerAbsence'>,
): boolean =>
  status === 'open' && (owner === null || ownerAbsence !== null || (ownerVia === 'slack' && pending === null))

const contactNoticeOf = (facts: EventFacts): ContactNotice | null => {
  if (facts.kind === 'contact-saved') return { kind: 'saved', added: facts.added }
  if (facts.kind === 'contact-refused') return { kind: 'refused', problem: facts.reason, field: facts.field }
  return null
}

const digest = (message: MessageView): string => digestOf(JSON.stringify(message))
