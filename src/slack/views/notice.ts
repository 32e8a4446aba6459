import { visibleLines } from '../mrkdwn.ts'
import { type Notice, noticeText } from '../text-notice.ts'
import { chatButtons, chatSection, customerLine } from './chat-block.ts'
import type { ChatFacts } from './chat-facts.ts'
import { fallback, type MessageView, quotation } from './message.ts'

const maxNoteLength = 1000

/**
 * A private message about a chat. The receiver of a chat sees the number in full, and the note; the
 * fallback stays masked, because it is shown on locked screens.
 */
export const noticeMessage = (notice: Notice, facts: ChatFacts): MessageView => {
  const sentence = noticeText(notice, facts)
  const isNowTheirs = notice.kind === 'handed-to-you'
  const note = notice.kind === 'handed-to-you' ? notice.note : null
  const shownNote = note === null || visibleLines(note) === '' ? null : note
  return {
    text: fallback(sentence, shownNote === null ? null : 'A note is with it.'),
    blocks: [
      chatSection(facts, `${sentence}\n${customerLine(facts, isNowTheirs ? 'full' : 'masked')}`),
      ...(shownNote === null ? [] : [quotation(shownNote, maxNoteLength)]),
      ...(hasControls(notice) ? chatButtons(facts) : []),
    ],
  }
}

/** Buttons only where the reader has something to decide next. */
const hasControls = (notice: Notice): boolean => {
  switch (notice.kind) {
    case 'handed-to-you':
    case 'failed':
    case 'wrote-again':
      return true
    case 'overruled':
      return notice.holder === 'nobody'
    case 'handed-by-mistake':
    case 'confirmed':
    case 'delayed':
    case 'overtaken':
      return false
    default:
      return notice satisfies never
  }
}
