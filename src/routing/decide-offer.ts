import type { EventFacts, OfferEndedWhy } from './audit.ts'
import type { Chat, Offer } from './chat.ts'
import { assignTo, type Decision, type DecisionContext } from './decide.ts'
import type { EventId } from './ids.ts'
import type { Actor, OfferIntent, Refusal } from './intent.ts'
import { whyNotGiveAway, whyOutside } from './permissions.ts'

/** How long somebody has to answer an offer; then the chat simply stays where it is. */
export const OFFER_LASTS_MS = 15 * 60_000

/** The rules of offer, accept, decline and take back. Pure: the same arguments give the same decision. */
export function decideOffer(chat: Chat | null, intent: OfferIntent, context: DecisionContext): Decision {
  const outside = whyOutside(intent.by)
  if (outside !== null) return refuse(outside)
  if (chat === null) return refuse({ kind: 'chat-unknown' })
  if (chat.status === 'closed') return refuse({ kind: 'closed' })
  switch (intent.kind) {
    case 'offer':
      return decideOffering(chat, intent, context)
    case 'accept':
      return decideAccept(chat, intent, context)
    case 'decline': {
      const refusal = whyNotAnswer(chat, intent.by, intent.offer)
      if (refusal !== null) return refuse(refusal)
      const { offer, reason } = intent
      return ended(chat, { kind: 'declined', offer, reason })
    }
    case 'take-back':
      return decideTakeBack(chat, intent)
    default:
      return intent satisfies never
  }
}

function decideOffering(
  chat: Chat,
  { by, to, away, note, seen }: OfferIntent & { kind: 'offer' },
  context: DecisionContext,
): Decision {
  const refusal = whyNotGiveAway(chat, by, seen)
  if (refusal !== null) return refuse(refusal)
  const { slackUser: receiver, providerUser } = to
  if (to.isOutside) return refuse({ kind: 'receiver-outside', to: receiver })
  if (providerUser === null) {
    return refuse({ kind: 'receiver-not-linked', to: receiver, account: chat.account })
  }
  if (providerUser === chat.owner) return refuse({ kind: 'has-it-already', owner: providerUser })
  const absence = context.absenceOf(providerUser)
  if (absence !== null) return refuse({ kind: 'receiver-absent', absence, account: chat.account })
  if (away !== null) return refuse({ kind: 'receiver-away', to: receiver, until: away.until })
  if (chat.offer?.to === receiver) {
    return refuse({ kind: 'offered-already', to: receiver, since: chat.offer.at })
  }
  const offer: Offer = {
    event: context.eventId,
    to: receiver,
    by: by.slackUser,
    at: context.now,
    noted: note !== null,
  }
  return {
    kind: 'change',
    // The version stays: who has the chat has not changed, and an assignment on its way goes on.
    chat: { ...chat, offer },
    facts: { kind: 'offered', to: providerUser, receiver, note },
  }
}

function decideAccept(
  chat: Chat,
  { by, offer: id }: OfferIntent & { kind: 'accept' },
  context: DecisionContext,
): Decision {
  const { offer } = chat
  const refusal = whyNotAnswer(chat, by, id)
  if (refusal !== null || offer === null) return refuse(refusal ?? over(chat))
  const { providerUser } = by
  if (providerUser === null) return refuse({ kind: 'not-linked', account: chat.account })
  if (providerUser === chat.owner) return refuse({ kind: 'already-yours', since: chat.ownerSince })
  if (context.absenceOf(providerUser) === 'provider')
    return refuse({ kind: 'blocked', account: chat.account })
  const assignment = {
    wanted: providerUser,
    receiver: null,
    accepted: { event: offer.event, by: offer.by },
    ...(offer.noted ? { noted: true as const } : {}),
  }
  return {
    kind: 'change',
    chat: assignTo(chat, assignment, by.slackUser, context),
    facts: { kind: 'accepted', offer: offer.event, from: chat.owner, to: providerUser },
  }
}

/** Whoever may give the chat away may also keep it; and whoever made an offer may always undo that. */
function decideTakeBack(chat: Chat, { by, offer }: OfferIntent & { kind: 'take-back' }): Decision {
  if (chat.offer?.event !== offer) return refuse(over(chat))
  const refusal = chat.offer.by === by.slackUser ? null : whyNotGiveAway(chat, by, null)
  return refusal === null ? ended(chat, { kind: 'taken-back', offer }) : refuse(refusal)
}

/** Why the person may not accept or decline the offer; null when they may. */
export function whyNotAnswer(chat: Chat | null, by: Actor, offer: EventId): Refusal | null {
  const outside = whyOutside(by)
  if (outside !== null) return outside
  if (chat === null) return { kind: 'chat-unknown' }
  if (chat.status === 'closed') return { kind: 'closed' }
  if (chat.offer?.event !== offer) {
    const mine = chat.owner !== null && chat.owner === by.providerUser
    return mine ? { kind: 'already-yours', since: chat.ownerSince } : over(chat)
  }
  return chat.offer.to === by.slackUser ? null : { kind: 'not-asked', to: chat.offer.to }
}

/** The end of an offer that nobody decided; null when it is over already. */
export function endOffer(
  chat: Chat | null,
  offer: EventId,
  why: OfferEndedWhy,
): { readonly chat: Chat; readonly facts: EventFacts } | null {
  if (chat === null || chat.offer?.event !== offer) return null
  return { chat: { ...chat, offer: null }, facts: { kind: 'offer-ended', offer, why } }
}

const over = (chat: Chat): Refusal => ({ kind: 'offer-over', owner: chat.owner, since: chat.ownerSince })
const ended = (chat: Chat, facts: EventFacts): Decision => ({
  kind: 'change',
  chat: { ...chat, offer: null },
  facts,
})
const refuse = (refusal: Refusal): Decision => ({ kind: 'refusal', refusal })
