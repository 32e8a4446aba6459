/** How patient a kind of job is: `firstMs` between the first two tries, then doubled, at most `mostMs`. */
interface Pace {
  readonly firstMs: number
  readonly mostMs: number
}

const doubledMs = ({ firstMs }: Pace, attempts: number): number => firstMs * 2 ** Math.min(attempts - 1, 30)

/** Whether the wait that follows is as long as any after it. */
export const isSlowest = (pace: Pace, attempts: number): boolean => doubledMs(pace, attempts) >= pace.mostMs

/**
 * Milliseconds until the next try: `firstMs`, doubled with each attempt, at most `mostMs`, then spread
 * over its upper half so that what failed together does not come back together. Never less than the
 * wait that the other side asked for.
 */
export function backOffMs(
  args: Pace & {
    readonly attempts: number
    /** What the other side asked for. */
    readonly atLeastMs?: number
    /** 0 ≤ random < 1 */
    readonly random: number
  },
): number {
  const doubled = Math.min(args.mostMs, doubledMs(args, args.attempts))
  const spread = doubled / 2 + (doubled / 2) * args.random
  return Math.round(Math.max(spread, args.atLeastMs ?? 0))
}
