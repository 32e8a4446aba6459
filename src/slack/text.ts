import type { Away } from '../routing/away.ts'
import type { Instant, SlackUserId } from '../routing/ids.ts'
import type { Refusal } from '../routing/intent.ts'
import type { ReleaseWay } from '../routing/release-way.ts'
import { foreign, mention, slackDate } from './mrkdwn.ts'
import { blockedText, receiverAbsentText } from './text-absence.ts'
import { delayText } from './text-problems.ts'
import { undoneText, whyNotUndoneText } from './text-undo.ts'
import type { ChatFacts, PersonFacts } from './views/chat-facts.ts'

/**
 * What Baton says about chats, as mrkdwn: what happened, then what to do next. Linking and the rest that
 * is not about a chat is in `text-linking.ts` and `text-surface.ts`. Foreign text is escaped here.
 */

export const person = (who: PersonFacts): string => {
  if (who.kind === 'slack') return mention(who.user)
  return who.kind === 'group' ? `the group ${foreign(who.name)}` : foreign(who.name)
}

/** As the beginning of a sentence. */
export const Person = (who: PersonFacts): string => person(who).replace(/^the group /, 'The group ')

/** `Ann, Ben and Carla` */
export const listed = (names: readonly string[], word: 'and' | 'or' = 'and'): string => {
  const last = names.at(-1) ?? ''
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} ${word} ${last}`
}

/** Whom to ask for what only an admin can do. */
export const anAdmin = (admins: readonly SlackUserId[]): string =>
  admins.length === 0 ? 'a workspace admin' : listed(admins.slice(0, 3).map(mention), 'or')

/** `away until …` */
export const awayText = ({ until }: Pick<Away, 'until'>): string =>
  until === null ? 'away' : `away until ${slackDate(until)}`
const aLead = ({ leads, admins }: RefusalContext): string =>
  leads.length === 0 ? anAdmin(admins) : `a lead: ${listed(leads.slice(0, 3).map(mention), 'or')}`

export const outsiderText = (admins: readonly SlackUserId[]): string =>
  `Guests and people of other workspaces cannot take chats here, or see them. If you should, ask ${anAdmin(admins)} to make you a full member.`

const since = (at: Instant | null): string => (at === null ? '' : ` since ${slackDate(at)}`)

/** `Ann has had the chat since …` */
const hasHad = (what: string, at: Instant | null): string =>
  at === null ? `has ${what}` : `has had ${what}${since(at)}`

/** How long ago, for places where Slack shows no dates. */
export const age = (from: Instant, now: Instant): string => {
  const minutes = Math.floor((now - from) / 60_000)
  if (minutes < 1) return 'less than a minute'
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  if (hours < 48) return `${hours} h`
  return `${Math.floor(hours / 24)} days`
}

export interface RefusalContext {
  readonly provider: string
  /** Name or masked number; null when no chat was found. */
  readonly customer: string | null
  /** Who the owner in the refusal is; null for nobody. */
  readonly owner: PersonFacts | null
  readonly admins: readonly SlackUserId[]
  readonly leads: readonly SlackUserId[]
}

export const refusalText = (refusal: Refusal, context: RefusalContext): string => {
  const { provider, admins } = context
  const named = context.customer === null ? '' : ` with ${foreign(context.customer)}`
  const chat = `the chat${named}`
  const owner = context.owner === null ? 'Somebody' : Person(context.owner)
  switch (refusal.kind) {
    case 'role':
      return {
        agent: outsiderText(admins),
        lead: `That is for leads. Ask ${aLead(context)}.`,
        admin: `That is for admins. Ask ${anAdmin(admins)}.`,
      }[refusal.needed]
    case 'not-known':
      return 'Slack did not say who you are, so nothing was changed. Please try again in a moment.'
    case 'not-linked':
      return `You are not linked to a ${provider} user yet, so no chat can be yours. Send \`/baton link\` to be found by your e-mail address, or ask ${anAdmin(admins)} to link you.`
    case 'held':
      return `${owner} ${hasHad(chat, refusal.since)}. If you need it, ask for a hand-off.`
    case 'already-yours':
      return `The chat${named} is yours already${since(refusal.since)}.`
    case 'not-yours': {
      const ask = context.owner?.kind === 'group' ? 'Claim it first, or ask' : 'Ask them or'
      return `${owner} ${hasHad(chat, refusal.since)}. ${ask} ${aLead(context)}.`
    }
    case 'waiting':
      return `Nobody has ${chat}: it is waiting, and you can claim it.`
    case 'stale':
      return context.owner === null
        ? `Nothing was changed: ${chat} has moved on since you saw it, and is waiting now. You can claim it.`
        : `Nothing was changed: ${chat} has moved on since you saw it. ${owner} ${hasHad('it', refusal.since)}.`
    case 'closed':
      return `The chat${named} is closed in ${provider}. It shows up again here when it is opened there.`
    case 'chat-unknown':
      return 'Baton does not know this chat any more. Send `/claim` to see what is waiting.'
    case 'nothing-waiting':
      return 'No chat is waiting right now. New ones show up in the channel as they arrive.'
    case 'has-it-already':
      return `${owner} has ${chat} already. Nothing was changed.`
    case 'blocked':
      return blockedText(provider, anAdmin(admins))
    case 'receiver-absent':
      return receiverAbsentText(refusal.absence, provider)
    case 'receiver-not-linked':
      return `${mention(refusal.to)} is not linked to a ${provider} user, so the chat stays where it is. They can send \`/baton link\`, or you choose somebody else.`
    case 'receiver-away':
      return `${mention(refusal.to)} is ${awayText(refusal)} and may not see an offer in time. Hand ${chat} over at once, or ask somebody else.`
    case 'offered-already':
      return `${mention(refusal.to)} has been asked to take ${chat}${since(refusal.since)} and has not answered yet. Nothing was changed.`
    case 'not-asked':
      return `Only ${mention(refusal.to)} can answer, who was asked to take ${chat}. Nothing was changed.`
    case 'offer-over':
      return context.owner === null
        ? `This offer is over. Nobody has ${chat}: it is waiting, and you can claim it.`
        : `This offer is over, and nothing was changed. ${owner} ${hasHad(chat, refusal.since)}.`
    case 'receiver-outside':
      return `${mention(refusal.to)} is a guest or of another workspace, so the chat stays where it is. Choose a full member.`
    case 'not-your-decision':
    case 'undo-late':
      return whyNotUndoneText(refusal, chat)
    default:
      return refusal satisfies never
  }
}

