import type { Clock } from '../clock.ts'
import { createPace, type Pace, type Turn } from '../pace.ts'
import type { Instant } from '../routing/ids.ts'
import { slackRetryAfterMs } from './slack-error.ts'

/** Keeps to Slack's limits, method by method, so that Slack has nothing to refuse. */
export interface Tiers {
  /**
   * Sends when it is the call's turn, within 10 s, or nothing: of those who wait for the same, first what people wait
   * for, and each in the order of asking. A refusal of Slack's for too many calls counts as not sent; any other error
   * of `send` is thrown.
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
   * Waits 10 s even for a turn that is farther away. A job that keeps its place so keeps all that come after
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
 * docs.slack.dev/apis/web-api/rate-limits: tier 2 is 20 a minute, tier 3 is 50, tier 4 is 100. Of messages Slack takes one
 * a second and channel, with short bursts, and "several hundred a minute" altogether.
 */
const limits = {
  'chat.postMessage': { perMinute: 200, each: { most: 3, perMs: 3 * SECOND } },
  'chat.update': { perMinute: 50 },
  'chat.postEphemeral': { perMinute: 100 },
  'views.publish': { perMinute: 100 },
  'users.info': { perMinute: 100 },
  'users.list': { perMinute: 20 },
  'users.lookupByEmail': { perMinute: 50 },
  'conversations.info': { perMinute: 50 },
  'usergroups.users.list': { perMinute: 20 },
  'bots.info': { perMinute: 50 },
} as const satisfies Record<string, Limit>

/** What is unhurried gets nine tenths of a minute's turns, in thirds, so that the next turn is never far. */
const UNHURRIED = { share: 0.9, parts: 3 }

/**
 * So much waiting fits into a job's lease beside its calls, and putting the job back after it costs little, though its
 * place: so the eight jobs of a pool can all be sent to their one channel, at a message a second.
 */
const MOST_WAIT_MS = 10 * SECOND

const ALL = 'all'

interface Waiter {
  readonly call: PacedCall
  /** With its turns; a number when it does not come to them in time: after so long there may be some. */
  readonly go: (turns: readonly Turn[] | number) => void
}

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
  const refused = new Map<string, { from: Instant; readonly forMs: number }>()
  /** In the order of asking. */
  const waiting = new Set<Waiter>()
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

  /** A clock that was set back makes no refusal last longer than Slack asked for. */
  function refusedMs({ method }: PacedCall): number {
    const refusal = refused.get(method)
    if (refusal === undefined) return 0
    const at = now()
    if (at < refusal.from) refusal.from = at
    return refusal.from + refusal.forMs - at
  }

  function waitMs(call: PacedCall): number {
    return Math.max(0, refusedMs(call), ...pacesOf(call).map(([pace, key]) => pace.waitMs(key)))
  }

  function take(call: PacedCall): readonly Turn[] {
    return pacesOf(call).flatMap(([pace, key]) => {
      const taken = pace.take(key)
      return taken.kind === 'turn' ? [taken] : []
    })
  }

  /** Whose turn it is goes: first what people wait for. */
  function serve(): void {
    const unhurried = [...waiting].filter(({ call }) => call.unhurried)
    const others = [...waiting].filter(({ call }) => !call.unhurried)
    for (const { call, go } of [...others, ...unhurried]) if (waitMs(call) === 0) go(take(call))
  }

  const turnsOf = (call: PacedCall): Promise<readonly Turn[] | number> =>
    new Promise((resolve) => {
      let cancel = (): void => undefined
      const waiter: Waiter = {
        call,
        go(turns) {
          waiting.delete(waiter)
          cancel()
          resolve(turns)
        },
      }
      const look = (patienceMs: number): void => {
        serve()
        if (!waiting.has(waiter)) return
        const ms = waitMs(call)
        if (patienceMs < (call.keepsPlace ? 1 : ms) || stopped) waiter.go(ms)
        else cancel = clock.after(Math.min(ms, patienceMs), () => look(patienceMs - ms))
      }
      waiting.add(waiter)
      look(MOST_WAIT_MS)
    })

  return {
    async inTurn(call, send) {
      const turns = await turnsOf(call)
      if (typeof turns === 'number') return { kind: 'limited', afterMs: turns }
      try {
        return { kind: 'sent', value: await send() }
      } catch (error) {
        const afterMs = slackRetryAfterMs(error)
        if (afterMs === null) throw error
        refused.set(call.method, { from: now(), forMs: afterMs })
        return { kind: 'limited', afterMs }
      } finally {
        for (const turn of turns) turn.end()
      }
    },
    stop() {
      stopped = true
      for (const { call, go } of [...waiting]) go(waitMs(call))
    },
  }
}
