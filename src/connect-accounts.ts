import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import { createSignedIntakes } from './intake/signed-intake.ts'
import type { ProviderAdapter, Webhook } from './providers/contract.ts'
import type { HttpClient } from './providers/http-client.ts'
import type { Account } from './routing/accounts.ts'
import type { AccountId } from './routing/ids.ts'

export interface ConnectedAccounts {
  readonly accounts: ReadonlyMap<AccountId, Account>
  /** Of those that are polled. */
  readonly pollEveryMs: ReadonlyMap<AccountId, number>
  /** Of those of which others may tell. */
  readonly intakes: ReadonlyMap<AccountId, Webhook>
  /** Whether others may tell of it, in whatever way. */
  readonly isTold: (account: AccountId) => boolean
  readonly wantsPreview: (account: AccountId) => boolean
}

/** The accounts as they are configured, each with its adapter, in what `around` puts around it. */
export function connectAccounts(
  config: Pick<Config, 'accounts' | 'defaultCountry'>,
  deps: {
    readonly http: HttpClient
    readonly clock: Clock
    readonly around: (account: AccountId, adapter: ProviderAdapter) => ProviderAdapter
  },
): ConnectedAccounts {
  const { http, clock, around } = deps
  const accounts = new Map(
    config.accounts.map(({ id, channel, connect }): [AccountId, Account] => {
      const adapter = connect({ http, now: clock.now, after: clock.after })
      return [id, { id, channel, adapter: around(id, adapter) }]
    }),
  )
  const pollEveryMs = new Map(
    config.accounts.flatMap(({ id, pollSeconds }): [AccountId, number][] =>
      pollSeconds === null || accounts.get(id)?.adapter.listChats === undefined
        ? []
        : [[id, pollSeconds * 1_000]],
    ),
  )
  const intakes = createSignedIntakes(config, clock.now)
  const previewed = new Set(config.accounts.filter(({ preview }) => preview).map(({ id }) => id))
  return {
    accounts,
    pollEveryMs,
    intakes,
    isTold: (id) => intakes.has(id) || accounts.get(id)?.adapter.webhook !== undefined,
    wantsPreview: (id) => previewed.has(id),
  }
}
