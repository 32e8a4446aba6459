import { and, asc, count, desc, eq, gt, inArray, isNull, notInArray, or, sql } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import type { NewJob } from '../../jobs/contract.ts'
import type { NewEvent } from '../../routing/audit.ts'
import type { ChangeState } from '../contract.ts'
import type { OfferStore } from '../offer-contract.ts'
import type { CommitQueue } from './commit-queue.ts'
import { away, offerMessages, profiles } from './schema.ts'
import type { Statements } from './statements.ts'

const columns = { since: away.since, until: away.until }

/** What a decision may ask about one person. */
export function createAwayOf({
  db,
  statements,
}: {
  readonly db: BetterSQLite3Database
  readonly statements: Statements
}): ChangeState['awayOf'] {
  const row = statements.rows(
    db
      .select(columns)
      .from(away)
      .where(eq(away.user, sql.placeholder('user'))),
    columns,
  )
  return (user) => row.get({ user })
}

export function createOfferQueries(deps: {
  readonly db: BetterSQLite3Database
  readonly commits: CommitQueue
  readonly insertEvent: (event: NewEvent) => unknown
  readonly enqueue: (job: NewJob) => void
}): OfferStore {
  const { db, commits } = deps
  return {
    offerMessage: async (offer) =>
      db.select().from(offerMessages).where(eq(offerMessages.offer, offer)).get() ?? null,
    saveOfferMessage: (message) =>
      commits.run(() => {
        const { offer: _, ...place } = message
        db.insert(offerMessages)
          .values(message)
          .onConflictDoUpdate({ target: offerMessages.offer, set: place })
          .run()
      }, 'in-order'),
    endOfferMessage: (offer) =>
      commits.run(() => {
        db.delete(offerMessages).where(eq(offerMessages.offer, offer)).run()
      }, 'in-order'),
    setAway: (user, facts, events, jobs) =>
      commits.run(() => {
        if (facts === null) db.delete(away).where(eq(away.user, user)).run()
        else
          db.insert(away)
            .values({ user, ...facts })
            .onConflictDoUpdate({ target: away.user, set: facts })
            .run()
        events.forEach(deps.insertEvent)
        jobs.forEach(deps.enqueue)
      }),
    away: async (users) => {
      const rows = db
        .select()
        .from(away)
        .where(inArray(away.user, [...users]))
        .all()
      return new Map(rows.map(({ user, ...facts }) => [user, facts]))
    },
    async awayBeside(users, now, limit) {
      const others = and(
        notInArray(away.user, [...users]),
        or(isNull(away.until), gt(away.until, now)),
        sql`${away.user} NOT IN (SELECT ${profiles.user} FROM ${profiles} WHERE NOT ${profiles.eligible})`,
      )
      const people = db
        .select()
        .from(away)
        .where(others)
        .orderBy(desc(away.since), asc(away.user))
        .limit(limit)
      const [counted] = db.select({ count: count() }).from(away).where(others).all()
      return { people: people.all(), count: counted?.count ?? 0 }
    },
  }
}
