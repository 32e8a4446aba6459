import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { NewJob } from '../../src/jobs/contract.ts'
import type { EventFacts } from '../../src/routing/audit.ts'
import type { Chat } from '../../src/routing/chat.ts'
import { isErased } from '../../src/routing/erase.ts'
import { accountId, chatId, chatKey, type Instant, later } from '../../src/routing/ids.ts'
import type { Store } from '../../src/store/contract.ts'
import { ANN, BO, NOW, ownedChat, WAMM, waitingChat } from '../fixtures/chats.ts'
import { erasureOf } from '../fixtures/erasure-of.ts'
import type { MakeStore } from './store-contract.ts'

const HOUR = 60 * 60_000

/** What any implementation of the store must do to forget customers. */
export function erasureStoreContract(name: string, make: MakeStore): void {
  describe(`the store contract for erasing customers: ${name}`, () => {
    let store: Store
    let dispose: () => Promise<void>
    beforeEach(async () => {
      ;({ store, dispose } = await make())
    })
    afterEach(() => dispose())

    const ended = (id: string, over: Partial<Chat> = {}): Chat =>
      waitingChat({
        id: chatId(id),
        key: chatKey(`7900${id}`),
        status: 'closed',
        waitingSince: null,
        lastMessageAt: null,
        ...over,
      })
    const happens = (
      chat: Chat,
      at: Instant,
      facts: EventFacts = { kind: 'closed' },
      jobs: readonly NewJob[] = [],
    ) =>
      store.change({ account: chat.account, key: chat.key }, [], () => ({
        result: null,
        chat,
        jobs,
        event: { at, account: chat.account, chat: chat.id, actor: ANN.slackUser, via: 'slack', facts },
      }))
    const eraseAll = (limit = 10) =>
      store.eraseCustomers({ account: WAMM, quietSince: NOW, after: null, limit }, erasureOf)
    const isGone = async (id: string) => {
      const chat = await store.chat(chatId(id))
      return chat === null ? null : isErased(chat)
    }
    const job = (over: Partial<NewJob>): NewJob => ({
      kind: 'look',
      key: 'look:1',
      pool: WAMM,
      payload: {},
      runAt: NOW,
      ...over,
    })

    it('erases who is meant: not open, of the account, and quiet for so long', async () => {
      const other = accountId('other')
      await happens(ended('closed'), NOW)
      await happens(ended('unlisted', { status: 'unlisted' }), NOW)
      await happens(ended('stirred'), NOW)
      await happens(ended('stirred'), later(NOW, 1), { kind: 'looked-up' })
      await happens(ended('written', { lastMessageAt: later(NOW, 1) }), NOW)
      await happens(ended('elsewhere', { account: other }), NOW)
      await happens(ownedChat(BO.providerUser, { id: chatId('open') }), NOW)
      expect(await eraseAll()).toEqual({ erased: 2, next: null })
      const gone = {
        closed: true,
        unlisted: true,
        stirred: false,
        written: false,
        elsewhere: false,
        open: false,
      }
      for (const [id, expected] of Object.entries(gone))
        expect([id, await isGone(id)]).toEqual([id, expected])
      expect(await eraseAll()).toEqual({ erased: 0, next: null })
    })

    it('keeps the events without what people typed, and the customer under no name, number or key', async () => {
      const chat = ended('1', { name: 'Ivan Petrov', phone: '+79001234567' })
      const handedOff = { kind: 'handed-off', from: null, to: BO.providerUser, receiver: null } as const
      await happens(chat, NOW, { ...handedOff, note: 'Ivan is angry' })
      await happens(chat, NOW, { kind: 'released', from: BO.providerUser, reason: 'Ivan went home' })
      await eraseAll()
      expect((await store.history(chat.id)).map(({ facts }) => facts)).toEqual([
        { ...handedOff, note: null },
        { kind: 'released', from: BO.providerUser, reason: null },
        { kind: 'erased', afterDays: 1 },
      ])
      for (const text of ['ivan', '7900']) {
        expect(await store.findChats({ state: 'any', text, limit: 9 })).toEqual([])
      }
      for (const exactly of [
        { phones: ['+79001234567'], keys: [] },
        { phones: [], keys: [chat.key] },
      ])
        expect(await store.findChats({ state: 'any', exactly, limit: 9 })).toEqual([])
    })

    it('takes a customer who writes again for somebody new', async () => {
      const chat = ended('1')
      await happens(chat, NOW)
      await eraseAll()
      const found = await store.change({ account: WAMM, key: chat.key }, [], (state) => ({
        result: state.chat,
        chat: { ...chat, id: state.newChatId, status: 'open' as const },
      }))
      expect(found).toBeNull()
      expect(await isGone('1')).toBe(true)
      expect(await store.findChats({ state: 'open', limit: 9 })).toHaveLength(1)
    })

    it('goes through all of them in parts, each once', async () => {
      for (let n = 0; n < 7; n++) await happens(ended(`c${n}`), NOW)
      const parts: number[] = []
      let after: Chat['id'] | null = null
      do {
        const part: { readonly erased: number; readonly next: Chat['id'] | null } =
          await store.eraseCustomers({ account: WAMM, quietSince: NOW, after, limit: 3 }, erasureOf)
        parts.push(part.erased)
        after = part.next
      } while (after !== null)
      expect(parts).toEqual([3, 3, 1])
    })

    it('leaves a chat of which something is still to be done, until it is done', async () => {
      await happens(ended('byid'), NOW, { kind: 'closed' }, [job({ kind: 'contact', key: 'contact:byid' })])
      const asked = { account: WAMM, request: { chat: 'asked' } }
      const enrol = job({ kind: 'enrol', key: 'enrol:wamm:U0ANN:hand-off:asked:U0BO', payload: asked })
      await happens(ended('asked'), NOW, { kind: 'closed' }, [enrol])
      const look = job({ key: 'look:digest', payload: { account: WAMM, key: '7900bykey' } })
      await happens(ended('bykey'), NOW, { kind: 'closed' }, [look])
      expect(await eraseAll()).toEqual({ erased: 0, next: null })
      const taken = await store.takeJobs({
        now: NOW,
        leaseUntil: later(NOW, HOUR),
        pools: [{ pool: WAMM, limit: 9 }],
      })
      expect(await eraseAll()).toEqual({ erased: 0, next: null })
      for (const one of taken) await store.endJob(one, { kind: 'failed', reason: 'given up' }, NOW)
      expect(await eraseAll()).toEqual({ erased: 3, next: null })
    })

    it('erases what somebody filled in about the customer', async () => {
      await happens(ended('1'), NOW)
      const edit = {
        account: WAMM,
        chat: chatId('1'),
        phone: null,
        by: ANN.slackUser,
        values: { name: 'Ivan' },
      }
      const id = await store.addContactEdit(edit, () => job({ key: 'done-with', pool: 'other' }))
      await eraseAll()
      expect(await store.contactEdits(id)).toEqual([])
    })

    it('forgets what was told until then, and jobs that have failed', async () => {
      const tell = (id: string, at: Instant) =>
        store.changeOnce({ account: WAMM, key: chatKey('1') }, { id, at }, () => ({ result: 'new' }))
      for (const [id, at] of [
        ['1', NOW],
        ['2', NOW],
        ['3', later(NOW, 1)],
      ] as const)
        await tell(id, at)
      await store.change({ chat: chatId('none') }, [], () => ({ result: null, jobs: [job({})] }))
      const [taken] = await store.takeJobs({
        now: NOW,
        leaseUntil: later(NOW, HOUR),
        pools: [{ pool: WAMM, limit: 9 }],
      })
      if (taken === undefined) throw new Error('the job is due')
      await store.endJob(taken, { kind: 'failed', reason: 'given up' }, NOW)
      const leftovers = () => store.eraseLeftovers({ account: WAMM, before: NOW, limit: 1 })
      expect([await leftovers(), await leftovers(), await leftovers()]).toEqual([2, 1, 0])
      expect([await tell('1', NOW), await tell('3', NOW)]).toEqual(['new', null])
    })

    it('is erased altogether, or not at all', async () => {
      await happens(ended('1'), NOW)
      await happens(ended('2'), NOW)
      const failing = store.eraseCustomers(
        { account: WAMM, quietSince: NOW, after: null, limit: 9 },
        (chat) => {
          if (chat.id === '2') throw new Error('a fault')
          return erasureOf(chat)
        },
      )
      await expect(failing).rejects.toThrow('a fault')
      expect([await isGone('1'), await isGone('2')]).toEqual([false, false])
      expect((await store.history(chatId('1'))).map(({ facts }) => facts.kind)).toEqual(['closed'])
    })
  })
}
