import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Account } from '../../src/routing/accounts.ts'
import { createDesk, type Desk } from '../../src/routing/desk.ts'
import { chatId, chatKey, instant } from '../../src/routing/ids.ts'
import type { Store } from '../../src/store/contract.ts'
import { openSqliteStore } from '../../src/store/sqlite/open-sqlite-store.ts'
import { ANN, NOW, WAMM, waitingChat } from '../fixtures/chats.ts'
import { manualClock } from '../fixtures/manual-clock.ts'

let directory: string
let store: Store
let desk: Desk

const done = async () => ({ kind: 'done', value: 'confirmed' }) as const
const account: Account = {
  id: WAMM,
  channel: 'C1',
  adapter: {
    label: 'WAMM',
    assign: done,
    unassign: done,
    health: async () => ({ kind: 'done', value: null }),
  },
}

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'baton-desk-'))
  store = openSqliteStore({ file: join(directory, 'baton.db'), newChatId: () => chatId('new') })
  desk = createDesk({
    store,
    accounts: new Map([[WAMM, account]]),
    clock: manualClock(),
    roleOf: () => 'agent',
  })
  for (const [key, waitingSince] of [
    ['1', NOW - 20],
    ['2', NOW - 10],
  ] as const) {
    const chat = waitingChat({
      id: chatId(`chat-${key}`),
      key: chatKey(key),
      waitingSince: instant(waitingSince),
    })
    await store.change({ account: WAMM, key: chat.key }, [], () => ({ result: null, chat }))
  }
})
afterEach(async () => {
  await store.close()
  rmSync(directory, { recursive: true })
})

const takeJobs = () => store.takeJobs({ now: NOW, leaseUntil: NOW, pools: [{ pool: WAMM, limit: 10 }] })
const next = { kind: 'claim-next', by: ANN.slackUser, account: null, responseUrl: null } as const

it('keeps a request of somebody who is not linked yet, in one transaction with saying so', async () => {
  expect(await desk.ask(next)).toEqual({ kind: 'linking', account: WAMM, who: ANN.slackUser })
  expect(await store.countWaiting()).toBe(2)
  expect(await takeJobs()).toMatchObject([{ kind: 'enrol', pool: WAMM }])
})

it('refuses instead of linking when it is told to', async () => {
  expect(await desk.ask(next, { linkFirst: false })).toMatchObject({
    kind: 'refused',
    refusal: { kind: 'not-linked' },
  })
  expect(await takeJobs()).toEqual([])
})

it('leaves nothing behind of a refusal', async () => {
  const link = { account: WAMM, ...ANN }
  await store.link(
    link,
    {
      at: NOW,
      account: WAMM,
      chat: null,
      actor: null,
      via: 'rule',
      facts: { kind: 'linked', slackUser: ANN.slackUser, to: ANN.providerUser, how: 'email' },
    },
    [],
  )
  const release = {
    kind: 'release',
    by: ANN.slackUser,
    chat: chatId('chat-1'),
    reason: null,
    seen: null,
    responseUrl: null,
  } as const
  expect(await desk.ask(release)).toMatchObject({ kind: 'refused', refusal: { kind: 'waiting' } })
  expect(await takeJobs()).toEqual([])
  expect(await store.history(chatId('chat-1'))).toEqual([])
})
