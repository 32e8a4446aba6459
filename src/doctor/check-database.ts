import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { type DatabaseState, lookAtDatabase } from '../store/sqlite/look-at-database.ts'
import { type Finding, finding } from './finding.ts'

const MB = 1_000_000
/** With less, the next update of a card may be the one that cannot be written. */
const LEAST_FREE = 50 * MB
const PLENTY_FREE = 500 * MB

/** The file, whether or not a Baton works on it. */
export function checkDatabase(file: string, isRunning: boolean): readonly Finding[] {
  const { bavail, bsize } = statfsSync(nearest(dirname(resolve(file))))
  const size = existsSync(file) ? statSync(file).size : 0
  return [...checkFile(file, isRunning), ...spaceFound({ free: bavail * bsize, size })]
}

const CHECK = 'Database'

const said = (result: Finding['result'], says: string): readonly Finding[] => finding(CHECK, result, says)

function checkFile(file: string, isRunning: boolean): readonly Finding[] {
  if (existsSync(file)) return stateFound({ file, state: lookAtDatabase(file), isRunning })
  const place = nearest(dirname(resolve(file)))
  return mayWrite(place)
    ? said('ok', `There is no ${file} yet; the first start makes it.`)
    : said(
        'wrong',
        `Baton may not write in ${place}, so it cannot make ${file}. Give the user that runs Baton the directory (chown), or put another path into DATABASE_URL.`,
      )
}

export function stateFound({
  file,
  state,
  isRunning,
}: {
  readonly file: string
  readonly state: DatabaseState
  readonly isRunning: boolean
}): readonly Finding[] {
  switch (state.kind) {
    case 'unreadable':
      return said(
        'wrong',
        `${file} cannot be opened as a database (${state.code}). Correct DATABASE_URL, or go back to a backup as the README says.`,
      )
    case 'busy':
      return said(
        'unknown',
        `Somebody else has been writing to ${file} for seconds, so nothing more is known of it. Run the doctor again in a minute.`,
      )
    case 'not-writable':
      return said(
        'wrong',
        `${file} can be read and not written (${state.code}). Give the user that runs Baton the file and its directory (chown), and look whether the disk is full or read-only.`,
      )
    case 'broken':
      return said(
        'wrong',
        `SQLite finds ${file} damaged. Stop Baton, and go back to a backup: npm run restore.`,
      )
    case 'newer':
      return said(
        'wrong',
        `A newer Baton has worked on ${file}. Start that version, or go back to a backup of the time before.`,
      )
    case 'older':
      return isRunning
        ? said('wrong', `The running Baton is older than the files here. Restart it.`)
        : said('ok', `${file} is in order; the next start brings it up to date.`)
    case 'sound':
      return said('ok', `${file} is whole, up to date, and takes writes.`)
    default:
      return state satisfies never
  }
}

/** In bytes: what is free, and how large the database is. */
export function spaceFound({
  free,
  size,
}: {
  readonly free: number
  readonly size: number
}): readonly Finding[] {
  const says = `${Math.floor(free / MB).toLocaleString('en')} MB are free where the database is.`
  if (free < LEAST_FREE)
    return finding('Disk space', 'wrong', `${says} Make room, or nothing can be decided soon.`)
  // Erasing customers, and restoring, take a second copy for a while.
  return free < Math.max(PLENTY_FREE, 2 * size)
    ? finding('Disk space', 'warning', `${says} That is little: make room.`)
    : finding('Disk space', 'ok', says)
}

/** The directory, or the one of those around it that exists. */
const nearest = (directory: string): string =>
  existsSync(directory) || dirname(directory) === directory ? directory : nearest(dirname(directory))

function mayWrite(directory: string): boolean {
  try {
    accessSync(directory, constants.W_OK | constants.X_OK)
    return statSync(directory).isDirectory()
  } catch {
    return false
  }
}
