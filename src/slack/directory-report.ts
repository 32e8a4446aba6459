import type { JobPayload } from '../jobs/catalogue.ts'
import type { JobOutcome } from '../jobs/worker.ts'
import { type Account, type Accounts, accountName } from '../routing/accounts.ts'
import type { Instant } from '../routing/ids.ts'
import { matchEveryone, type Standing } from '../routing/match-everyone.ts'
import type { SlackProfile, Store } from '../store/contract.ts'
import { type Poster, sentBy } from './poster.ts'
import { type AccountReport, accountReportText, unlistedText, unreadText } from './text-directory.ts'
import { directoryReport } from './views/directory-report.ts'

/** Tells an admin what came of linking everybody: how everybody stands now, and who was linked since they asked. */
export function createDirectoryReport(deps: {
  readonly store: Pick<Store, 'profiles' | 'providerUsers' | 'linksIn' | 'unlinkedIn'>
  readonly accounts: Accounts
  readonly poster: Pick<Poster, 'post'>
}) {
  const { store, accounts, poster } = deps

  async function reportOn(
    account: Account,
    people: readonly SlackProfile[],
    since: Instant,
  ): Promise<AccountReport> {
    const links = await store.linksIn(account.id)
    const { standings, left } = matchEveryone(
      people,
      await store.providerUsers(account.id),
      links,
      await store.unlinkedIn(account.id),
    )
    const those = (kind: Standing['kind']) =>
      standings.filter((standing) => standing.kind === kind).map(({ person }) => person)
    const linked = new Set(those('linked'))
    const isNew = links.filter(
      ({ slackUser, since: at }) => linked.has(slackUser) && at !== null && at >= since,
    )
    return {
      name: accountName(accounts, account.id),
      people: standings.length,
      linked: isNew.length,
      before: linked.size - isNew.length,
      noMatch: those('no-match'),
      several: those('several'),
      inactive: those('inactive'),
      taken: those('taken'),
      undone: those('undone'),
      noEmail: those('no-email'),
      missed: those('match'),
      // Whoever stands for the queue is nobody.
      left: left.filter(({ id }) => id !== account.adapter.pool?.id).map(({ name }) => name),
    }
  }

  return async ({ to, since, unread }: JobPayload<'directory-report'>): Promise<JobOutcome> => {
    const people = await store.profiles()
    const parts = unread.filter(({ account }) => account === null).map((slack) => unreadText(slack, null))
    for (const account of accounts.values()) {
      const name = accountName(accounts, account.id)
      const failed = unread.find(({ account: id }) => id === account.id)
      if (account.adapter.listUsers === undefined) parts.push(unlistedText(name))
      else if (failed !== undefined) parts.push(unreadText(failed, name))
      else parts.push(accountReportText(await reportOn(account, people, since)))
    }
    return sentBy(await poster.post(to, directoryReport(parts)))
  }
}
