import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { accountId, chatId, chatKey, later } from '../../src/routing/ids.ts'
import type { Store } from '../../src/store/contract.ts'
import { ANN, NOW, ownedChat, WAMM, waitingChat } from '../fixtures/chats.ts'
import type { MakeStore } from './store-contract.ts'

/** The part of the store contract that is about how much there is. */
export function figuresStoreContract(name: string, make: MakeStore): void {
  describe(`how much there is: ${name}`, () => {
    let store: Store
    let dispose: () => Promise<void>
    beforeEach(async () => {
      ;({ store, dispose } = await make())
    })
    afterEach(() => dispose())

    it('counts the waiting and the owned chats of each account, and knows who waits longest', async () => {
      const chats = [
        waitingChat({ id: chatId('a'), key: chatKey('a'), waitingSince: later(NOW, -5_000) }),
        waitingChat({ id: chatId('b'), key: chatKey('b'), waitingSince: later(NOW, -9_000) }),
        waitingChat({ id: chatId('c'), key: chatKey('c'), waitingSince: null }),
        ownedChat(ANN.providerUser, { id: chatId('d'), key: chatKey('d') }),
      ]
      for (const chat of chats) {
        await store.change({ account: chat.account, key: chat.key }, [], () => ({ result: null, chat }))
      }
      expect(await store.chatFigures(WAMM)).toEqual({
        waiting: 2,
        waitingSince: later(NOW, -9_000),
        owned: 1,
      })
      expect(await store.chatFigures(accountId('other'))).toEqual({
        waiting: 0,
        waitingSince: null,
        owned: 0,
      })
    })

    it('counts due and failed jobs by kind; not what runs, is due later, or is in a pool that nobody works on', async () => {
      const job = (kind: string, key: string, runAt = NOW, pool = 'one') => ({
        kind,
        key,
        pool,
        payload: {},
        runAt,
      })
      await store.change({ chat: chatId('none') }, [], () => ({
        result: null,
        jobs: [
          job('card', 'runs', later(NOW, -9_000)),
          job('card', 'fails', later(NOW, -8_000)),
          job('card', 'due', later(NOW, -2_000)),
          job('card', 'elsewhere', later(NOW, -3_000), 'two'),
          job('card', 'later', later(NOW, 1)),
          job('card', 'nobody', NOW, 'three'),
          job('notice', 'now'),
        ],
      }))
      const [, fails] = await store.takeJobs({
        now: NOW,
        leaseUntil: later(NOW, 60_000),
        pools: [{ pool: 'one', limit: 2 }],
      })
      await store.endJob(fails ?? expect.fail('nothing was due'), { kind: 'failed', reason: 'no' }, NOW)
      const figures = await store.jobFigures({ now: NOW, pools: ['one', 'two'] })
      expect(Object.fromEntries(figures.map(({ kind, ...rest }) => [kind, rest]))).toEqual({
        card: { due: 2, dueSince: later(NOW, -3_000), failed: 1 },
        notice: { due: 1, dueSince: NOW, failed: 0 },
      })
    })
  })
}
