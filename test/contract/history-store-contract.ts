import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { chatId, type EventId, eventId } from '../../src/routing/ids.ts'
import type { HistoryPlace, Store } from '../../src/store/contract.ts'
import { NOW, WAMM, waitingChat } from '../fixtures/chats.ts'
import type { MakeStore } from './store-contract.ts'

/** What any implementation of the store must do to show what has happened to a chat. */
export function historyStoreContract(name: string, make: MakeStore): void {
  describe(`the store contract for history: ${name}`, () => {
    let store: Store
    let dispose: () => Promise<void>
    beforeEach(async () => {
      ;({ store, dispose } = await make())
    })
    afterEach(() => dispose())

    /** Five events of the chat, and one of another between each. */
    const written = async (): Promise<readonly EventId[]> => {
      const ids: EventId[] = []
      for (let round = 0; round < 10; round++) {
        const chat = round % 2 === 0 ? waitingChat() : waitingChat({ id: chatId('other') })
        const facts = { kind: 'closed' } as const
        const event = { at: NOW, account: WAMM, chat: chat.id, actor: null, via: 'provider', facts } as const
        const id = await store.change({ chat: chat.id }, [], (state) => ({ result: state.eventId, event }))
        if (round % 2 === 0) ids.push(id)
      }
      return ids
    }

    it('gives it in pages, newest first, and says whether there is more on either side', async () => {
      const [first, second, third, fourth, fifth] = await written()
      const page = async (at: HistoryPlace, limit: number) => {
        const { events, hasNewer, hasOlder } = await store.historyPage(waitingChat().id, at, limit)
        return [events.map(({ id }) => id), hasNewer, hasOlder]
      }
      expect(await page('newest', 2)).toEqual([[fifth, fourth], false, true])
      expect(await page('newest', 5)).toEqual([[fifth, fourth, third, second, first], false, false])
      expect(await page({ before: fourth ?? eventId(0) }, 2)).toEqual([[third, second], true, true])
      expect(await page({ before: second ?? eventId(0) }, 2)).toEqual([[first], true, false])
      expect(await page({ after: first ?? eventId(0) }, 2)).toEqual([[third, second], true, true])
      expect(await page({ after: third ?? eventId(0) }, 2)).toEqual([[fifth, fourth], false, true])
      expect(await page({ after: fifth ?? eventId(0) }, 2)).toEqual([[], false, false])
    })

    it('has none of a chat to which nothing has happened', async () => {
      expect(await store.historyPage(chatId('none'), 'newest', 5)).toEqual({
        events: [],
        hasNewer: false,
        hasOlder: false,
      })
    })
  })
}
