import type { Instant } from '../routing/ids.ts'

/**
 * Keeps to a provider's documented limit before it has to refuse: at most `most` requests of one key in any
 * `perMs`. A turn counts until `perMs` after its request has ended, because only then it is certain that the
 * provider has counted it too.
 */
export interface Pace {
  /** A turn, to be ended when its request has ended; or how long to wait before asking again. */
  take(key: string): Turn | { readonly kind: 'wait'; readonly ms: number }
}

export interface Turn {
  readonly kind: 'turn'
  end(): void
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

interface TakenTurn {
  /** Null while its request is under way. */
  endedAt: number | null
}
