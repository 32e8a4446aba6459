import { type Instant, instant } from './routing/ids.ts'

/** The only source of time, so that tests can hold it in their hand. */
export interface Clock {
  now(): Instant
  /** Runs `task` once after `delayMs`; the returned function cancels it. */
  after(delayMs: number, task: () => void): () => void
}

export const systemClock: Clock = {
  now: () => instant(Date.now()),
  after(delayMs, task) {
    const timer = setTimeout(task, delayMs)
    return () => clearTimeout(timer)
  },
}
