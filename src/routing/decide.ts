import type { Absence } from './absence.ts'
import type { EventFacts } from './audit.ts'
import type { Chat, Holder, PendingAssignment, Undoable } from './chat.ts'
import { type EventId, groupIdOf, type Instant, type ProviderUserId, type SlackUserId } from './ids.ts'
import type { Intent, Receiver, Refusal } from './intent.ts'
import { whyNotGiveAway, whyOutside } from './permissions.ts'

export type Decision =
  | { readonly kind: 'change'; readonly chat: Chat; readonly facts: EventFacts }
  | { readonly kind: 'refusal'; readonly refusal: Refusal }

export interface DecisionContext {
  readonly now: Instant
  readonly eventId: EventId
  /** Why the provider's user, in the chat's account, cannot work on chats now; null when they can. */
  readonly absenceOf: (user: ProviderUserId) => Absence | null
}

/** The rules of claim, hand-off and release. Pure: the same arguments give the same decision. */
export function decide(chat: Chat | null, intent: Intent, context: DecisionContext): Decision {
  const outside = whyOutside(intent.by)
  if (outside !== null) return refuse(outside)
  if (chat === null) return refuse({ kind: 'chat-unknown' })
  if (chat.status === 'closed') return refuse({ kind: 'closed' })
  switch (intent.kind) {
    case 'claim':
      return decideClaim(chat, intent, context)
    case 'hand-off':
      return decideHandOff(chat, intent, context)
    case 'release':
      return decideRelease(chat, intent, context)
    default:
      return intent satisfies never
  }
}

function decideClaim(chat: Chat, intent: Intent & { kind: 'claim' }, context: DecisionContext): Decision {
  const claimer = intent.by.providerUser
  if (claimer === null) return refuse({ kind: 'not-linked', account: chat.account })
  if (chat.owner === claimer) return refuse({ kind: 'already-yours', since: chat.ownerSince })
  if (context.absenceOf(claimer) === 'provider') return refuse({ kind: 'blocked', account: chat.account })
  // A group is nobody in person: it has a chat so that one of its members takes it. Whoever is absent never answers.
  if (chat.owner !== null && groupIdOf(chat.owner) === null && context.absenceOf(chat.owner) === null) {
    return refuse({ kind: 'held', owner: chat.owner, since: chat.ownerSince })
  }
  return {
    kind: 'change',
    chat: undoable(
      chat,
      'claimed',
      assignTo(chat, { wanted: claimer, receiver: null }, intent.by.slackUser, context),
      context,
    ),
    facts: { kind: 'claimed', to: claimer },
  }
}

function decideHandOff(
  chat: Chat,
  intent: Intent & { kind: 'hand-off' },
  context: DecisionContext,
): Decision {
  const refusal = whyNotGiveAway(chat, intent.by, intent.seen)
  if (refusal !== null) return refuse(refusal)
  const { to } = intent
  if (to.kind === 'outsider') return refuse({ kind: 'receiver-outside', to: to.slackUser })
  if (to.kind === 'not-linked') {
    return refuse({ kind: 'receiver-not-linked', to: to.slackUser, account: chat.account })
  }
  const receiver = to.providerUser
  const told = toldOf(to)
  if (receiver === chat.owner) return refuse({ kind: 'has-it-already', owner: receiver })
  const absence = context.absenceOf(receiver)
  if (absence !== null) return refuse({ kind: 'receiver-absent', absence, account: chat.account })
  return {
    kind: 'change',
    chat: undoable(
      chat,
      'handed-off',
      assignTo(
        chat,
        {
          wanted: receiver,
          receiver: intent.together ? null : told,
          ...(intent.note === null ? {} : { noted: true as const }),
          ...(intent.onReply ? { onReply: true as const } : {}),
        },
        intent.by.slackUser,
        context,
      ),
      context,
      told,
    ),
    facts: {
      kind: 'handed-off',
      from: chat.owner,
      to: receiver,
      receiver: to.slackUser,
      note: intent.note,
      ...(intent.onReply ? { onReply: true as const } : {}),
    },
  }
}

