import type { ProviderUser } from '../providers/contract.ts'
import type { AccountId, Instant, SlackUserId } from './ids.ts'

/** One reading of who is in Slack and who at the providers, as far as it has come. There is one at a time. */
export interface DirectoryRun {
  readonly startedAt: Instant
  /** Who wants everybody linked, and gets a report; nobody where it only looks what has changed. */
  readonly askedBy: readonly SlackUserId[]
  readonly step: DirectoryStep
  /** What could not be read, and why; null stands for Slack. */
  readonly unread: readonly Unread[]
}

export interface Unread {
  readonly account: AccountId | null
  /** A `ProviderProblem`, or any other reason. */
  readonly problem: string
}

/** What is read next. A cursor is the word of whoever is read for its next page; null for the first. */
export type DirectoryStep =
  | { readonly kind: 'people'; readonly cursor: string | null }
  | {
      readonly kind: 'users'
      readonly account: AccountId
      readonly cursor: string | null
      /** Of the pages before. */
      readonly listed: readonly ProviderUser[]
    }
  | { readonly kind: 'links' }
  | { readonly kind: 'ended'; readonly at: Instant }
