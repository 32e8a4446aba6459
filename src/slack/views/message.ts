import type { types } from '@slack/bolt'
import { clamp, clampMrkdwn, mrkdwn, plain, visibleLines } from '../mrkdwn.ts'

/** `text` says everything: notifications and screen readers show nothing else. */
export interface MessageView {
  readonly text: string
  readonly blocks: types.KnownBlock[]
}

// chat.update refuses more than 4,000 characters.
export const fallback = (...lines: readonly (string | null)[]): string =>
  clampMrkdwn(lines.filter((line) => line !== null).join('\n'), 4000)

export const header = (text: string): types.HeaderBlock => ({ type: 'header', text: plain(text, 150) })

export const section = (text: string): types.SectionBlock => ({ type: 'section', text: mrkdwn(text) })

export const context = (text: string): types.ContextBlock => ({ type: 'context', elements: [mrkdwn(text)] })

/**
 * What somebody wrote. Rich text is shown letter by letter, so it can neither mention nor format, and an order
 * number in a note can be copied as it was typed.
 */
export const quotation = (text: string, max: number): types.RichTextBlock => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_quote', elements: [{ type: 'text', text: clamp(visibleLines(text), max) }] }],
})

/** An answer that needs no controls. */
export const textMessage = (text: string): MessageView => ({ text: fallback(text), blocks: [section(text)] })
