import { and, count, eq, getTableColumns, sql } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import type { NewJob } from '../../jobs/contract.ts'
import type { NewEvent } from '../../routing/audit.ts'
import type { AccountId, EventId } from '../../routing/ids.ts'
import type { HealthStore } from '../health-contract.ts'
import type { CommitQueue } from './commit-queue.ts'
import { accounts, cards, links, providerUsers, seenEvents } from './schema.ts'
import type { Statements } from './statements.ts'

export function createHealthQueries(deps: {
  readonly db: BetterSQLite3Database
  readonly commits: CommitQueue
  readonly statements: Statements
  readonly nextEventId: () => EventId
  readonly insertEvent: (event: NewEvent) => unknown
  readonly enqueue: (job: NewJob) => void
}): HealthStore {
  const { db, commits, statements } = deps
  const ofAccount = statements.rows(
    db
      .select()
      .from(accounts)
      .where(eq(accounts.id, sql.placeholder('id'))),
    getTableColumns(accounts),
  )
  const health = (account: AccountId) => ofAccount.get({ id: account })?.health ?? {}

  return {
    health: async (account) => health(account),
    async setup(account, channel) {
      const linked = db.select({ count: count() }).from(links).where(eq(links.account, account)).get()
      const staff = db
        .select({ count: count() })
        .from(providerUsers)
        .where(and(eq(providerUsers.account, account), providerUsers.active))
        .get()
      const card = db
        .select({ chat: cards.chat })
        .from(cards)
        .where(eq(cards.channel, channel))
        .limit(1)
        .get()
      const told = db
        .select({ id: seenEvents.id })
        .from(seenEvents)
        .where(eq(seenEvents.account, account))
        .limit(1)
        .get()
      return {
        linked: linked?.count ?? 0,
        staff: staff?.count ?? 0,
        hasCard: card !== undefined,
        told: told !== undefined,
      }
    },
    changeHealth: (account, decide) =>
      commits.run(() => {
        const before = health(account)
        const change = decide(before, deps.nextEventId())
        if (change.event !== undefined) deps.insertEvent(change.event)
        db.insert(accounts)
          .values({ id: account, health: change.health })
          .onConflictDoUpdate({ target: accounts.id, set: { health: change.health } })
          .run()
        for (const job of change.jobs ?? []) deps.enqueue(job)
      }, 'in-order'),
  }
}
