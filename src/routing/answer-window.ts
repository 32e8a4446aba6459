import type { Chat } from './chat.ts'
import type { Period } from './chat-search.ts'
import { type Instant, later } from './ids.ts'

/** When staff are warned that the time in which WhatsApp lets a business answer freely is nearly over. */
const WARNED_BEFORE_MS = 2 * 60 * 60_000

/** Until when a chat may be answered freely, and whether there is enough time for that. */
export interface AnswerWindow {
  readonly endsAt: Instant
  readonly left: 'enough' | 'little' | 'none'
}

/** Null where nobody has to answer now, and where answers have no end. */
export function answerWindow(chat: Chat, now: Instant): AnswerWindow | null {
  const { windowEndsAt: endsAt, messages } = chat
  if (endsAt === null || chat.status !== 'open') return null
  if (messages.unanswered.length === 0 && chat.waitingSince === null) return null
  return { endsAt, left: now >= endsAt ? 'none' : now >= warnedAt(endsAt) ? 'little' : 'enough' }
}

export const warnedAt = (endsAt: Instant): Instant => later(endsAt, -WARNED_BEFORE_MS)

/** When the windows end of which staff are warned now: those chats come before the longest-waiting ones. */
export const closingSoon = (now: Instant): Period => ({ from: now, to: later(now, WARNED_BEFORE_MS) })
