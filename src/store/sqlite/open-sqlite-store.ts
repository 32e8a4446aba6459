import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import Sqlite from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { migrate } from 'drizzle-orm/better-sqlite3/migrator'
import type { ChatId } from '../../routing/ids.ts'
import type { Store } from '../contract.ts'
import { createAbsenceOf } from './absences.ts'
import { createHealthQueries } from './account-health.ts'
import { createCardQueries } from './cards.ts'
import { createChatTexts } from './chat-texts.ts'
import { createChatQueries } from './chats.ts'
import { createCommitQueue } from './commit-queue.ts'
import { createContactQueries } from './contact-edits.ts'
import { createDoctorQueries } from './doctor.ts'
import { createEraseQueries } from './erase.ts'
import { createFigureQueries } from './figures.ts'
import { createJobQueries } from './jobs.ts'
import { createLoads } from './loads.ts'
import { createOfferQueries } from './offers.ts'
import { createPeopleQueries } from './people.ts'
import { createPeopleMemory } from './people-memory.ts'
import { createIsNew } from './seen.ts'
import { createStatements } from './statements.ts'

/**
 * How long the write-ahead log grows (16 MB) before it is written back into the database, which holds everybody up for
 * some 25 ms. SQLite's own 1,000 pages are full after 200 claims, and writing these back takes nearly as long:
 * https://sqlite.org/wal.html#ckpt
 */
const CHECKPOINT_PAGES = 4_000

export const MIGRATIONS = fileURLToPath(new URL('../../../migrations', import.meta.url))

/** Why the database cannot be used, in words for whoever runs Baton. */
export class StoreOpenError extends Error {
  override readonly name = 'StoreOpenError'
}

/**
 * Opens (and creates, and migrates) the embedded store. Write-ahead log; what must survive power loss
 * is committed with `synchronous=FULL` (https://sqlite.org/pragma.html#pragma_synchronous).
 *
 * @throws StoreOpenError when the file is no database or cannot be written, or another process works on it: two
 *   would answer each other's interactions
 */
export function openSqliteStore(options: {
  /** Path of the database; its directory is made. */
  readonly file: string
  readonly newChatId: () => ChatId
}): Store {
  const { instance, sqlite } = open(options.file)
  const db = drizzle(sqlite)
  migrate(db, { migrationsFolder: MIGRATIONS })

  const commits = createCommitQueue(sqlite)
  const statements = createStatements(sqlite)
  const isNew = createIsNew({ db, statements })
  const jobs = createJobQueries({ db, commits, statements, isNew })
  const memory = createPeopleMemory(commits)
  const absenceOf = createAbsenceOf({ db, statements, memory })
  const loads = createLoads({ db, statements, absenceOf })
  const texts = createChatTexts(sqlite)
  texts.takeOlder()
  const { insertEvent, nextEventId, ...chats } = createChatQueries({
    db,
    commits,
    statements,
    jobs,
    absenceOf,
    texts,
    loads,
    isNew,
    memory,
    newId: options.newChatId,
  })
  const people = createPeopleQueries({
    db,
    commits,
    statements,
    absenceOf,
    memory,
    insertEvent,
    enqueue: jobs.enqueue,
  })
  const offers = createOfferQueries({ db, commits, insertEvent, enqueue: jobs.enqueue })
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
  const erase = createEraseQueries({ sqlite, db, commits, texts, loads, insertEvent, enqueue: jobs.enqueue })
  const doctor = createDoctorQueries({ db, commits, insertEvent, mendFailed: jobs.mendFailed })
  jobs.forgetLeases()

  return {
    ...chats,
    ...people,
    ...offers,
    ...cards,
    ...contacts,
    ...health,
    ...doctor,
    addJobs: jobs.addJobs,
    addJobOnce: jobs.addJobOnce,
    ...erase,
    ...createFigureQueries({ db, statements }),
    takeJobs: jobs.takeJobs,
    endJob: jobs.endJob,
    reviveCards: jobs.reviveCards,
    setBack: jobs.setBack,
    nextDueAt: jobs.nextDueAt,
    onJobs: jobs.onJobs,
    // Written even when it stays the same; what erasing customers has noted there stays.
    tryWriting: () =>
      commits.run(() => {
        sqlite.pragma(`user_version = ${sqlite.pragma('user_version', { simple: true })}`)
      }, 'in-order'),
    close: async () => {
      await commits.run(() => undefined)
      sqlite.close()
      instance.close()
    },
  }
}

function open(file: string): { readonly instance: Lock; readonly sqlite: Sqlite.Database } {
  let instance: Lock | null = null
  try {
    mkdirSync(dirname(file), { recursive: true })
    instance = lockInstance(file)
    const sqlite = new Sqlite(file)
    sqlite.pragma('journal_mode = WAL')
    sqlite.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`)
    return { instance, sqlite }
  } catch (error) {
    instance?.close()
    if (error instanceof StoreOpenError) throw error
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    throw new StoreOpenError(
      `the database ${file} cannot be opened (${code}): check DATABASE_URL, and that Baton may write there.`,
      { cause: error },
    )
  }
}

interface Lock {
  close(): void
}

/**
 * A lock that the operating system drops with the process, however it ends: SQLite's own, on a file beside the
 * database that holds nothing else.
 *
 * @throws StoreOpenError when another process has it
 */
export function lockInstance(file: string): Lock {
  const lock = new Sqlite(`${file}-instance`, { timeout: 0 })
  try {
    lock.pragma('locking_mode = EXCLUSIVE')
    lock.exec('BEGIN EXCLUSIVE')
    return lock
  } catch (error) {
    lock.close()
    throw new StoreOpenError(`another Baton is running on ${file}`, { cause: error })
  }
}

/**
 * Whether a process works on the database now. Only reads, which a running one does not allow; so it holds up none
 * that starts.
 *
 * @throws StoreOpenError when this user may not know
 */
export function isInstanceRunning(file: string): boolean {
  if (!existsSync(`${file}-instance`)) return false
  let lock: Sqlite.Database | null = null
  try {
    lock = new Sqlite(`${file}-instance`, { readonly: true, timeout: 0 })
    lock.pragma('schema_version')
    return false
  } catch (error) {
    const code = error instanceof Sqlite.SqliteError ? error.code : 'unknown'
    if (code.startsWith('SQLITE_BUSY')) return true
    throw new StoreOpenError(
      `${file}-instance cannot be read (${code}), which says whether Baton runs: do this as the user that runs Baton.`,
      { cause: error },
    )
  } finally {
    lock?.close()
  }
}
