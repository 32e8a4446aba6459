import { type Instant, instant } from './routing/ids.ts'

/** Runs `task` once after `delayMs` milliseconds, unless the returned function is called before. */
export type After = (delayMs: number, task: () => void) => () => void

/** The only source of time, so that tests can hold it in their hand. */
export interface Clock {
  now(): Instant
  readonly after: After
}

export const systemClock: Clock = {
  now: () => instant(Date.now()),
  after(delayMs, task) {
    const timer = setTimeout(task, delayMs)
    return () => clearTimeout(timer)
  },
}
