import type { JobOutcome } from '../jobs/worker.ts'
import type { Outcome } from '../providers/contract.ts'

/** What a job makes of Slack that could not be asked now: it waits, for its turn or until the trouble is over. */
export const askAgain = (asked: { readonly reason: string; readonly afterMs?: number }): JobOutcome =>
  asked.afterMs === undefined
    ? { kind: 'wait', reason: asked.reason }
    : { kind: 'later', reason: asked.reason, afterMs: asked.afterMs }

/** What a job makes of a provider that could not be asked now: a try, except where nothing was sent on purpose. */
export const tryAgain = ({ problem, afterMs }: Outcome<never> & { readonly kind: 'retry' }): JobOutcome =>
  problem === 'paced'
    ? { kind: 'later', reason: problem, afterMs: afterMs ?? 1_000 }
    : { kind: 'retry', reason: problem, ...(afterMs === undefined ? {} : { afterMs }) }
