import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { systemClock } from '../src/clock.ts'
import { createDesk } from '../src/routing/desk.ts'
import type { ChatId } from '../src/routing/ids.ts'
import type { Store } from '../src/store/contract.ts'
import { claimByHand } from './claim-by-hand.ts'
import { decidingAdapter } from './deciding-adapter.ts'
import { elapsedMs, inTurns } from './measure.ts'
import { asMs, comparison, type Line } from './report.ts'
import { ACCOUNT, customers, openStore, seedStore } from './seed-store.ts'
import { staff } from './staff.ts'

const ROUNDS = 7
const SERIAL = 60
const BATCHES = 15
const BATCH = 32
const [ann] = staff

/**
 * A claim decided and kept, through the desk, the port and Drizzle's SQL, beside better-sqlite3 running the
 * same statements on an equal file. Both wait for the disk once a commit.
 */
export async function measureTransactions(directory: string): Promise<readonly Line[]> {
  const perRound = SERIAL + BATCHES * BATCH
  const chats = customers((ROUNDS + 1) * perRound)
  const seeded = async (name: string): Promise<{ file: string; ids: ChatId[]; store: Store }> => {
    mkdirSync(join(directory, name))
    const file = join(directory, name, 'baton.db')
    const store = openStore(file)
    await seedStore(store, chats)
    const waiting = await store.findChats({ state: 'waiting', limit: chats.length })
    return { file, store, ids: waiting.map(({ id }) => id) }
  }

  const ours = await seeded('ours')
  const desk = createDesk({
    store: ours.store,
    accounts: new Map([[ACCOUNT, { id: ACCOUNT, adapter: decidingAdapter, channel: 'C0SUPPORT' }]]),
    clock: systemClock,
    roleOf: () => 'agent',
  })
  const raw = await seeded('raw')
  await raw.store.close()
  const rawClaims = claimByHand(raw.file)

  const next = { ours: ours.ids.values(), raw: raw.ids.values() }
  const idOf = (ids: Iterator<ChatId>): ChatId => {
    const { value, done } = ids.next()
    if (done) throw new Error('every chat is claimed')
    return value
  }
  const ask = async (): Promise<void> => {
    const chat = idOf(next.ours)
    const answer = await desk.ask({ kind: 'claim', by: ann.slackUser, chat, responseUrl: null })
    if (answer.kind !== 'done') throw new Error(`the claim was not made: ${answer.kind}`)
  }
  const times = async (count: number, work: () => unknown) => {
    for (let done = 0; done < count; done += 1) await work()
  }
  const serial = async () => ({
    ours: () => elapsedMs(() => times(SERIAL, ask)),
    bare: () => elapsedMs(() => times(SERIAL, () => rawClaims([idOf(next.raw)]))),
  })
  const batches = async () => ({
    ours: () => elapsedMs(() => times(BATCHES, () => Promise.all(Array.from({ length: BATCH }, ask)))),
    bare: () =>
      elapsedMs(() => times(BATCHES, () => rawClaims(Array.from({ length: BATCH }, () => idOf(next.raw))))),
  })
  // The first round of each warms both up.
  await inTurns(1, await serial())
  await inTurns(1, await batches())
  const one = await inTurns(ROUNDS, await serial())
  const many = await inTurns(ROUNDS, await batches())
  await ours.store.close()
  const each = (count: number) => (value: number) => asMs(value / count)
  return [
    comparison('a claim kept, one a commit', one, each(SERIAL), { atMost: 3 }),
    comparison(`a claim kept, ${BATCH} a commit`, many, each(BATCHES * BATCH), { atMost: 3 }),
  ]
}
