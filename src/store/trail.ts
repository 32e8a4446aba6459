import type { AuditEvent } from '../routing/audit.ts'
import type { Chat } from '../routing/chat.ts'
import type { AccountId, Instant, ProviderUserId, SlackUserId } from '../routing/ids.ts'
import type { Link } from './contract.ts'

/** An event together with the customer of its chat, as the store has them now; null for events about no chat. */
export interface TrailEvent {
  readonly event: AuditEvent
  readonly customer: Pick<Chat, 'key' | 'name' | 'phone'> | null
}

export interface TrailFilter {
  readonly account: AccountId | null
  readonly since: Instant | null
}

/** Who is who, as far as the store has heard. */
export interface Staff {
  readonly links: readonly Link[]
  readonly providerUsers: readonly {
    readonly account: AccountId
    readonly id: ProviderUserId
    readonly name: string
  }[]
  readonly profiles: readonly { readonly user: SlackUserId; readonly name: string }[]
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
  staff(): Promise<Staff>
  close(): void
}
