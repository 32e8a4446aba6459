import type { ProviderChat } from '../providers/contract.ts'
import type { EventFacts } from './audit.ts'
import { type Chat, chatState, type Holder, noMessages } from './chat.ts'
import { ownedBy } from './decide.ts'
import { type AccountId, type ChatId, type Instant, instant } from './ids.ts'

export interface Poll {
  readonly account: AccountId
  readonly now: Instant
  /** The poll's number; it began before the list was asked for. */
  readonly poll: number
  readonly beganAt: Instant
}

export interface PollContext extends Poll {
  /**
   * Of the newest poll that has begun by now. Of two polls that ran at the same time nobody knows which one saw what is
   * newer: the second to answer does not count.
   */
  readonly currentPoll: number
}

/** What an observation changes; null when the store knew it all. */
export type Observation = { readonly chat: Chat; readonly facts: EventFacts | null } | null

/**
 * A poll showed this chat. A poll is a picture of the past: whom it shows as holder counts only when
 * the poll began after our last write to the chat ended and after the newest word that counted had come, and nothing
 * is pending.
 */
export function observeListed(
  chat: Chat | null,
  seen: ProviderChat,
  newChatId: ChatId,
  context: PollContext,
): Observation {
  if (chat === null) {
    return { chat: arrived(seen, newChatId, context), facts: { kind: 'arrived', holder: seen.holder } }
  }
  if (isKnown(chat, seen, context)) return null
  const told = withFacts(chat, seen)
  if (!ownerCounts(chat, context)) return { chat: told, facts: null }
  if (chat.status !== 'open') {
    return {
      chat: {
        ...told,
        ...ownedBy(told, seen.holder, 'provider', context.now),
        status: 'open',
        holder: seen.holder,
        problem: null,
        writtenInPoll: context.currentPoll,
      },
      facts: cameBack(chat, seen.holder),
    }
  }
  if (seen.holder === chat.holder) return { chat: told, facts: null }
  return {
    chat: {
      ...told,
      ...ownedBy(told, seen.holder, 'provider', context.now),
      holder: seen.holder,
      problem: null,
      writtenInPoll: context.currentPoll,
    },
    facts: { kind: 'adopted', from: chat.owner, holder: seen.holder },
  }
}

/** A complete poll did not show this open chat: the provider has closed it, unless a customer has written since. */
export function observeAbsent(chat: Chat, context: PollContext): Observation {
  const counts = ownerCounts(chat, context) && context.poll > chat.messages.toldInPoll
  if (chat.status !== 'open' || !counts) return null
  return {
    chat: { ...closed(chat, { at: context.beganAt, now: context.now }), writtenInPoll: context.currentPoll },
    facts: { kind: 'closed' },
  }
}

/**
 * A closed chat is nobody's, and nothing of it waits for an answer. `at`: it was closed then or later; null: after
 * its last message.
 */
export const closed = (
  chat: Chat,
  { at, now }: { readonly at: Instant | null; readonly now: Instant },
): Chat => ({
  ...chat,
  ...ownedBy(chat, null, 'provider', now),
  ownerSince: null,
  status: 'closed',
  holder: null,
  pending: null,
  waitingSince: null,
  problem: null,
  messages: {
    ...chat.messages,
    unanswered: [],
    preview: null,
    closedAt: latest(chat.messages.closedAt, at ?? chat.lastMessageAt ?? instant(0)),
  },
  windowEndsAt: null,
  lastOwner: chat.owner,
})

/**
 * A provider that cannot be asked says that it has closed the chat. `at` is when; a customer who wrote later has
 * opened it again. Nobody is given a closed chat: what is pending is overtaken.
 */
export function observeClosed(
  chat: Chat,
  { at, now }: { readonly at: Instant | null; readonly now: Instant },
): Observation {
  const overtaken = at !== null && chat.messages.lastInAt !== null && chat.messages.lastInAt > at
  return chat.status !== 'open' || overtaken
    ? null
    : { chat: closed(chat, { at, now }), facts: { kind: 'closed' } }
}

