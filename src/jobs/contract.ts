import type { Instant } from '../routing/ids.ts'

/**
 * Something that must still leave the process. A job carries ids, not state: its handler reads the
 * present state when it runs and makes the outside match it, so a repeated or late job does no harm.
 */
export interface NewJob {
  readonly kind: string
  /** Jobs with the same key collapse into one; a running one then runs once more. */
  readonly key: string
  /** What limits it together with others: an account's name, or `slack`. */
  readonly pool: string
  /** JSON of ids; its schema is in jobs/catalogue.ts. */
  readonly payload: unknown
  readonly runAt: Instant
}

/**
 * Somebody waits for an answer, mostly nobody for a job: so long a due job may wait while people are answered.
 * One that a person does wait for is made due so much earlier.
 */
export const GIVES_WAY_MS = 500

export interface TakenJob {
  readonly id: number
  readonly kind: string
  readonly key: string
  readonly pool: string
  readonly payload: unknown
  /** This try included. */
  readonly attempts: number
  /** Fence: whoever holds an older lease can no longer end the job. */
  readonly lease: number
}

/** How one try ended. */
export type JobEnd =
  | { readonly kind: 'done' }
  /** Again at `runAt`; `keepAttempt: false` gives the attempt back (nothing was tried). */
  | {
      readonly kind: 'again'
      readonly runAt: Instant
      readonly reason: string
      readonly keepAttempt: boolean
    }
  /** Never again by itself; kept with its reason until a job of the same key replaces it. */
  | { readonly kind: 'failed'; readonly reason: string }

export interface JobStore {
  /** Leaves jobs that no change causes. */
  addJobs(jobs: readonly NewJob[]): Promise<void>
  /** The same, of a key for which no job was left so before, though it be done; false when one was. Kept for a week. */
  addJobOnce(job: NewJob, at: Instant): Promise<boolean>
  /**
   * Takes due jobs of each pool, oldest first, at most its `limit`, counts the attempt and leases them
   * until `leaseUntil`. A lease that ran out makes a job due again, unless its try still runs here: then it is renewed,
   * since a clock that was set forward ends no try.
   */
  takeJobs(args: {
    readonly now: Instant
    readonly leaseUntil: Instant
    readonly pools: readonly { readonly pool: string; readonly limit: number }[]
    /** Ids of the jobs whose tries still run. */
    readonly running?: readonly number[]
  }): Promise<readonly TakenJob[]>
  /**
   * Ends the try. False when the lease was lost to somebody else. A job that was enqueued again while
   * it ran is due again at once, with its attempts forgotten, however this try ended.
   */
  endJob(job: TakenJob, end: JobEnd, now: Instant): Promise<boolean>
  /** Cards of open chats that were given up are due once more: what kept them from being shown may be over. */
  reviveCards(now: Instant): Promise<void>
  /** The clock was set back by so much: what was to be done after `now` stays as far away as it was. */
  setBack(byMs: number, now: Instant): Promise<void>
  /** When the next job of these pools becomes due, or null. */
  nextDueAt(pools: readonly string[]): Promise<Instant | null>
  /** Called after each commit that made jobs, with the earliest of their times. */
  onJobs(listener: (earliest: Instant) => void): void
}
