/** Slack's rate tiers, per method (docs.slack.dev/apis/web-api/rate-limits); `channel`: 1 a second per channel. */
export type Tier = 1 | 2 | 3 | 4 | 'channel' | 'unlimited'

interface Bucket {
  tokens: number
  at: number
}

export interface RateTiers {
  /** Takes one call. Seconds to wait when there is none left, else null. */
  readonly take: (method: string, tier: Tier, channel: string | null) => number | null
}

interface Limit {
  /** How many at once after a quiet minute. */
  readonly burst: number
  readonly perSecond: number
}

const limits: Readonly<Record<Tier, Limit | null>> = {
  1: { burst: 1, perSecond: 1 / 60 },
  2: { burst: 20, perSecond: 20 / 60 },
  3: { burst: 50, perSecond: 50 / 60 },
  4: { burst: 100, perSecond: 100 / 60 },
  channel: { burst: 3, perSecond: 1 },
  unlimited: null,
}

export const createRateTiers = (clock: () => number): RateTiers => {
  const buckets = new Map<string, Bucket>()
  return {
    take: (method, tier, channel) => {
      const limit = limits[tier]
      if (limit === null) return null
      const key = tier === 'channel' ? `${method} ${channel}` : method
      const now = clock()
      const before = buckets.get(key) ?? { tokens: limit.burst, at: now }
      const refilled = before.tokens + ((now - before.at) / 1000) * limit.perSecond
      const tokens = Math.min(limit.burst, refilled)
      const enough = tokens >= 1
      buckets.set(key, { tokens: enough ? tokens - 1 : tokens, at: now })
      return enough ? null : Math.max(1, Math.ceil((1 - tokens) / limit.perSecond))
    },
  }
}
