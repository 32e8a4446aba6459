import type { types } from '@slack/bolt'
import { clamp, visible } from '../mrkdwn.ts'
import { rowText } from '../text-home.ts'
import { chatButtons, chatSection, claimButton, customerLine } from './chat-block.ts'
import type { ChatFacts } from './chat-facts.ts'

/**
 * A chat in one person's list, with what can be done with it: one that waits takes one block, any other two. No button
 * is primary, because a view has only one of those.
 */
export const chatRow = (facts: ChatFacts, whose: 'mine' | 'any'): types.KnownBlock[] => {
  const section = chatSection(facts, `${customerLine(facts, 'full')}\n${rowText(facts, whose)}`)
  switch (facts.state) {
    case 'waiting':
    case 'answered':
      return [{ ...section, accessory: { ...claimButton(facts), accessibility_label: claimLabel(facts) } }]
    case 'owned':
    case 'unlisted':
    case 'closed':
      return [section, ...chatButtons(facts, { primary: false })]
    default:
      return facts.state satisfies never
  }
}

/** Of ten like buttons, the one that is read aloud says whose it is. Slack takes 75 characters. */
const claimLabel = ({ customer }: ChatFacts): string => clamp(`Claim Chat with ${visible(customer)}`, 75)
