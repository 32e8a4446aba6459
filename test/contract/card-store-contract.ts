import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { seenCardJob } from '../../src/jobs/catalogue.ts'
import { seenCardPool } from '../../src/jobs/pools.ts'
import type { Chat } from '../../src/routing/chat.ts'
import { chatId, chatKey, instant, later } from '../../src/routing/ids.ts'
import type { WaitingPlace } from '../../src/store/card-contract.ts'
import type { Store } from '../../src/store/contract.ts'
import { ANN, NOW, ownedChat, WAMM, waitingChat } from '../fixtures/chats.ts'
import type { MakeStore } from './store-contract.ts'

const HOUR = 3_600_000

/** The part of the store contract that is about the cards that stand in Slack. */
export function cardStoreContract(name: string, make: MakeStore): void {
  describe(`cards: ${name}`, () => {
    let store: Store
    let dispose: () => Promise<void>
    beforeEach(async () => {
      ;({ store, dispose } = await make())
    })
    afterEach(() => dispose())

    /** A chat with a card that was posted then; no card where null. */
    async function put(chat: Chat, postedAt: number | null): Promise<void> {
      await store.change({ account: chat.account, key: chat.key }, [], () => ({ result: null, chat }))
      if (postedAt === null) return
      const ts = `${postedAt / 1_000}.000100`
      await store.saveCard({ chat: chat.id, channel: 'C1', ts, shows: 'x', waitingVersion: 1 })
    }
    const waiting = (id: string, waitedHours: number): Chat =>
      waitingChat({
        id: chatId(id),
        key: chatKey(`7900${id}`),
        waitingSince: instant(NOW - waitedHours * HOUR),
      })
    const doubt = (after: WaitingPlace | null, limit: number) =>
      store.doubtCards({ after, limit, postedBefore: later(NOW, -HOUR) }, (chat) => seenCardJob(chat, NOW))
    const doubted = async () => {
      const pools = [{ pool: seenCardPool(WAMM), limit: 10 }]
      const jobs = await store.takeJobs({ now: NOW, leaseUntil: later(NOW, 1_000), pools })
      return jobs.map(({ key }) => key)
    }

    it('are doubted in turn, those of the longest-waiting chats first, however many wait since the same moment', async () => {
      await put(waiting('b', 3), NOW - 2 * HOUR)
      await put(waiting('a', 3), NOW - 2 * HOUR)
      await put(waiting('c', 9), NOW - 2 * HOUR)
      await put(waiting('d', 1), NOW - 2 * HOUR)
      const second = await doubt(null, 2)
      expect(await doubted()).toEqual(['card:c', 'card:a'])
      const third = await doubt(second, 2)
      expect(await doubted()).toEqual(['card:b', 'card:d'])
      expect(await doubt(third, 2)).toBeNull()
      expect(await doubted()).toEqual([])
      expect(await store.card(chatId('a'))).toMatchObject({ shows: '', channel: 'C1', waitingVersion: 1 })
    })

    it('are not doubted that are new, or of chats that do not wait', async () => {
      await put(waiting('a', 3), NOW - HOUR)
      await put(waiting('b', 3), null)
      await put(ownedChat(ANN.providerUser, { id: chatId('c'), key: chatKey('79003') }), NOW - 2 * HOUR)
      expect(await doubt(null, 5)).toBeNull()
      expect(await doubted()).toEqual([])
      for (const id of ['a', 'c']) expect(await store.card(chatId(id))).toMatchObject({ shows: 'x' })
    })
  })
}
