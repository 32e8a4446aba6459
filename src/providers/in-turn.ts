import type { After } from '../clock.ts'
import type { Pace } from '../pace.ts'
import type { Failure } from './answer.ts'

/** How long a request waits for its turn before it is left to a later try; the adapters' contract allows no more. */
const mostWaitMs = 5_000

/** Sends when it is the key's turn, or nothing if that is more than 5 s away: for what only reads. */
export const inTurn = async <T>(
  { pace, key, after }: { readonly pace: Pace; readonly key: string; readonly after: After },
  send: () => Promise<T>,
): Promise<T | Failure> => {
  for (let waitedMs = 0; ; ) {
    const taken = pace.take(key)
    if (taken.kind === 'turn') return send().finally(taken.end)
    waitedMs += taken.ms
    if (waitedMs > mostWaitMs) return paced(taken.ms)
    await new Promise<void>((resolve) => {
      after(taken.ms, resolve)
    })
  }
}

/**
 * Sends now or nothing: for what changes something. A decision is looked at just before it is sent, and one that
 * waited for its turn here might be sent although it was overtaken.
 */
export const atOnce = async <T>(
  { pace, key }: { readonly pace: Pace; readonly key: string },
  send: () => Promise<T>,
): Promise<T | Failure> => {
  const taken = pace.take(key)
  return taken.kind === 'turn' ? send().finally(taken.end) : paced(taken.ms)
}

/** Nothing was sent; the next turn is `afterMs` away. */
const paced = (afterMs: number): Failure => ({
  kind: 'retry',
  problem: 'paced',
  detail: 'no turn yet',
  sent: false,
  afterMs,
})
