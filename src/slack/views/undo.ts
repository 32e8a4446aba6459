import type { types } from '@slack/bolt'
import type { EventId } from '../../routing/ids.ts'
import { actionIds } from '../ids.ts'
import { mrkdwn, plain } from '../mrkdwn.ts'
import { encodeUndo } from '../values.ts'

/** What somebody has just decided, with the button that takes it back. */
export const undoSection = (text: string, decisions: readonly EventId[]): types.SectionBlock => ({
  type: 'section',
  block_id: `undo.${decisions[0] ?? ''}`,
  text: mrkdwn(text),
  accessory: {
    type: 'button',
    action_id: actionIds.undo,
    text: plain('Undo', 75),
    value: encodeUndo(decisions),
  },
})