export type Done =
  | { readonly kind: 'claimed' }
  /** A number that Baton had not heard of: whether there is a chat turns out when the provider is asked. */
  | { readonly kind: 'asked-for' }
  | {
      readonly kind: 'handed-off'
      readonly to: PersonFacts
      readonly onReply: boolean
      /** Null while the receiver is here, as far as is known. */
      readonly away: Away | null
    }
  | { readonly kind: 'offered'; readonly to: SlackUserId; readonly until: Instant }
  | { readonly kind: 'declined' }
  | { readonly kind: 'taken-back' }
  | { readonly kind: 'released' }
  | { readonly kind: 'undone' }

type DoneFacts = Pick<
  ChatFacts,
  'customer' | 'provider' | 'release' | 'witnessed' | 'state' | 'owner' | 'wanted'
>

/** True at the moment of the answer: it is decided and kept, and the provider has not heard of it yet. */
export const doneText = (done: Done, facts: DoneFacts): string => {
  const { customer, provider, release, witnessed } = facts
  const chat = foreign(customer)
  const next = `Baton ${witnessed ? 'tells' : 'asks'} ${provider} now, and lets you know if that does not work.`
  switch (done.kind) {
    case 'claimed':
      return `You have the chat with ${chat}. ${next}`
    case 'asked-for':
      return `Baton asks ${provider} for the chat with ${chat}. If there is one, it is yours; if not, you hear from Baton.`
    case 'handed-off': {
      const wait = done.onReply ? ` ${provider} is to assign it once the customer has answered.` : ''
      const then = done.away === null ? wait : `${wait} They are ${awayText(done.away)}.`
      const handed = `You handed the chat with ${chat} to ${person(done.to)}`
      switch (done.to.kind) {
        case 'slack':
          return `${handed}, who gets a message.${then} ${next}`
        case 'group':
          return `${handed}. Whoever of them takes it can claim it here.${then} ${next}`
        case 'provider':
          return `${handed}.${then} ${next} If somebody in Slack has their e-mail address, they get a message too.`
        default:
          return done.to satisfies never
      }
    }
    case 'offered':
      return `You asked ${mention(done.to)} to take the chat with ${chat}. It stays where it is unless they accept by ${slackDate(done.until)}; you hear from Baton how it ends.`
    case 'declined':
      return `You declined the chat with ${chat}. Whoever asked you is told.`
    case 'taken-back':
      return `The offer of the chat with ${chat} is taken back. The chat stays where it is.`
    case 'released': {
      const released = `You released the chat with ${chat}, and it is waiting for somebody else.`
      return `${released} ${releaseMeaningText(release, provider) ?? next}`
    }
    case 'undone':
      return `${undoneText(facts, facts.owner && person(facts.owner))}${facts.wanted === null ? '' : ` ${next}`}`
    default:
      return done satisfies never
  }
}

