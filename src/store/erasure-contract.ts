import type { Chat } from '../routing/chat.ts'
import type { Erasure } from '../routing/erase.ts'
import type { AccountId, ChatId, Instant } from '../routing/ids.ts'

export interface ErasureStore {
  /**
   * Looks at `limit` chats of the account that are not open, in a fixed order, the first ones or those `after` another,
   * and erases those to which nothing has happened since `quietSince` and of which no job is still to be done at the provider: what
   * `erase` returns takes the chat's place, its events lose what people typed, and what somebody filled in about the
   * customer goes. All of it in one transaction. `next` is where the next call goes on; null at the end.
   */
  eraseCustomers(
    args: {
      readonly account: AccountId
      readonly quietSince: Instant
      readonly after: ChatId | null
      readonly limit: number
    },
    erase: (chat: Chat) => Erasure,
  ): Promise<{ readonly erased: number; readonly next: ChatId | null }>
  /**
   * Forgets what providers have told until then, at most `limit` of it, and the account's jobs that have failed for good:
   * both may name customers. How many there were.
   */
  eraseLeftovers(args: {
    readonly account: AccountId
    readonly before: Instant
    readonly limit: number
  }): Promise<number>
  /**
   * Nothing that has been erased can be found in the store's files any more. Where that cannot be done now, the next call
   * does it. Takes about a second for each 50 MB, in which nothing else happens.
   */
  overwriteErased(): Promise<void>
}
