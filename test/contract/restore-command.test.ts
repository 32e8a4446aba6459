import { chownSync, mkdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Writable } from 'node:stream'
import Sqlite from 'better-sqlite3'
import { expect, it } from 'vitest'
import { backupCommand } from '../../src/commands/backup.ts'
import type { Command } from '../../src/commands/command.ts'
import { restoreCommand } from '../../src/commands/restore.ts'
import { chatId } from '../../src/routing/ids.ts'
import { openSqliteStore } from '../../src/store/sqlite/open-sqlite-store.ts'
import { batonConfig } from '../fixtures/baton-config.ts'
import { ownedChat, WAMM } from '../fixtures/chats.ts'
import { manualClock } from '../fixtures/manual-clock.ts'
import { temporaryFile } from '../fixtures/temporary-store.ts'

const NOBODY = 65_534
const open = (file: string) => openSqliteStore({ file, newChatId: () => chatId('new') })

const run = (databaseFile: string, command: Command, ...args: readonly string[]) =>
  command(args, {
    config: batonConfig(databaseFile),
    clock: manualClock(),
    newId: () => 'new',
    fetch,
    nodeVersion: process.version,
    out: new Writable({ write: (_text, _encoding, done) => done() }),
  })

/** A backup of a database with one chat, which somebody has. */
async function backedUp(): Promise<string> {
  const file = temporaryFile()
  const store = open(file)
  const chat = ownedChat()
  await store.change({ account: WAMM, key: chat.key }, [], () => ({ result: null, chat }))
  await store.close()
  const backup = join(dirname(file), 'backup.db')
  expect(await run(file, backupCommand, backup)).toEqual({ kind: 'done' })
  return backup
}

it('restores where no database was, on a new machine, and no button of the time after the backup fits', async () => {
  const backup = await backedUp()
  const file = join(dirname(temporaryFile()), 'new/baton.db')
  expect(await run(file, restoreCommand, backup)).toEqual({ kind: 'done' })
  const store = open(file)
  const chat = await store.chat(ownedChat().id)
  expect(chat).toEqual({ ...ownedChat(), version: ownedChat().version + 1_000_000 })
  await store.close()
})

it('asks for one file, and changes nothing when it is none', async () => {
  const backup = await backedUp()
  const file = temporaryFile()
  const foreign = `${backup}-foreign`
  new Sqlite(foreign).exec('CREATE TABLE chats (id TEXT)').close()
  for (const args of [[], [backup, backup], [`${backup}-none`], [foreign]]) {
    expect((await run(file, restoreCommand, ...args)).kind).toBe('refused')
  }
  for (const args of [[], [backup], ['/no/such/directory/copy.db']]) {
    expect((await run(file, backupCommand, ...args)).kind).toBe('refused')
  }
  expect(statSync(backup).mode & 0o777).toBe(0o600)
  expect(() => statSync(file)).toThrow('ENOENT')
})

it.skipIf(process.getuid?.() !== 0)('gives what root restores to the one who has the directory', async () => {
  const backup = await backedUp()
  const directory = join(dirname(temporaryFile()), 'of-baton')
  mkdirSync(directory)
  chownSync(directory, NOBODY, NOBODY)
  const file = join(directory, 'baton.db')
  expect(await run(file, restoreCommand, backup)).toEqual({ kind: 'done' })
  expect([statSync(file).uid, statSync(file).gid]).toEqual([NOBODY, NOBODY])
})
