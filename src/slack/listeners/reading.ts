import { actionIds, blockIds } from '../ids.ts'
import type { Reply, SubmissionAnswer, SubmissionRequest } from '../surface.ts'
import { surfaceText } from '../text-surface.ts'
import { type MessageView, textMessage } from '../views/message.ts'

export const asReply = ({ text, blocks }: MessageView): Reply => ({ kind: 'reply', text, blocks })

/** What was chosen or typed into one field of a form; null when nothing was. */
export const chosen = (
  { values }: Pick<SubmissionRequest, 'values'>,
  block: keyof typeof blockIds,
  action: keyof typeof actionIds,
): string | null => {
  const [value = ''] = values[blockIds[block]]?.[actionIds[action]] ?? []
  return value.trim() === '' ? null : value
}

/**
 * To a form whose metadata cannot be read: another version of Baton drew it, or nobody did. Its fields may
 * be others too, and Slack shows an error at a field that is not there as trouble with the connection.
 */
export const unreadableForm: SubmissionAnswer = {
  kind: 'close',
  reply: asReply(textMessage(surfaceText.malformed)),
}
