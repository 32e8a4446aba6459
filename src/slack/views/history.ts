import { type HistoryLine, historyText } from '../text-history.ts'
import { context, fallback, type MessageView, quotation } from './message.ts'

/** So that a message full of long notes stays below what Slack takes. */
const MOST_OF_QUOTE = 700

/** Lines for the thread of a chat's card. They mention nobody, and what is quoted is not in the fallback. */
export const historyMessage = (lines: readonly HistoryLine[], provider: string): MessageView => ({
  text: fallback(...lines.map((line) => historyText(line, provider))),
  blocks: lines.flatMap((line) => [
    context(historyText(line, provider)),
    ...(line.quote === null ? [] : [quotation(line.quote, MOST_OF_QUOTE)]),
  ]),
})
