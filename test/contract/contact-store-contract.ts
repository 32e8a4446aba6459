import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { chatId, later } from '../../src/routing/ids.ts'
import type { NewContactEdit, Store } from '../../src/store/contract.ts'
import { ANN, BO, NOW, WAMM } from '../fixtures/chats.ts'
import type { MakeStore } from './store-contract.ts'

/** The part of the store contract that is about edits of contacts. */
export function contactStoreContract(name: string, make: MakeStore): void {
  describe(`edits of contacts: ${name}`, () => {
    let store: Store
    let reopen: () => Promise<Store>
    let dispose: () => Promise<void>
    beforeEach(async () => {
      ;({ store, reopen, dispose } = await make())
    })
    afterEach(() => dispose())

    const job = (key: string, payload: unknown = {}) => ({
      kind: 'contact',
      key,
      pool: WAMM,
      payload,
      runAt: NOW,
    })
    const take = () =>
      store.takeJobs({ now: NOW, leaseUntil: later(NOW, 1_000), pools: [{ pool: WAMM, limit: 10 }] })
    const edit = (over: Partial<NewContactEdit> = {}): NewContactEdit => ({
      account: WAMM,
      chat: chatId('chat-1'),
      phone: '+79001234567',
      by: ANN.slackUser,
      values: { name: 'Иван & <Co>', note: '', email: 'ivan@example.com' },
      ...over,
    })
    const add = (over: Partial<NewContactEdit> = {}) =>
      store.addContactEdit(edit(over), (id) => job(`contact:${id}`, { edit: id }))
    const saved = {
      at: NOW,
      account: WAMM,
      chat: null,
      actor: ANN.slackUser,
      via: 'slack',
      facts: { kind: 'contact-saved', added: false, fields: ['name'] },
    } as const

    it('are kept with their job, exactly as they were filled in, after a restart too', async () => {
      const id = await add()
      store = await reopen()
      expect(await store.contactEdits(id)).toEqual([{ ...edit(), id }])
      expect(await take()).toMatchObject([{ key: `contact:${id}`, payload: { edit: id } }])
    })

    it('are not kept without their job', async () => {
      const id = await add()
      const fails = store.addContactEdit(edit(), () => {
        throw new Error('no')
      })
      await expect(fails).rejects.toThrow('no')
      expect(await store.contactEdits(id)).toHaveLength(1)
    })

    it('come with all that have not ended of the same chat, oldest first, and with none of another', async () => {
      const first = await add()
      const other = await add({ chat: chatId('chat-2') })
      const second = await add({ by: BO.slackUser })
      const idsWith = async (id: number) => (await store.contactEdits(id)).map((each) => each.id)
      expect(await idsWith(first)).toEqual([first, second])
      expect(await idsWith(second)).toEqual([first, second])
      expect(await idsWith(other)).toEqual([other])
      await store.endContactEdit(first, saved, () => [])
      expect(await idsWith(second)).toEqual([second])
      expect(await idsWith(first)).toEqual([])
    })

    it('of customers who are to be added stand alone', async () => {
      const [one, another] = [await add({ chat: null }), await add({ chat: null, phone: null })]
      expect(await store.contactEdits(one)).toEqual([{ ...edit({ chat: null }), id: one }])
      expect(await store.contactEdits(another)).toHaveLength(1)
    })

    it('end together with their event and what it causes, or not at all', async () => {
      const id = await add()
      await take()
      const fails = store.endContactEdit(id, saved, () => {
        throw new Error('no')
      })
      await expect(fails).rejects.toThrow('no')
      expect(await store.contactEdits(id)).toHaveLength(1)

      const event = await store.endContactEdit(id, saved, (number) => [job(`notice:${number}`)])
      store = await reopen()
      expect(await store.contactEdits(id)).toEqual([])
      expect(await store.event(event)).toEqual({ ...saved, id: event })
      expect((await take()).map(({ key }) => key)).toContain(`notice:${event}`)
    })

    it('never get the number of one that has ended', async () => {
      const id = await add()
      await store.endContactEdit(id, saved, () => [])
      expect(await add()).toBeGreaterThan(id)
    })
  })
}
