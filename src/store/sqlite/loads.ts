import { isNotNull, sql } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import type { Load } from '../../routing/chat-search.ts'
import { groupIdOf, type Instant, type ProviderUserId } from '../../routing/ids.ts'
import type { AbsenceOf } from './absences.ts'
import { chats } from './schema.ts'
import type { Statements } from './statements.ts'

/** Who has how many chats. */
export interface Loads {
  all(): readonly Load[]
  /** Of people who cannot work on their chats. */
  leftBehind(): readonly Load[]
}

export function createLoads(deps: {
  readonly db: BetterSQLite3Database
  readonly statements: Statements
  readonly absenceOf: AbsenceOf
}): Loads {
  const { db, statements, absenceOf } = deps
  const counted = statements.rows(
    db.select(loadColumns).from(chats).where(isNotNull(chats.owner)).groupBy(chats.account, chats.owner),
    loadColumns,
  )
  const all = (): readonly Load[] => counted.all({})
  return {
    all,
    // A group is nobody in person, and anybody may claim from it in any case.
    leftBehind: () =>
      all().filter(({ account, owner }) => groupIdOf(owner) === null && absenceOf(account, owner) !== null),
  }
}

const loadColumns = {
  account: chats.account,
  // Of rows that have one.
  owner: sql<ProviderUserId>`${chats.owner}`,
  chats: sql<number>`count(*)`,
  unanswered: sql<number>`count(${chats.unansweredSince})`,
  unansweredSince: sql<Instant | null>`min(${chats.unansweredSince})`,
}
