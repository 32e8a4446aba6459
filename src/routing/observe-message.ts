import type { SeenMessage } from '../providers/contract.ts'
import type { Chat, ChatMessages } from './chat.ts'
import { ownedBy } from './decide.ts'
import type { AccountId, ChatId, ChatKey, Instant } from './ids.ts'
import { instant, later } from './ids.ts'
import { cameBack, latest, type Observation, unlistedChat } from './observe.ts'

/** developers.facebook.com, WhatsApp: customer service windows. */
export const WINDOW_MS = 24 * 60 * 60_000

export interface MessageContext {
  readonly account: AccountId
  readonly key: ChatKey
  readonly newChatId: ChatId
  readonly now: Instant
  readonly currentPoll: number
  /** Whether the account wants the beginning of messages to be kept and shown. */
  readonly preview: boolean
}

/**
 * A webhook told of a message. Whose the chat is, it does not say: a chat that comes (back) is taken to be
 * nobody's until the provider has been asked. Messages may come late and in any order.
 */
export function observeMessage(
  chat: Chat | null,
  message: SeenMessage,
  context: MessageContext,
): Observation {
  const { now } = context
  const { newChatId, account, key } = context
  const known =
    chat ?? unlistedChat({ id: newChatId, account, key, phone: null, name: null, now, currentPoll: 0 })
  const at = instant(Math.min(message.at, now))
  const messages = withMessage(known.messages, { ...message, at }, context)
  const told: Chat = {
    ...known,
    name: message.name ?? known.name,
    phone: message.phone ?? known.phone,
    lastMessageAt: latest(known.lastMessageAt, at),
    messages,
    windowEndsAt: windowEnd(known, message, messages),
  }
  if (known.status === 'open' && chat !== null) {
    const waitingSince = told.owner === null ? waitsSince(known, told) : null
    return { chat: { ...told, waitingSince }, facts: null }
  }
  if (message.direction === 'out') return chat === null ? null : { chat: told, facts: null }
  if (chat !== null && isOver(chat, at)) {
    const { messages: before, windowEndsAt } = chat
    return { chat: { ...told, messages: before, windowEndsAt }, facts: null }
  }
  return {
    chat: { ...told, ...ownedBy(told, null, 'provider', now), status: 'open', holder: null, problem: null },
    facts: cameBack(known, null),
  }
}

/** What was written then no longer waits, whoever tells it now: of a chat that no list has shown, what was answered. */
const isOver = ({ status, messages, lastMessageAt }: Chat, at: Instant): boolean =>
  status === 'closed' ? at <= (messages.closedAt ?? lastMessageAt ?? 0) : at < (messages.lastAnswerAt ?? 0)

function withMessage(before: ChatMessages, message: SeenMessage, context: MessageContext): ChatMessages {
  const { at } = message
  const { lastAnswerAt, closedAt, unanswered } = before
  if (message.direction === 'out') {
    if (!message.byStaff || (lastAnswerAt ?? 0) >= at) return before
    // A customer's message that is newer than the answer was not answered by it.
    return { ...before, lastAnswerAt: at, unanswered: unanswered.filter((each) => each > at) }
  }
  const isNewest = (before.lastInAt ?? 0) <= at
  const isOpen = at > (closedAt ?? 0) && at >= (lastAnswerAt ?? 0)
  return {
    ...before,
    lastInAt: latest(before.lastInAt, at),
    unanswered: isOpen ? withOneMore(unanswered, at) : unanswered,
    preview: context.preview && isNewest ? beginning(message.text) : before.preview,
    toldInPoll: context.currentPoll,
  }
}

const MOST_UNANSWERED = 100

const withOneMore = (unanswered: readonly Instant[], at: Instant): readonly Instant[] => {
  const [first, ...others] = [...unanswered, at].sort((one, other) => one - other)
  return first === undefined ? [] : [first, ...others.slice(1 - MOST_UNANSWERED)]
}

/**
 * A chat with nobody waits since its first unanswered message, which a poll may have found before any message
 * was told; an answer takes it out of the queue.
 */
function waitsSince(before: Chat, told: Chat): Instant | null {
  const { unanswered, lastAnswerAt } = told.messages
  const [unansweredSince = null] = unanswered
  if (lastAnswerAt !== before.messages.lastAnswerAt) return unansweredSince
  return unansweredSince === null ? before.waitingSince : earliest(before.waitingSince, unansweredSince)
}

function windowEnd(known: Chat, message: SeenMessage, messages: ChatMessages): Instant | null {
  const isWhatsApp =
    message.messenger === 'whatsapp' || (message.messenger === null && known.windowEndsAt !== null)
  if (message.messenger === 'other') return null
  return isWhatsApp && messages.lastInAt !== null ? later(messages.lastInAt, WINDOW_MS) : known.windowEndsAt
}

const earliest = (a: Instant | null, b: Instant): Instant => (a === null || b < a ? b : a)

/** More than a card shows. */
const PREVIEW_LENGTH = 300

const beginning = (text: string | null): string | null =>
  text === null ? null : [...text].slice(0, PREVIEW_LENGTH).join('')
