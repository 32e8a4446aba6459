import { pendingText, stateText, unansweredText, windowWarningText } from '../text.ts'
import { absenceText } from '../text-absence.ts'
import { offerText } from '../text-offer.ts'
import { problemText } from '../text-problems.ts'
import { chatButtons, chatSection, customerLine } from './chat-block.ts'
import type { ChatFacts } from './chat-facts.ts'
import { context, fallback, type MessageView, quotation } from './message.ts'

/** About two lines. */
const MOST_OF_PREVIEW = 150

/** The one message in the channel that stands for a chat, updated in place. Everybody there reads it. */
export const cardMessage = (facts: ChatFacts): MessageView => {
  const { problem, provider, preview } = facts
  const customer = customerLine(facts)
  const state = stateText(facts)
  const trouble = problem === null ? null : problemText(problem, provider)
  const lines = [
    absenceText(facts),
    offerText(facts),
    unansweredText(facts),
    windowWarningText(facts),
    pendingText(facts),
    trouble,
  ]
  return {
    text: fallback(customer, state, ...lines),
    blocks: [
      chatSection(facts, `${customer}\n${state}`),
      // Not in the fallback: what a customer writes has no place on a locked screen.
      ...(preview === null ? [] : [quotation(preview, MOST_OF_PREVIEW)]),
      ...lines.filter((line) => line !== null).map(context),
      ...chatButtons(facts),
    ],
  }
}
