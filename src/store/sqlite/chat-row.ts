import { type Chat, noMessages } from '../../routing/chat.ts'
import type { chats } from './schema.ts'

export type ChatRow = typeof chats.$inferSelect

/** What an SQLite file stores of a chat, but for the number under which searches find it: that never changes. */
export function toRow(chat: Chat): Omit<ChatRow, 'searchId'> {
  return { ...chat, unansweredSince: chat.messages.unanswered[0] ?? null }
}

export function toChat({ searchId: _, unansweredSince: __, messages, ...chat }: ChatRow): Chat {
  return { ...chat, messages: { ...noMessages, ...messages } }
}
