import Sqlite from 'better-sqlite3'
import { and, asc, eq, getTableColumns, gt, gte, isNotNull, type SQL, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { eventId } from '../../routing/ids.ts'
import type { Trail, TrailEvent } from '../trail.ts'
import { StoreOpenError } from './open-sqlite-store.ts'
import { chats, events } from './schema.ts'

const PAGE = 1_000

/**
 * Opens the database for reading alone, whether or not a Baton runs on it.
 *
 * @throws StoreOpenError when there is none that this version can read
 */
export function openSqliteTrail(file: string): Trail {
  const sqlite = open(file)
  const db = drizzle(sqlite)
  const customer = { key: chats.key, name: chats.name, phone: chats.phone }

  const page = (conditions: readonly (SQL | undefined)[], ...order: SQL[]): TrailEvent[] =>
    db
      .select({ event: getTableColumns(events), customer })
      .from(events)
      .leftJoin(chats, eq(chats.id, events.chat))
      .where(and(...conditions))
      .orderBy(...order)
      .limit(PAGE)
      .all()

  return {
    async *events({ account, since }) {
      let after = eventId(0)
      for (;;) {
        const found = page(
          [
            gt(events.id, after),
            account === null ? undefined : eq(events.account, account),
            since === null ? undefined : gte(events.at, since),
          ],
          asc(events.id),
        )
        const last = found.at(-1)
        if (last === undefined) return
        after = last.event.id
        yield found
      }
    },
    async *eventsByChat({ account }) {
      let after: SQL | undefined
      for (;;) {
        const found = page(
          [isNotNull(events.chat), after, account === null ? undefined : eq(events.account, account)],
          asc(events.chat),
          asc(events.id),
        )
        const last = found.at(-1)
        if (last === undefined) return
        after = sql`(${events.chat}, ${events.id}) > (${last.event.chat}, ${last.event.id})`
        yield found
      }
    },
    close: () => sqlite.close(),
  }
}

function open(file: string): Sqlite.Database {
  let sqlite: Sqlite.Database | null = null
  try {
    sqlite = new Sqlite(file, { readonly: true, fileMustExist: true })
    const columns = new Set(sqlite.prepare("SELECT name FROM pragma_table_info('chats')").pluck().all())
    if (Object.values(getTableColumns(chats)).every(({ name }) => columns.has(name))) return sqlite
  } catch (error) {
    sqlite?.close()
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    throw new StoreOpenError(`the database ${file} cannot be read (${code}): check DATABASE_URL.`, {
      cause: error,
    })
  }
  sqlite.close()
  throw new StoreOpenError(
    `the database ${file} was made by another version: start Baton once, then try again.`,
  )
}
