import type { webApi } from '@slack/bolt'
import type { Clock } from '../clock.ts'
import type { Config } from '../config.ts'
import type { Accounts } from '../routing/accounts.ts'
import type { AccountId } from '../routing/ids.ts'
import type { Tiers } from '../slack/tiers.ts'
import type { Store } from '../store/contract.ts'
import { type AccountReads, checkAccount } from './check-account.ts'
import { checkClock } from './check-clock.ts'
import { checkJobs } from './check-jobs.ts'
import { checkAdmins, checkSlack } from './check-slack.ts'
import { examine, type Finding, finding } from './finding.ts'

/** What a working Baton can say of itself: `/baton doctor`. That it answers proves its connection to Slack. */
export const createInsideDoctor =
  (deps: {
    readonly config: Config
    readonly client: webApi.WebClient
    readonly tiers: Tiers
    readonly accounts: Accounts
    readonly isTold: (account: AccountId) => boolean
    readonly store: Pick<Store, 'tryWriting' | 'countFailedJobs' | AccountReads>
    readonly clock: Clock
    readonly fetch: typeof globalThis.fetch
  }) =>
  (): Promise<readonly Finding[]> => {
    const { config, accounts, store } = deps
    return examine([
      () => checkWriting(store),
      () => checkSlack(deps),
      async () => checkAdmins(config),
      () => checkClock({ ...deps, apiUrl: config.slack.apiUrl }),
      ...config.accounts.map((account) => async () => {
        const adapter = accounts.get(account.id)?.adapter
        const isTold = deps.isTold(account.id)
        return adapter === undefined ? [] : checkAccount({ ...deps, account, adapter, isTold })
      }),
      () => checkJobs(store),
    ])
  }

const checkWriting = (store: Pick<Store, 'tryWriting'>): Promise<readonly Finding[]> =>
  store.tryWriting().then(
    () => finding('Database', 'ok', 'The database takes writes.'),
    () =>
      finding(
        'Database',
        'wrong',
        'Nothing can be written to the database. Look whether the disk is full or read-only.',
      ),
  )
