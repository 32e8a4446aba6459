import type { AccountId } from '../routing/ids.ts'

/** The pool of what people are told; a provider's jobs are in the pool of their account. */
export const SLACK_POOL = 'slack'
/** Cards that somebody waits for: never behind the many that a poll may have changed, nor before what people are told. */
export const CARD_POOL = 'slack:cards'
/** Cards that show what a provider told. Each account has a channel of its own, and none holds up another. */
export const seenCardPool = (account: AccountId): string => `slack:cards:${account}`

/** What only the history, old messages and the directory need: cards and messages to people do not wait for it. */
export const THREAD_POOL = 'slack:threads'

/** All that the worker works on. */
export const poolsOf = (accounts: readonly AccountId[]): readonly string[] => [
  SLACK_POOL,
  CARD_POOL,
  THREAD_POOL,
  ...accounts.flatMap((account) => [account, seenCardPool(account)]),
]
