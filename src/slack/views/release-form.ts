import type { types } from '@slack/bolt'
import { actionIds, blockIds, callbackIds } from '../ids.ts'
import { surfaceText } from '../text-surface.ts'
import { encodeForm } from '../values.ts'
import { type ChosenChat, chosenChat, fixedChat } from './chosen-chat.ts'
import { context } from './message.ts'
import { label, lines, textModal } from './modal.ts'

export interface ReleaseForm {
  readonly chat: ChosenChat
  readonly channel: string | null
  /** What a release means at providers that cannot simply free a chat. */
  readonly meanings: readonly string[]
}

export const releaseTitle = 'Release a chat'

/** Which of my chats, and why it should wait for somebody else. */
export const releaseForm = ({ chat, channel, meanings }: ReleaseForm): types.ModalView => {
  if (chat.kind === 'none') return textModal(releaseTitle, surfaceText.noChats)
  const blocks: types.KnownBlock[] = [
    chosenChat(chat),
    lines({
      blockId: blockIds.reason,
      actionId: actionIds.reason,
      label: 'Reason',
      hint: 'Shown in the thread of the card, with phone numbers masked. The customer never sees it.',
    }),
    ...meanings.slice(0, 10).map(context),
  ]
  return {
    type: 'modal',
    callback_id: callbackIds.releaseForm,
    private_metadata: encodeForm({ chat: fixedChat(chat), channel }),
    title: label(releaseTitle),
    submit: label('Release'),
    close: label('Cancel'),
    blocks,
  }
}
