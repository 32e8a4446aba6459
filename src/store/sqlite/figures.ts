import { and, count, eq, isNotNull, isNull, lte, sql } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import type { Instant } from '../../routing/ids.ts'
import type { FiguresStore, JobFigures } from '../figures-contract.ts'
import { chats, jobs } from './schema.ts'
import type { Statements } from './statements.ts'

/** Each count reads an index alone, but for due jobs, of which there are seldom many. */
export function createFigureQueries(deps: {
  readonly db: BetterSQLite3Database
  readonly statements: Statements
}): FiguresStore {
  const { db, statements } = deps
  const counted = sql<number>`count`
  const since = sql<Instant | null>`since`
  const ofAccount = eq(chats.account, sql.placeholder('account'))
  const waiting = statements.rows(
    db
      .select({ count: count(), since: sql`min(${chats.waitingSince})` })
      .from(chats)
      .where(and(isNotNull(chats.waitingSince), ofAccount)),
    { count: counted, since },
  )
  const owned = statements.rows(
    db
      .select({ count: count() })
      .from(chats)
      .where(and(isNotNull(chats.owner), ofAccount)),
    { count: counted },
  )
  const due = statements.rows(
    db
      .select({ kind: jobs.kind, count: count(), since: sql`min(${jobs.runAt})` })
      .from(jobs)
      .where(
        and(
          eq(jobs.pool, sql.placeholder('pool')),
          lte(jobs.runAt, sql.placeholder('now')),
          isNull(jobs.leaseUntil),
        ),
      )
      .groupBy(jobs.kind),
    { kind: jobs.kind, count: counted, since },
  )
  const failed = statements.rows(
    db.select({ kind: jobs.kind, count: count() }).from(jobs).where(isNull(jobs.runAt)).groupBy(jobs.kind),
    { kind: jobs.kind, count: counted },
  )

  return {
    async chatFigures(account) {
      const queue = waiting.get({ account })
      return {
        waiting: queue?.count ?? 0,
        waitingSince: queue?.since ?? null,
        owned: owned.get({ account })?.count ?? 0,
      }
    },
    async jobFigures({ now, pools }) {
      const byKind = new Map<string, JobFigures>()
      const of = (kind: string): JobFigures => byKind.get(kind) ?? { kind, due: 0, dueSince: null, failed: 0 }
      for (const pool of pools) {
        for (const { kind, count: many, since: dueSince } of due.all({ pool, now })) {
          const before = of(kind)
          byKind.set(kind, {
            ...before,
            due: before.due + many,
            dueSince: earlier(before.dueSince, dueSince),
          })
        }
      }
      for (const { kind, count: many } of failed.all({})) byKind.set(kind, { ...of(kind), failed: many })
      return [...byKind.values()]
    },
  }
}

const earlier = (one: Instant | null, other: Instant | null): Instant | null =>
  one === null || (other !== null && other < one) ? other : one
