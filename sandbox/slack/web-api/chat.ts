import { refuseBrokenMessage } from '../breach.ts'
import { isRecord, type JsonRecord } from '../json.ts'
import type { MessageContent } from '../messages.ts'
import type { SlackChannel, SlackMessage } from '../model.ts'
import { Refusal } from '../refusal.ts'
import { messageWire } from '../wire.ts'
import type { Workspace } from '../workspace.ts'
import {
  type Args,
  botIsIn,
  jsonArgument,
  knownChannel,
  type MethodFamily,
  optionalText,
  requiredText,
} from './method.ts'

const longestText = 40_000
const longestUpdate = 4_000

const recordList = (args: Args, name: string, error: string): readonly JsonRecord[] | undefined => {
  const value = jsonArgument(args, name)
  if (value === undefined) return undefined
  if (!Array.isArray(value) || !value.every(isRecord)) throw new Refusal(error)
  return value
}

const metadataOf = (args: Args): JsonRecord | undefined => {
  const value = jsonArgument(args, 'metadata')
  if (value === undefined) return undefined
  if (!isRecord(value)) throw new Refusal('invalid_metadata_format')
  return value
}

const newContent = (args: Args): MessageContent => {
  const content = {
    text: (optionalText(args, 'text') ?? '').slice(0, longestText),
    blocks: recordList(args, 'blocks', 'invalid_blocks') ?? [],
    attachments: recordList(args, 'attachments', 'invalid_attachments') ?? [],
    metadata: metadataOf(args) ?? null,
  }
  if (content.text === '' && content.blocks.length === 0 && content.attachments.length === 0) {
    throw new Refusal('no_text')
  }
  return content
}

/** `text` without `blocks` removes the blocks: Slack shows one or the other. */
const updatedContent = (args: Args): Partial<MessageContent> => {
  const text = optionalText(args, 'text')
  const blocks = recordList(args, 'blocks', 'invalid_blocks')
  const attachments = recordList(args, 'attachments', 'invalid_attachments')
  const metadata = metadataOf(args)
  if (text === null && blocks === undefined && attachments === undefined) throw new Refusal('no_text')
  return {
    ...(text === null ? {} : { text, blocks: [] }),
    ...(blocks === undefined ? {} : { blocks }),
    ...(attachments === undefined ? {} : { attachments }),
    ...(metadata === undefined ? {} : { metadata }),
  }
}

const directChannel = (workspace: Workspace, userId: string): SlackChannel => {
  const user = workspace.people.user(userId)
  if (user === null || user.isDeleted) throw new Refusal('channel_not_found')
  return workspace.botDm(user.id)
}

/** Where the bot may write: it must be a member, and the channel not archived. */
const writableChannel = (workspace: Workspace, args: Args): SlackChannel => {
  const wanted = requiredText(args, 'channel')
  const channel = /^[UW]/.test(wanted) ? directChannel(workspace, wanted) : knownChannel(workspace, wanted)
  if (channel.isArchived) throw new Refusal('is_archived')
  if (!botIsIn(channel, workspace)) throw new Refusal('not_in_channel')
  return channel
}

const ownMessage = (workspace: Workspace, args: Args, tsName: string, notOwn: string): SlackMessage => {
  const channel = knownChannel(workspace, requiredText(args, 'channel'))
  const message = workspace.messages.find(channel.id, requiredText(args, tsName))
  // An ephemeral message can only be reached through a response_url.
  if (message === null || message.ephemeralTo !== null) throw new Refusal('message_not_found')
  if (message.user !== workspace.app.botUserId) throw new Refusal(notOwn)
  return message
}

export const chatMethods: MethodFamily = {
  'chat.postMessage': {
    token: 'bot',
    scope: 'chat:write',
    tier: 'channel',
    run: (args, { workspace }) => {
      const channel = writableChannel(workspace, args)
      const content = newContent(args)
      refuseBrokenMessage(workspace, 'chat.postMessage', content)
      const message = workspace.messages.post(
        { channel: channel.id, user: workspace.app.botUserId, threadTs: optionalText(args, 'thread_ts') },
        content,
      )
      return { channel: channel.id, ts: message.ts, message: messageWire(message, workspace) }
    },
  },
  'chat.update': {
    token: 'bot',
    scope: 'chat:write',
    tier: 3,
    run: (args, { workspace }) => {
      const message = ownMessage(workspace, args, 'ts', 'cant_update_message')
      const content = updatedContent(args)
      refuseBrokenMessage(workspace, 'chat.update', { ...message, ...content })
      if (content.text !== undefined && content.text.length > longestUpdate) {
        throw new Refusal('msg_too_long')
      }
      const updated = workspace.messages.edit(message, content)
      return {
        channel: updated.channel,
        ts: updated.ts,
        text: updated.text,
        message: messageWire(updated, workspace),
      }
    },
  },
  'chat.delete': {
    token: 'bot',
    scope: 'chat:write',
    tier: 3,
    run: (args, { workspace }) => {
      const message = ownMessage(workspace, args, 'ts', 'cant_delete_message')
      workspace.messages.remove(message)
      return { channel: message.channel, ts: message.ts }
    },
  },
  'chat.postEphemeral': {
    token: 'bot',
    scope: 'chat:write',
    tier: 4,
    run: (args, { workspace }) => {
      const channel = writableChannel(workspace, args)
      const user = workspace.people.user(requiredText(args, 'user'))
      if (user === null) throw new Refusal('user_not_found')
      if (!channel.members.has(user.id)) throw new Refusal('user_not_in_channel')
      const content = newContent(args)
      refuseBrokenMessage(workspace, 'chat.postEphemeral', content)
      const message = workspace.messages.post(
        {
          channel: channel.id,
          user: workspace.app.botUserId,
          threadTs: optionalText(args, 'thread_ts'),
          ephemeralTo: user.id,
        },
        content,
      )
      return { message_ts: message.ts }
    },
  },
  'chat.getPermalink': {
    token: 'bot',
    tier: 'unlimited',
    run: (args, { workspace }) => {
      const channel = knownChannel(workspace, requiredText(args, 'channel'))
      const message = workspace.messages.find(channel.id, requiredText(args, 'message_ts'))
      if (message === null) throw new Refusal('message_not_found')
      const path = `archives/${channel.id}/p${message.ts.replace('.', '')}`
      return { channel: channel.id, permalink: `https://${workspace.team.domain}.slack.com/${path}` }
    },
  },
}
