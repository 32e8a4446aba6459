import type { Database } from 'better-sqlite3'
import { and, asc, eq, gt, isNotNull, isNull, ne, sql } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import type { NewJob } from '../../jobs/contract.ts'
import { type NewEvent, withoutTexts } from '../../routing/audit.ts'
import type { Chat } from '../../routing/chat.ts'
import { isErased } from '../../routing/erase.ts'
import type { AccountId } from '../../routing/ids.ts'
import type { ErasureStore } from '../erasure-contract.ts'
import { toChat, toRow } from './chat-row.ts'
import type { ChatTexts } from './chat-texts.ts'
import type { CommitQueue } from './commit-queue.ts'
import type { Loads } from './loads.ts'
import { chats, contactEdits, events, jobs, seenEvents } from './schema.ts'

/** `user_version` of a file that may still hold, in places that are not used, what was erased. */
const TO_OVERWRITE = 1

export function createEraseQueries(deps: {
  readonly sqlite: Database
  readonly db: BetterSQLite3Database
  readonly commits: CommitQueue
  readonly texts: Pick<ChatTexts, 'forget' | 'overwriteForgotten'>
  readonly loads: Pick<Loads, 'recount'>
  readonly insertEvent: (event: NewEvent) => unknown
  readonly enqueue: (job: NewJob) => void
}): ErasureStore {
  const { sqlite, db, commits } = deps

  const mark = (): unknown => sqlite.pragma(`user_version = ${TO_OVERWRITE}`)

  /** Something about the chat is still to be done at the provider, by its id or by its key. */
  const awaitedIn = (account: AccountId): ((chat: Chat) => boolean) => {
    const due = db
      .select({ key: jobs.key, payload: sql<string>`${jobs.payload}` })
      .from(jobs)
      .where(and(eq(jobs.pool, account), isNotNull(jobs.runAt)))
      .all()
    return ({ id, key }) =>
      due.some(
        (job) =>
          job.key.endsWith(`:${id}`) || [id, key].some((name) => job.payload.includes(JSON.stringify(name))),
      )
  }

  function rewriteEvents(chat: Chat): void {
    for (const { id, facts } of db.select().from(events).where(eq(events.chat, chat.id)).all()) {
      const kept = withoutTexts(facts)
      if (kept !== facts) db.update(events).set({ facts: kept }).where(eq(events.id, id)).run()
    }
  }

  return {
    eraseCustomers: ({ account, quietSince, after, limit }, erase) =>
      commits.run(() => {
        const looked = db
          .select({
            chat: chats,
            // By name: of a query's only table, Drizzle leaves the table's name out.
            stirred: sql<number>`EXISTS (SELECT 1 FROM events WHERE events.chat = chats.id AND events.at > ${quietSince})`,
          })
          .from(chats)
          .where(
            and(
              eq(chats.account, account),
              ne(chats.status, 'open'),
              after === null ? undefined : gt(chats.id, after),
            ),
          )
          .orderBy(asc(chats.id))
          .limit(limit)
          .all()
        const quiet = looked
          .filter(({ chat, stirred }) => stirred === 0 && (chat.lastMessageAt ?? 0) <= quietSince)
          .map(({ chat }) => toChat(chat))
          .filter((chat) => !isErased(chat))
        const isAwaited = quiet.length === 0 ? () => false : awaitedIn(account)
        const due = quiet.filter((chat) => !isAwaited(chat))
        for (const chat of due) {
          const erasure = erase(chat)
          deps.loads.recount(chat, erasure.chat)
          db.update(chats).set(toRow(erasure.chat)).where(eq(chats.id, chat.id)).run()
          rewriteEvents(chat)
          deps.texts.forget(chat.id)
          db.delete(contactEdits).where(eq(contactEdits.chat, chat.id)).run()
          deps.insertEvent(erasure.event)
          erasure.jobs.forEach(deps.enqueue)
        }
        if (due.length > 0) mark()
        return { erased: due.length, next: looked.length < limit ? null : (looked.at(-1)?.chat.id ?? null) }
      }),
    eraseLeftovers: ({ account, before, limit }) =>
      commits.run(() => {
        const told = db
          .delete(seenEvents)
          .where(
            sql`rowid IN (SELECT rowid FROM ${seenEvents} WHERE ${seenEvents.account} = ${account} AND ${seenEvents.at} <= ${before} LIMIT ${limit})`,
          )
          .run()
        const failed = db
          .delete(jobs)
          .where(and(eq(jobs.pool, account), isNull(jobs.runAt)))
          .run()
        const removed = told.changes + failed.changes
        if (removed > 0) mark()
        return removed
      }),
    async overwriteErased() {
      if (sqlite.pragma('user_version', { simple: true }) !== TO_OVERWRITE) return
      // Deleting leaves traces, and `secure_delete` does where SQLite has moved a row to another page: only a file that is
      // written anew has none. The log still has the old pages; cut to nothing, it has none either.
      deps.texts.overwriteForgotten()
      sqlite.exec('VACUUM')
      if (cutLog()) sqlite.pragma('user_version = 0')
    },
  }

  /** False while somebody else reads: waiting for them would hold up everybody. */
  function cutLog(): boolean {
    const patience = Number(sqlite.pragma('busy_timeout', { simple: true }))
    sqlite.pragma('busy_timeout = 0')
    try {
      return sqlite.pragma('wal_checkpoint(TRUNCATE)', { simple: true }) === 0
    } finally {
      sqlite.pragma(`busy_timeout = ${patience}`)
    }
  }
}
