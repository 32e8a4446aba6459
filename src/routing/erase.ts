import type { NewJob } from '../jobs/contract.ts'
import type { NewEvent } from './audit.ts'
import { type Chat, noMessages } from './chat.ts'
import { chatKey } from './ids.ts'

/** What takes the place of a chat whose customer has been erased. */
export interface Erasure {
  readonly chat: Chat
  readonly event: NewEvent
  readonly jobs: readonly NewJob[]
}

const prefix = 'erased:'

/** Nothing in Baton says any more who the customer is. */
export const isErased = ({ key }: Pick<Chat, 'key'>): boolean => key.startsWith(prefix)

/**
 * The chat without its customer: it stays, so that its events have one. Baton's own random id stands for the key, from
 * which nobody can tell the number, and by which no provider knows anybody: who writes again is a new customer.
 */
export const erased = (chat: Chat): Chat => ({
  ...chat,
  key: chatKey(`${prefix}${chat.id}`),
  name: null,
  phone: null,
  status: 'closed',
  offer: null,
  problem: null,
  version: chat.version + 1,
  lastMessageAt: null,
  messages: noMessages,
  windowEndsAt: null,
})
