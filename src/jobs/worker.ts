import type { Clock } from '../clock.ts'
import { type Instant, later } from '../routing/ids.ts'
import { backOffMs, isSlowest } from './back-off.ts'
import { type JobKind, type JobKindName, type JobPayload, jobKinds } from './catalogue.ts'
import { GIVES_WAY_MS, type JobEnd, type JobStore, type TakenJob } from './contract.ts'

/** What a handler makes of one try. `retry` counts against the kind's attempts. */
export type JobOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'retry'; readonly reason: string; readonly afterMs?: number }
  /** Nothing was tried: a limit says to wait. */
  | { readonly kind: 'later'; readonly reason: string; readonly afterMs: number }
  /**
   * Whoever is asked is in trouble that passes, or that somebody else puts right: tried ever more slowly, but for as long
   * as it takes. It counts only until the pace is the slowest, so tries are left for what goes wrong otherwise.
   */
  | { readonly kind: 'wait'; readonly reason: string }
  | { readonly kind: 'failed'; readonly reason: string }

export interface Try {
  /** 1 for the first. */
  readonly attempt: number
  /** No further try follows if this one asks for a retry: the handler may put things in order. */
  readonly last: boolean
}

/** Makes the outside match the store. May run twice for the same cause and must do no harm then. */
export type JobHandlers = {
  readonly [K in JobKindName]: (payload: JobPayload<K>, attempt: Try) => Promise<JobOutcome>
}

export interface Worker {
  start(): void
  /** Looks for due jobs now. */
  wake(): void
  /** It looks for due jobs, and what it has started comes to an end. False before the start and once stopped. */
  isFlowing(): boolean
  /** Takes nothing more and waits for the running tries, at most `deadlineMs`. What is left is taken up by the next start. */
  stop(deadlineMs: number): Promise<void>
}

/** The longest the worker sleeps: a clock that jumped back must not keep it asleep. */
const LONGEST_SLEEP_MS = 30_000

/** Less than this is only waited for. */
const SMALLEST_SET_BACK_MS = 1_000

