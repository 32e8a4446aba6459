import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { accountId, chatId, chatKey, later } from '../../src/routing/ids.ts'
import type { Store } from '../../src/store/contract.ts'
import { ANN, NOW, ownedChat, WAMM, waitingChat } from '../fixtures/chats.ts'
import type { MakeStore } from './store-contract.ts'

/** The part of the store contract that is about many chats at once. */
export function stormStoreContract(name: string, make: MakeStore): void {
  describe(`many chats at once: ${name}`, () => {
    let store: Store
    let reopen: () => Promise<Store>
    let dispose: () => Promise<void>
    beforeEach(async () => {
      ;({ store, reopen, dispose } = await make())
    })
    afterEach(() => dispose())

    it('counts the waiting chats of an account that have no card', async () => {
      const chats = [
        waitingChat({ id: chatId('a'), key: chatKey('79001') }),
        waitingChat({ id: chatId('b'), key: chatKey('79002') }),
        waitingChat({ id: chatId('c'), key: chatKey('79003'), account: accountId('another') }),
        ownedChat(ANN.providerUser, { id: chatId('d'), key: chatKey('79004') }),
      ]
      for (const chat of chats) {
        await store.change({ account: chat.account, key: chat.key }, [], () => ({ result: null, chat }))
      }
      expect(await store.countCardless(WAMM)).toBe(2)
      await store.saveCard({
        chat: chatId('a'),
        channel: 'C1',
        ts: '1.1',
        shows: 'x',
        waitingVersion: null,
      })
      expect(await store.countCardless(WAMM)).toBe(1)
      expect(await store.countCardless(accountId('empty'))).toBe(0)
    })

    it('counts the waiting chats of an account that have begun to wait within a time', async () => {
      const since = (id: string, ms: number, account = WAMM) =>
        waitingChat({ id: chatId(id), key: chatKey(id), waitingSince: later(NOW, ms), account })
      const chats = [
        since('a', -60_001),
        since('b', -60_000),
        since('c', -59_999),
        since('d', 0),
        since('e', 1),
        since('f', 0, accountId('another')),
        ownedChat(ANN.providerUser, { id: chatId('g'), key: chatKey('g') }),
      ]
      for (const chat of chats) {
        await store.change({ account: chat.account, key: chat.key }, [], () => ({ result: null, chat }))
      }
      expect(await store.countCame(WAMM, { after: later(NOW, -60_000), until: NOW })).toBe(2)
    })

    it('keeps one message for each account, over a restart too, until it is over', async () => {
      const message = { account: WAMM, channel: 'C1', ts: `${NOW / 1_000}.000100` }
      expect(await store.storm(WAMM)).toBeNull()
      await store.saveStorm({ ...message, ts: '1.1' })
      await store.saveStorm(message)
      store = await reopen()
      expect(await store.storm(WAMM)).toEqual(message)
      expect(await store.storm(accountId('another'))).toBeNull()
      await store.endStorm(WAMM)
      expect(await store.storm(WAMM)).toBeNull()
    })
  })
}
