import type { AccountId, ChatKey, Instant, ProviderUserId, SlackUserId } from './ids.ts'

/** Both ends belong to it. */
export interface Period {
  readonly from: Instant
  readonly to: Instant
}

/**
 * Of more words than that, those count that fewest chats have: one that all of 100,000 have costs 25 ms. Words behind
 * `MOST_RATED` are passed over.
 */
export const MOST_WORDS = 3
export const MOST_RATED = 8

/** Chats of no more owners are looked for at once. */
export const MOST_OWNERS = 100

/** Found where `text` stands in the customer's name or a note, or where their number or key ends with one of these. */
export interface SearchTerm {
  readonly text: string
  readonly numberEnds: readonly string[]
}

export interface ChatSearch {
  readonly state: 'waiting' | 'held' | 'open' | 'any'
  readonly account?: AccountId
  /** Only chats that somebody has offered to this person, who has not answered. */
  readonly offeredTo?: SlackUserId
  /** Only chats whose owner is one of these, of which there are at most `MOST_OWNERS`. */
  readonly owners?: readonly { readonly account: AccountId; readonly user: ProviderUserId }[]
  /** Every word must be found in the customer's name, number or key, up to `MOST_WORDS`. */
  readonly text?: string
  /** Each must be found somewhere, up to `MOST_WORDS`. A note is what somebody typed when they gave the chat away. */
  readonly anywhere?: readonly SearchTerm[]
  /** Only chats whose window ends then; the first to end comes first. */
  readonly windowEnds?: Period
  /** Only chats whose window does not end then. */
  readonly windowEndsNot?: Period
  /** Only chats that wait since then or longer. */
  readonly waitsSince?: Instant
  /** Chats whose customer waits for an answer come first, longest-waiting first; `only`: no others. */
  readonly unanswered?: 'first' | 'only'
  /** Chats in which nothing was written for longest come first. */
  readonly idle?: 'first'
  /** Exactly one of these E.164 numbers or keys. */
  readonly exactly?: { readonly phones: readonly string[]; readonly keys: readonly ChatKey[] }
  readonly limit: number
  /** So many of those found are left out, from the first on. */
  readonly offset?: number
}

/** What somebody has to do: a provider's user, or a group. */
export interface Load {
  readonly account: AccountId
  readonly owner: ProviderUserId
  readonly chats: number
  /** In so many of them the customer waits for an answer, as far as that is known. */
  readonly unanswered: number
  /** Since when the longest-waiting of these customers waits. */
  readonly unansweredSince: Instant | null
}
