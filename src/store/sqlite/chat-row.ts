import { type Chat, noMessages } from '../../routing/chat.ts'
import type { chats } from './schema.ts'

export type ChatRow = typeof chats.$inferSelect

/** What an SQLite file stores of a chat beyond the chat itself is the text that searches look through. */
export function toRow(chat: Chat): ChatRow {
  const searchText = [chat.name?.toLowerCase(), chat.phone, chat.key].filter(Boolean).join('\n')
  return { ...chat, searchText, unansweredSince: chat.messages.unanswered[0] ?? null }
}

export function toChat({ searchText: _, unansweredSince: __, messages, ...chat }: ChatRow): Chat {
  return { ...chat, messages: { ...noMessages, ...messages } }
}
