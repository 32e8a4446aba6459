import type { AuditEvent } from '../routing/audit.ts'
import type { Chat } from '../routing/chat.ts'
import type { AccountId, Instant } from '../routing/ids.ts'

/** An event together with the customer of its chat, as the store has them now; null for events about no chat. */
export interface TrailEvent {
  readonly event: AuditEvent
  readonly customer: Pick<Chat, 'key' | 'name' | 'phone'> | null
}

export interface TrailFilter {
  readonly account: AccountId | null
  readonly since: Instant | null
}

/**
 * The audit trail, for reading beside a running Baton. It comes in pages: neither memory nor the time that a read
 * holds grows with its length, so whoever reads slowly holds up nobody.
 */
export interface Trail {
  /** Every event, oldest first. */
  events(filter: TrailFilter): AsyncIterable<readonly TrailEvent[]>
  /** Those about chats, chat by chat, each chat's oldest first. */
  eventsByChat(filter: Pick<TrailFilter, 'account'>): AsyncIterable<readonly TrailEvent[]>
  close(): void
}
