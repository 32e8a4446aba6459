import type { OfferEndedWhy } from '../routing/audit.ts'
import type { Instant } from '../routing/ids.ts'
import { slackDate } from './mrkdwn.ts'
import { Person, person } from './text.ts'
import type { Deed } from './text-notice.ts'
import { problemText } from './text-problems.ts'
import type { PersonFacts } from './views/chat-facts.ts'

/** What happened to a chat, as everybody reads it in the thread of its card. */
export type Happening =
  | { readonly kind: 'claimed' }
  | { readonly kind: 'handed-off'; readonly to: PersonFacts | null }
  | { readonly kind: 'released' }
  | { readonly kind: 'offered'; readonly to: PersonFacts | null }
  | { readonly kind: 'accepted'; readonly from: PersonFacts | null }
  | { readonly kind: 'declined' }
  | { readonly kind: 'taken-back' }
  | { readonly kind: 'offer-ended'; readonly why: OfferEndedWhy }
  | { readonly kind: 'overruled'; readonly deed: Deed; readonly holder: PersonFacts | null }
  | { readonly kind: 'failed'; readonly deed: Deed; readonly reason: string }
  | { readonly kind: 'adopted'; readonly holder: PersonFacts | null }
  | { readonly kind: 'closed' }
  | { readonly kind: 'reopened'; readonly holder: PersonFacts | null }

export interface HistoryLine {
  readonly what: Happening
  readonly at: Instant
  /** Who decided it; null when nobody in Slack did, or is not known any more. */
  readonly by: PersonFacts | null
  /** The note of a hand-off or an offer, the reason of a release or of declining; numbers masked. */
  readonly quote: string | null
}

/** Several may be told at once, and late: each says when it was. */
export const historyText = ({ what, at, by }: HistoryLine, provider: string): string =>
  `${slackDate(at)} · ${happeningText(what, by, provider)}`

function happeningText(what: Happening, by: PersonFacts | null, provider: string): string {
  const who = by === null ? 'Somebody' : Person(by)
  const name = (other: PersonFacts | null): string => (other === null ? 'somebody' : person(other))
  switch (what.kind) {
    case 'claimed':
      return `${who} claimed the chat.`
    case 'handed-off':
      return `${who} handed the chat to ${name(what.to)}.`
    case 'released':
      return `${who} released the chat.`
    case 'offered':
      return `${who} offered the chat to ${name(what.to)}.`
    case 'accepted':
      return `${who} accepted the chat${what.from === null ? '' : ` of ${name(what.from)}`}.`
    case 'declined':
      return `${who} declined the chat.`
    case 'taken-back':
      return `${who} took the offer back.`
    case 'offer-ended':
      return offerEndedText[what.why]
    case 'overruled':
      return what.holder === null
        ? `The ${what.deed} by ${name(by)} came too late: the chat was released in ${provider} first.`
        : `The ${what.deed} by ${name(by)} came too late: the chat was taken in ${provider} by ${name(what.holder)} first.`
    case 'failed':
      return `The ${what.deed} by ${name(by)} did not go through. ${problemText(what.reason, provider)}`
    case 'adopted':
      return what.holder === null
        ? `Released in ${provider}.`
        : `Taken in ${provider} by ${name(what.holder)}.`
    case 'closed':
      return `Closed in ${provider}.`
    case 'reopened':
      return what.holder === null
        ? `Open again in ${provider}.`
        : `Open again in ${provider}, with ${name(what.holder)}.`
    default:
      return what satisfies never
  }
}

const offerEndedText: Readonly<Record<OfferEndedWhy, string>> = {
  unanswered: 'The offer ended without an answer.',
  away: 'The offer ended: whoever was asked is away.',
  gone: 'The offer ended: whoever was asked cannot answer.',
}
