import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import Sqlite from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { migrate } from 'drizzle-orm/better-sqlite3/migrator'
import type { ChatId } from '../../routing/ids.ts'
import type { Store } from '../contract.ts'
import { createHealthQueries } from './account-health.ts'
import { createCardQueries } from './cards.ts'
import { createChatQueries } from './chats.ts'
import { createCommitQueue } from './commit-queue.ts'
import { createContactQueries } from './contact-edits.ts'
import { createJobQueries } from './jobs.ts'
import { createPeopleQueries } from './people.ts'
import { createStatements } from './statements.ts'

const MIGRATIONS = fileURLToPath(new URL('../../../migrations', import.meta.url))

/** Another process works on the same database; two would answer each other's interactions. */
export class StoreInUseError extends Error {
  override readonly name = 'StoreInUseError'
}

/**
 * Opens (and creates, and migrates) the embedded store. Write-ahead log; what must survive power loss
 * is committed with `synchronous=FULL` (https://sqlite.org/pragma.html#pragma_synchronous).
 */
export function openSqliteStore(options: {
  /** Path of the database; its directory is made. */
  readonly file: string
  readonly newChatId: () => ChatId
}): Store {
  mkdirSync(dirname(options.file), { recursive: true })
  const instance = lockInstance(`${options.file}-instance`)
  const sqlite = new Sqlite(options.file)
  sqlite.pragma('journal_mode = WAL')
  const db = drizzle(sqlite)
  migrate(db, { migrationsFolder: MIGRATIONS })

  const commits = createCommitQueue(sqlite)
  const statements = createStatements(sqlite)
  const jobs = createJobQueries({ db, commits, statements })
  const { insertEvent, nextEventId, ...chats } = createChatQueries({
    db,
    commits,
    statements,
    jobs,
    newId: options.newChatId,
  })
  const people = createPeopleQueries({ db, commits, statements, insertEvent, enqueue: jobs.enqueue })
  const cards = createCardQueries({ db, commits, statements, enqueue: jobs.enqueue })
  const contacts = createContactQueries({ db, commits, insertEvent, enqueue: jobs.enqueue })
  const health = createHealthQueries({
    db,
    commits,
    statements,
    nextEventId,
    insertEvent,
    enqueue: jobs.enqueue,
  })
  jobs.forgetLeases()

  return {
    ...chats,
    ...people,
    ...cards,
    ...contacts,
    ...health,
    takeJobs: jobs.takeJobs,
    endJob: jobs.endJob,
    nextDueAt: jobs.nextDueAt,
    onJobs: jobs.onJobs,
    close: async () => {
      await commits.run(() => undefined)
      sqlite.close()
      instance.close()
    },
  }
}

/**
 * A lock that the operating system drops with the process, however it ends: SQLite's own, on a file
 * that holds nothing else.
 */
function lockInstance(file: string): { close(): void } {
  const lock = new Sqlite(file, { timeout: 0 })
  try {
    lock.pragma('locking_mode = EXCLUSIVE')
    lock.exec('BEGIN EXCLUSIVE')
    return lock
  } catch (error) {
    lock.close()
    throw new StoreInUseError(`another Baton is running on ${file.replace(/-instance$/, '')}`, {
      cause: error,
    })
  }
}
