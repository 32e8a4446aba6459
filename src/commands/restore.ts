import { chownSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Clock } from '../clock.ts'
import { chatId, type Instant } from '../routing/ids.ts'
import { dropUnconfirmed } from '../routing/restored.ts'
import type { Store } from '../store/contract.ts'
import { backUp } from '../store/sqlite/back-up.ts'
import { isOfBaton, leaveThePast, type Underway } from '../store/sqlite/from-the-past.ts'
import { lockInstance, openSqliteStore, StoreOpenError } from '../store/sqlite/open-sqlite-store.ts'
import type { Command, CommandEnd } from './command.ts'

const USAGE = 'Use: npm run restore -- /somewhere/baton-2026-11-20.db'

/** Puts a backup in the place of the database while Baton is stopped; what was there before is kept beside it. */
export const restoreCommand: Command = async ([backup, more], { config, clock, out }) => {
  if (backup === undefined || more !== undefined) return refused(USAGE)
  const { databasePath } = config
  mkdirSync(dirname(databasePath), { recursive: true })
  try {
    const lock = lockInstance(databasePath)
    try {
      return await restore({
        backup,
        databasePath,
        now: clock.now,
        say: (sentence) => void out.write(`${sentence}\n`),
      })
    } finally {
      lock.close()
    }
  } catch (error) {
    if (error instanceof StoreOpenError) return refused(`Nothing was restored: ${error.message}.`)
    throw error
  }
}

async function restore(deps: {
  readonly backup: string
  readonly databasePath: string
  readonly now: Clock['now']
  readonly say: (sentence: string) => void
}): Promise<CommandEnd> {
  const { backup, databasePath, now, say } = deps
  const prepared = `${databasePath}.restored`
  const clean = (): void => {
    for (const end of ['', '-wal', '-shm', '-instance']) rmSync(`${prepared}${end}`, { force: true })
  }
  clean()
  try {
    const copied = await backUp({ from: backup, to: prepared })
    if (copied.kind === 'not-copied') return refused(`Nothing was restored: ${copied.why}.`)
    if (!isOfBaton(prepared)) return refused(`Nothing was restored: ${backup} is no database of Baton's.`)
    const underway = await prepare(prepared, now)
    const kept = putInPlace(prepared, databasePath, now())
    say(`${databasePath} is now what ${backup} was.`)
    if (kept !== null) say(`What was there before is kept as ${kept}.`)
    if (underway.unconfirmed.length > 0) {
      say(
        `Decisions that the provider had not confirmed when the backup was made: ${underway.unconfirmed.length}. They are not sent again; whoever made them is told in Slack.`,
      )
    }
    if (underway.requests > 0) {
      say(
        `Requests that were under way then and are dropped (contact changes, notes, requests of people who were being linked): ${underway.requests}.`,
      )
    }
    say('Start Baton now: it asks the providers who has which chat.')
    return { kind: 'done' }
  } finally {
    clean()
  }
}

async function prepare(file: string, now: Clock['now']): Promise<Underway> {
  // Opened first, which brings a backup of an older Baton up to date.
  await open(file).close()
  const underway = leaveThePast(file)
  const store = open(file)
  try {
    for (const chat of underway.unconfirmed) {
      await store.change({ chat }, [], (state) => dropUnconfirmed(state, now()))
    }
  } finally {
    await store.close()
  }
  return underway
}

/** No chat is made here. */
const open = (file: string): Store => openSqliteStore({ file, newChatId: () => chatId('none') })

/** The database that was there, with what belongs to it, gets another name; null when there was none. */
function putInPlace(prepared: string, databasePath: string, now: Instant): string | null {
  const time = new Date(now).toISOString().replaceAll(/[:.]/g, '-')
  const kept = `${databasePath}.${time}`
  const hadOne = existsSync(databasePath)
  for (const end of ['', '-wal', '-shm']) {
    if (existsSync(`${databasePath}${end}`)) renameSync(`${databasePath}${end}`, `${kept}${end}`)
  }
  const { uid, gid } = statSync(dirname(databasePath))
  // Root may restore for a Baton that runs as somebody else.
  if (process.getuid?.() === 0) chownSync(prepared, uid, gid)
  renameSync(prepared, databasePath)
  return hadOne ? kept : null
}

const refused = (sentence: string): CommandEnd => ({ kind: 'refused', sentence })
