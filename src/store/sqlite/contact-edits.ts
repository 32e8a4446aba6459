import { asc, eq, or, sql } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import type { NewJob } from '../../jobs/contract.ts'
import type { NewEvent } from '../../routing/audit.ts'
import type { EventId } from '../../routing/ids.ts'
import type { ContactStore } from '../contract.ts'
import type { CommitQueue } from './commit-queue.ts'
import { contactEdits } from './schema.ts'

export function createContactQueries(deps: {
  readonly db: BetterSQLite3Database
  readonly commits: CommitQueue
  readonly insertEvent: (event: NewEvent) => EventId
  readonly enqueue: (job: NewJob) => void
}): ContactStore {
  const { db, commits, insertEvent, enqueue } = deps
  return {
    addContactEdit: (edit, job) =>
      commits.run(() => {
        const { id } = db.insert(contactEdits).values(edit).returning({ id: contactEdits.id }).get()
        enqueue(job(id))
        return id
      }),
    contactEdits: async (id) => {
      const sameChat = sql`${contactEdits.chat} = (SELECT chat FROM ${contactEdits} WHERE id = ${id})`
      return db
        .select()
        .from(contactEdits)
        .where(or(eq(contactEdits.id, id), sameChat))
        .orderBy(asc(contactEdits.id))
        .all()
    },
    endContactEdit: (id, event, jobs) =>
      commits.run(() => {
        db.delete(contactEdits).where(eq(contactEdits.id, id)).run()
        const written = insertEvent(event)
        jobs(written).forEach(enqueue)
        return written
      }),
  }
}
