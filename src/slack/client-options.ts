import type { webApi } from '@slack/bolt'
import { boltLogger, type Logger } from '../log.ts'

/**
 * An object of its own for each client, because Slack's libraries write into it. Never `headers`: the
 * token of one client would end up in the requests of the others.
 */
export const clientOptions = (slackApiUrl: string, logger: Logger): webApi.WebClientOptions => ({
  slackApiUrl,
  logger: boltLogger(logger),
  timeout: 10_000,
  retryConfig: { retries: 0 },
  rejectRateLimitedCalls: true,
  allowAbsoluteUrls: false,
})
