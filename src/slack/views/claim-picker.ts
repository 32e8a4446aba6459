import type { types } from '@slack/bolt'
import { actionIds, blockIds, callbackIds } from '../ids.ts'
import { toClaimText } from '../text-absence.ts'
import { surfaceText } from '../text-surface.ts'
import { encodeForm } from '../values.ts'
import { section } from './message.ts'
import { formProblem, label, menu, textModal } from './modal.ts'

export interface ClaimPicker {
  /** How many chats wait. */
  readonly waiting: number
  /** How many were left behind. */
  readonly left: number
  /** Where to answer. */
  readonly channel: string | null
  /** Why the last try was refused. */
  readonly problem: string | null
  /** What may be out of date, a sentence each. */
  readonly stale: readonly string[]
}

export const claimTitle = 'Claim a chat'

/** `/claim` alone: choose a waiting chat. */
export const claimPicker = ({ waiting, left, channel, problem, stale }: ClaimPicker): types.ModalView => {
  if (waiting + left === 0) return textModal(claimTitle, [surfaceText.noneWaiting, ...stale].join('\n'))
  const blocks: types.KnownBlock[] = [
    ...formProblem(problem),
    ...(stale.length === 0 ? [] : [section(stale.join('\n'))]),
    menu({
      blockId: blockIds.chat,
      actionId: actionIds.waitingChat,
      label: toClaimText(waiting, left),
      placeholder: 'Longest-waiting first; type to search',
      focus: true,
    }),
  ]
  return {
    type: 'modal',
    callback_id: callbackIds.claimPicker,
    private_metadata: encodeForm({ chat: null, channel }),
    title: label(claimTitle),
    submit: label('Claim Chat'),
    close: label('Cancel'),
    blocks,
  }
}
