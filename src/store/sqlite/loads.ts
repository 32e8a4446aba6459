import { gt, sql } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import type { Chat } from '../../routing/chat.ts'
import type { Load } from '../../routing/chat-search.ts'
import { groupIdOf, type Instant } from '../../routing/ids.ts'
import type { AbsenceOf } from './absences.ts'
import { loads } from './schema.ts'
import type { Statements } from './statements.ts'

/**
 * Who has how many chats: kept in a table, because counting them anew for each Home tab takes as long as there are
 * chats that somebody has.
 */
export interface Loads {
  all(): readonly Load[]
  /** Of people who cannot work on their chats. */
  leftBehind(): readonly Load[]
  /** A chat is written, inside its transaction; whoever writes to the table of chats calls this. */
  recount(before: Counted | null, chat: Counted): void
}

type Counted = Pick<Chat, 'account' | 'owner' | 'messages'>

export function createLoads(deps: {
  readonly db: BetterSQLite3Database
  readonly statements: Statements
  readonly absenceOf: AbsenceOf
}): Loads {
  const { db, statements, absenceOf } = deps
  const { placeholder } = sql
  const kept = statements.rows(db.select(loadColumns).from(loads).where(gt(loads.chats, 0)), loadColumns)
  const add = statements.writes(
    db
      .insert(loads)
      .values({
        account: placeholder('account'),
        owner: placeholder('owner'),
        chats: placeholder('chats'),
        unanswered: placeholder('unanswered'),
      })
      .onConflictDoUpdate({
        target: [loads.account, loads.owner],
        set: {
          chats: sql`${loads.chats} + excluded.chats`,
          unanswered: sql`${loads.unanswered} + excluded.unanswered`,
        },
      }),
  )
  const all = (): readonly Load[] => kept.all({})
  return {
    all,
    // A group is nobody in person, and anybody may claim from it in any case.
    leftBehind: () =>
      all().filter(({ account, owner }) => groupIdOf(owner) === null && absenceOf(account, owner) !== null),
    recount(before, chat) {
      if (before?.owner === chat.owner && unanswered(before) === unanswered(chat)) return
      if (before !== null && before.owner !== null)
        add.run({ ...before, chats: -1, unanswered: -unanswered(before) })
      if (chat.owner !== null) add.run({ ...chat, chats: 1, unanswered: unanswered(chat) })
    },
  }
}

const unanswered = ({ messages }: Counted): number => (messages.unanswered.length > 0 ? 1 : 0)

const loadColumns = {
  account: loads.account,
  owner: loads.owner,
  chats: loads.chats,
  unanswered: loads.unanswered,
  // The first entry of theirs in the index of what people have to do.
  unansweredSince: sql<Instant | null>`(SELECT min(unanswered_since) FROM chats
    WHERE chats.account = loads.account AND chats.owner = loads.owner AND unanswered_since IS NOT NULL)`,
}
