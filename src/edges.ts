import type { Clock } from './clock.ts'
import type { Logger } from './log.ts'
import type { StartError } from './start-error.ts'

/** What Baton needs of the world; tests give it their own. */
export interface Edges {
  readonly clock: Clock
  /** 0 ≤ random < 1 */
  readonly random: () => number
  /** A fresh unguessable id, at most 36 characters of letters, digits and dashes. */
  readonly newId: () => string
  readonly fetch: typeof globalThis.fetch
  readonly logger: Logger
  /** Baton cannot go on: print the sentence and end the process. */
  readonly onFatal: (error: StartError) => void
  /** What `/metrics` says of the process beside Baton's own. */
  readonly processMetrics?: () => Promise<string>
}
