import type { NewEvent } from '../routing/audit.ts'
import type { AccountId, Instant } from '../routing/ids.ts'

/** A job that was given up: it is not tried again by itself. */
export interface FailedJob {
  readonly id: number
  readonly kind: string
  readonly payload: unknown
  readonly attempts: number
  /** A word of ours, of a provider's or of Slack's. */
  readonly reason: string | null
}

/** What an admin makes of a failed job. */
export type Mend =
  /** Due at that time, with all of its tries. */
  | { readonly kind: 'retry'; readonly at: Instant }
  /** It never was. */
  | { readonly kind: 'give-up' }

/** What is read to see whether everything is all right; also beside a running Baton, by another process. */
export interface DoctorReads {
  countFailedJobs(): Promise<number>
  /** The newest, at most `limit`. */
  failedJobs(limit: number): Promise<readonly FailedJob[]>
  /** Null when there is none, or it is not failed any more. */
  failedJob(id: number): Promise<FailedJob | null>
  /** When the account's webhook or intake last told of something; null when it has not within about a week. */
  lastTold(account: AccountId): Promise<Instant | null>
  /** Since when the account's webhook is known to be silent; null while it is not. */
  silentSince(account: AccountId): Promise<Instant | null>
  /** Active people at the provider, groups aside, and how many of them are linked. */
  countStaff(account: AccountId): Promise<{ readonly staff: number; readonly linked: number }>
  /** Whether the test button with this name was pressed. */
  isPressed(name: string): Promise<boolean>
}

export interface DoctorStore extends DoctorReads {
  /** False when the job is not failed any more; then nothing is written. */
  mendFailedJob(id: number, mend: Mend, events: readonly NewEvent[]): Promise<boolean>
  /** Kept for about a week. */
  savePress(name: string, at: Instant): Promise<void>
}
