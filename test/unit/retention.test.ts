import { randomUUID } from 'node:crypto'
import { copyFileSync, existsSync, readFileSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import type { EventFacts } from '../../src/routing/audit.ts'
import { type Chat, noMessages } from '../../src/routing/chat.ts'
import { chatId, chatKey, later } from '../../src/routing/ids.ts'
import { createRetention } from '../../src/routing/retention.ts'
import type { Store } from '../../src/store/contract.ts'
import { openSqliteStore } from '../../src/store/sqlite/open-sqlite-store.ts'
import { ANN, BO, NOW, WAMM, waitingChat } from '../fixtures/chats.ts'
import { manualClock } from '../fixtures/manual-clock.ts'
import { temporaryFile } from '../fixtures/temporary-store.ts'

const DAY = 24 * 60 * 60_000

function scene(file = temporaryFile()) {
  const store = openSqliteStore({ file, newChatId: () => chatId(randomUUID()) })
  const clock = manualClock()
  const errors: unknown[] = []
  const retention = createRetention({
    store,
    accounts: [{ id: WAMM, retentionDays: 30 }],
    clock,
    onErased: () => undefined,
    onError: (error) => errors.push(error),
  })
  let isOpen = true
  const end = async () => {
    if (!isOpen) return
    isOpen = false
    await retention.stop()
    await store.close()
    expect(errors).toEqual([])
  }
  onTestFinished(end)
  return { file, store, clock, retention, end }
}

const happens = (store: Store, chat: Chat, at: number, facts: EventFacts, more: Partial<Chat> = {}) =>
  store.change({ account: WAMM, key: chat.key }, [], () => ({
    result: null,
    chat: { ...chat, ...more },
    jobs: [
      { kind: 'card', key: `card:${randomUUID()}`, pool: 'slack', payload: { name: chat.name }, runAt: NOW },
    ],
    event: {
      at: later(NOW, at),
      account: WAMM,
      chat: chat.id,
      actor: ANN.slackUser,
      via: 'slack' as const,
      facts,
    },
  }))

/** What a customer leaves behind: names that change, messages, notes, forms, jobs that are done or have failed. */
async function aLife(store: Store, number: string): Promise<Chat> {
  const key = chatKey(number)
  const name = `Zebulon${number} Quartermain`
  const chat = waitingChat({ id: chatId(randomUUID()), key, name, phone: `+${number}`, lastMessageAt: NOW })
  await happens(store, chat, 0, { kind: 'arrived', holder: null })
  await store.changeOnce({ account: WAMM, key }, { id: `false_${number}@c.us_3EB0`, at: NOW }, () => ({
    result: null,
    chat: { ...chat, messages: { ...noMessages, preview: `I am ${name}, call ${number}` } },
  }))
  const handedOff = { kind: 'handed-off', from: null, to: BO.providerUser, receiver: BO.slackUser } as const
  await happens(
    store,
    chat,
    1,
    { ...handedOff, note: `${name} has moved, ${number} is new`.repeat(7) },
    { name: `${name} junior` },
  )
  const edit = { account: WAMM, chat: chat.id, phone: `+${number}`, by: ANN.slackUser, values: { name } }
  const job = { kind: 'contact', key: `x:${number}`, pool: WAMM, payload: { key }, runAt: NOW }
  await store.addContactEdit(edit, () => job)
  const [taken] = await store.takeJobs({
    now: NOW,
    leaseUntil: later(NOW, 1_000),
    pools: [{ pool: WAMM, limit: 1 }],
  })
  if (taken !== undefined) await store.endJob(taken, { kind: 'failed', reason: 'given up' }, NOW)
  await happens(store, chat, 2, { kind: 'released', from: BO.providerUser, reason: `${name} hung up` })
  await happens(store, chat, 3, { kind: 'closed' }, { status: 'closed', waitingSince: null })
  for (const { id, kind, key: jobKey, pool, payload, attempts, lease } of await store.takeJobs({
    now: NOW,
    leaseUntil: later(NOW, 1_000),
    pools: [{ pool: 'slack', limit: 99 }],
  }))
    await store.endJob({ id, kind, key: jobKey, pool, payload, attempts, lease }, { kind: 'done' }, NOW)
  return chat
}

/** What the index of texts has, three letters each: so much of it would tell who somebody was. */
function indexed(file: string, words: string): boolean {
  const db = new Sqlite(file)
  db.exec("CREATE VIRTUAL TABLE temp.terms USING fts5vocab('main', 'chat_texts', 'row')")
  const has = db.prepare('SELECT count(*) FROM terms WHERE term = ?').pluck()
  const parts = Array.from({ length: words.length - 2 }, (_, at) => has.get(words.slice(at, at + 3)))
  db.close()
  return parts.every((count) => count === 1)
}

/** In the database and what SQLite keeps beside it. */
const isFound = (file: string, words: string): boolean =>
  ['', '-wal', '-journal']
    .filter((suffix) => existsSync(`${file}${suffix}`))
    .some((suffix) => readFileSync(`${file}${suffix}`).toString('latin1').toLowerCase().includes(words))

it('leaves neither name nor number of erased customers anywhere in the files, while Baton runs on', async () => {
  const { file, store, clock, retention } = scene()
  const numbers = Array.from({ length: 90 }, (_, n) => `7900${1_000_000 + n * 7}`)
  await Promise.all(numbers.map((number) => aLife(store, number)))
  const [first = ''] = numbers
  expect([isFound(file, 'zebulon'), isFound(file, first)]).toEqual([true, true])
  expect(['zebulon', first].map((words) => indexed(file, words))).toEqual([true, true])
  await clock.advance(29 * DAY)
  await retention.passOnce()
  expect([isFound(file, 'zebulon'), isFound(file, first)]).toEqual([true, true])
  await clock.advance(2 * DAY)
  await retention.passOnce()
  expect(isFound(file, 'zebulon')).toBe(false)
  expect(isFound(file, 'quartermain')).toBe(false)
  expect(['zeb', 'ung', first.slice(0, 3)].map((part) => indexed(file, part))).toEqual([false, false, false])
  expect(numbers.filter((number) => isFound(file, number))).toEqual([])
  expect(await store.findChats({ state: 'any', limit: 999 })).toHaveLength(90)
})

it('finishes after a kill what it had begun, also when only the overwriting was left', async () => {
  const { file, store, clock, retention, end } = scene()
  const chat = await aLife(store, '79001234567')
  await clock.advance(31 * DAY)
  // Somebody reads, so the log cannot be cut; then the process ends.
  const reader = new Sqlite(file, { readonly: true })
  reader.exec('BEGIN; SELECT count(*) FROM chats')
  await retention.passOnce()
  expect(isFound(file, 'zebulon')).toBe(true)
  expect((await store.history(chat.id)).map(({ facts }) => facts.kind)).toContain('erased')
  const left = `${file}-copy`
  for (const suffix of ['', '-wal']) copyFileSync(`${file}${suffix}`, `${left}${suffix}`)
  reader.close()
  await end()

  const again = scene(left)
  again.retention.start()
  await again.clock.advance(60_000)
  await again.retention.passOnce()
  expect([isFound(left, 'zebulon'), isFound(left, '79001234567')]).toEqual([false, false])
})

it('erases at most once, and has the cards drawn anew one by one', async () => {
  const { store, clock, retention } = scene()
  const chats = [await aLife(store, '79001234567'), await aLife(store, '79001234568')]
  await clock.advance(31 * DAY)
  await retention.passOnce()
  await retention.passOnce()
  for (const { id } of chats) {
    const kinds = (await store.history(id)).map(({ facts, via }) => `${via} ${facts.kind}`)
    expect(kinds.filter((kind) => kind === 'rule erased')).toHaveLength(1)
  }
  const pools = ['slack:cards:wamm']
  expect(await store.nextDueAt(pools)).toBe(clock.now())
  const cards = await store.takeJobs({
    now: later(clock.now(), 5_000),
    leaseUntil: later(clock.now(), 10_000),
    pools: [{ pool: 'slack:cards:wamm', limit: 9 }],
  })
  expect(cards.map(({ key }) => key).sort()).toEqual(chats.map(({ id }) => `card:${id}`).sort())
})

it('comes back every day', async () => {
  const { store, clock, retention } = scene()
  retention.start()
  const chat = await aLife(store, '79001234567')
  for (let day = 0; day < 32; day++) {
    await clock.advance(DAY)
    await retention.passOnce()
  }
  expect((await store.chat(chat.id))?.name).toBeNull()
})
