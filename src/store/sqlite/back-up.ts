import { closeSync, existsSync, openSync, renameSync, rmSync, statSync } from 'node:fs'
import Sqlite from 'better-sqlite3'

export type Copied =
  | { readonly kind: 'copied'; readonly bytes: number }
  /** Nothing was left behind. */
  | { readonly kind: 'not-copied'; readonly why: string }

/** The whole file in one step: between two, a busy Baton would make SQLite begin anew each time. */
const ALL_PAGES = 0x7fff_ffff

/**
 * Copies a database while another process works on it: as it was at one moment, in one file. The copy has its name
 * only once it is whole and SQLite finds nothing wrong with it.
 */
export async function backUp(files: { readonly from: string; readonly to: string }): Promise<Copied> {
  const { from, to } = files
  if (!existsSync(from)) return { kind: 'not-copied', why: `there is no file ${from}` }
  if (existsSync(to)) return { kind: 'not-copied', why: `${to} exists already, and is not overwritten` }
  const part = `${to}.part`
  try {
    // It holds customers' names and numbers.
    closeSync(openSync(part, 'wx', 0o600))
  } catch (error) {
    return { kind: 'not-copied', why: `${part} cannot be made (${codeOf(error)})` }
  }
  try {
    await copy(from, part)
    const wrong = whatIsWrong(part)
    if (wrong !== null) return { kind: 'not-copied', why: `SQLite finds the copy broken: ${wrong}` }
    if (existsSync(to)) return { kind: 'not-copied', why: `${to} exists already, and is not overwritten` }
    renameSync(part, to)
    return { kind: 'copied', bytes: statSync(to).size }
  } catch (error) {
    return { kind: 'not-copied', why: `${from} cannot be copied to ${to} (${codeOf(error)})` }
  } finally {
    for (const left of [part, `${part}-wal`, `${part}-shm`]) rmSync(left, { force: true })
  }
}

async function copy(from: string, to: string): Promise<void> {
  const source = new Sqlite(from, { fileMustExist: true })
  try {
    await source.backup(to, { progress: () => ALL_PAGES })
  } finally {
    source.close()
  }
}

/** Null when nothing is. */
function whatIsWrong(file: string): string | null {
  const copied = new Sqlite(file)
  try {
    // One file, also for whoever opens it next.
    copied.pragma('journal_mode = DELETE')
    const found = String(copied.pragma('integrity_check', { simple: true }))
    return found === 'ok' ? null : found
  } finally {
    copied.close()
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
