/** One request more than the limit allows. */
export interface Breach {
  readonly atMs: number
  /** What the limit is of. */
  readonly key: string
}

export interface RateLimit {
  readonly breaches: readonly Breach[]
  /** Counts a request, unless it is one too many: then it is a breach, and to be refused. */
  count(key: string, atMs: number): { readonly refused: boolean; readonly left: number }
}

/** At most `most` requests of one key in any `perMs`. */
export const createRateLimit = ({
  most,
  perMs,
}: {
  readonly most: number
  readonly perMs: number
}): RateLimit => {
  const counted = new Map<string, number[]>()
  const breaches: Breach[] = []
  return {
    breaches,
    count(key, atMs) {
      const times = (counted.get(key) ?? []).filter((each) => each > atMs - perMs)
      const refused = times.length >= most
      if (refused) breaches.push({ atMs, key })
      else times.push(atMs)
      counted.set(key, times)
      return { refused, left: most - times.length }
    },
  }
}
