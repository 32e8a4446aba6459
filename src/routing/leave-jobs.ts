import { assignJob, cardJob, commentJob, introduceJob, noticeJob, threadJob } from '../jobs/catalogue.ts'
import type { NewJob } from '../jobs/contract.ts'
import type { EventFacts } from './audit.ts'
import type { Chat, PendingAssignment } from './chat.ts'
import { type EventId, type Instant, later } from './ids.ts'

/**
 * How long a decision may stay unconfirmed before its card says so. A provider that answers sooner
 * costs one update of the card instead of two.
 */
export const UNCONFIRMED_SHOWN_AFTER_MS = 1_500

/**
 * What a decision leaves to be done: tell the provider now, and the channel when the provider is slow. Who was told to
 * wait for the end of an older decision hears that a colleague's has taken its place.
 */
export const jobsOfDecision = (before: Chat | null, chat: Chat, now: Instant): readonly NewJob[] => [
  assignJob(chat.account, chat.id, now),
  cardJob(chat.id, later(now, UNCONFIRMED_SHOWN_AFTER_MS)),
  threadJob(chat.id, now),
  ...(before?.pending?.delayed != null && before.pending.by !== chat.pending?.by
    ? [overtakenJob(before.pending, now)]
    : []),
]

/** A notice of a decision itself, not of its end, says that it will have none. */
export const overtakenJob = (pending: PendingAssignment, now: Instant): NewJob =>
  noticeJob(pending.event, pending.by, now)

/**
 * What the end of an attempt leaves to be done. `pending` is the decision that it was about, `canComment`
 * whether the provider keeps notes for staff.
 */
export function jobsOfSettlement(
  chat: Chat,
  pending: PendingAssignment,
  event: { readonly id: EventId; readonly facts: EventFacts },
  { now, canComment }: { readonly now: Instant; readonly canComment: boolean },
): readonly NewJob[] {
  const card = cardJob(chat.id, now)
  const tell = (to: PendingAssignment['by']) => noticeJob(event.id, to, now)
  const tellReceiver = (): readonly NewJob[] => {
    switch (pending.receiver) {
      case null:
      case pending.by:
        return []
      case 'not-linked':
        return [introduceJob(event.id, now)]
      default:
        return [tell(pending.receiver)]
    }
  }
  switch (event.facts.kind) {
    case 'confirmed': {
      const comment = pending.noted && canComment ? [commentJob(chat.account, pending.event, now)] : []
      return [card, ...tellReceiver(), ...(event.facts.late ? [tell(pending.by)] : []), ...comment]
    }
    case 'delayed':
      return [card, tell(pending.by)]
    case 'overruled':
    case 'failed':
      return [card, tell(pending.by), threadJob(chat.id, now)]
    default:
      return [card]
  }
}
