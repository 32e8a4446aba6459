import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { chatId } from '../../src/routing/ids.ts'
import type { Store } from '../../src/store/contract.ts'
import { openSqliteStore, StoreInUseError } from '../../src/store/sqlite/open-sqlite-store.ts'
import { contactStoreContract } from './contact-store-contract.ts'
import { healthStoreContract } from './health-store-contract.ts'
import { type MakeStore, storeContract } from './store-contract.ts'

let created = 0
const open = (directory: string): Store =>
  openSqliteStore({ file: join(directory, 'baton.db'), newChatId: () => chatId(`new-${created++}`) })

const make: MakeStore = async () => {
  const directory = mkdtempSync(join(tmpdir(), 'baton-store-'))
  let store = open(directory)
  return {
    store,
    reopen: async () => {
      await store.close()
      store = open(directory)
      return store
    },
    dispose: async () => {
      await store.close()
      rmSync(directory, { recursive: true })
    },
  }
}

storeContract('SQLite', make)
contactStoreContract('SQLite', make)
healthStoreContract('SQLite', make)

it('refuses a second process on the same database, and lets it in once the first has closed', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'baton-store-'))
  const first = open(directory)
  expect(() => open(directory)).toThrow(StoreInUseError)
  await first.close()
  await open(directory).close()
  rmSync(directory, { recursive: true })
})
