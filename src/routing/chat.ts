import type { AccountId, ChatId, ChatKey, EventId, Instant, ProviderUserId, SlackUserId } from './ids.ts'

/** Who holds a chat: a provider's user, or nobody. */
export type Holder = ProviderUserId | null

/**
 * One customer conversation in one account.
 *
 * `owner` is what was decided here, `holder` is what the provider last said or confirmed. They differ
 * only while `pending` is set: then a job is on its way to make the provider match.
 */
export interface Chat {
  readonly id: ChatId
  readonly account: AccountId
  readonly key: ChatKey
  readonly name: string | null
  /** E.164 with the plus, when the key or the provider gives a number that can be parsed. */
  readonly phone: string | null
  /**
   * `unlisted`: the provider has the customer, but no list has shown the chat as open; it is in no queue,
   * and can be claimed by whoever names the customer.
   */
  readonly status: 'open' | 'closed' | 'unlisted'
  readonly owner: Holder
  /** Of a chat that was freed, since when nobody has it. Null where nobody ever had it, or since it was last closed. */
  readonly ownerSince: Instant | null
  /** Where the present owner, or that there is none, comes from: decided in Slack, or found at the provider. */
  readonly ownerVia: 'slack' | 'provider'
  readonly holder: Holder
  readonly pending: PendingAssignment | null
  /** Somebody has been asked whether they take the chat; whoever has it keeps it until they accept. */
  readonly offer: Offer | null
  /** What a claim, hand-off or release has changed, as long as the chat has not changed hands again. */
  readonly undo: Undoable | null
  /** The last assignment that came to nothing, shown until the next decision. */
  readonly problem: ChatProblem | null
  /** Rises with every change of owner or status; a button or form that saw an older one is stale. */
  readonly version: number
  /**
   * Since when the customer waits for somebody to take the chat: since the first message that nobody has
   * answered, as far as that is known. Null while owned, closed, or answered.
   */
  readonly waitingSince: Instant | null
  readonly lastMessageAt: Instant | null
  readonly messages: ChatMessages
  /** Until when WhatsApp lets a business answer freely; null for other messengers and where it is not known. */
  readonly windowEndsAt: Instant | null
  /** Who had the chat when it was last closed. */
  readonly lastOwner: Holder
  /**
   * Number of the newest poll that had begun when our last write to this chat ended, or of the one that last changed
   * its owner or status: what older ones show is the past (DESIGN: reconciling).
   */
  readonly writtenInPoll: number
}

/** What webhooks have told of the messages; a list of chats tells none of it. */
export interface ChatMessages {
  /**
   * When the customer wrote what nobody has answered, oldest first, in whatever order it was told; of more than 100
   * the first and the newest.
   */
  readonly unanswered: readonly Instant[]
  readonly lastInAt: Instant | null
  /** The last one that a person of the staff wrote. */
  readonly lastAnswerAt: Instant | null
  /** Beginning of the customer's last message; null unless the account wants it to be shown. */
  readonly preview: string | null
  /** The chat was last closed then or later; what was written until then is over, however late it is told. */
  readonly closedAt: Instant | null
  /** Number of the newest poll that had begun when the customer's last message was told. */
  readonly toldInPoll: number
}

export const noMessages: ChatMessages = {
  unanswered: [],
  lastInAt: null,
  lastAnswerAt: null,
  preview: null,
  closedAt: null,
  toldInPoll: 0,
}

/** Open from its event until it is answered or taken back, runs out, or the chat changes hands. */
export interface Offer {
  /** The audit event `offered`, which has the note; it names the offer. */
  readonly event: EventId
  readonly to: SlackUserId
  readonly by: SlackUserId
  readonly at: Instant
  readonly noted: boolean
}

/** A decision that the provider has not confirmed yet. */
export interface PendingAssignment {
  readonly wanted: Holder
  /** The holder on which the decision was based: if the live one is another stranger, nothing is written. */
  readonly basis: Holder
  /** Since when, and by whose doing, the basis holds the chat: a refused decision leaves no trace in it. */
  readonly basisSince: Instant | null
  readonly basisVia: Chat['ownerVia']
  /** No list had shown the chat when it was asked for: if it comes to nothing, the chat is in no queue. */
  readonly unlisted?: true
  /** Everything we wrote, or may have written without hearing the answer, since `basis` was true. */
  readonly maybeWritten: readonly Holder[]
  readonly by: SlackUserId
  /** Of a hand-off: who is told, with the note of the event, once the provider has confirmed. */
  readonly receiver: SlackUserId | 'not-linked' | null
  /** Of a hand-off with a note, which its event has, or that of the offer. */
  readonly noted?: true
  /** Of an accepted offer: who had made it is told if the assignment comes to nothing. */
  readonly accepted?: Pick<Offer, 'event' | 'by'>
  /** The provider is to assign it when the customer has answered. */
  readonly onReply?: true
  /** The audit event of the decision. */
  readonly event: EventId
  /** Why it has not gone through yet, once that is worth saying; null on the first try. */
  readonly delayed: string | null
}

/** A decision that whoever made it may undo for a while (`whyNotUndo` says when not). */
export interface Undoable {
  /** The audit event of the decision. */
  readonly event: EventId
  readonly kind: 'claimed' | 'handed-off' | 'released'
  readonly by: SlackUserId
  readonly at: Instant
  /** Who has been told of a hand-off, once the provider has confirmed it. */
  readonly receiver: PendingAssignment['receiver']
  /** The chat as it was. */
  readonly before: Pick<Chat, 'status' | 'owner' | 'ownerSince' | 'ownerVia' | 'waitingSince' | 'problem'>
}

export interface ChatProblem {
  readonly reason: string
  readonly at: Instant
}

/** `answered`: open, with nobody, and somebody has answered at the provider; it is not in the queue. */
export type ChatState = 'waiting' | 'answered' | 'owned' | 'closed' | 'unlisted'

export const chatState = (chat: Chat): ChatState => {
  if (chat.status !== 'open') return chat.status
  if (chat.owner !== null) return 'owned'
  return chat.waitingSince === null ? 'answered' : 'waiting'
}
