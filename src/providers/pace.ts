import type { After } from '../clock.ts'
import type { Instant } from '../routing/ids.ts'
import type { Failure } from './answer.ts'

/**
 * Keeps to a provider's documented limit before it has to refuse: at most `most` requests of one key in any
 * `perMs`. A turn counts until `perMs` after its request has ended, because only then it is certain that the
 * provider has counted it too.
 */
export interface Pace {
  /** A turn, to be ended when its request has ended; or how long to wait before asking again. */
  take(key: string): Turn | Wait
}

export interface Turn {
  readonly kind: 'turn'
  end(): void
}

interface Wait {
  readonly kind: 'wait'
  readonly ms: number
}

/** How long a request waits for its turn before it is left to a later try; the adapters' contract allows no more. */
const mostWaitMs = 5_000

/** Keys whose turns are over are forgotten when there are more of them. */
const MOST_KEYS = 1_000

export const createPace = (limit: {
  readonly most: number
  readonly perMs: number
  readonly now: () => Instant
}): Pace => {
  const { most, perMs, now } = limit
  const turns = new Map<string, TakenTurn[]>()

  /** The turns that still count. A clock that was set back makes no turn last longer than `perMs` from now. */
  const counting = (key: string): TakenTurn[] => {
    const at = now()
    const left = (turns.get(key) ?? []).filter((turn) => {
      if (turn.endedAt === null) return true
      turn.endedAt = Math.min(turn.endedAt, at)
      return at - turn.endedAt < perMs
    })
    if (left.length === 0) turns.delete(key)
    else turns.set(key, left)
    return left
  }

  return {
    take(key) {
      if (turns.size > MOST_KEYS) for (const each of turns.keys()) counting(each)
      const taken = counting(key)
      if (taken.length >= most) {
        const ends = taken.map(({ endedAt }) => (endedAt ?? now()) + perMs - now())
        return { kind: 'wait', ms: Math.min(...ends) }
      }
      const turn: TakenTurn = { endedAt: null }
      turns.set(key, [...taken, turn])
      return {
        kind: 'turn',
        end: () => {
          turn.endedAt = now()
        },
      }
    },
  }
}

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

interface TakenTurn {
  /** Null while its request is under way. */
  endedAt: number | null
}
