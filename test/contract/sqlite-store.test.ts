import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { expect, it } from 'vitest'
import { chatId } from '../../src/routing/ids.ts'
import type { Store } from '../../src/store/contract.ts'
import { openSqliteStore, StoreOpenError } from '../../src/store/sqlite/open-sqlite-store.ts'
import { cardStoreContract } from './card-store-contract.ts'
import { contactStoreContract } from './contact-store-contract.ts'
import { doctorStoreContract } from './doctor-store-contract.ts'
import { erasureStoreContract } from './erasure-store-contract.ts'
import { figuresStoreContract } from './figures-store-contract.ts'
import { healthStoreContract } from './health-store-contract.ts'
import { historyStoreContract } from './history-store-contract.ts'
import { homeStoreContract } from './home-store-contract.ts'
import { offerStoreContract } from './offer-store-contract.ts'
import { peopleStoreContract } from './people-store-contract.ts'
import { searchStoreContract } from './search-store-contract.ts'
import { type MakeStore, storeContract } from './store-contract.ts'
import { stormStoreContract } from './storm-store-contract.ts'

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
figuresStoreContract('SQLite', make)
healthStoreContract('SQLite', make)
cardStoreContract('SQLite', make)
doctorStoreContract('SQLite', make)
peopleStoreContract('SQLite', make)
homeStoreContract('SQLite', make)
searchStoreContract('SQLite', make)
stormStoreContract('SQLite', make)
offerStoreContract('SQLite', make)
historyStoreContract('SQLite', make)
erasureStoreContract('SQLite', make)

it('says in words why a file cannot be its database', () => {
  const directory = mkdtempSync(join(tmpdir(), 'baton-store-'))
  const file = join(directory, 'baton.db')
  writeFileSync(file, 'Dear diary, this is no database, however long it grows.')
  expect(() => open(directory)).toThrow(`the database ${file} cannot be opened (SQLITE_NOTADB)`)
  expect(() => open(file)).toThrow(/cannot be opened \(\w+\): check DATABASE_URL/)
  rmSync(directory, { recursive: true })
})

it('refuses a second process on the same database, and lets it in once the first has closed', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'baton-store-'))
  const first = open(directory)
  expect(() => open(directory)).toThrow(StoreOpenError)
  await first.close()
  await open(directory).close()
  rmSync(directory, { recursive: true })
})

it('keeps what erasing has noted when it tries whether the disk takes a write', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'baton-store-'))
  const file = join(directory, 'baton.db')
  await open(directory).close()
  const noted = new Sqlite(file)
  noted.pragma('user_version = 1')
  noted.close()
  const again = openSqliteStore({ file, newChatId: () => chatId('new') })
  await again.tryWriting()
  await again.close()
  const kept = new Sqlite(file)
  expect(kept.pragma('user_version', { simple: true })).toBe(1)
  kept.close()
  rmSync(directory, { recursive: true })
})
