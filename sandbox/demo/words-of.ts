import { readableText } from '../slack/elements.ts'
import type { SlackMessage } from '../slack/model.ts'

/** All that can be read in a message: its fallback and its blocks. */
export const wordsOf = (message: SlackMessage): string => `${message.text}\n${readableText(message.blocks)}`
