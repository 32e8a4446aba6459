import type { NewJob } from '../jobs/contract.ts'
import type { AuditEvent } from '../routing/audit.ts'
import type { Chat } from '../routing/chat.ts'
import type { AccountId, ChatId, EventId, Instant } from '../routing/ids.ts'

/** The Slack message that stands for a chat. */
export interface Card {
  readonly chat: ChatId
  readonly channel: string
  /** Slack's message id. */
  readonly ts: string
  /** Digest of what the message shows; an equal rendering is not sent again. Empty while that is not certain. */
  readonly shows: string
  /** Version of the chat that it shows as waiting; null when it shows anything else. */
  readonly waitingVersion: number | null
}

/** Of a chat among those that wait. */
export interface WaitingPlace {
  readonly waitingSince: Instant
  readonly id: ChatId
}

/** The message that tells of many chats at once, while their cards are to follow. */
export interface ShownStorm {
  readonly account: AccountId
  readonly channel: string
  /** Slack's message id. */
  readonly ts: string
}

export interface CardStore {
  card(chat: ChatId): Promise<Card | null>
  /** Of which chat the message is the card; null when it is none, or no longer. */
  chatOfCard(message: Pick<Card, 'channel' | 'ts'>): Promise<ChatId | null>
  /** `jobs` are left in the same transaction. */
  saveCard(card: Card, jobs?: readonly NewJob[]): Promise<void>
  /**
   * Looks at the `limit` waiting chats `after` a place, or the first ones, longest-waiting first. Whether the cards among
   * theirs that were posted before `postedBefore` still show what they did is not certain any more, and each such chat
   * gets its job, all in one transaction. The place where the next call goes on; null at the end.
   */
  doubtCards(
    args: {
      readonly after: WaitingPlace | null
      readonly limit: number
      readonly postedBefore: Instant
    },
    job: (chat: Pick<Chat, 'id' | 'account'>) => NewJob,
  ): Promise<WaitingPlace | null>
  /** How many other cards have been posted in the channel since. */
  cardsBelow(card: Card): Promise<number>
  /** The oldest events of the chat, at most `limit`, that its card's thread has not told. */
  untold(chat: ChatId, limit: number): Promise<readonly AuditEvent[]>
  /** The thread has told everything up to this event. */
  saveTold(chat: ChatId, upTo: EventId): Promise<void>
  /** How many waiting chats of the account have no card. */
  countCardless(account: AccountId): Promise<number>
  /** How many waiting chats of the account have begun to wait after that, and not later than `until`. */
  countCame(account: AccountId, period: { readonly after: Instant; readonly until: Instant }): Promise<number>
  storm(account: AccountId): Promise<ShownStorm | null>
  saveStorm(storm: ShownStorm): Promise<void>
  endStorm(account: AccountId): Promise<void>
}
