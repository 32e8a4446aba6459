import { z } from 'zod'
import type { AccountsFile } from './accounts-file.ts'
import type { AccountSettings } from './providers/provider.ts'
import { providers } from './providers/registry.ts'
import { type AccountId, accountId } from './routing/ids.ts'

/** One connection to one provider. */
export interface AccountConfig extends AccountSettings {
  readonly id: AccountId
  /** `wamm` */
  readonly provider: string
}

export interface ReadAccounts {
  readonly accounts: readonly AccountConfig[]
  /** Sentences that name settings and never repeat a value. */
  readonly problems: readonly string[]
}

export const providerVariables: readonly string[] = providers.flatMap(({ variables }) =>
  Object.values(variables),
)

/**
 * One account of each provider whose variables are given; it is named after its provider. A provider of
 * which nothing is given, or only what would be so anyway, is off.
 *
 * @param given variables that are not empty
 */
export const accountsOfEnvironment = (given: Readonly<Record<string, string>>): ReadAccounts => {
  const accounts: AccountConfig[] = []
  const problems: string[] = []
  for (const provider of providers) {
    const values = Object.entries(provider.variables).flatMap(([setting, variable]) => {
      const value = given[variable]
      return value === undefined ? [] : [[setting, value] as const]
    })
    if (values.every(([setting, value]) => provider.isDefault(setting, value))) continue
    const read = provider.read(Object.fromEntries(values))
    if (read.kind === 'ok') {
      accounts.push({ ...read.settings, id: accountId(provider.name), provider: provider.name })
      continue
    }
    for (const { setting, problem } of read.problems) {
      problems.push(
        `${setting === null ? provider.name : (provider.variables[setting] ?? setting)} ${problem}`,
      )
    }
  }
  if (accounts.length === 0 && problems.length === 0) {
    problems.push('No provider is set up: give WAMM_TOKEN and WAMM_SLACK_CHANNEL, or those of another one')
  }
  return { accounts, problems }
}

const name = z
  .string('name is missing: letters, digits and dashes, such as sales')
  .regex(/^[a-z][a-z0-9-]{0,19}$/, 'name must be at most 20 small letters, digits and dashes')

const file = z.object({
  accounts: z.array(z.looseObject({ name: z.unknown().optional(), provider: z.unknown().optional() })).min(1),
})

/**
 * The accounts of the file, each with its own name. `${VARIABLE}` in any text stands for that variable of
 * the environment, so that no secret needs to be in the file.
 */
export const accountsOfFile = (
  { content }: AccountsFile & { kind: 'read' },
  env: Readonly<Record<string, string | undefined>>,
): ReadAccounts => {
  const listed = file.safeParse(content)
  if (!listed.success) {
    return { accounts: [], problems: ['ACCOUNTS_FILE must name a file with a list of accounts'] }
  }
  const accounts: AccountConfig[] = []
  const problems: string[] = []
  for (const [index, raw] of listed.data.accounts.entries()) {
    const { name: rawName, provider: rawProvider, ...rawSettings } = raw
    const named = name.safeParse(rawName)
    const complain = (problem: string): void => {
      const which = named.success ? `account ${named.data}` : `account number ${index + 1}`
      problems.push(`ACCOUNTS_FILE, ${which}: ${problem}`)
    }
    if (!named.success) complain(named.error.issues[0]?.message ?? 'name is missing')
    else if (accounts.some(({ id }) => id === named.data)) complain('another account has this name')
    const provider = providers.find((each) => each.name === rawProvider)
    if (provider === undefined) {
      complain(`provider must be ${providers.map((each) => each.name).join(', ')}`)
      continue
    }
    const unset = new Set<string>()
    const read = provider.read(filledIn(rawSettings, env, unset))
    for (const variable of unset) complain(`the variable ${variable} is not set`)
    if (read.kind === 'invalid') {
      if (unset.size === 0)
        for (const { setting, problem } of read.problems) complain(`${setting ?? 'it'} ${problem}`)
    } else if (named.success) {
      accounts.push({ ...read.settings, id: accountId(named.data), provider: provider.name })
    }
  }
  return { accounts, problems }
}

type Settings = Readonly<Record<string, unknown>>

/** The settings with their variables filled in; names of variables that are not set go into `unset`. */
const filledIn = (
  settings: Settings,
  env: Readonly<Record<string, string | undefined>>,
  unset: Set<string>,
): Settings => {
  const fill = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(fill)
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, fill(part)]))
    if (typeof value !== 'string') return value
    return value.replace(/\$\{(\w+)\}/g, (_whole, variable: string) => {
      const text = env[variable]?.trim()
      if (!text) unset.add(variable)
      return text ?? ''
    })
  }
  return Object.fromEntries(Object.entries(settings).map(([key, value]) => [key, fill(value)]))
}
