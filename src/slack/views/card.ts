import { pendingText, stateText } from '../text.ts'
import { problemText } from '../text-problems.ts'
import { chatButtons, chatSection, customerLine } from './chat-block.ts'
import type { ChatFacts } from './chat-facts.ts'
import { context, fallback, type MessageView } from './message.ts'

/** The one message in the channel that stands for a chat, updated in place. Everybody there reads it. */
export const cardMessage = (facts: ChatFacts): MessageView => {
  const { problem, provider } = facts
  const customer = customerLine(facts)
  const state = stateText(facts)
  const pending = pendingText(facts)
  const trouble = problem === null ? null : problemText(problem, provider)
  return {
    text: fallback(customer, state, pending, trouble),
    blocks: [
      chatSection(facts, `${customer}\n${state}`),
      ...[pending, trouble].filter((line) => line !== null).map(context),
      ...chatButtons(facts),
    ],
  }
}