export function createWorker(deps: {
  readonly jobs: JobStore
  readonly handlers: JobHandlers
  readonly clock: Clock
  readonly random: () => number
  /** Jobs of other pools stay where they are. */
  readonly pools: readonly string[]
  /** How many tries of one pool may run at once. */
  readonly perPool: number
  /** People are being answered right now: only jobs that are overdue are started. Call `wake` when it is over. */
  readonly isAnswering: () => boolean
  readonly onError: (error: unknown, job: TakenJob) => void
}): Worker {
  const { jobs, clock } = deps
  const running = new Map<string, number>()
  const idle: (() => void)[] = []
  /** When each running try began. */
  const tries = new Map<TakenJob, Instant>()
  let lookedAt = clock.now()
  /** The time at which the last look began: a clock that reads less has been set back. */
  let latest = lookedAt
  let stopped = true
  let taking = false
  let askedAgain = false
  /** An alarm is set for when giving way ends. */
  let givingWay = false
  let cancelSleep = (): void => undefined

  /** The pools that may start something, and how much. */
  const rooms = (): readonly { readonly pool: string; readonly limit: number }[] =>
    deps.pools
      .map((pool) => ({ pool, limit: deps.perPool - (running.get(pool) ?? 0) }))
      .filter(({ limit }) => limit > 0)

  async function takeDue(): Promise<void> {
    if (taking) {
      askedAgain = true
      return
    }
    taking = true
    cancelSleep()
    do {
      askedAgain = false
      const now = clock.now()
      if (now < latest - SMALLEST_SET_BACK_MS) await jobs.setBack(latest - now, now)
      latest = now
      const taken = stopped
        ? []
        : await jobs.takeJobs({
            now: later(now, -givesWayMs()),
            leaseUntil: later(now, LEASE_MS),
            pools: rooms(),
            running: [...tries.keys()].map(({ id }) => id),
          })
      lookedAt = clock.now()
      for (const job of taken) run(job)
      if (taken.length > 0) askedAgain = true
    } while ((askedAgain || clock.now() < latest) && !stopped)
    taking = false
    sayIfIdle()
    if (!stopped) await sleepUntilDue()
  }

  /** How long a job must have been due to be started now. */
  const givesWayMs = (): number => (deps.isAnswering() ? GIVES_WAY_MS : 0)

  const isIdle = (): boolean => tries.size === 0 && !taking

  function sayIfIdle(): void {
    if (isIdle()) for (const done of idle.splice(0)) done()
  }

  async function sleepUntilDue(): Promise<void> {
    const next = await jobs.nextDueAt(rooms().map(({ pool }) => pool))
    if (askedAgain || taking || stopped) return
    const delayMs = next === null ? LONGEST_SLEEP_MS : Math.max(0, next - clock.now() + givesWayMs())
    cancelSleep()
    cancelSleep = clock.after(Math.min(delayMs, LONGEST_SLEEP_MS), wake)
  }

  /** A burst of claims is answered first; then all of their jobs are found with one look. */
  function wakeForNew(earliest: Instant): void {
    if (!deps.isAnswering() || earliest <= clock.now() - GIVES_WAY_MS) {
      wake()
      return
    }
    if (stopped || givingWay) return
    givingWay = true
    cancelSleep()
    cancelSleep = clock.after(GIVES_WAY_MS, wake)
  }

  /** A store that cannot be read now is asked again after a while; no job is lost meanwhile. */
  function wake(): void {
    givingWay = false
    if (stopped) return
    takeDue().catch((error: unknown) => {
      taking = false
      sayIfIdle()
      deps.onError(error, NO_JOB)
      cancelSleep = clock.after(1_000, wake)
    })
  }

  function run(job: TakenJob): void {
    tries.set(job, clock.now())
    running.set(job.pool, (running.get(job.pool) ?? 0) + 1)
    attempt(job)
      .then((end) => jobs.endJob(job, end, clock.now()))
      .catch((error: unknown) => deps.onError(error, job))
      .finally(() => {
        tries.delete(job)
        const left = (running.get(job.pool) ?? 1) - 1
        if (left === 0) running.delete(job.pool)
        else running.set(job.pool, left)
        sayIfIdle()
        wake()
      })
  }

  async function attempt(job: TakenJob): Promise<JobEnd> {
    const kind = jobKinds[job.kind as JobKindName]
    if (kind === undefined) return { kind: 'failed', reason: 'made by another version of Baton' }
    // Every try that came to an end has been heeded: so many more have ended with the process.
    if (job.attempts > kind.maxAttempts + ENDED_WITH_THE_PROCESS)
      return { kind: 'failed', reason: 'Baton ended during too many tries' }
    const last = job.attempts >= kind.maxAttempts
    const outcome = await handle(job, { attempt: job.attempts, last })
    switch (outcome.kind) {
      case 'done':
      case 'failed':
        return outcome
      case 'later':
        return {
          kind: 'again',
          runAt: later(clock.now(), outcome.afterMs),
          reason: outcome.reason,
          keepAttempt: false,
        }
      case 'retry':
        if (last) return { kind: 'failed', reason: outcome.reason }
        return again(job, kind, outcome, true)
      case 'wait':
        return again(job, kind, outcome, !isSlowest(kind.backOff, job.attempts))
      default:
        return outcome satisfies never
    }
  }

  function again(
    { attempts }: TakenJob,
    { backOff }: JobKind,
    { reason, afterMs }: { readonly reason: string; readonly afterMs?: number },
    keepAttempt: boolean,
  ): JobEnd {
    const delayMs = backOffMs({
      attempts,
      ...backOff,
      ...(afterMs === undefined ? {} : { atLeastMs: afterMs }),
      random: deps.random(),
    })
    return { kind: 'again', runAt: later(clock.now(), delayMs), reason, keepAttempt }
  }

  /** A handler that throws has a bug; its job is tried again like any other failure and the bug is logged. */
  async function handle(job: TakenJob, attempt: Try): Promise<JobOutcome> {
    try {
      const name = job.kind as JobKindName
      const payload = jobKinds[name].payload.parse(job.payload)
      const handler = deps.handlers[name] as (payload: unknown, attempt: Try) => Promise<JobOutcome>
      return await handler(payload, attempt)
    } catch (error) {
      deps.onError(error, job)
      return { kind: 'retry', reason: 'unexpected error' }
    }
  }

  jobs.onJobs(wakeForNew)

  return {
    wake,
    isFlowing() {
      const now = clock.now()
      return (
        !stopped &&
        now - lookedAt < 2 * LONGEST_SLEEP_MS &&
        [...tries.values()].every((startedAt) => now - startedAt < 2 * LEASE_MS)
      )
    },
    start() {
      stopped = false
      lookedAt = clock.now()
      latest = lookedAt
      wake()
    },
    async stop(deadlineMs) {
      stopped = true
      cancelSleep()
      if (isIdle()) return
      await new Promise<void>((resolve) => {
        const cancel = clock.after(deadlineMs, resolve)
        idle.push(() => {
          cancel()
          resolve()
        })
      })
    },
  }
}

/** Tries that may have brought Baton down: one that does so again and again must not do it for ever. */
const ENDED_WITH_THE_PROCESS = 5

/** How long one try may take; longer than every time-out inside a handler. */
const LEASE_MS = 60_000

const NO_JOB: TakenJob = { id: 0, kind: 'none', key: '', pool: '', payload: null, attempts: 0, lease: 0 }
