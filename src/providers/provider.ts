import type { z } from 'zod'
import type { After } from '../clock.ts'
import type { Instant } from '../routing/ids.ts'
import { Secret } from '../secret.ts'
import type { ProviderAdapter } from './contract.ts'
import type { HttpClient } from './http-client.ts'

/** A provider as the configuration knows it: what an account there needs, and how to connect it. */
export interface Provider {
  /** `wamm`: in the accounts file, and the name of the one account that the environment gives. */
  readonly name: string
  /** The environment's variable of each setting that has one. */
  readonly variables: Readonly<Record<string, string>>
  /** Whether the text says only what would be so without it. */
  isDefault(setting: string, text: string): boolean
  read(values: Readonly<Record<string, unknown>>): ReadSettings
}

export type ReadSettings =
  | { readonly kind: 'ok'; readonly settings: AccountSettings }
  | { readonly kind: 'invalid'; readonly problems: readonly SettingProblem[] }

export interface SettingProblem {
  /** Null for what concerns the account as a whole. */
  readonly setting: string | null
  /** Follows the setting's name in a sentence, and never repeats a value. */
  readonly problem: string
}

/** What Baton knows of an account, whatever its provider. */
export interface AccountSettings {
  /** Id of the Slack channel of the account's cards. */
  readonly channel: string
  /** Whether the beginning of the customer's last message is kept and shown. */
  readonly preview: boolean
  /** Whether cards are posted even to a channel that people of another organisation read. */
  readonly allowSharedChannel: boolean
  /** How often its chats are listed; null where the provider lists none. */
  readonly pollSeconds: number | null
  /** Signs what is told by `POST /intake/<account>`; null: nothing is taken there. */
  readonly intakeSecret: Secret | null
  /** How many days after the end of a chat its customer is erased; null: never. */
  readonly retentionDays: number | null
  readonly secrets: readonly Secret[]
  connect(edges: ProviderEdges): ProviderAdapter
}

export interface ProviderEdges {
  readonly http: HttpClient
  readonly now: () => Instant
  readonly after: After
}

interface OfEveryAccount {
  readonly channel: string
  readonly preview: boolean
  readonly allowSharedChannel: boolean
  readonly pollSeconds?: number
  readonly intakeSecret?: Secret | undefined
  readonly retentionDays?: number | undefined
}

/**
 * @param definition.schema strict; the settings of an account, as the accounts file names them
 * @param definition.variables of the settings that the environment can give
 */
export const defineProvider = <T extends OfEveryAccount>(definition: {
  readonly name: string
  readonly schema: z.ZodObject & z.ZodType<T>
  readonly variables: Readonly<Record<string, string>>
  readonly connect: (settings: T, edges: ProviderEdges) => ProviderAdapter
}): Provider => {
  const { name, schema, variables, connect } = definition
  return {
    name,
    variables,
    isDefault(setting, text) {
      const settingSchema = schema.shape[setting] as z.ZodType | undefined
      const otherwise = settingSchema?.safeParse(undefined)
      if (!otherwise?.success || otherwise.data === undefined) return false
      return JSON.stringify(settingSchema?.safeParse(text).data) === JSON.stringify(otherwise.data)
    },
    read(values) {
      const read = schema.safeParse(values)
      if (!read.success) return { kind: 'invalid', problems: read.error.issues.flatMap(problemsOf) }
      const settings = read.data
      return {
        kind: 'ok',
        settings: {
          channel: settings.channel,
          preview: settings.preview,
          allowSharedChannel: settings.allowSharedChannel,
          pollSeconds: settings.pollSeconds ?? null,
          intakeSecret: settings.intakeSecret ?? null,
          retentionDays: settings.retentionDays ?? null,
          secrets: Object.values(settings)
            .flat()
            .filter((value) => value instanceof Secret),
          connect: (edges) => connect(settings, edges),
        },
      }
    },
  }
}

const problemsOf = (issue: z.core.$ZodIssue): SettingProblem[] => {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((setting) => ({ setting, problem: 'is no setting of this provider' }))
  const [setting] = issue.path
  return [{ setting: setting === undefined ? null : issue.path.join('.'), problem: issue.message }]
}
