import type { ProviderAdapter } from '../providers/contract.ts'
import type { AccountId } from './ids.ts'

/** One configured connection to one provider. */
export interface Account {
  readonly id: AccountId
  readonly adapter: ProviderAdapter
  /** Slack channel of the account's cards. */
  readonly channel: string
}

/** What people call the account: the provider, and where there are several accounts, which one. */
export const accountName = (accounts: Accounts, id: AccountId): string => {
  const label = accounts.get(id)?.adapter.label ?? id
  return accounts.size > 1 && label !== id ? `${label} (${id})` : label
}

export type Accounts = ReadonlyMap<AccountId, Account>
