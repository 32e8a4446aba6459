/** Numbers of one round or of several; all times in milliseconds. */
export function quantile(values: Iterable<number>, share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

export const median = (values: Iterable<number>): number => quantile(values, 0.5)

export const elapsedMs = async (work: () => unknown): Promise<number> => {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}

/** Two things that do the same, measured in turns so that a machine that slows down slows both. */
export interface Rounds {
  readonly ours: number[]
  readonly bare: number[]
}

export async function inTurns(
  rounds: number,
  work: { readonly ours: () => Promise<number>; readonly bare: () => Promise<number> },
): Promise<Rounds> {
  const measured: Rounds = { ours: [], bare: [] }
  for (let round = 0; round < rounds; round += 1) {
    measured.bare.push(await work.bare())
    measured.ours.push(await work.ours())
  }
  return measured
}

export interface Ratio {
  readonly median: number
  readonly least: number
  readonly most: number
}

/** Of each round to its neighbour. */
export function ratioOf({ ours, bare }: Rounds): Ratio {
  const ratios = ours.map((value, round) => value / (bare[round] ?? Number.NaN))
  return { median: median(ratios), least: Math.min(...ratios), most: Math.max(...ratios) }
}
