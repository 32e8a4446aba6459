import { statSync } from 'node:fs'
import { expect, it } from 'vitest'
import { createReadiness, type Readiness } from '../../src/http/readiness.ts'
import { chatId } from '../../src/routing/ids.ts'
import { openSqliteStore } from '../../src/store/sqlite/open-sqlite-store.ts'
import { temporaryFile } from '../fixtures/temporary-store.ts'

type Parts = Parameters<typeof createReadiness>[0]

const well: Parts = {
  phase: () => 'running',
  isConnected: () => true,
  isFlowing: () => true,
  tryWriting: async () => {},
  signed: null,
}

it.each<readonly [string, Partial<Parts>, Partial<Readiness>]>([
  ['everything works', {}, { status: 'ready' }],
  ['Slack is away', { isConnected: () => false }, { status: 'not ready', slack: 'not connected' }],
  ['jobs stand still', { isFlowing: () => false }, { status: 'not ready', jobs: 'not flowing' }],
  [
    'nothing can be written',
    { tryWriting: () => Promise.reject(new Error('disk full at /secret/path')) },
    { status: 'not ready', store: 'not writable' },
  ],
  ['it starts', { phase: () => 'starting', isConnected: () => false }, { status: 'starting' }],
  ['it stops, though all still works', { phase: () => 'stopping' }, { status: 'stopping' }],
  [
    'Slack signs with another secret than ours',
    { signed: () => ({ takenAt: null, refusedAt: Date.UTC(2026, 10, 20) }) },
    { status: 'ready', signed: { taken: null, refused: '2026-11-20T00:00:00.000Z' } },
  ],
])('%s: each part is named', async (_when, parts, said) => {
  const slack = said.status === 'starting' ? 'not connected' : 'connected'
  expect(await createReadiness({ ...well, ...parts })()).toEqual({
    slack,
    store: 'writable',
    jobs: 'flowing',
    ...said,
  })
})

it('a store that can be written is written to, and one that cannot says so', async () => {
  const file = temporaryFile()
  const store = openSqliteStore({ file, newChatId: () => chatId('new') })
  const written = () => statSync(`${file}-wal`).size
  const before = written()
  await store.tryWriting()
  expect(written()).toBeGreaterThan(before)
  await store.close()
  await expect(store.tryWriting()).rejects.toThrow('not open')
})
