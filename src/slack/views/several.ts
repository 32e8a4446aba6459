import type { types } from '@slack/bolt'
import type { EventId } from '../../routing/ids.ts'
import { actionIds, blockIds, callbackIds } from '../ids.ts'
import { plain } from '../mrkdwn.ts'
import {
  deedLabels,
  moreText,
  notDoneText,
  severalButton,
  severalHints,
  severalTitle,
} from '../text-several.ts'
import { encodeForm } from '../values.ts'
import { customerLine } from './chat-block.ts'
import type { ChatFacts } from './chat-facts.ts'
import { context, fallback, type MessageView, quotation, section } from './message.ts'
import { input, label, lines } from './modal.ts'
import { undoSection } from './undo.ts'

/** Slack's limit for the options of a menu. */
export const MOST_SEVERAL = 100
/** More names than that are only counted. */
const MOST_NAMED = 10
const MOST_OF_NOTE = 1_000

/** Opens the form, under a list of the reader's chats. */
export const severalAction = (): types.ActionsBlock => ({
  type: 'actions',
  block_id: 'several',
  elements: [{ type: 'button', action_id: actionIds.several, text: plain(severalButton, 75), value: 'mine' }],
})

/** Which of my chats, and what is to become of all of them. `meanings` as in the form for one. */
export const severalForm = (meanings: readonly string[]): types.ModalView => ({
  type: 'modal',
  callback_id: callbackIds.severalForm,
  private_metadata: encodeForm({ chat: null, channel: null }),
  title: label(severalTitle),
  submit: label('Release or Hand Off'),
  close: label('Cancel'),
  blocks: [
    input({
      blockId: blockIds.chats,
      label: 'Which of your chats',
      hint: null,
      required: true,
      element: {
        type: 'multi_external_select',
        action_id: actionIds.myChats,
        min_query_length: 0,
        max_selected_items: MOST_SEVERAL,
        placeholder: plain(severalHints.placeholder, 150),
        focus_on_load: true,
      },
    }),
    input({
      blockId: blockIds.deed,
      label: 'What to do',
      hint: null,
      required: true,
      element: {
        type: 'radio_buttons',
        action_id: actionIds.deed,
        options: Object.entries(deedLabels).map(([value, text]) => ({ text: plain(text, 75), value })),
      },
    }),
    input({
      blockId: blockIds.receiver,
      label: 'To whom',
      hint: severalHints.receiver,
      required: false,
      element: {
        type: 'external_select',
        action_id: actionIds.receiver,
        min_query_length: 0,
        placeholder: plain('Choose a colleague', 150),
      },
    }),
    lines({
      blockId: blockIds.note,
      actionId: actionIds.note,
      label: 'Note or reason',
      hint: severalHints.note,
    }),
    ...meanings.slice(0, 10).map(context),
  ],
})

/** A chat with which it did not work, and why not as the chat is now; null for a chat that is gone. */
export interface NotDone {
  readonly facts: ChatFacts
  readonly why: string
}

export interface SeveralReport {
  readonly sentence: string
  readonly done: readonly ChatFacts[]
  /** The decisions that can be undone. */
  readonly undo: readonly EventId[]
  readonly notDone: readonly NotDone[]
}

/** What worked and what did not, to whoever asked for it. */
export const severalReport = ({ sentence, done, undo, notDone }: SeveralReport): MessageView => {
  const doneNames = named(done.map((facts) => customerLine(facts)))
  const notDoneLines = named(notDone.map(({ facts, why }) => `${customerLine(facts)}: ${why}`))
  const heading = notDone.length === 0 ? null : notDoneText(notDone.length)
  return {
    text: fallback(sentence, heading, ...notDoneLines),
    blocks: [
      undo.length === 0 ? section(sentence) : undoSection(sentence, undo),
      ...doneNames.map(context),
      ...(heading === null ? [] : [section(heading)]),
      ...notDoneLines.map(context),
    ],
  }
}

/** The answer to a claim of several. They are the reader's now: the numbers stand in full, though not in the fallback. */
export const claimedSeveral = (
  sentence: string,
  chats: readonly ChatFacts[],
  undo: readonly EventId[],
): MessageView => ({
  text: fallback(sentence, ...named(chats.map((facts) => customerLine(facts)))),
  blocks: [
    undoSection(sentence, undo),
    ...named(chats.map((facts) => customerLine(facts, 'full'))).map(context),
  ],
})

/** To whoever got several chats. */
export const handedSeveral = (
  sentence: string,
  chats: readonly ChatFacts[],
  note: string | null,
): MessageView => ({
  text: fallback(sentence, note === null ? null : 'A note is with them.'),
  blocks: [
    section(sentence),
    ...named(chats.map((facts) => customerLine(facts, 'full'))).map(context),
    ...(note === null ? [] : [quotation(note, MOST_OF_NOTE)]),
  ],
})

/** A block for each, so that the longest names fit. */
const named = (all: readonly string[]): readonly string[] =>
  all.length <= MOST_NAMED ? all : [...all.slice(0, MOST_NAMED), moreText(all.length - MOST_NAMED)]
