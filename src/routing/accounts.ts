import type { ProviderAdapter } from '../providers/contract.ts'
import type { AccountId } from './ids.ts'

/** One configured connection to one provider. */
export interface Account {
  readonly id: AccountId
  readonly adapter: ProviderAdapter
  /** Slack channel of the account's cards. */
  readonly channel: string
}

export type Accounts = ReadonlyMap<AccountId, Account>
