import type { AccountId } from '../../routing/ids.ts'
import { actionIds } from '../ids.ts'
import { plain } from '../mrkdwn.ts'
import { stormText } from '../text-storm.ts'
import { fallback, type MessageView, section } from './message.ts'

export interface StormFacts {
  readonly account: AccountId
  /** What people call the account. */
  readonly provider: string
  /** How many chats of the account wait. */
  readonly waiting: number
  readonly now: 'cards-follow' | 'chats-come' | 'over'
}

/** The one message that stands for many new chats until each of them has its card, and fewer come. It mentions nobody. */
export const stormMessage = (facts: StormFacts): MessageView => {
  const sentence = stormText(facts)
  return {
    text: fallback(sentence),
    blocks: [
      section(sentence),
      ...(facts.now === 'over'
        ? []
        : [
            {
              type: 'actions' as const,
              elements: [
                {
                  type: 'button' as const,
                  action_id: actionIds.claimNext,
                  text: plain('Claim Next', 75),
                  value: facts.account,
                  style: 'primary' as const,
                },
              ],
            },
          ]),
    ],
  }
}
