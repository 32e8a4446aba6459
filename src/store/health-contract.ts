import type { NewJob } from '../jobs/contract.ts'
import type { AccountHealth } from '../routing/account-health.ts'
import type { NewEvent } from '../routing/audit.ts'
import type { AccountId, EventId } from '../routing/ids.ts'

/** What shows how far an account is set up. */
export interface Setup {
  /** How many people are linked. */
  readonly linked: number
  /** How many active users the provider has. */
  readonly staff: number
  /** A card has been posted in its channel. */
  readonly hasCard: boolean
  /** Its webhook has told of something within about a week. */
  readonly told: boolean
}

/** The part of the store that is about how accounts do. */
export interface HealthStore {
  setup(account: AccountId, channel: string): Promise<Setup>
  /** What does not work at the account. */
  health(account: AccountId): Promise<AccountHealth>
  /** Runs the pure `decide` and writes what it returned, all in one transaction. `eventId`: the change's event gets it. */
  changeHealth(
    account: AccountId,
    decide: (
      health: AccountHealth,
      eventId: EventId,
    ) => {
      readonly health: AccountHealth
      readonly event?: NewEvent
      readonly jobs?: readonly NewJob[]
    },
  ): Promise<void>
}
