import { eq, getTableColumns, sql } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import type { NewJob } from '../../jobs/contract.ts'
import type { NewEvent } from '../../routing/audit.ts'
import type { AccountId, EventId } from '../../routing/ids.ts'
import type { HealthStore } from '../health-contract.ts'
import type { CommitQueue } from './commit-queue.ts'
import { accounts } from './schema.ts'
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