/** The chat as the provider has told it alone, when asked. `context.poll` began before it was asked. */
export function observeRead(
  chat: Chat | null,
  seen: ProviderChat,
  newChatId: ChatId,
  context: PollContext,
): Observation {
  if (seen.open === false) return chat === null ? null : observeAbsent(chat, context)
  // Where the provider does not say whether the chat is open, what is closed stays so.
  if (seen.open === undefined && chat !== null && chat.status !== 'open') {
    return hasFacts(chat, seen) ? null : { chat: withFacts(chat, seen), facts: null }
  }
  return observeListed(chat, seen, newChatId, context)
}

export const cameBack = (chat: Chat, holder: Holder): EventFacts =>
  chat.status === 'closed' ? { kind: 'reopened', holder } : { kind: 'arrived', holder }

/** As much of a chat as a poll is compared with. */
export type ListedChat = Pick<
  Chat,
  'key' | 'name' | 'phone' | 'status' | 'holder' | 'pending' | 'lastMessageAt' | 'writtenInPoll'
>

/** Whether the poll shows nothing of the chat that the store does not have; so it is with nearly all of them. */
export const isKnown = (chat: ListedChat, seen: ProviderChat, context: Poll): boolean =>
  hasFacts(chat, seen) &&
  (!ownerCounts(chat, context) || (chat.status === 'open' && seen.holder === chat.holder))

const ownerCounts = (chat: ListedChat, context: Poll): boolean =>
  chat.pending === null && context.poll > chat.writtenInPoll

function arrived(
  seen: ProviderChat,
  id: ChatId,
  context: Pick<PollContext, 'account' | 'now' | 'currentPoll'>,
): Chat {
  return {
    id,
    account: context.account,
    key: seen.key,
    name: seen.name,
    phone: seen.phone,
    status: 'open',
    owner: seen.holder,
    ownerSince: seen.holder === null ? null : context.now,
    ownerVia: 'provider',
    holder: seen.holder,
    pending: null,
    offer: null,
    undo: null,
    problem: null,
    version: 1,
    waitingSince: seen.holder === null ? (seen.lastMessageAt ?? context.now) : null,
    lastMessageAt: seen.lastMessageAt,
    messages: noMessages,
    windowEndsAt: null,
    lastOwner: null,
    writtenInPoll: context.currentPoll,
  }
}

/**
 * Name, number and last message: facts whose age does no harm. Where everything was answered, a message that nobody
 * has told may be the customer's: somebody has to look.
 */
function withFacts(chat: Chat, seen: ProviderChat): Chat {
  const lastMessageAt = latest(chat.lastMessageAt, seen.lastMessageAt)
  const mayWait = chatState(chat) === 'answered' && lastMessageAt !== chat.lastMessageAt
  return {
    ...chat,
    name: seen.name ?? chat.name,
    phone: seen.phone ?? chat.phone,
    lastMessageAt,
    waitingSince: mayWait ? lastMessageAt : chat.waitingSince,
  }
}

const hasFacts = (chat: ListedChat, seen: ProviderChat): boolean =>
  (seen.name ?? chat.name) === chat.name &&
  (seen.phone ?? chat.phone) === chat.phone &&
  latest(chat.lastMessageAt, seen.lastMessageAt) === chat.lastMessageAt

export function latest(a: Instant | null, b: Instant | null): Instant | null {
  if (a === null || b === null) return a ?? b
  return a > b ? a : b
}

/** A chat that no list has shown, for somebody who names the customer. Nobody is assumed to hold it. */
export function unlistedChat(args: {
  readonly id: ChatId
  readonly account: AccountId
  readonly key: Chat['key']
  readonly phone: string | null
  readonly name: string | null
  readonly now: Instant
  readonly currentPoll: number
}): Chat {
  const { key, name, phone } = args
  return {
    ...arrived({ key, name, phone, holder: null, lastMessageAt: null }, args.id, args),
    status: 'unlisted',
    waitingSince: null,
    version: 0,
  }
}
