import type { Instant } from '../routing/ids.ts'

/**
 * The wait in milliseconds that a Retry-After header asks for (RFC 9110, 10.2.3: seconds or a date), or
 * undefined when there is none that can be read.
 */
export const retryAfterMs = (header: string | undefined, now: Instant): number | undefined => {
  if (header === undefined) return undefined
  const text = header.trim()
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000
  const at = Date.parse(text)
  return Number.isNaN(at) ? undefined : Math.max(0, at - now)
}
