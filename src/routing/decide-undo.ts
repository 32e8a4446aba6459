import type { Chat, Undoable } from './chat.ts'
import { assignTo, type Decision, type DecisionContext } from './decide.ts'
import type { SlackUserId } from './ids.ts'
import type { UndoIntent } from './intent.ts'
import { whyNotUndo } from './permissions.ts'

/** The rule of undo. Pure: the same arguments give the same decision. */
export function decideUndo(chat: Chat | null, { by, event }: UndoIntent, context: DecisionContext): Decision {
  const refusal = whyNotUndo(chat, by, event, context.now)
  if (refusal !== null) return { kind: 'refusal', refusal }
  if (chat === null || chat.undo === null) return { kind: 'refusal', refusal: { kind: 'chat-unknown' } }
  return {
    kind: 'change',
    chat: asBefore(chat, chat.undo, by.slackUser, context),
    facts: { kind: 'undone', of: event, to: chat.undo.before.owner },
  }
}

/**
 * The chat as it was before the decision, but for what the customer has written since. The provider is told like of any
 * other decision, on the basis of what it has now: so an undo steals from nobody. It is told nothing where it has not
 * heard of the decision.
 */
function asBefore(chat: Chat, { event, before }: Undoable, by: SlackUserId, context: DecisionContext): Chat {
  const assigned = assignTo(chat, { wanted: before.owner, receiver: null }, by, context)
  const { pending, messages } = chat
  const isUnheard =
    pending?.event === event && pending.maybeWritten.length === 0 && pending.basis === before.owner
  const isUnlisted = before.status === 'unlisted' && messages.unanswered.length === 0
  const waits = before.owner === null && !isUnlisted
  return {
    ...assigned,
    ...(isUnheard ? { pending: null, problem: before.problem } : {}),
    status: isUnlisted ? 'unlisted' : 'open',
    ownerSince: before.ownerSince,
    ownerVia: before.ownerVia,
    waitingSince: waits ? (messages.unanswered[0] ?? before.waitingSince) : null,
  }
}
