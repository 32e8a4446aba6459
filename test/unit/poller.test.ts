import Sqlite from 'better-sqlite3'
import { expect, it } from 'vitest'
import { createPoller } from '../../src/intake/poller.ts'
import { createLogger } from '../../src/log.ts'
import type { ProviderAdapter, ProviderChat } from '../../src/providers/contract.ts'
import { chatKey } from '../../src/routing/ids.ts'
import { listed, WAMM } from '../fixtures/chats.ts'
import { manualClock } from '../fixtures/manual-clock.ts'
import { temporaryFile, temporaryStore } from '../fixtures/temporary-store.ts'

const manyChats = (count: number): readonly ProviderChat[] =>
  Array.from({ length: count }, (_, at) => listed({ key: chatKey(String(79_000_000_000 + at)) }))

it('a poll that shows nothing new writes nothing, and one changed chat costs one change', async () => {
  const file = temporaryFile()
  const store = temporaryStore(file)
  let chats = manyChats(900)
  const listChats = async () => ({ kind: 'done', value: { chats, complete: true } }) as const
  const adapter: ProviderAdapter = {
    label: 'WAMM',
    assign: async () => ({ kind: 'done', value: 'confirmed' }),
    listChats,
    health: async () => ({ kind: 'done', value: null }),
  }
  const poller = createPoller({
    account: { id: WAMM, adapter, channel: 'C1' },
    listChats,
    store,
    enrolment: { refreshDirectory: async () => ({ kind: 'done', value: [] }) },
    clock: manualClock(),
    random: () => 0.5,
    everyMs: 30_000,
    logger: createLogger({ level: 'silent', secrets: [] }),
  })
  await poller.pollOnce()
  const other = new Sqlite(file, { readonly: true })
  // Rises with every commit of another connection (sqlite.org/pragma.html#pragma_data_version).
  const commits = () => other.pragma('data_version', { simple: true })
  const events = () => other.prepare('SELECT count(*) AS count FROM events').get()

  const before = commits()
  for (let poll = 0; poll < 20; poll++) await poller.pollOnce()
  expect(commits()).toBe(before)

  const [first, ...others] = chats
  if (first === undefined) throw new Error('there are chats')
  const counted = events()
  chats = [{ ...first, name: 'Ivan Sidorov' }, ...others]
  await poller.pollOnce()
  expect(commits()).not.toBe(before)
  expect(events()).toEqual(counted)
  const after = commits()
  await poller.pollOnce()
  expect(commits()).toBe(after)
  other.close()
})
