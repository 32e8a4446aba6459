import type { Changes } from './changes.ts'
import { withIds } from './elements.ts'
import type { Ids } from './ids.ts'
import { type JsonRecord, recordsIn } from './json.ts'
import type { SlackMessage } from './model.ts'

export interface MessageContent {
  readonly text: string
  readonly blocks: readonly JsonRecord[]
  readonly attachments: readonly JsonRecord[]
  readonly metadata: JsonRecord | null
}

interface MessagePlace {
  readonly channel: string
  readonly user: string
  readonly threadTs?: string | null
  readonly ephemeralTo?: string | null
}

export interface Messages {
  readonly post: (place: MessagePlace, content: MessageContent) => SlackMessage
  readonly edit: (message: SlackMessage, content: Partial<MessageContent>) => SlackMessage
  readonly remove: (message: SlackMessage) => void
  readonly find: (channel: string, ts: string) => SlackMessage | null
  /** Oldest first, threads in between, other people's ephemeral messages too. */
  readonly inChannel: (channel: string) => readonly SlackMessage[]
  readonly all: () => readonly SlackMessage[]
}

/** What a person sees of it: attachments' blocks count too. */
export const blocksOf = (message: SlackMessage): readonly JsonRecord[] => [
  ...message.blocks,
  ...message.attachments.flatMap((attachment) => recordsIn(attachment.blocks)),
]

export const createMessages = (ids: Ids, changes: Changes): Messages => {
  // Insertion order is ts order, and replacing a value keeps its place.
  const channels = new Map<string, Map<string, SlackMessage>>()
  const announce = ({ channel, ts, ephemeralTo }: SlackMessage) =>
    changes.announce({ kind: 'message', channel, ts, user: ephemeralTo })
  const nextBlockId = () => ids.next('b')

  const save = (message: SlackMessage): SlackMessage => {
    const channel = channels.get(message.channel) ?? new Map<string, SlackMessage>()
    channels.set(message.channel, channel.set(message.ts, message))
    announce(message)
    return message
  }

  return {
    post: (place, content) =>
      save({
        ...place,
        threadTs: place.threadTs ?? null,
        ephemeralTo: place.ephemeralTo ?? null,
        ts: ids.ts(),
        ...content,
        blocks: withIds(content.blocks, nextBlockId),
        editedTs: null,
      }),
    edit: (message, content) =>
      save({
        ...message,
        ...content,
        blocks: content.blocks === undefined ? message.blocks : withIds(content.blocks, nextBlockId),
        editedTs: ids.ts(),
      }),
    remove: (message) => {
      if (channels.get(message.channel)?.delete(message.ts)) announce(message)
    },
    find: (channel, ts) => channels.get(channel)?.get(ts) ?? null,
    inChannel: (channel) => [...(channels.get(channel)?.values() ?? [])],
    all: () => [...channels.values()].flatMap((channel) => [...channel.values()]),
  }
}
