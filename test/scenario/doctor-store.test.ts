import { closeSync, openSync, symlinkSync, writeSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { NewEvent } from '../../src/routing/audit.ts'
import { chatId, later } from '../../src/routing/ids.ts'
import type { Store } from '../../src/store/contract.ts'
import { lockInstance, openSqliteStore } from '../../src/store/sqlite/open-sqlite-store.ts'
import { ANN, BO, NOW, WAMM, waitingChat } from '../fixtures/chats.ts'
import { type DoctorScene, type Examined, startDoctorScene } from '../fixtures/start-doctor-scene.ts'
import { temporaryFile } from '../fixtures/temporary-store.ts'

/** What the doctor finds in a database on which a Baton has worked. */
let scene: DoctorScene
beforeAll(async () => {
  scene = await startDoctorScene()
})
afterAll(() => scene.close())

const examined = (file: string, over: Readonly<Record<string, string>> = {}): Promise<Examined> =>
  scene.examined({ DATABASE_URL: `file:${file}`, ...over })

const linked: NewEvent = {
  at: NOW,
  account: WAMM,
  chat: null,
  actor: null,
  via: 'rule',
  facts: { kind: 'job-given-up', job: 'card', reason: null },
}

/** A database that Baton has left so. */
async function left(as: (store: Store) => Promise<unknown> = async () => {}): Promise<string> {
  const file = temporaryFile()
  const store = openSqliteStore({ file, newChatId: () => chatId('new') })
  await as(store)
  await store.close()
  return file
}

describe('the file', () => {
  it('is damaged', async () => {
    const file = await left()
    const handle = openSync(file, 'r+')
    writeSync(handle, 'x'.repeat(20_000), 8_192)
    closeSync(handle)
    const { end, are } = await examined(file)
    expect(end).toBe('unwell')
    expect(are('wrong')).toContainEqual(
      expect.stringMatching(/^Database: .* damaged\. .* npm run restore\.$/),
    )
  })

  it('cannot be written', async () => {
    const file = await left()
    new Sqlite(file).pragma('journal_mode = DELETE')
    // Whoever may write everywhere cannot write where nothing is.
    symlinkSync('/nowhere/at/all', `${file}-journal`)
    const { end, are } = await examined(file)
    expect(end).toBe('unwell')
    expect(are('wrong')).toEqual([
      expect.stringMatching(/^Database: .* can be read and not written \(SQLITE_CANTOPEN\)\. .*chown/),
    ])
  })

  it('is of an older version, which is right until a Baton of that version runs', async () => {
    const file = temporaryFile()
    new Sqlite(file).exec('CREATE TABLE chats (id TEXT)').close()
    const before = await examined(file)
    expect(before.end).toBe('done')
    expect(before.are('ok')).toContainEqual(
      expect.stringMatching(/^Database: .* the next start brings it up to date\.$/),
    )
    const running = lockInstance(file)
    const beside = await examined(file)
    running.close()
    expect(beside.are('wrong')).toContainEqual(
      'Database: The running Baton is older than the files here. Restart it.',
    )
  })

  it('has room beside it, or not', async () => {
    const { findings } = await examined(await left())
    expect(findings).toContainEqual(
      expect.objectContaining({ check: 'Disk space', says: expect.stringMatching(/^[\d,]+ MB are free/) }),
    )
  })
})

describe('a webhook', () => {
  const tells = { WAMM_WEBHOOK_SECRET: 'a1b2c3d4e5f6a7b8' }
  const hears = async (store: Store) =>
    store.changeOnce({ account: WAMM, key: waitingChat().key }, { id: 'a', at: NOW }, () => ({
      result: null,
    }))
  const goesSilent = async (store: Store) =>
    store.changeHealth(WAMM, () => ({
      health: { silence: { since: later(NOW, 60_000), polls: 3, told: later(NOW, 660_000) } },
    }))
  const webhook = ({ are }: Examined) =>
    ['wrong', 'warning', 'ok'].flatMap(are).filter((one) => one.startsWith('wamm, webhook: '))

  it('has told nothing', async () => {
    const found = await examined(await left(), tells)
    expect(found.end).toBe('done')
    expect(found.are('warning')).toEqual([
      expect.stringMatching(
        /^wamm, webhook: Nothing has been told within a week\. .*\/hooks\/wamm .* README/,
      ),
    ])
  })

  it('has told of something', async () => {
    const found = await examined(await left(hears), tells)
    expect(found.are('ok')).toContain(
      `wamm, webhook: WAMM last told of something at ${new Date(NOW).toISOString()}.`,
    )
    expect(found.are('warning')).toEqual([])
  })

  it('has told of something, and is silent since', async () => {
    const file = await left(async (store) => {
      await hears(store)
      await goesSilent(store)
    })
    const since = new Date(later(NOW, 60_000)).toISOString()
    const found = await examined(file, tells)
    expect(webhook(found)).toEqual([
      expect.stringContaining(`WAMM has told nothing since ${since}, while Baton found messages by looking`),
    ])
    expect(found.are('warning')).toEqual(webhook(found))
  })

  it('is not set up, and nothing is said of it', async () => {
    expect(webhook(await examined(await left(hears)))).toEqual([])
  })
})

describe('people of the provider', () => {
  const has = async (store: Store) => {
    for (const { providerUser: id } of [ANN, BO])
      await store.addProviderUser(WAMM, { id, name: id, email: null, active: true })
  }
  const link = async (store: Store, { slackUser, providerUser }: typeof ANN) =>
    store.link({ account: WAMM, slackUser, providerUser }, 'hand', linked, [])

  it('are not all linked', async () => {
    const file = await left(async (store) => {
      await has(store)
      await link(store, ANN)
    })
    const found = await examined(file)
    expect(found.end).toBe('done')
    expect(found.are('warning')).toEqual([
      expect.stringMatching(/^wamm, links: 1 of 2 people of WAMM are linked .*`\/baton link everyone`/),
    ])
  })

  it('are all linked', async () => {
    const file = await left(async (store) => {
      await has(store)
      for (const each of [ANN, BO]) await link(store, each)
    })
    const found = await examined(file)
    expect(found.are('ok')).toContain('wamm, links: All 2 people of WAMM are linked to Slack.')
    expect(found.are('warning')).toEqual([])
  })
})
