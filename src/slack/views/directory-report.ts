import { actionIds } from '../ids.ts'
import { plain } from '../mrkdwn.ts'
import { directoryText } from '../text-directory.ts'
import { context, fallback, type MessageView, section } from './message.ts'

/** Slack takes 50 blocks; nobody has so many accounts. */
const MOST_PARTS = 40

/** What came of linking everybody, a part for each account, and the way to finish by hand. */
export const directoryReport = (parts: readonly string[]): MessageView => ({
  text: fallback(...parts, directoryText.rest),
  blocks: [
    ...parts.slice(0, MOST_PARTS).map(section),
    context(directoryText.rest),
    {
      type: 'actions',
      elements: [
        {
          type: 'button',
          action_id: actionIds.linkByHand,
          text: plain(directoryText.byHand, 75),
          value: 'link',
        },
      ],
    },
  ],
})
