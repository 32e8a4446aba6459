import type { ContactFieldId, ProviderProblem } from '../providers/contract.ts'
import type { Told } from '../routing/assignment.ts'
import type { NewEvent, OfferEndedWhy } from '../routing/audit.ts'
import type { Instant } from '../routing/ids.ts'
import { slackDate } from './mrkdwn.ts'
import { listed, Person, person } from './text.ts'
import { fieldLabels, whyNotSaved } from './text-contact.ts'
import type { Deed } from './text-notice.ts'
import { isPassing, problemText, whyText } from './text-problems.ts'
import type { PersonFacts } from './views/chat-facts.ts'

/** What happened to a chat, as everybody reads it in the thread of its card and agents in its History. */
export type Happening =
  | { readonly kind: 'claimed' }
  | { readonly kind: 'handed-off'; readonly to: PersonFacts | null; readonly onReply: boolean }
  | { readonly kind: 'released' }
  | { readonly kind: 'offered'; readonly to: PersonFacts | null }
  | { readonly kind: 'accepted'; readonly from: PersonFacts | null }
  | { readonly kind: 'declined' }
  | { readonly kind: 'taken-back' }
  | { readonly kind: 'undone'; readonly deed: Deed; readonly to: PersonFacts | null }
  | { readonly kind: 'offer-ended'; readonly why: OfferEndedWhy }
  | { readonly kind: 'confirmed'; readonly deed: Deed; readonly how: Told }
  | { readonly kind: 'delayed'; readonly deed: Deed; readonly reason: string }
  | { readonly kind: 'overruled'; readonly deed: Deed; readonly holder: PersonFacts | null }
  | { readonly kind: 'failed'; readonly deed: Deed; readonly reason: string }
  | { readonly kind: 'arrived'; readonly holder: PersonFacts | null }
  | { readonly kind: 'adopted'; readonly holder: PersonFacts | null }
  | { readonly kind: 'looked-up' }
  | { readonly kind: 'number-shown' }
  | { readonly kind: 'closed' }
  | { readonly kind: 'reopened'; readonly holder: PersonFacts | null }
  | { readonly kind: 'erased'; readonly afterDays: number }
  | { readonly kind: 'contact-saved'; readonly added: boolean; readonly fields: readonly string[] }
  | {
      readonly kind: 'contact-refused'
      readonly problem: ProviderProblem
      readonly field: ContactFieldId | null
    }

export interface HistoryLine {
  readonly what: Happening
  readonly at: Instant
  readonly via: NewEvent['via']
  /** Who decided it; null when nobody in Slack did, or is not known any more. */
  readonly by: PersonFacts | null
  /** The note of a hand-off or an offer, the reason of a release or of declining; numbers masked. */
  readonly quote: string | null
}

/** Several may be told at once, and late: each says when it was. */
export const historyText = ({ what, at, by }: HistoryLine, provider: string): string =>
  `${slackDate(at)} · ${happeningText(what, by, provider)}`

/** The same with where it came from. */
export const historyLineText = ({ what, at, by, via }: HistoryLine, provider: string): string =>
  `${slackDate(at)} · ${whereText(via, provider)} · ${happeningText(what, by, provider)}`

/** Instead of a name, once that has been removed. */
export const erasedCustomer = 'A customer'

/** On a page of history without a line. */
export const nothingHappenedText = 'Nothing has happened to this chat yet.'

/** Where an event came from, in a word or two. */
const whereText = (via: NewEvent['via'], provider: string): string => {
  switch (via) {
    case 'slack':
      return 'Slack'
    case 'provider':
      return provider
    case 'rule':
      return 'Baton'
    default:
      return via satisfies never
  }
}

function happeningText(what: Happening, by: PersonFacts | null, provider: string): string {
  const who = by === null ? 'Somebody' : Person(by)
  const name = (other: PersonFacts | null): string => (other === null ? 'somebody' : person(other))
  switch (what.kind) {
    case 'claimed':
      return `${who} claimed the chat.`
    case 'handed-off':
      return what.onReply
        ? `${who} handed the chat to ${name(what.to)}; ${provider} is to assign it once the customer has answered.`
        : `${who} handed the chat to ${name(what.to)}.`
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
    case 'undone':
      return `${who} undid the ${what.deed}: ${what.to === null ? 'nobody has the chat' : `the chat is with ${person(what.to)}`} as before.`
    case 'offer-ended':
      return offerEndedText[what.why]
    case 'confirmed':
      return confirmedText(what, name(by), provider)
    case 'delayed': {
      const why = isPassing(what.reason) ? whyText(what.reason, provider) : `${provider} took its time`
      return `The ${what.deed} by ${name(by)} had to wait: ${why}.`
    }
    case 'overruled':
      return what.holder === null
        ? `The ${what.deed} by ${name(by)} came too late: the chat was released in ${provider} first.`
        : `The ${what.deed} by ${name(by)} came too late: the chat was taken in ${provider} by ${name(what.holder)} first.`
    case 'failed':
      return `The ${what.deed} by ${name(by)} did not go through. ${problemText(what.reason, provider)}`
    case 'arrived':
      return what.holder === null ? 'Came in, with nobody.' : `Came in, with ${name(what.holder)}.`
    case 'adopted':
      return what.holder === null
        ? `Released in ${provider}.`
        : `Taken in ${provider} by ${name(what.holder)}.`
    case 'looked-up':
      return `${who} looked the customer up in ${provider}.`
    case 'number-shown':
      return `${who} read the customer's number.`
    case 'closed':
      return `Closed in ${provider}.`
    case 'reopened':
      return what.holder === null
        ? `Open again in ${provider}.`
        : `Open again in ${provider}, with ${name(what.holder)}.`
    case 'erased':
      return `Name, number, notes and reasons were removed: the settings ask for that ${what.afterDays === 1 ? 'a day' : `${what.afterDays} days`} after a chat has ended.`
    case 'contact-saved':
      return what.added
        ? `${who} added the customer to ${provider}.`
        : `${who} changed the contact in ${provider}${fieldsText(what.fields)}.`
    case 'contact-refused':
      return `What ${name(by)} filled in about the customer was not saved${what.field === null ? '' : ` (${fieldLabels[what.field]})`}. ${whyNotSaved(what.problem, provider)}`
    default:
      return what satisfies never
  }
}

const offerEndedText: Readonly<Record<OfferEndedWhy, string>> = {
  unanswered: 'The offer ended without an answer.',
  away: 'The offer ended: whoever was asked is away.',
  gone: 'The offer ended: whoever was asked cannot answer.',
}

function confirmedText(what: Happening & { kind: 'confirmed' }, by: string, provider: string): string {
  switch (what.how) {
    case 'confirmed':
      return `The ${what.deed} by ${by} was confirmed.`
    case 'accepted':
      return `The ${what.deed} by ${by} was accepted.`
    case 'here-only':
      return `The ${what.deed} by ${by} counts here alone: ${provider} cannot take a chat from anybody.`
    default:
      return what.how satisfies never
  }
}

/** `: Name and Stage` */
const fieldsText = (fields: readonly string[]): string => {
  const labels = Object.entries(fieldLabels).flatMap(([field, label]) =>
    fields.includes(field) ? [label] : [],
  )
  return labels.length === 0 ? '' : `: ${listed(labels)}`
}
