import Sqlite from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { StoreOpenError } from './open-sqlite-store.ts'
import { links, profiles, providerUsers } from './schema.ts'

/**
 * Who is who, as far as the store has heard; read whether or not a Baton runs on the database.
 *
 * @throws StoreOpenError when there is none that this version can read
 */
export function readStaff(file: string) {
  let sqlite: Sqlite.Database | null = null
  try {
    sqlite = new Sqlite(file, { readonly: true, fileMustExist: true })
    const db = drizzle(sqlite)
    return {
      links: db.select().from(links).all(),
      providerUsers: db.select().from(providerUsers).all(),
      profiles: db.select().from(profiles).all(),
    }
  } catch (cause) {
    throw new StoreOpenError(
      `the database ${file} cannot be read: check DATABASE_URL, and if Baton is newer than the database, start it once.`,
      { cause },
    )
  } finally {
    sqlite?.close()
  }
}
