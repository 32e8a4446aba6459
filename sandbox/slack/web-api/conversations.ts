import type { JsonRecord } from '../json.ts'
import type { SlackChannel } from '../model.ts'
import { Refusal } from '../refusal.ts'
import { channelWire } from '../wire.ts'
import type { Workspace } from '../workspace.ts'
import {
  type Args,
  botIsIn,
  flag,
  knownChannel,
  type Method,
  type MethodFamily,
  optionalText,
  page,
  requiredText,
} from './method.ts'

const kindNames: Readonly<Record<string, SlackChannel['kind']>> = {
  public_channel: 'public',
  private_channel: 'private',
  im: 'im',
  mpim: 'mpim',
}

const listed = (args: Args, workspace: Workspace, member: string | null): readonly SlackChannel[] => {
  const names = (optionalText(args, 'types') ?? 'public_channel').split(',')
  const kinds = names.map((name) => {
    const kind = kindNames[name.trim()]
    if (kind === undefined) throw new Refusal('invalid_types')
    return kind
  })
  return workspace.people.channels().filter((channel) => {
    if (!kinds.includes(channel.kind)) return false
    if (flag(args, 'exclude_archived') && channel.isArchived) return false
    if (member !== null && !channel.members.has(member)) return false
    return channel.kind === 'public' || botIsIn(channel, workspace)
  })
}

const channelPage = (all: readonly SlackChannel[], args: Args, workspace: Workspace): JsonRecord => {
  const { items, response_metadata } = page(all, args)
  return { channels: items.map((channel) => channelWire(channel, workspace)), response_metadata }
}

const open: Method = {
  token: 'bot',
  scope: 'im:write',
  tier: 3,
  run: (args, { workspace }) => {
    const existing = optionalText(args, 'channel')
    if (existing !== null) return { channel: { id: knownChannel(workspace, existing).id } }
    const wanted = (optionalText(args, 'users') ?? '').split(',').filter((id) => id !== '')
    if (wanted.length === 0) throw new Refusal('users_list_not_supplied')
    if (wanted.length > 8) throw new Refusal('too_many_users')
    const users = wanted.map((id) => {
      const user = workspace.people.user(id.trim())
      if (user === null) throw new Refusal('user_not_found')
      if (user.isDeleted) throw new Refusal('user_disabled')
      if (user.isBot) throw new Refusal('cannot_dm_bot')
      return user.id
    })
    const { channel, existed } = workspace.people.direct([workspace.app.botUserId, ...users])
    return {
      ...(existed ? { no_op: true, already_open: true } : {}),
      channel: flag(args, 'return_im') ? channelWire(channel, workspace) : { id: channel.id },
    }
  },
}

export const conversationsMethods: MethodFamily = {
  'conversations.open': open,
  'conversations.info': {
    token: 'bot',
    scope: 'channels:read',
    tier: 3,
    run: (args, { workspace }) => {
      const channel = knownChannel(workspace, requiredText(args, 'channel'))
      const { scopes } = workspace.app
      if (channel.kind === 'private' && scopes !== null && !scopes.includes('groups:read')) {
        throw new Refusal('missing_scope', { needed: 'groups:read', provided: scopes.join(',') })
      }
      return { channel: channelWire(channel, workspace) }
    },
  },
  'conversations.list': {
    token: 'bot',
    scope: 'channels:read',
    tier: 2,
    run: (args, { workspace }) => channelPage(listed(args, workspace, null), args, workspace),
  },
  'users.conversations': {
    token: 'bot',
    scope: 'channels:read',
    tier: 3,
    run: (args, { workspace }) => {
      const member = optionalText(args, 'user') ?? workspace.app.botUserId
      return channelPage(listed(args, workspace, member), args, workspace)
    },
  },
  'conversations.members': {
    token: 'bot',
    scope: 'channels:read',
    tier: 4,
    run: (args, { workspace }) => {
      const channel = knownChannel(workspace, requiredText(args, 'channel'))
      const { items, response_metadata } = page([...channel.members], args)
      return { members: items, response_metadata }
    },
  },
  'conversations.join': {
    token: 'bot',
    scope: 'channels:join',
    tier: 3,
    run: (args, { workspace }) => {
      const channel = knownChannel(workspace, requiredText(args, 'channel'))
      if (channel.kind !== 'public') throw new Refusal('method_not_supported_for_channel_type')
      if (channel.isArchived) throw new Refusal('is_archived')
      const members = new Set([...channel.members, workspace.app.botUserId])
      const joined = workspace.people.changeChannel(channel, { members })
      return { channel: channelWire(joined, workspace) }
    },
  },
}
