import type { Clock } from '../clock.ts'
import { createPace, type Pace, type Turn } from '../pace.ts'
import { type Instant, later } from '../routing/ids.ts'
import { slackRetryAfterMs } from './slack-error.ts'

/** Keeps to Slack's limits, method by method, so that Slack has nothing to refuse. */
export interface Tiers {
  /**
   * Sends when it is the call's turn, within 5 s, or nothing. A refusal of Slack's for too
   * many calls counts as not sent; any other error of `send` is thrown.
   */
  inTurn<T>(call: PacedCall, send: () => Promise<T>): Promise<Sent<T>>
  /** Whoever waits for a turn is told now that there is none. */
  stop(): void
}

export interface PacedCall {
  readonly method: keyof typeof limits
  /** The channel or person that is written to. */
  readonly to?: string
  /**
   * Waits 5 s even for a turn that is farther away. A job that keeps its place so keeps all that come after
   * it from being taken in vain, and put back one by one.
   */
  readonly keepsPlace?: boolean
  /** Nobody waits for it: it leaves some turns to what people wait for. */
  readonly unhurried?: boolean
}

export type Sent<T> =
  | { readonly kind: 'sent'; readonly value: T }
  /** Nothing was sent; a turn may be free after so long. */
  | { readonly kind: 'limited'; readonly afterMs: number }

const SECOND = 1_000
const MINUTE = 60 * SECOND

interface Limit {
  /** Calls of the method in a minute. */
  readonly perMinute: number
  /** The same for each channel or person, where there is such a limit. */
  readonly each?: { readonly most: number; readonly perMs: number }
}

/**
 * docs.slack.dev/apis/web-api/rate-limits: tier 3 is 50 a minute, tier 4 is 100. Of messages Slack takes one
 * a second and channel, with short bursts, and "several hundred a minute" altogether.
 */
const limits = {
  'chat.postMessage': { perMinute: 200, each: { most: 3, perMs: 3 * SECOND } },
  'chat.update': { perMinute: 50 },
  'chat.postEphemeral': { perMinute: 100 },
  'users.info': { perMinute: 100 },
  'users.lookupByEmail': { perMinute: 50 },
} as const satisfies Record<string, Limit>

/** What is unhurried gets nine tenths of a minute's turns, in thirds, so that the next turn is never far. */
const UNHURRIED = { share: 0.9, parts: 3 }

/** So much waiting fits into a job's lease beside its calls, and putting the job back after it costs little. */
const MOST_WAIT_MS = 5 * SECOND

/** What is unhurried lets a turn pass by for what is not. */
const STEPS_BACK_MS = 100

const ALL = 'all'

export function createTiers({ clock }: { readonly clock: Clock }): Tiers {
  const { now } = clock
  const paces = new Map(
    Object.entries<Limit>(limits).map(([method, { perMinute, each }]) => [
      method,
      {
        all: createPace({ most: perMinute, perMs: MINUTE, now }),
        unhurried: createPace({
          most: Math.floor((perMinute * UNHURRIED.share) / UNHURRIED.parts),
          perMs: MINUTE / UNHURRIED.parts,
          now,
        }),
        each: each === undefined ? null : createPace({ ...each, now }),
      },
    ]),
  )
  /** Slack's own word, which stands above what we reckon. */
  const refusedUntil = new Map<string, Instant>()
  const waiting = new Map<() => void, PacedCall>()
  let stopped = false

  function pacesOf({ method, to, unhurried = false }: PacedCall): readonly (readonly [Pace, string])[] {
    const of = paces.get(method)
    if (of === undefined) return []
    return [
      [of.all, ALL],
      ...(unhurried ? [[of.unhurried, ALL] as const] : []),
      ...(of.each === null ? [] : [[of.each, to ?? ALL] as const]),
    ]
  }

  function waitMs(call: PacedCall): number {
    const refusedMs = (refusedUntil.get(call.method) ?? 0) - now()
    const ms = Math.max(0, refusedMs, ...pacesOf(call).map(([pace, key]) => pace.waitMs(key)))
    return ms === 0 && call.unhurried && isAwaited(call) ? STEPS_BACK_MS : ms
  }

  /** Somebody waits for the very turn. */
  const isAwaited = ({ method, to }: PacedCall): boolean =>
    [...waiting.values()].some((other) => !other.unhurried && other.method === method && other.to === to)

  function take(call: PacedCall): readonly Turn[] {
    return pacesOf(call).flatMap(([pace, key]) => {
      const taken = pace.take(key)
      return taken.kind === 'turn' ? [taken] : []
    })
  }

  const pause = (call: PacedCall, ms: number): Promise<void> =>
    new Promise((resolve) => {
      const go = (): void => {
        cancel()
        waiting.delete(go)
        resolve()
      }
      const cancel = clock.after(ms, go)
      waiting.set(go, call)
    })

  return {
    async inTurn(call, send) {
      for (let patienceMs = MOST_WAIT_MS; ; ) {
        const ms = waitMs(call)
        if (ms === 0) {
          const turns = take(call)
          try {
            return { kind: 'sent', value: await send() }
          } catch (error) {
            const afterMs = slackRetryAfterMs(error)
            if (afterMs === null) throw error
            refusedUntil.set(call.method, later(now(), afterMs))
            return { kind: 'limited', afterMs }
          } finally {
            for (const turn of turns) turn.end()
          }
        }
        if (patienceMs < (call.keepsPlace ? 1 : ms) || stopped) return { kind: 'limited', afterMs: ms }
        await pause(call, Math.min(ms, patienceMs))
        patienceMs -= ms
      }
    },
    stop() {
      stopped = true
      for (const go of waiting.keys()) go()
    },
  }
}
