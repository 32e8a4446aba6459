import type { Holder } from '../routing/chat.ts'
import type { ChatKey, Instant, ProviderUserId } from '../routing/ids.ts'

/**
 * What became of a call to a provider. Adapters return it; they never throw for remote behaviour.
 *
 * - `done`: the provider answered that it is so.
 * - `refused`: repeating the same call will not help; `problem` says why.
 * - `retry`: may work later. `afterMs` is the least wait that the provider asked for. `sent` is false
 *   only when the request certainly had no effect; a time-out or a reset after sending leaves it true.
 */
export type Outcome<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'refused'; readonly problem: RefusedProblem; readonly detail: string }
  | {
      readonly kind: 'retry'
      readonly problem: RetryProblem
      readonly detail: string
      readonly sent: boolean
      readonly afterMs?: number
    }

/** Each has a sentence for people in slack/text.ts. */
export type RefusedProblem =
  | 'token-refused'
  | 'channel-not-authorized'
  | 'chat-not-found'
  | 'invalid-chat-key'
  | 'user-not-found'
  | 'user-not-active'
  | 'refused-otherwise'

export type RetryProblem = 'unreachable' | 'timed-out' | 'server-error' | 'unreadable-answer' | 'rate-limited'

export type ProviderProblem = RefusedProblem | RetryProblem

/** A provider's chat as a list or a look-up shows it. */
export interface ProviderChat {
  readonly key: ChatKey
  readonly name: string | null
  /** E.164 with the plus, or null when the key is not a number (Telegram). */
  readonly phone: string | null
  readonly holder: Holder
  readonly lastMessageAt: Instant | null
}

export interface ProviderChatList {
  readonly chats: readonly ProviderChat[]
  /** False when the provider cut the list (WAMM: 900): a chat that is missing may still be open. */
  readonly complete: boolean
}

export interface ProviderUser {
  readonly id: ProviderUserId
  readonly name: string
  /** Lower case. */
  readonly email: string | null
  /** May be assigned a chat: neither blocked nor deleted. */
  readonly active: boolean
}

/**
 * One connection to one provider. An optional member that is absent is something the provider cannot
 * do, and Slack never offers it: there are no capability flags that could disagree with the code.
 * Every call ends within `timeoutMs` of its HTTP client.
 */
export interface ProviderAdapter {
  /** `WAMM`: how people call the provider. */
  readonly label: string
  /** Make `user` the holder, whoever held it before: no provider assigns conditionally. */
  assign(chat: ChatKey, user: ProviderUserId): Promise<Outcome<null>>
  unassign?(chat: ChatKey): Promise<Outcome<null>>
  /** The one chat as it is now; read just before every write. */
  readChat?(chat: ChatKey): Promise<Outcome<ProviderChat>>
  /** All open chats, whoever holds them. */
  listChats?(): Promise<Outcome<ProviderChatList>>
  /** Everybody, blocked and deleted people too. */
  listUsers?(): Promise<Outcome<readonly ProviderUser[]>>
  /** Cheapest call that proves the token and the channel. */
  health(): Promise<Outcome<null>>
}