/** What a release means where the provider cannot simply free a chat; null where it can. */
export const releaseMeaningText = (way: ReleaseWay, provider: string): string | null => {
  const cannot = `${provider} cannot take a chat from anybody`
  switch (way.kind) {
    case 'unassign':
      return null
    case 'pool':
      return `${cannot}, so Baton asks it to assign a released chat to ${foreign(way.name)}. Here the chat waits until somebody claims it.`
    case 'here-only':
      return `${cannot}: there, a released chat stays with whoever has it. Here it waits until somebody claims it.`
    default:
      return way satisfies never
  }
}

/** That a waiting chat was taken from somebody in the provider's own screens, as one more sentence. */
export const freedText = ({ ownerVia, ownerSince, provider }: ChatFacts): string =>
  ownerVia === 'provider' && ownerSince !== null ? ` Released in ${provider}.` : ''

/** Who has the chat and since when, and what is still on its way. */
export const stateText = (facts: ChatFacts): string => {
  const { provider } = facts
  switch (facts.state) {
    case 'closed':
      return `Closed in ${provider}.`
    case 'answered':
      return `Answered in ${provider}; nobody has the chat.`
    case 'unlisted':
      return 'Nobody has claimed this chat here yet.'
    case 'waiting':
      return `Waiting${since(facts.waitingSince)}.${freedText(facts)}`
    case 'owned': {
      const owner = facts.owner === null ? 'somebody' : person(facts.owner)
      if (facts.ownerVia === 'provider') return `Taken in ${provider} by ${owner}${since(facts.ownerSince)}.`
      return facts.witnessed
        ? `With ${owner}${since(facts.ownerSince)}.`
        : `With ${owner}${since(facts.ownerSince)}, by Baton's own record: ${provider} does not say who has a chat.`
    }
    default:
      return facts.state satisfies never
  }
}

/** What the customer waits for; null where nobody has to answer, or it is not known. */
export const unansweredText = ({ unanswered, answerWindow }: ChatFacts): string | null => {
  const messages =
    unanswered === 0
      ? []
      : [unanswered === 1 ? '1 unanswered message.' : `${unanswered} unanswered messages.`]
  const until =
    answerWindow?.left === 'enough' ? [`WhatsApp takes answers until ${slackDate(answerWindow.endsAt)}.`] : []
  return messages.length + until.length === 0 ? null : [...messages, ...until].join(' ')
}

/** That WhatsApp's time for answers is nearly or quite over; null while there is enough. */
export const windowWarningText = ({ answerWindow, provider }: ChatFacts): string | null => {
  if (answerWindow === null) return null
  const until = slackDate(answerWindow.endsAt)
  switch (answerWindow.left) {
    case 'enough':
      return null
    case 'little':
      return `Less than 2 hours are left: WhatsApp takes answers until ${until}. Answer before that.`
    case 'none':
      return `Too late for a plain answer: WhatsApp has taken none since ${until}. Send an approved template in ${provider}.`
    default:
      return answerWindow.left satisfies never
  }
}

/** What the provider still has to confirm; null when it agrees. */
export const pendingText = ({ wanted, delayed, provider, witnessed }: ChatFacts): string | null => {
  if (wanted === null) return null
  const what = wanted === 'nobody' ? 'Releasing' : `Assigning to ${person(wanted)}`
  return delayed === null
    ? `${what}: ${provider} has not ${witnessed ? 'confirmed' : 'accepted it'} yet.`
    : `${what}, not ${witnessed ? 'confirmed' : 'accepted'} yet: ${delayText(delayed, provider)}`
}
