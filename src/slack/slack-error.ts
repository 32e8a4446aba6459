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

/**
 * Whether the same call may work later: Slack answered, but as servers do that are in trouble. It may have
 * done what it was asked for. docs.slack.dev lists these codes as errors of every method.
 */
export const isPassingTrouble = (code: string): boolean => passingTroubles.has(code)

/**
 * Whether an admin has to put the app right, its token or the workspace's settings: the call itself was all right, and
 * works then. The same docs.
 */
export const concernsTheApp = (code: string): boolean => appTroubles.has(code)

/** Whether somebody has to invite the bot to the channel, or open that again; nothing was done. */
export const isShut = (code: string): boolean => shutCodes.has(code)

const passingTroubles: ReadonlySet<string> = new Set([
  'fatal_error',
  'internal_error',
  'request_timeout',
  'service_unavailable',
  'team_added_to_org',
  'ratelimited',
  'rate_limited',
])

const appTroubles: ReadonlySet<string> = new Set([
  'access_denied',
  'account_inactive',
  'ekm_access_denied',
  'invalid_auth',
  'missing_scope',
  'no_permission',
  'not_authed',
  'org_login_required',
  'team_access_not_granted',
  'token_expired',
  'token_revoked',
])

const shutCodes: ReadonlySet<string> = new Set(['not_in_channel', 'channel_not_found', 'is_archived'])
