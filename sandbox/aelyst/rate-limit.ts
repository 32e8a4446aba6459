/** "5 requests per second per HTTP method and unique request path." */
const mostPerSecond = 5

/** One request more than the limit allows. */
export interface AelystBreach {
  readonly atMs: number
  /** Method and path. */
  readonly key: string
}

export interface RateLimit {
  readonly breaches: readonly AelystBreach[]
  /** Counts a request, and gives the headers of its answer; `refused` when it is one too many. */
  count(
    key: string,
    atMs: number,
  ): { readonly refused: boolean; readonly headers: Readonly<Record<string, string>> }
}

export const createRateLimit = (): RateLimit => {
  const counted = new Map<string, number[]>()
  const breaches: AelystBreach[] = []
  return {
    breaches,
    count(key, atMs) {
      const times = (counted.get(key) ?? []).filter((each) => each > atMs - 1_000)
      const refused = times.length >= mostPerSecond
      if (refused) breaches.push({ atMs, key })
      else times.push(atMs)
      counted.set(key, times)
      return {
        refused,
        headers: {
          'X-RateLimit-Limit': String(mostPerSecond),
          'X-RateLimit-Remaining': String(mostPerSecond - times.length),
          ...(refused ? { 'Retry-After': '1' } : {}),
        },
      }
    },
  }
}
