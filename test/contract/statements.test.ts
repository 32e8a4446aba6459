import Sqlite from 'better-sqlite3'
import { and, asc, eq, isNotNull, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { migrate } from 'drizzle-orm/better-sqlite3/migrator'
import { expect, it, onTestFinished } from 'vitest'
import { MIGRATIONS } from '../../src/store/sqlite/open-sqlite-store.ts'
import { jobs } from '../../src/store/sqlite/schema.ts'
import { createStatements } from '../../src/store/sqlite/statements.ts'

/** Of many times, so that what else the machine does counts little. */
const leastMs = (work: () => void): number => {
  const times = Array.from({ length: 500 }, () => {
    const from = performance.now()
    work()
    return performance.now() - from
  })
  return Math.min(...times)
}

it('compiles a statement once, however often it runs', () => {
  const sqlite = new Sqlite(':memory:')
  onTestFinished(() => void sqlite.close())
  const db = drizzle(sqlite)
  migrate(db, { migrationsFolder: MIGRATIONS })
  const statements = createStatements(sqlite)
  const fields = { key: jobs.key }
  // Only for the second could it matter to SQLite what is looked for.
  const byId = statements.rows(
    db
      .select(fields)
      .from(jobs)
      .where(eq(jobs.id, sql.placeholder('id'))),
    fields,
  )
  const ofPool = statements.rows(
    db
      .select(fields)
      .from(jobs)
      .where(and(eq(jobs.pool, sql.placeholder('pool')), isNotNull(jobs.runAt)))
      .orderBy(asc(jobs.runAt))
      .limit(sql.placeholder('limit')),
    fields,
  )
  const simplest = leastMs(() => byId.all({ id: 1 }))
  expect(leastMs(() => ofPool.all({ pool: 'slack', limit: 8 }))).toBeLessThan(4 * simplest)
})
