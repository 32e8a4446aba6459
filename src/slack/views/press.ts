import { actionIds } from '../ids.ts'
import { plain } from '../mrkdwn.ts'
import { doctorText } from '../text-doctor.ts'
import { fallback, type MessageView, section } from './message.ts'

/** Asks for a click, to see it arrive. `name` is of this one message. */
export const pressMessage = (name: string): MessageView => ({
  text: fallback(doctorText.press),
  blocks: [
    section(doctorText.press),
    {
      type: 'actions',
      elements: [
        {
          type: 'button',
          action_id: actionIds.doctorPress,
          text: plain('Press Me', 75),
          value: name,
          style: 'primary',
        },
      ],
    },
  ],
})
