import { actionIds, blockIds } from '../ids.ts'
import type { Reply, SubmissionRequest } from '../surface.ts'
import type { MessageView } from '../views/message.ts'

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

export const replyTo = ({ responseUrl }: Pick<SubmissionRequest, 'responseUrl'>) => ({ responseUrl })
