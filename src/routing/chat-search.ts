import type { AccountId, ChatKey, Instant, ProviderUserId, SlackUserId } from './ids.ts'

/** Both ends belong to it. */
export interface Period {
  readonly from: Instant
  readonly to: Instant
}

/** Every word must be found in the customer's name, or the text in the number or key. */
export interface ChatSearch {
  readonly state: 'waiting' | 'held' | 'open' | 'any'
  readonly account?: AccountId
  /** Only chats that somebody has offered to this person, who has not answered. */
  readonly offeredTo?: SlackUserId
  /** Only chats whose owner is one of these. */
  readonly owners?: readonly { readonly account: AccountId; readonly user: ProviderUserId }[]
  readonly text?: string
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
