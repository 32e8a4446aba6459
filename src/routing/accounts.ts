import type { ProviderAdapter } from '../providers/contract.ts'
import type { AccountId } from './ids.ts'

/** One configured connection to one provider. */
export interface Account {
  readonly id: AccountId
  readonly adapter: ProviderAdapter
  /** Slack channel of the account's cards. */
  readonly channel: string
}

/**
 * The name that the account was given, where it says more than the provider's: null while there is only one
 * account, and for one that is named after its provider, since people read `WAMM` more easily than `wamm`.
 */
export const ownName = (accounts: Accounts, id: AccountId): string | null =>
  accounts.size > 1 && providerLabel(accounts, id).toLowerCase() !== id ? id : null

/** What people call the account: the provider, and where that leaves it open, which one. */
export const accountName = (accounts: Accounts, id: AccountId): string => {
  const own = ownName(accounts, id)
  const label = providerLabel(accounts, id)
  return own === null ? label : `${label} (${own})`
}

/** What people call the provider of the account; the id of one that is no longer configured. */
export const providerLabel = (accounts: Accounts, id: AccountId): string =>
  accounts.get(id)?.adapter.label ?? id

export type Accounts = ReadonlyMap<AccountId, Account>
