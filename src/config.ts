import { type CountryCode, isSupportedCountry } from 'libphonenumber-js'
import { z } from 'zod'
import {
  type AccountConfig,
  accountsOfEnvironment,
  accountsOfFile,
  providerVariables,
  type ReadAccounts,
} from './account-config.ts'
import type { AccountsFile } from './accounts-file.ts'
import { baseUrl, wholeNumber } from './providers/settings.ts'
import { type SlackUserId, slackUserId, type UserGroupId, userGroupId } from './routing/ids.ts'
import { Secret } from './secret.ts'

export interface Config {
  readonly slack: SlackConfig
  readonly http: { readonly host: string; readonly port: number }
  /** Path of the SQLite file, relative to the working directory unless absolute. */
  readonly databasePath: string
  readonly logLevel: LogLevel
  /** Country of phone numbers that people write without a country code. */
  readonly defaultCountry: CountryCode | null
  readonly admins: readonly SlackUserId[]
  readonly leads: readonly SlackUserId[]
  /** Whose members are leads. */
  readonly leadGroups: readonly UserGroupId[]
  /** At least one; their ids differ. */
  readonly accounts: readonly AccountConfig[]
}

export interface SlackConfig {
  readonly botToken: Secret
  /** Ends in a slash. */
  readonly apiUrl: string
  readonly transport:
    | { readonly kind: 'socket'; readonly appToken: Secret }
    | { readonly kind: 'http'; readonly signingSecret: Secret }
}

export type LogLevel = z.infer<typeof logLevel>

export type ConfigResult =
  | { readonly kind: 'ok'; readonly config: Config }
  /** One line for each bad or missing variable: its name and what is expected, never its value. */
  | { readonly kind: 'invalid'; readonly problems: readonly string[] }

const logLevel = z.enum(
  ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
  'must be fatal, error, warn, info, debug, trace or silent',
)

const token = (prefix: string, what: string) =>
  z
    .string()
    .regex(new RegExp(`^${prefix}-[A-Za-z0-9-]{5,}$`), `must be ${what}: it begins with ${prefix}-`)
    .transform((value) => new Secret(value))

