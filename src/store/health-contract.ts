import type { NewJob } from '../jobs/contract.ts'
import type { AccountHealth } from '../routing/account-health.ts'
import type { NewEvent } from '../routing/audit.ts'
import type { AccountId, EventId } from '../routing/ids.ts'

/** The part of the store that is about how the accounts do. */
export interface HealthStore {
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
