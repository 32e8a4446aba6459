import { assignJob, cardJob, commentJob, introduceJob, noticeJob, threadJob } from '../jobs/catalogue.ts'
import type { NewJob } from '../jobs/contract.ts'
import { offerExpiryJob, offerJob, offerOverJob } from '../jobs/offer-jobs.ts'
import type { EventFacts } from './audit.ts'
import type { Chat, PendingAssignment } from './chat.ts'
import { OFFER_LASTS_MS } from './decide-offer.ts'
import { type EventId, type Instant, later, type SlackUserId } from './ids.ts'

/**
 * How long a decision may stay unconfirmed before its card says so. A provider that answers sooner
 * costs one update of the card instead of two.
 */
export const UNCONFIRMED_SHOWN_AFTER_MS = 1_500

/**
 * What the decision of event `event` leaves to be done: tell the provider now, and the channel when the provider is
 * slow. What gives the chat to nobody is shown at once. Who was told to wait for the end of an older decision hears that
 * a colleague's has taken its place.
 */
export const jobsOfDecision = (
  before: Chat | null,
  chat: Chat,
  { event, by }: { readonly event: EventId; readonly by: SlackUserId },
  now: Instant,
): readonly NewJob[] => [
  ...(chat.pending?.event === event
    ? [assignJob(chat.account, chat.id, now), cardJob(chat.id, later(now, UNCONFIRMED_SHOWN_AFTER_MS))]
    : [cardJob(chat.id, now)]),
  threadJob(chat.id, now),
  ...(before?.pending?.delayed != null && before.pending.by !== (chat.pending?.by ?? by)
    ? [overtakenJob(before.pending, now)]
    : []),
  ...jobsOfOffer(before, chat, by, now),
]

/**
 * What the undo of event `event` leaves to be done beside: whoever was told that they have the chat is told once that
 * they do not. Nobody was before the provider had confirmed it.
 */
export function jobsOfUndo(
  before: Chat | null,
  { event, by }: { readonly event: EventId; readonly by: SlackUserId },
  now: Instant,
): readonly NewJob[] {
  const receiver = before?.undo?.receiver ?? null
  const wasTold = receiver !== null && receiver !== 'not-linked' && before?.pending === null
  return wasTold && receiver !== by ? [noticeJob(event, receiver, now)] : []
}

/** A notice of a decision itself, not of its end, says that it will have none. */
export const overtakenJob = (pending: PendingAssignment, now: Instant): NewJob =>
  noticeJob(pending.event, pending.by, now)

/**
 * What the beginning or the end of an offer leaves to be done; each change of a chat may end one. Whoever was asked
 * sees the end in the message that had asked them. Whoever made it is told, unless they are `known` to know: they
 * have done it, or are told of it in other words.
 */
export function jobsOfOffer(
  before: Chat | null,
  chat: Chat,
  known: SlackUserId | null,
  now: Instant,
): readonly NewJob[] {
  const was = before?.offer ?? null
  const is = chat.offer
  if (was?.event === is?.event) return []
  const begun =
    is === null
      ? []
      : [offerJob(is.event, now), offerExpiryJob(chat.id, is.event, later(now, OFFER_LASTS_MS))]
  if (was === null) return begun
  return [...begun, offerJob(was.event, now), ...(was.by === known ? [] : [offerOverJob(was.event, now)])]
}

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
    case 'failed': {
      const { accepted } = pending
      const offerer =
        accepted === undefined || accepted.by === pending.by ? [] : [offerOverJob(accepted.event, now)]
      return [card, tell(pending.by), ...offerer, threadJob(chat.id, now)]
    }
    default:
      return [card]
  }
}
