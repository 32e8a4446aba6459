import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createFindChats } from '../../src/routing/find-chats.ts'
import { chatId, chatKey, later } from '../../src/routing/ids.ts'
import { NOW, waitingChat } from '../fixtures/chats.ts'
import { temporaryStore } from '../fixtures/temporary-store.ts'

const minutes = 60_000

it('the queue is the same page by page as in one piece: what closes soon, then the longest-waiting', async () => {
  const store = temporaryStore()
  const find = createFindChats({ store, context: { defaultCountry: null, accounts: [] } })
  const windows = [null, 5, null, 500, 90, null, -5, 30, null]
  for (const [index, endsIn] of windows.entries()) {
    const chat = waitingChat({
      id: chatId(`c${index}`),
      key: chatKey(`c${index}`),
      waitingSince: later(NOW, (index - 20) * minutes),
      windowEndsAt: endsIn === null ? null : later(NOW, endsIn * minutes),
    })
    await store.change({ account: chat.account, key: chat.key }, [], () => ({ result: null, chat }))
  }
  const page = async (offset: number, limit: number) =>
    (await find.waiting({ offset, limit, now: NOW })).map(({ id }) => id)
  const all = await page(0, 100)
  expect(all).toEqual(['c1', 'c7', 'c4', 'c0', 'c2', 'c3', 'c5', 'c6', 'c8'])
  await fc.assert(
    fc.asyncProperty(fc.nat(12), fc.integer({ min: 1, max: 12 }), async (offset, limit) => {
      expect(await page(offset, limit)).toEqual(all.slice(offset, offset + limit))
    }),
  )
})
