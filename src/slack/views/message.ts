import type { types } from '@slack/bolt'
import { clamp, mrkdwn } from '../mrkdwn.ts'

/** `text` says everything: notifications and screen readers show nothing else. */
export interface MessageView {
  readonly text: string
  readonly blocks: types.KnownBlock[]
}

// chat.update refuses more than 4,000 characters.
export const fallback = (...lines: readonly (string | null)[]): string =>
  clamp(lines.filter((line) => line !== null).join('\n'), 4000)

export const section = (text: string): types.SectionBlock => ({ type: 'section', text: mrkdwn(text) })

export const context = (text: string): types.ContextBlock => ({ type: 'context', elements: [mrkdwn(text)] })

/** An answer that needs no controls. */
export const textMessage = (text: string): MessageView => ({ text: fallback(text), blocks: [section(text)] })
