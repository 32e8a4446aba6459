import { and, asc, desc, eq, gt, lt } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import type { AuditEvent } from '../../routing/audit.ts'
import type { ChatId, EventId } from '../../routing/ids.ts'
import type { ChatStore, HistoryPlace } from '../contract.ts'
import { events } from './schema.ts'

export function createHistoryQueries(db: BetterSQLite3Database): Pick<ChatStore, 'history' | 'historyPage'> {
  const older = (chat: ChatId, than: EventId | null, limit: number) =>
    db
      .select()
      .from(events)
      .where(and(eq(events.chat, chat), than === null ? undefined : lt(events.id, than)))
      .orderBy(desc(events.id))
      .limit(limit)
      .all()
  const newer = (chat: ChatId, than: EventId, limit: number) =>
    db
      .select()
      .from(events)
      .where(and(eq(events.chat, chat), gt(events.id, than)))
      .orderBy(asc(events.id))
      .limit(limit)
      .all()

  const newestFirst = (chat: ChatId, at: HistoryPlace, limit: number): readonly AuditEvent[] =>
    at !== 'newest' && 'after' in at
      ? newer(chat, at.after, limit).reverse()
      : older(chat, at === 'newest' ? null : at.before, limit)

  return {
    history: async (chat) =>
      db.select().from(events).where(eq(events.chat, chat)).orderBy(asc(events.id)).all(),
    async historyPage(chat, at, limit) {
      const page = newestFirst(chat, at, limit)
      const [newest, oldest] = [page.at(0), page.at(-1)]
      return {
        events: page,
        hasNewer: newest !== undefined && newer(chat, newest.id, 1).length > 0,
        hasOlder: oldest !== undefined && older(chat, oldest.id, 1).length > 0,
      }
    },
  }
}
