import Sqlite from 'better-sqlite3'
import type { ChatId } from '../../routing/ids.ts'

/** What was under way in a database that is a picture of the past. */
export interface Underway {
  /** Chats with a decision that the provider had not confirmed. */
  readonly unconfirmed: readonly ChatId[]
  /** Other things that people had asked for. */
  readonly requests: number
}

/** Whether a Baton has made it, of whatever version. */
export function isOfBaton(file: string): boolean {
  const db = new Sqlite(file, { fileMustExist: true })
  try {
    const made = db.prepare(
      "SELECT count(*) FROM sqlite_master WHERE name IN ('chats', '__drizzle_migrations')",
    )
    return made.pluck().get() === 2
  } finally {
    db.close()
  }
}

/** Jobs that would now do at a provider, or decide, what was asked for then; the others only show what is. */
const OF_THE_PAST = ['assign', 'enrol', 'contact', 'comment']

/** More than any chat changes: what a button or form of the time after the backup has seen is in nobody's future. */
const VERSIONS_AHEAD = 1_000_000

/**
 * Makes a copy fit to go on from, in one transaction: what was under way is not done again, and no button that
 * was shown after the copy was made fits a state that the copy comes to.
 */
export function leaveThePast(file: string): Underway {
  const db = new Sqlite(file, { fileMustExist: true })
  const ofThePast = `kind IN (${OF_THE_PAST.map(() => '?').join(', ')})`
  try {
    return db.transaction((): Underway => {
      const unconfirmed = db
        .prepare<[], { readonly id: ChatId }>('SELECT id FROM chats WHERE pending IS NOT NULL')
        .all()
        .map(({ id }) => id)
      const requests = db
        .prepare<string[], number>(`SELECT count(*) FROM jobs WHERE ${ofThePast} AND kind <> 'assign'`)
        .pluck()
        .get(...OF_THE_PAST)
      db.prepare(`DELETE FROM jobs WHERE ${ofThePast}`).run(...OF_THE_PAST)
      db.exec('DELETE FROM contact_edits')
      db.exec(`UPDATE chats SET version = version + ${VERSIONS_AHEAD}`)
      db.exec(`UPDATE cards SET waiting_version = waiting_version + ${VERSIONS_AHEAD}`)
      return { unconfirmed, requests: requests ?? 0 }
    })()
  } finally {
    db.close()
  }
}
