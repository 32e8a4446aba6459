import Sqlite from 'better-sqlite3'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { MIGRATIONS } from './open-sqlite-store.ts'

export type DatabaseState =
  | { readonly kind: 'sound' }
  /** Made by a version before, or after, this one. */
  | { readonly kind: 'older' | 'newer' }
  | { readonly kind: 'broken' }
  /** Somebody else keeps on writing. */
  | { readonly kind: 'busy' }
  /** `code` is SQLite's. */
  | { readonly kind: 'unreadable' | 'not-writable'; readonly code: string }

/** Looks at an existing file beside whoever works on it, and changes nothing. Reads all of it. Waits so long for others' writes. */
export function lookAtDatabase(file: string, waitMs = 5_000): DatabaseState {
  let sqlite: Sqlite.Database | null = null
  try {
    sqlite = new Sqlite(file, { fileMustExist: true, timeout: waitMs })
    if (sqlite.pragma('integrity_check', { simple: true }) !== 'ok') return { kind: 'broken' }
    const newest = newestMigration(sqlite)
    const ours = Math.max(
      ...readMigrationFiles({ migrationsFolder: MIGRATIONS }).map(({ folderMillis }) => folderMillis),
    )
    if (newest > ours) return { kind: 'newer' }
    const refused = whyNotWritten(sqlite)
    if (refused?.startsWith('SQLITE_BUSY')) return { kind: 'busy' }
    if (refused !== null) return { kind: 'not-writable', code: refused }
    return { kind: newest < ours ? 'older' : 'sound' }
  } catch (error) {
    const code = codeOf(error)
    return code.startsWith('SQLITE_CORRUPT') ? { kind: 'broken' } : { kind: 'unreadable', code }
  } finally {
    sqlite?.close()
  }
}

/** When the newest migration was made that the file has; 0 when it has none. */
function newestMigration(sqlite: Sqlite.Database): number {
  const table = sqlite.prepare("SELECT 1 FROM sqlite_master WHERE name = '__drizzle_migrations'").get()
  if (table === undefined) return 0
  return Number(sqlite.prepare('SELECT max(created_at) FROM __drizzle_migrations').pluck().get() ?? 0)
}

/** Null when it takes writes. */
function whyNotWritten(sqlite: Sqlite.Database): string | null {
  try {
    // As an attempt: it is rolled back.
    sqlite.exec('BEGIN IMMEDIATE; PRAGMA user_version = 0; ROLLBACK')
    return null
  } catch (error) {
    if (sqlite.inTransaction) sqlite.exec('ROLLBACK')
    return codeOf(error)
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
