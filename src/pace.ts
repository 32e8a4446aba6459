import type { Instant } from './routing/ids.ts'

/**
 * Keeps to a documented limit before the server has to refuse: at most `most` requests of one key in any
 * `perMs`. A turn counts until `perMs` after its request has ended, because only then it is certain that the
 * server has counted it too.
 */
export interface Pace {
  /** Milliseconds until there may be a turn; 0 when there is one now. */
  waitMs(key: string): number
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

  const waitMs = (key: string): number => {
    const taken = counting(key)
    if (taken.length < most) return 0
    return Math.min(...taken.map(({ endedAt }) => (endedAt ?? now()) + perMs - now()))
  }

  return {
    waitMs,
    take(key) {
      if (turns.size > MOST_KEYS) for (const each of turns.keys()) counting(each)
      const ms = waitMs(key)
      if (ms > 0) return { kind: 'wait', ms }
      const turn: TakenTurn = { endedAt: null }
      turns.set(key, [...(turns.get(key) ?? []), turn])
      return {
        kind: 'turn',
        end: () => {
          turn.endedAt = now()
        },
      }
    },
  }
}

interface TakenTurn {
  /** Null while its request is under way. */
  endedAt: number | null
}
