import type { JsonRecord } from './json.ts'

/** One call of the Web API or of a response_url. Tokens are not kept. */
export interface ApiCall {
  readonly method: string
  readonly args: JsonRecord
  /** Milliseconds since 1970 by the sandbox's clock. */
  readonly at: number
  /** HTTP status; 0 when the connection was cut before an answer. */
  readonly status: number
  /** Slack's error, null when it was done. */
  readonly error: string | null
  /** Which response_url it was, if any. */
  readonly responseUrl?: string
}

const kept = 20_000

export interface Calls {
  readonly record: (call: ApiCall) => void
  /** The latest 20,000 at least; counts go on. */
  readonly all: () => readonly ApiCall[]
  readonly to: (method: string) => readonly ApiCall[]
  readonly count: (method: string) => number
  /** How many were answered 429. */
  readonly rateLimited: () => number
}

export const createCalls = (announce: (call: ApiCall) => void): Calls => {
  const calls: ApiCall[] = []
  const counts = new Map<string, number>()
  let rateLimited = 0
  return {
    record: (call) => {
      if (calls.length >= 2 * kept) calls.splice(0, kept)
      calls.push(call)
      counts.set(call.method, (counts.get(call.method) ?? 0) + 1)
      if (call.status === 429) rateLimited += 1
      announce(call)
    },
    all: () => calls,
    to: (method) => calls.filter((call) => call.method === method),
    count: (method) => counts.get(method) ?? 0,
    rateLimited: () => rateLimited,
  }
}
