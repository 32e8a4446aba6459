import type { After } from '../clock.ts'
import type { Pace } from '../pace.ts'
import type { Failure } from './answer.ts'

/** How long a request waits for its turn before it is left to a later try; the adapters' contract allows no more. */
const mostWaitMs = 5_000

/** Sends when it is the key's turn, or nothing if that is more than 5 s away. */
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

/** Nothing was sent; the next turn is `afterMs` away. */
export const paced = (afterMs: number): Failure => ({
  kind: 'retry',
  problem: 'paced',
  detail: 'no turn yet',
  sent: false,
  afterMs,
})
