import type { OfferEndedWhy } from '../routing/audit.ts'
import type { Away } from '../routing/away.ts'
import type { Instant, SlackUserId } from '../routing/ids.ts'
import { foreign, mention, slackDate } from './mrkdwn.ts'
import { awayText, person, stateText } from './text.ts'
import { problemText } from './text-problems.ts'
import type { ChatFacts, PersonFacts } from './views/chat-facts.ts'

/** What Baton says about offers, and about people who are away. */

/** How an offer ended, for the two whom it concerned. */
export type OfferEnd =
  /** `vain`: the provider did not go along. */
  | { readonly kind: 'accepted'; readonly vain: Vain | null }
  | { readonly kind: 'declined'; readonly reason: string | null }
  | { readonly kind: 'taken-back'; readonly by: SlackUserId | null }
  | { readonly kind: 'ended'; readonly why: OfferEndedWhy }
  | { readonly kind: 'replaced'; readonly by: SlackUserId | null; readonly to: SlackUserId }
  | { readonly kind: 'closed' }
  /** The chat has another owner, by whatever way. */
  | { readonly kind: 'moved-on' }

export type Vain =
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'overruled'; readonly holder: PersonFacts | null }

/** On the card. */
export const offerText = ({ offer }: ChatFacts): string | null =>
  offer === null
    ? null
    : `Offered to ${mention(offer.to)} by ${mention(offer.by)} (${slackDate(offer.at)}). No answer yet.`

const who = (user: SlackUserId | null): string => (user === null ? 'Somebody' : mention(user))

/** To whoever is asked. */
export const askText = (
  { from, until }: { readonly from: SlackUserId | null; readonly until: Instant },
  { customer }: ChatFacts,
): string =>
  `${who(from)} asks whether you take the chat with ${foreign(customer)}. It stays where it is unless you accept by ${slackDate(until)}.`

/** To whoever was asked, in the place of the question. */
export const askedText = (from: SlackUserId | null, end: OfferEnd, facts: ChatFacts): string => {
  const chat = `the chat with ${foreign(facts.customer)}`
  const by = from === null ? '' : `, which ${mention(from)} had offered to you`
  switch (end.kind) {
    case 'accepted':
      return end.vain === null
        ? `You accepted ${chat}${by}. Answer the customer in ${facts.provider}.`
        : `You accepted ${chat}${by}, but ${vainText(end.vain, facts.provider)}`
    case 'declined':
      return `You declined ${chat}${by}.`
    case 'taken-back':
      return `${who(end.by)} took back the offer of ${chat}. There is nothing for you to do.`
    case 'ended':
      return `${why[end.why]} The offer of ${chat} is over, and the chat stays where it is.`
    case 'replaced':
      return `Somebody else is asked to take ${chat} now. There is nothing for you to do.`
    case 'closed':
      return `The offer of ${chat} is over: the chat was closed in ${facts.provider}.`
    case 'moved-on':
      return `The offer of ${chat} is over: the chat has moved on. ${stateText(facts)}`
    default:
      return end satisfies never
  }
}

const why: Readonly<Record<OfferEndedWhy, string>> = {
  unanswered: 'Nobody answered in time.',
  away: 'You are away.',
  gone: 'You could not answer.',
}

/** To whoever had made the offer. */
export const answeredText = (to: SlackUserId, end: OfferEnd, facts: ChatFacts): string => {
  const { provider } = facts
  const chat = `the chat with ${foreign(facts.customer)}`
  const stays = `${chat} stays where it is. You can ask somebody else, or hand it over at once.`
  switch (end.kind) {
    case 'accepted':
      return end.vain === null
        ? `${mention(to)} accepted ${chat}, which you had offered.`
        : `${mention(to)} accepted ${chat}, but ${vainText(end.vain, provider)}`
    case 'declined':
      return `${mention(to)} declined, so ${stays}`
    case 'taken-back':
      return `${who(end.by)} took back your offer of ${chat} to ${mention(to)}. The chat stays where it is.`
    case 'ended':
      return `${notThere(end.why, to)}, so ${stays}`
    case 'replaced':
      return `${who(end.by)} offered ${chat} to ${mention(end.to)}, so your offer to ${mention(to)} is over.`
    case 'closed':
      return `Your offer of ${chat} to ${mention(to)} is over: the chat was closed in ${provider}.`
    case 'moved-on':
      return `Your offer of ${chat} to ${mention(to)} is over: the chat has moved on. ${stateText(facts)}`
    default:
      return end satisfies never
  }
}

const vainText = (vain: Vain, provider: string): string => {
  if (vain.kind === 'failed') return `that did not go through. ${problemText(vain.reason, provider)}`
  return vain.holder === null
    ? `it was released in ${provider} first, and waits for somebody now.`
    : `it was taken in ${provider} by ${person(vain.holder)} first.`
}

const notThere = (end: OfferEndedWhy, to: SlackUserId): string => {
  switch (end) {
    case 'unanswered':
      return `${mention(to)} has not answered in time`
    case 'away':
      return `${mention(to)} is away`
    case 'gone':
      return `${mention(to)} cannot be asked now`
    default:
      return end satisfies never
  }
}

export const howLabels = {
  now: 'Hand over now',
  ask: 'Ask first: you keep the chat until they accept',
  'on-reply': 'Only once the customer has answered',
} as const

/** How a chat changes hands. */
export type How = keyof typeof howLabels

/** Why whoever was chosen cannot be asked; shown at the field, where nothing but plain text is. */
export const cannotAskText = {
  away: 'This colleague is away and may not see an offer in time. Hand the chat over now, or choose somebody else.',
  group: 'A group cannot be asked. Hand the chat over now, or choose a colleague.',
  'not-found':
    'Nobody in Slack has the e-mail address of this colleague, so Baton cannot ask. Hand the chat over now, or choose somebody else.',
  'not-now':
    'Slack cannot say at the moment who this colleague is. Try once more, or hand the chat over now.',
} as const

export const awayAnswerText = {
  away: (away: Away): string =>
    `You are ${awayText(away)}: nobody can offer you a chat, and you come last where people choose a colleague. Your chats stay yours. Send \`/baton back\` when you are back.`,
  back: 'You are back: colleagues can offer you chats again.',
  'was-not-away': 'You were not away. Colleagues can offer you chats.',
  'not-linked':
    'You are not linked to anybody in the inbox yet, so nobody is told that you are away. Send `/baton link` first.',
  usage:
    'Send `/baton away`, or say how long: `/baton away for 45 min`, `/baton away for 2 h`, `/baton away until 14:30`. And `/baton back` when you are back.',
  'no-time-zone':
    'Slack does not say now what time it is where you are. Say for how long instead: `/baton away for 2 h`.',
} as const

/** In `/baton whoami`. */
export const youAreAwayText = (away: Away): string =>
  `You are ${awayText(away)}, so nobody can offer you a chat. Send \`/baton back\` when you are back.`
