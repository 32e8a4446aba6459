import type { NewJob } from '../jobs/contract.ts'
import type { NewEvent } from '../routing/audit.ts'
import type { Away } from '../routing/away.ts'
import type { EventId, Instant, SlackUserId } from '../routing/ids.ts'

/** The private message in which somebody is asked whether they take a chat. */
export interface OfferMessage {
  /** The event of the offer. */
  readonly offer: EventId
  readonly channel: string
  /** Slack's message id. */
  readonly ts: string
}

/** The part of the store that is about offers, which themselves belong to their chats, and about who can be asked. */
export interface OfferStore {
  offerMessage(offer: EventId): Promise<OfferMessage | null>
  saveOfferMessage(message: OfferMessage): Promise<void>
  /** It shows the offer's end, and will not be changed again. */
  endOfferMessage(offer: EventId): Promise<void>

  /** Null: they are back. `events` and `jobs` are left in the same transaction. */
  setAway(
    user: SlackUserId,
    away: Away | null,
    events: readonly NewEvent[],
    jobs: readonly NewJob[],
  ): Promise<void>
  /** Those of the people who have said that they are away, perhaps until a time that is over. */
  away(users: readonly SlackUserId[]): Promise<ReadonlyMap<SlackUserId, Away>>
  /** Who else is away now, without those who have left: how many, and the first of them, the latest first. */
  awayBeside(
    users: readonly SlackUserId[],
    now: Instant,
    limit: number,
  ): Promise<{ readonly people: readonly (Away & { readonly user: SlackUserId })[]; readonly count: number }>
}
