import { sql } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import { type AccountId, accountId, type Instant } from '../../routing/ids.ts'
import { seenEvents } from './schema.ts'
import type { Statements } from './statements.ts'

const SEEN_KEPT_MS = 7 * 24 * 60 * 60_000

/** What people ask for once stands among what webhooks have told, and is forgotten with it. No account has this name. */
export const ASKED = accountId('*asked')

/** To be called inside a transaction: true the first time that the account tells of `id`. Ids are kept for a week. */
export type IsNew = (seen: {
  readonly account: AccountId
  readonly id: string
  readonly at: Instant
}) => boolean

export function createIsNew(deps: {
  readonly db: BetterSQLite3Database
  readonly statements: Statements
}): IsNew {
  const { db, statements } = deps
  const { placeholder } = sql
  const add = statements.writes(
    db
      .insert(seenEvents)
      .values({ account: placeholder('account'), id: placeholder('id'), at: placeholder('at') })
      .onConflictDoNothing(),
  )
  // Two for one that is added: what is old goes by and by, and never much at once.
  const forget = statements.writes(
    db
      .delete(seenEvents)
      .where(
        sql`rowid IN (SELECT rowid FROM ${seenEvents} WHERE at < ${placeholder('before')} ORDER BY at LIMIT 2)`,
      ),
  )
  return (seen) => {
    if (add.run({ ...seen }) === 0) return false
    forget.run({ before: seen.at - SEEN_KEPT_MS })
    return true
  }
}
