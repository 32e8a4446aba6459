import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { noEffects } from '../../src/routing/absence.ts'
import type { Account } from '../../src/routing/accounts.ts'
import { createDesk, type Desk } from '../../src/routing/desk.ts'
import { accountId, chatId, chatKey, eventId, instant } from '../../src/routing/ids.ts'
import type { Store } from '../../src/store/contract.ts'
import { openSqliteStore } from '../../src/store/sqlite/open-sqlite-store.ts'
import { ANN, BO, NOW, WAMM, waitingChat } from '../fixtures/chats.ts'
import { linkByHand } from '../fixtures/link-by-hand.ts'
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
    roleOf: (_user, profile) => (profile === null ? null : profile.eligible ? 'agent' : 'outsider'),
  })
  await knows({ eligible: true })
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

/** What Slack said of Ann when it was asked. */
const knows = ({ eligible }: { readonly eligible: boolean }) =>
  store.saveProfiles(
    [{ user: ANN.slackUser, name: 'Ann', email: null, workspaceAdmin: false, eligible, deactivated: false }],
    () => noEffects,
  )
const linked = () => linkByHand(store, ANN)
const takeJobs = () => store.takeJobs({ now: NOW, leaseUntil: NOW, pools: [{ pool: WAMM, limit: 10 }] })
const next = {
  kind: 'claim-next',
  by: ANN.slackUser,
  account: null,
  count: 1,
  claimed: [],
  responseUrl: null,
} as const

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

it('of several chats, lets each claim leave one job, which goes on with the next until there are as many', async () => {
  await linked()
  const several = { ...next, count: 2 }
  const [first, second] = await Promise.all(
    [several, { ...several, claimed: [eventId(2)] }].map((request) =>
      desk.ask(request, { linkFirst: false }),
    ),
  )
  expect([first, second]).toMatchObject([{ chat: { id: 'chat-1' } }, { chat: { id: 'chat-2' } }])
  expect((await takeJobs()).filter(({ kind }) => kind === 'enrol')).toMatchObject([
    { payload: { request: { account: null, count: 2, claimed: [2, 3] }, decided: 3 } },
  ])
})

it('leaves nothing behind of a refusal', async () => {
  await linked()
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

it('keeps a request of somebody of whom Slack was never asked, linked or not', async () => {
  await linked()
  const by = BO.slackUser
  await linkByHand(store, BO, 'admin')
  expect(await desk.ask({ ...next, by })).toEqual({ kind: 'linking', account: WAMM, who: by })
  expect(await desk.ask({ ...next, by }, { linkFirst: false })).toMatchObject({
    refusal: { kind: 'not-known' },
  })
  expect(await store.countWaiting()).toBe(2)
})

it('refuses whoever has become an outsider, linked as they are, whether or not there is such a chat', async () => {
  await linked()
  await knows({ eligible: false })
  const outside = { kind: 'refused', refusal: { kind: 'role', needed: 'agent' } }
  expect(await desk.ask(next)).toMatchObject(outside)
  expect(await desk.ask({ ...next, account: accountId('none') })).toMatchObject(outside)
  expect(await desk.showNumber(ANN.slackUser, chatId('none'))).toMatchObject(outside)
  expect(await takeJobs()).toEqual([])
})

it('records that a number is read in one with letting it be read, and nothing of a refusal', async () => {
  await linked()
  const chat = chatId('chat-1')
  expect(await desk.showNumber(ANN.slackUser, chat)).toMatchObject({
    kind: 'refused',
    refusal: { kind: 'role', needed: 'lead' },
  })
  expect(await store.history(chat)).toEqual([])
  await desk.ask({ kind: 'claim', by: ANN.slackUser, chat, responseUrl: null })
  expect(await desk.showNumber(ANN.slackUser, chat)).toMatchObject({ kind: 'shown', chat: { id: chat } })
  expect((await store.history(chat)).at(-1)).toMatchObject({
    actor: ANN.slackUser,
    facts: { kind: 'number-shown' },
  })
})