const databasePath = z
  .string()
  .regex(
    /^file:(?:\/\/(?=\/))?(?!\/\/)[^:?#]+$/,
    'must be file: and a path, such as file:./data/baton.db; other databases are not supported',
  )
  .transform((value) => value.replace(/^file:(?:\/\/(?=\/))?/, ''))

/** Ids separated by commas, each once. */
const ids = (pattern: RegExp, what: string) =>
  z
    .string()
    .transform((list) => [
      ...new Set(
        list
          .split(',')
          .map((id) => id.trim())
          .filter((id) => id !== ''),
      ),
    ])
    .pipe(z.array(z.string().regex(pattern, `must be ${what}, separated by commas`)))

const admins = ids(/^[UW][A-Z0-9_]{2,}$/, 'Slack member ids (U… or W…)').transform((each) =>
  each.map(slackUserId),
)

const leads = ids(/^[UWS][A-Z0-9_]{2,}$/, 'Slack ids of members (U… or W…) or user groups (S…)').transform(
  (each) => ({
    people: each.filter((id) => !id.startsWith('S')).map(slackUserId),
    groups: each.filter((id) => id.startsWith('S')).map(userGroupId),
  }),
)

const country = z
  .string()
  .toUpperCase()
  .refine((code) => isSupportedCountry(code), 'must be a two-letter country code, such as AE')

/** Every variable that is read. What depends on others is in `missing`. */
const environment = z.object({
  SLACK_MODE: z.enum(['socket', 'http'], 'must be socket or http').default('socket'),
  SLACK_BOT_TOKEN: token('xoxb', 'the bot token').optional(),
  SLACK_APP_TOKEN: token('xapp', 'the app-level token').optional(),
  SLACK_SIGNING_SECRET: z
    .string()
    .min(8, "must be the app's signing secret")
    .transform((value) => new Secret(value))
    .optional(),
  SLACK_API_URL: baseUrl.default('https://slack.com/api').transform((url) => `${url}/`),
  HOST: z
    .string()
    .regex(/^[A-Za-z0-9.:-]+$/, 'must be a host name or address, such as 127.0.0.1 or 0.0.0.0')
    .default('127.0.0.1'),
  PORT: wholeNumber(0, 65_535).default(3000),
  DATABASE_URL: databasePath.default('./data/baton.db'),
  LOG_LEVEL: logLevel.default('info'),
  DEFAULT_COUNTRY: country.optional(),
  ADMIN_USERS: admins.default([]),
  LEAD_USERS: leads.default({ people: [], groups: [] }),
  ACCOUNTS_FILE: z.string().optional(),
})

export const variableNames: readonly string[] = [...Object.keys(environment.shape), ...providerVariables]

const missing = (given: Readonly<Record<string, string>>): readonly string[] => {
  const problems: string[] = []
  const need = (name: string, expected: string): void => {
    if (given[name] === undefined) problems.push(`${name} is missing: ${expected}`)
  }
  need('SLACK_BOT_TOKEN', 'the bot token of the Slack app (xoxb-…)')
  if (given.SLACK_MODE === 'http') {
    need('SLACK_SIGNING_SECRET', 'the signing secret of the Slack app, needed with SLACK_MODE=http')
  } else {
    need('SLACK_APP_TOKEN', 'an app-level token with connections:write (xapp-…), needed in socket mode')
  }
  return problems
}

/**
 * Reads the configuration from the variables of the environment. An empty variable counts as absent.
 * Every bad or missing variable is reported at once, by name, never by value.
 *
 * @param accountsFile what ACCOUNTS_FILE names; with it, the providers' own variables only serve to fill
 *   in what the file refers to
 */
export const parseConfig = (
  env: Readonly<Record<string, string | undefined>>,
  accountsFile: AccountsFile | null = null,
): ConfigResult => {
  const given = Object.fromEntries(
    variableNames.flatMap((name) => {
      const value = env[name]?.trim()
      return value === undefined || value === '' ? [] : [[name, value]]
    }),
  )
  const parsed = environment.safeParse(given)
  const bad = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${String(issue.path[0])} ${issue.message}`)
  const { accounts, problems: accountProblems } = readAccounts(given, env, accountsFile)
  const problems = [...new Set([...bad, ...missing(given), ...accountProblems])]
  if (!parsed.success || problems.length > 0) return { kind: 'invalid', problems }

  const values = parsed.data
  const { SLACK_BOT_TOKEN: botToken } = values
  const transport = slackTransport(values)
  if (!botToken || !transport) throw new Error('A variable that was checked is absent')
  return {
    kind: 'ok',
    config: frozen({
      slack: { botToken, apiUrl: values.SLACK_API_URL, transport },
      http: { host: values.HOST, port: values.PORT },
      databasePath: values.DATABASE_URL,
      logLevel: values.LOG_LEVEL,
      defaultCountry: values.DEFAULT_COUNTRY ?? null,
      admins: values.ADMIN_USERS,
      leads: values.LEAD_USERS.people,
      leadGroups: values.LEAD_USERS.groups,
      accounts,
    }),
  }
}

const readAccounts = (
  given: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string | undefined>>,
  accountsFile: AccountsFile | null,
): ReadAccounts => {
  if (accountsFile === null) return accountsOfEnvironment(given)
  if (accountsFile.kind === 'read') return accountsOfFile(accountsFile, env)
  return { accounts: [], problems: [`ACCOUNTS_FILE ${accountsFile.problem}`] }
}

const slackTransport = (values: z.output<typeof environment>): SlackConfig['transport'] | null => {
  if (values.SLACK_MODE === 'http') {
    const signingSecret = values.SLACK_SIGNING_SECRET
    return signingSecret ? { kind: 'http', signingSecret } : null
  }
  const appToken = values.SLACK_APP_TOKEN
  return appToken ? { kind: 'socket', appToken } : null
}

/** Every secret of a configuration, for the log's redaction. */
export const secretsOf = (config: Config): readonly Secret[] => [
  config.slack.botToken,
  config.slack.transport.kind === 'socket'
    ? config.slack.transport.appToken
    : config.slack.transport.signingSecret,
  ...config.accounts.flatMap((account) => account.secrets),
]

const frozen = <T extends object>(value: T): T => {
  for (const part of Object.values(value)) {
    if (typeof part === 'object' && part !== null) frozen(part)
  }
  return Object.freeze(value)
}
