import Sqlite from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import type { JobStore } from '../../jobs/contract.ts'
import type { DoctorReads } from '../doctor-contract.ts'
import { createCommitQueue } from './commit-queue.ts'
import { createDoctorReads } from './doctor.ts'
import { createJobQueries } from './jobs.ts'
import { StoreOpenError } from './open-sqlite-store.ts'
import { createIsNew } from './seen.ts'
import { createStatements } from './statements.ts'

/** A database on which a Baton may be working. Only jobs can be left for it: it numbers events by itself. */
export interface StoreBeside extends DoctorReads, Pick<JobStore, 'addJobs'> {
  close(): void
}

/** How long a write waits for the other process's. Its own take milliseconds. */
const WAITS_MS = 5_000

/**
 * Opens a database without the lock that a working Baton has, and without bringing it up to date.
 *
 * @throws StoreOpenError when there is none, or it is of another version
 */
export function openBeside(file: string): StoreBeside {
  let sqlite: Sqlite.Database | null = null
  try {
    sqlite = new Sqlite(file, { fileMustExist: true, timeout: WAITS_MS })
    const db = drizzle(sqlite)
    const commits = createCommitQueue(sqlite)
    const statements = createStatements(sqlite)
    const isNew = createIsNew({ db, statements })
    const { addJobs } = createJobQueries({ db, commits, statements, isNew })
    const opened = sqlite
    return { ...createDoctorReads(db), addJobs, close: () => void opened.close() }
  } catch (cause) {
    sqlite?.close()
    throw new StoreOpenError(
      `the database ${file} cannot be read: check DATABASE_URL, and if Baton is newer than the database, start it once.`,
      { cause },
    )
  }
}
