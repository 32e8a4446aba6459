import type { types } from '@slack/bolt'
import { actionIds, blockIds, callbackIds } from '../ids.ts'
import { plain } from '../mrkdwn.ts'
import { type How, howLabels } from '../text-offer.ts'
import { noteHint, onReplyHint, surfaceText } from '../text-surface.ts'
import { encodeForm } from '../values.ts'
import { type ChosenChat, chosenChat, fixedChat } from './chosen-chat.ts'
import { label, lines, menu, textModal } from './modal.ts'

export interface HandOffForm {
  readonly chat: ChosenChat
  /** Whether anybody else could have the chat. */
  readonly hasReceivers: boolean
  readonly channel: string | null
  /** The providers that can wait for the customer's answer, by their labels; none: it is not offered. */
  readonly onReply: readonly string[]
  /** The providers that keep the note as a comment, by their labels. */
  readonly comments: readonly string[]
}

export const handOffTitle = 'Hand off a chat'

/** Which of my chats, to whom, and what they should know. */
export const handOffForm = (form: HandOffForm): types.ModalView => {
  const { chat, hasReceivers, channel, onReply, comments } = form
  if (chat.kind === 'none') return textModal(handOffTitle, surfaceText.noChats)
  if (!hasReceivers) return textModal(handOffTitle, surfaceText.noReceivers)
  const blocks: types.KnownBlock[] = [
    chosenChat(chat),
    menu({
      blockId: blockIds.receiver,
      actionId: actionIds.receiver,
      label: 'To whom',
      placeholder: 'Choose a colleague',
      focus: chat.kind === 'fixed',
    }),
    lines({
      blockId: blockIds.note,
      actionId: actionIds.note,
      label: 'Note',
      hint: noteHint(comments),
    }),
    howChoice(onReply),
  ]
  return {
    type: 'modal',
    callback_id: callbackIds.handOffForm,
    private_metadata: encodeForm({ chat: fixedChat(chat), channel }),
    title: label(handOffTitle),
    submit: label('Hand Off'),
    close: label('Cancel'),
    blocks,
  }
}

const howChoice = (waiting: readonly string[]): types.InputBlock => {
  const option = (how: How): types.PlainTextOption => ({ text: plain(howLabels[how], 75), value: how })
  return {
    type: 'input',
    block_id: blockIds.how,
    label: plain('How', 2000),
    ...(waiting.length === 0 ? {} : { hint: plain(onReplyHint(waiting), 2000) }),
    element: {
      type: 'radio_buttons',
      action_id: actionIds.how,
      initial_option: option('now'),
      options: [option('now'), option('ask'), ...(waiting.length === 0 ? [] : [option('on-reply')])],
    },
  }
}
