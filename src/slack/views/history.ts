import type { types } from '@slack/bolt'
import type { EventId } from '../../routing/ids.ts'
import { actionIds } from '../ids.ts'
import { plain } from '../mrkdwn.ts'
import { stateText } from '../text.ts'
import { type HistoryLine, historyLineText, historyText, nothingHappenedText } from '../text-history.ts'
import { encodeHistoryRef } from '../values.ts'
import { customerLine } from './chat-block.ts'
import type { ChatFacts } from './chat-facts.ts'
import { context, fallback, type MessageView, quotation, section } from './message.ts'
import { textModal } from './modal.ts'

/** So that a message full of long notes stays below what Slack takes. */
const MOST_OF_QUOTE = 700

/** Lines for the thread of a chat's card. They mention nobody, and what is quoted is not in the fallback. */
export const historyMessage = (lines: readonly HistoryLine[], provider: string): MessageView => ({
  text: fallback(...lines.map((line) => historyText(line, provider))),
  blocks: blocksOf(lines, (line) => historyText(line, provider)),
})

export interface HistoryFacts {
  readonly chat: ChatFacts
  readonly provider: string
  /** Newest first. */
  readonly lines: readonly HistoryLine[]
  /** The page's newest event if there are newer ones, and its oldest if there are older ones. */
  readonly newer: EventId | null
  readonly older: EventId | null
}

/** A page of all that has happened to a chat. */
export const historyModal = ({ chat, provider, lines, newer, older }: HistoryFacts): types.ModalView => {
  const turn = (actionId: string, text: string, event: EventId | null): types.Button[] =>
    event === null
      ? []
      : [
          {
            type: 'button',
            action_id: actionId,
            text: plain(text, 75),
            value: encodeHistoryRef({ chat: chat.id, event }),
          },
        ]
  const turns = [
    ...turn(actionIds.historyNewer, 'Show Newer', newer),
    ...turn(actionIds.historyOlder, 'Show Older', older),
  ]
  return {
    ...textModal('History', nothingHappenedText),
    blocks: [
      section(`${customerLine(chat)}\n${stateText(chat)}`),
      { type: 'divider' },
      ...(lines.length === 0
        ? [section(nothingHappenedText)]
        : blocksOf(lines, (line) => historyLineText(line, provider))),
      ...(turns.length === 0 ? [] : [{ type: 'actions' as const, elements: turns }]),
    ],
  }
}

const blocksOf = (lines: readonly HistoryLine[], textOf: (line: HistoryLine) => string): types.KnownBlock[] =>
  lines.flatMap((line) => [
    context(textOf(line)),
    ...(line.quote === null ? [] : [quotation(line.quote, MOST_OF_QUOTE)]),
  ])
