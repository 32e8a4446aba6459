import { webApi } from '@slack/bolt'
import { z } from 'zod'
import { StartError } from '../start-error.ts'
import { botScopes } from './scopes.ts'
import { slackErrorCode } from './slack-error.ts'

/** Who we are in Slack, as `auth.test` says. */
export interface SlackIdentity {
  readonly teamId: string
  readonly botUserId: string
  readonly botId: string
  /** Scopes of the manifest that the token lacks. */
  readonly missingScopes: readonly string[]
}

const identity = z.object({
  team_id: z.string().min(1),
  user_id: z.string().min(1),
  bot_id: z.string().min(1),
  is_enterprise_install: z.boolean().optional(),
  response_metadata: z.object({ scopes: z.array(z.string()).optional() }).optional(),
})

/**
 * Asks Slack whose token it is (auth.test).
 *
 * @throws StartError when the token is of no use or Slack cannot be reached
 */
export const identify = async (client: webApi.WebClient): Promise<SlackIdentity> => {
  let answer: unknown
  try {
    answer = await client.auth.test()
  } catch (error) {
    throw botTokenProblem(error, client.slackApiUrl)
  }
  const known = identity.safeParse(answer)
  if (!known.success) {
    throw new StartError(`SLACK_BOT_TOKEN is not the token of a bot: ${whereBotTokens}.`)
  }
  if (known.data.is_enterprise_install) {
    throw new StartError(
      'SLACK_BOT_TOKEN is of an organisation-wide installation, which Baton does not support: install the app in one workspace and use its token.',
    )
  }
  const scopes = known.data.response_metadata?.scopes
  return {
    teamId: known.data.team_id,
    botUserId: known.data.user_id,
    botId: known.data.bot_id,
    missingScopes: scopes ? botScopes.filter((scope) => !scopes.includes(scope)) : [],
  }
}

const whereBotTokens = "copy the Bot User OAuth Token from the app's settings, OAuth & Permissions"
const whereAppTokens = 'create one with the scope connections:write under Basic Information, App-Level Tokens'

const botTokenProblem = (error: unknown, apiUrl: string): StartError => {
  const code = slackErrorCode(error)
  if (code === null) return unreachable(error, apiUrl)
  if (isTokenRefusal(code)) {
    return new StartError(`Slack refuses SLACK_BOT_TOKEN (${code}): ${whereBotTokens}.`)
  }
  return new StartError(`Slack refused auth.test (${code}): check SLACK_BOT_TOKEN and SLACK_API_URL.`)
}

/** What to tell the person who runs Baton when Socket Mode could not be opened. */
export const appTokenProblem = (error: unknown, apiUrl: string): StartError => {
  const code = slackErrorCode(error)
  if (code === null) return unreachable(error, apiUrl)
  if (code === 'not_allowed_token_type') {
    return new StartError(`SLACK_APP_TOKEN is not an app-level token (${code}): ${whereAppTokens}.`)
  }
  if (code === 'missing_scope' || code === 'no_permission') {
    return new StartError(`SLACK_APP_TOKEN lacks the scope connections:write (${code}): ${whereAppTokens}.`)
  }
  if (isTokenRefusal(code)) {
    return new StartError(`Slack refuses SLACK_APP_TOKEN (${code}): ${whereAppTokens}.`)
  }
  return new StartError(
    `Slack refused to open Socket Mode (${code}): check that Socket Mode is on in the app's settings.`,
  )
}

/** Whether asking again with the same app-level token is pointless. */
export const isRefusedForGood = (error: unknown): boolean => {
  const code = slackErrorCode(error)
  return code !== null && isTokenRefusal(code)
}

const tokenRefusals: ReadonlySet<string> = new Set([
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'user_removed_from_team',
  'team_disabled',
  'org_login_required',
  'forbidden_team',
  'not_allowed_token_type',
  'missing_scope',
  'no_permission',
])

const isTokenRefusal = (code: string): boolean => tokenRefusals.has(code)

const unreachable = (error: unknown, apiUrl: string): StartError => {
  if (error instanceof webApi.WebAPIRateLimitedError) {
    return new StartError(`Slack asks to wait ${error.retryAfter} s: start again then.`)
  }
  return new StartError(
    `Slack cannot be reached at ${new URL(apiUrl).origin} (${reason(error)}): check the network and SLACK_API_URL.`,
  )
}

const reason = (error: unknown): string => {
  if (error instanceof webApi.WebAPIHTTPError) return `status ${error.statusCode}`
  if (error instanceof webApi.WebAPIPlatformError) return 'the answer is not one of Slack'
  const cause = error instanceof webApi.WebAPIRequestError ? (error.original.cause ?? error.original) : error
  if (!(cause instanceof Error)) return 'the connection was closed'
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.message
}
