import { webApi } from '@slack/bolt'

/**
 * The code that Slack answered with; null when it did not answer like Slack. The client puts any
 * unreadable answer, such as a proxy's page, in the same place: that is not a code.
 */
export const slackErrorCode = (error: unknown): string | null =>
  error instanceof webApi.WebAPIPlatformError && /^[a-z0-9_]{1,64}$/.test(error.data.error)
    ? error.data.error
    : null

/** How long Slack wants us to wait, in milliseconds; null when this is no refusal for too many calls. */
export const slackRetryAfterMs = (error: unknown): number | null =>
  error instanceof webApi.WebAPIRateLimitedError ? error.retryAfter * 1_000 : null
