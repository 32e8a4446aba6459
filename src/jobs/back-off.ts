/**
 * Milliseconds until the next try: `firstMs`, doubled with each attempt, at most `mostMs`, then spread
 * over its upper half so that what failed together does not come back together. Never less than the
 * wait that the other side asked for.
 */
export function backOffMs(args: {
  readonly attempts: number
  readonly firstMs: number
  readonly mostMs: number
  /** What the other side asked for. */
  readonly atLeastMs?: number
  /** 0 ≤ random < 1 */
  readonly random: number
}): number {
  const doubled = Math.min(args.mostMs, args.firstMs * 2 ** Math.min(args.attempts - 1, 30))
  const spread = doubled / 2 + (doubled / 2) * args.random
  return Math.round(Math.max(spread, args.atLeastMs ?? 0))
}
