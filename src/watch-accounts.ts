import type { AccountConfig } from './account-config.ts'
import type { Clock } from './clock.ts'
import { createAccountCheck } from './intake/check-account.ts'
import { createPoller, type Poller } from './intake/poller.ts'
import type { Logger } from './log.ts'
import type { HealthDesk } from './routing/account-health.ts'
import type { Accounts } from './routing/accounts.ts'
import type { Enrolment } from './routing/enrol.ts'
import type { AccountId } from './routing/ids.ts'
import { createRetention } from './routing/retention.ts'
import type { Store } from './store/contract.ts'

/** What Baton does about its accounts without being asked or told. */
export interface AccountWatch {
  /** Who is at those accounts that no poll asks, as the settings say. */
  readDirectories(): Promise<void>
  start(): void
  stop(): Promise<void>
  /** Asks every provider for its chats now, beside the regular polls. */
  pollNow(): Promise<void>
}

export function watchAccounts(deps: {
  readonly store: Store
  readonly accounts: Accounts
  readonly settings: readonly AccountConfig[]
  /** Of those that are polled. */
  readonly pollEveryMs: ReadonlyMap<AccountId, number>
  readonly enrolment: Enrolment
  readonly health: HealthDesk
  readonly clock: Clock
  readonly random: () => number
  readonly logger: Logger
}): AccountWatch {
  const { accounts, logger } = deps

  const pollers = [...deps.pollEveryMs].flatMap(([id, everyMs]): Poller[] => {
    const account = accounts.get(id)
    const listChats = account?.adapter.listChats
    return account === undefined || listChats === undefined
      ? []
      : [createPoller({ ...deps, account, listChats, everyMs })]
  })
  const unpolled = [...accounts.values()].filter(({ adapter }) => adapter.listChats === undefined)
  const retention = createRetention({
    store: deps.store,
    accounts: deps.settings,
    clock: deps.clock,
    onErased: (account, chats) => logger.info({ account, chats }, 'Customers were erased'),
    onError: (err) => logger.error({ err }, 'Erasing customers ended in an unexpected error'),
  })
  let checking: Promise<unknown> = Promise.resolve()

  return {
    async readDirectories() {
      await Promise.all(unpolled.map(deps.enrolment.refreshDirectory))
    },
    start() {
      // A poll proves its account's token; others are asked once, and nothing waits for that.
      checking = Promise.allSettled(unpolled.map(createAccountCheck(deps)))
      for (const poller of pollers) poller.start()
      retention.start()
    },
    async stop() {
      await Promise.all([checking, retention.stop(), ...pollers.map((poller) => poller.stop())])
    },
    async pollNow() {
      await Promise.all(pollers.map((poller) => poller.pollOnce()))
    },
  }
}
