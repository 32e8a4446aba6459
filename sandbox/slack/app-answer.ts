import { refuseBrokenMessage } from './breach.ts'
import { isRecord, type JsonRecord, recordsIn, stringOrEmpty, stringOrNull } from './json.ts'
import type { MessageContent } from './messages.ts'
import type { SlackMessage } from './model.ts'
import { Refusal } from './refusal.ts'
import type { Workspace } from './workspace.ts'

/** Where an interaction came from, and so where its answer goes. */
export interface Origin {
  readonly user: string
  readonly channel: string
  /** The message whose button was used; null for commands. */
  readonly messageTs: string | null
}

const contentOf = (body: JsonRecord): MessageContent => ({
  text: stringOrEmpty(body.text),
  blocks: recordsIn(body.blocks),
  attachments: recordsIn(body.attachments),
  metadata: isRecord(body.metadata) ? body.metadata : null,
})

/**
 * Shows a message that the app gave as its answer: in the acknowledgement of a command, or through a
 * response_url. Private unless `response_type` is `in_channel`. Null when there is nothing to show.
 * Throws Slack's refusal.
 */
export const showAnswer = (
  workspace: Workspace,
  where: string,
  body: JsonRecord,
  origin: Origin,
): SlackMessage | null => {
  const { messages, app } = workspace
  const original = origin.messageTs === null ? null : messages.find(origin.channel, origin.messageTs)
  if (body.delete_original === true && original !== null) {
    messages.remove(original)
    return null
  }
  const content = contentOf(body)
  if (content.text === '' && content.blocks.length === 0 && content.attachments.length === 0) {
    if (where === 'response_url') throw new Refusal('no_text')
    return null
  }
  refuseBrokenMessage(workspace, where, content)
  // A command has no original: Slack then shows a new message.
  if (body.replace_original === true && original !== null) return messages.edit(original, content)
  return messages.post(
    {
      channel: origin.channel,
      user: app.botUserId,
      threadTs: stringOrNull(body.thread_ts),
      ephemeralTo: body.response_type === 'in_channel' ? null : origin.user,
    },
    content,
  )
}
