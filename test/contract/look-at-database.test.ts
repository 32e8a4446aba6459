import { closeSync, openSync, writeSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { chatId } from '../../src/routing/ids.ts'
import { lookAtDatabase } from '../../src/store/sqlite/look-at-database.ts'
import { isInstanceRunning, openSqliteStore } from '../../src/store/sqlite/open-sqlite-store.ts'
import { temporaryFile, temporaryStore } from '../fixtures/temporary-store.ts'

const closed = async (): Promise<string> => {
  const file = temporaryFile()
  await openSqliteStore({ file, newChatId: () => chatId('new') }).close()
  return file
}

describe('a look at a database', () => {
  it('finds one sound while a process works on it, and keeps nobody from writing', async () => {
    const file = temporaryFile()
    const store = temporaryStore(file)
    expect([isInstanceRunning(file), lookAtDatabase(file)]).toEqual([true, { kind: 'sound' }])
    await store.tryWriting()
  })

  it('sees that nobody works on it any more, and changes nothing', async () => {
    const file = await closed()
    expect([isInstanceRunning(file), lookAtDatabase(file)]).toEqual([false, { kind: 'sound' }])
    await openSqliteStore({ file, newChatId: () => chatId('new') }).close()
  })

  it('sees that it is of an older version', () => {
    const file = temporaryFile()
    new Sqlite(file).exec('CREATE TABLE chats (id TEXT)').close()
    expect(lookAtDatabase(file)).toEqual({ kind: 'older' })
  })

  it('sees damage', async () => {
    const file = await closed()
    const handle = openSync(file, 'r+')
    writeSync(handle, 'x'.repeat(20_000), 8_192)
    closeSync(handle)
    expect(lookAtDatabase(file)).toEqual({ kind: 'broken' })
  })

  it('says nothing of one that somebody else keeps writing to', async () => {
    const file = await closed()
    const other = new Sqlite(file)
    other.exec('BEGIN IMMEDIATE')
    expect(lookAtDatabase(file, 1)).toEqual({ kind: 'busy' })
    other.exec('ROLLBACK')
    other.close()
  })
})