/** Who is told of a hand-off; nobody in person where a group gets the chat. */
const toldOf = ({
  slackUser,
  providerUser,
}: Extract<Receiver, { kind: 'agent' }>): PendingAssignment['receiver'] =>
  slackUser ?? (groupIdOf(providerUser) === null ? 'not-linked' : null)

function decideRelease(chat: Chat, intent: Intent & { kind: 'release' }, context: DecisionContext): Decision {
  const refusal = whyNotGiveAway(chat, intent.by, intent.seen)
  if (refusal !== null) return refuse(refusal)
  return {
    kind: 'change',
    chat: undoable(
      chat,
      'released',
      assignTo(chat, { wanted: null, receiver: null }, intent.by.slackUser, context),
      context,
    ),
    facts: { kind: 'released', from: chat.owner, reason: intent.reason },
  }
}

/**
 * The chat after a decision, with what it takes to undo that. Nothing does where the decision has overtaken one of which
 * others were still to hear, or for which the provider was to wait: an undo would not bring that back.
 */
function undoable(
  before: Chat,
  kind: Undoable['kind'],
  after: Chat,
  { now, eventId }: DecisionContext,
  receiver: Undoable['receiver'] = null,
): Chat {
  const { pending } = before
  const isLost =
    pending !== null &&
    (pending.receiver !== null || pending.accepted !== undefined || pending.onReply === true)
  if (after.pending === null || isLost) return after
  const { by } = after.pending
  const { status, owner, ownerSince, ownerVia, waitingSince, problem } = before
  const was = { status, owner, ownerSince, ownerVia, waitingSince, problem }
  return {
    ...after,
    undo: { event: eventId, kind, by, at: now, receiver, before: was },
  }
}

/**
 * The chat after a decision. What the provider may already have been told (`maybeWritten`) outlives an
 * overtaken decision: it explains a live holder that would otherwise look like a stranger.
 */
export function assignTo(
  chat: Chat,
  assignment: Pick<PendingAssignment, 'wanted' | 'receiver' | 'noted' | 'onReply' | 'accepted'>,
  by: SlackUserId,
  context: DecisionContext,
): Chat {
  return {
    ...chat,
    ...ownedBy(chat, assignment.wanted, 'slack', context.now),
    status: 'open',
    problem: null,
    pending: {
      ...assignment,
      basis: chat.pending === null ? chat.holder : chat.pending.basis,
      basisSince: chat.pending === null ? chat.ownerSince : chat.pending.basisSince,
      basisVia: chat.pending === null ? chat.ownerVia : chat.pending.basisVia,
      maybeWritten: chat.pending?.maybeWritten ?? [],
      ...(chat.status === 'unlisted' || chat.pending?.unlisted ? { unlisted: true as const } : {}),
      by,
      event: context.eventId,
      delayed: null,
    },
  }
}

/**
 * The fields that follow from a new owner. A chat that goes back to the queue waits since the message that
 * nobody answered, or else its last one, not since now: taking and releasing it must not send the customer to the end of the queue.
 * An offer was about the chat as it was, and so was what could be undone.
 */
export function ownedBy(
  chat: Chat,
  owner: Holder,
  via: Chat['ownerVia'],
  now: Instant,
): Pick<Chat, 'owner' | 'ownerSince' | 'ownerVia' | 'version' | 'waitingSince' | 'offer' | 'undo'> {
  return {
    owner,
    ownerSince: owner === null && chat.owner === null ? chat.ownerSince : now,
    ownerVia: via,
    version: chat.version + 1,
    offer: null,
    undo: null,
    waitingSince: owner === null ? (chat.messages.unanswered[0] ?? chat.lastMessageAt ?? now) : null,
  }
}

const refuse = (refusal: Refusal): Decision => ({ kind: 'refusal', refusal })
