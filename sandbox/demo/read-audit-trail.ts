import Sqlite from 'better-sqlite3'
import { asc, eq } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import type { AuditEvent } from '../../src/routing/audit.ts'
import { chatKey } from '../../src/routing/ids.ts'
import { chats, events } from '../../src/store/sqlite/schema.ts'

/** What Baton's database says about one chat, oldest first; read beside Baton, as an auditor would. */
export function readAuditTrail(databaseFile: string, key: string): readonly AuditEvent[] {
  const sqlite = new Sqlite(databaseFile, { readonly: true })
  try {
    const db = drizzle(sqlite)
    const chat = db
      .select({ id: chats.id })
      .from(chats)
      .where(eq(chats.key, chatKey(key)))
      .get()
    return chat === undefined
      ? []
      : db.select().from(events).where(eq(events.chat, chat.id)).orderBy(asc(events.id)).all()
  } finally {
    sqlite.close()
  }
}
