import { isRecord, type JsonRecord, parseJson, stringOrNull } from '../json.ts'
import type { SlackChannel } from '../model.ts'
import type { Tier } from '../rate-tiers.ts'
import { invalidArguments, Refusal } from '../refusal.ts'
import type { Workspace } from '../workspace.ts'

/** The arguments of one call: JSON values, or all of them strings when the body was a form. */
export type Args = JsonRecord

export interface MethodContext {
  readonly workspace: Workspace
  /** A new single-use address for a Socket Mode connection. */
  readonly openSocketUrl: () => string
}

export interface Method {
  readonly token: 'bot' | 'app' | 'none'
  readonly scope?: string
  readonly tier: Tier
  /** The answer without `ok`; refusals are thrown. */
  readonly run: (args: Args, context: MethodContext) => JsonRecord
}

export type MethodFamily = Readonly<Record<string, Method>>

export const optionalText = (args: Args, name: string): string | null => {
  const value = args[name]
  return typeof value === 'number' ? String(value) : stringOrNull(value) || null
}

export const requiredText = (args: Args, name: string): string => {
  const value = optionalText(args, name)
  if (value === null) throw invalidArguments(`missing required field: ${name}`)
  return value
}

export const flag = (args: Args, name: string): boolean =>
  args[name] === true || args[name] === 'true' || args[name] === '1' || args[name] === 1

/** A JSON argument, which a form carries as a string. Undefined when absent, null when it is no JSON. */
export const jsonArgument = (args: Args, name: string): unknown => {
  const value = args[name]
  if (value === undefined || value === '') return undefined
  if (typeof value !== 'string') return value
  return parseJson(value) ?? null
}

export const recordArgument = (args: Args, name: string): JsonRecord => {
  const value = jsonArgument(args, name)
  if (!isRecord(value)) throw invalidArguments(`missing required field: ${name}`)
  return value
}

export const botIsIn = (channel: SlackChannel, workspace: Workspace): boolean =>
  channel.members.has(workspace.app.botUserId)

/** A channel the bot may know of; private ones it is not in do not exist for it. */
export const knownChannel = (workspace: Workspace, idOrName: string): SlackChannel => {
  const channel = workspace.people.channel(idOrName)
  if (channel === null || (channel.kind !== 'public' && !botIsIn(channel, workspace))) {
    throw new Refusal('channel_not_found')
  }
  return channel
}

/** One page of a list, Slack's way: an opaque cursor, empty on the last page. */
export const page = <T>(
  all: readonly T[],
  args: Args,
): { readonly items: readonly T[]; readonly response_metadata: JsonRecord } => {
  const limit = Number(optionalText(args, 'limit') ?? 0) || all.length
  const cursor = optionalText(args, 'cursor')
  const start = cursor === null ? 0 : Number(Buffer.from(cursor, 'base64').toString().replace('next:', ''))
  if (!Number.isInteger(start) || start < 0 || start > all.length) throw new Refusal('invalid_cursor')
  const end = start + Math.min(limit, 1_000)
  const next = end < all.length ? Buffer.from(`next:${end}`).toString('base64') : ''
  return { items: all.slice(start, end), response_metadata: { next_cursor: next } }
}
