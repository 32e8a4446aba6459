import { numberShownText } from '../text-roles.ts'
import { customerLine } from './chat-block.ts'
import type { ChatFacts } from './chat-facts.ts'
import { fallback, type MessageView, section } from './message.ts'

/** The private answer to Show Number. The fallback stays masked, because it is shown on locked screens. */
export const numberMessage = (facts: ChatFacts, number: string): MessageView => {
  const sentence = numberShownText(facts.customer)
  return {
    text: fallback(sentence),
    blocks: [section(`${sentence}\n${customerLine({ ...facts, fullKey: number }, 'full')}`)],
  }
}
