import type { Instant } from '../routing/ids.ts'
import type { Outcome } from './contract.ts'
import type { HttpResult } from './http-client.ts'

/** One call of a provider: its answer, to be read by whoever asked, or what became of it instead. */
export type Answer = { readonly kind: 'answer'; readonly body: unknown } | Failure
export type Failure = Exclude<Outcome<never>, { readonly kind: 'done' }>

/**
 * The whole answer, or a failure that means the same at every provider: there was none, or it was 429, by whose
 * meaning the request was not carried out.
 *
 * @param rateLimitMs the least wait after a 429 without a Retry-After
 */
export const wholeAnswer = (
  result: HttpResult,
  now: Instant,
  rateLimitMs?: number,
): Extract<HttpResult, { kind: 'answer' }> | Failure => {
  if (result.kind === 'failed')
    return { kind: 'retry', problem: result.problem, detail: result.detail, sent: result.sent }
  if (result.status !== 429) return result
  const afterMs = retryAfterMs(result.headers['retry-after'], now) ?? rateLimitMs
  return {
    kind: 'retry',
    problem: 'rate-limited',
    detail: 'answered 429',
    sent: false,
    ...(afterMs === undefined ? {} : { afterMs }),
  }
}

/**
 * The wait in milliseconds that a Retry-After header asks for (RFC 9110, 10.2.3: seconds or a date), or
 * undefined when there is none that can be read.
 */
const retryAfterMs = (header: string | undefined, now: Instant): number | undefined => {
  if (header === undefined) return undefined
  const text = header.trim()
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000
  const at = Date.parse(text)
  return Number.isNaN(at) ? undefined : Math.max(0, at - now)
}

/** Undefined when it cannot be read, or when there is nothing: to find that out by an error would take long. */
export const parseJson = (text: string): unknown => {
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The fault is the server's own; it may have carried the request out. */
export const serverError = (status: number): Failure => ({
  kind: 'retry',
  problem: 'server-error',
  detail: `answered ${status}`,
  sent: true,
})

/** No answer that the provider can have meant, whatever it has done. `detail` names none of its words. */
export const unreadable = (detail: string): Failure => ({
  kind: 'retry',
  problem: 'unreadable-answer',
  detail,
  sent: true,
})
