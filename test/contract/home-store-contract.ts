import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { noEffects } from '../../src/routing/absence.ts'
import { type Chat, noMessages } from '../../src/routing/chat.ts'
import type { ChatSearch } from '../../src/routing/chat-search.ts'
import { accountId, chatId, chatKey, type Instant, instant, later } from '../../src/routing/ids.ts'
import type { Store } from '../../src/store/contract.ts'
import { ANN, BO, NOW, ownedChat, WAMM, waitingChat } from '../fixtures/chats.ts'
import { erasureOf } from '../fixtures/erasure-of.ts'
import type { MakeStore } from './store-contract.ts'

const OTHER = accountId('other')

/** Is refused when what it belongs to has been written. */
const impossibleJob = { kind: 'card', key: 'card:x', pool: 'x', payload: undefined, runAt: NOW }

/** The part of the store contract that is about lists with pages, and what people have to do. */
export function homeStoreContract(name: string, make: MakeStore): void {
  describe(`lists and loads: ${name}`, () => {
    let store: Store
    let dispose: () => Promise<void>
    beforeEach(async () => {
      ;({ store, dispose } = await make())
    })
    afterEach(() => dispose())

    const put = async (...chats: readonly Chat[]) => {
      for (const chat of chats) {
        await store.change({ account: chat.account, key: chat.key }, [], () => ({ result: null, chat }))
      }
    }
    const named = (id: string, over: Partial<Chat> = {}): Partial<Chat> => ({
      id: chatId(id),
      key: chatKey(id),
      ...over,
    })
    const unansweredSince = (at: Instant): Partial<Chat> => ({
      messages: { ...noMessages, unanswered: [at, later(at, 5)] },
    })
    const found = async (search: Omit<ChatSearch, 'limit'> & { readonly limit?: number }) =>
      (await store.findChats({ limit: 10, ...search })).map(({ id }) => id)
    const queue = [5, 4, 3, 2, 1].map((minutes) =>
      waitingChat(named(`w${minutes}`, { waitingSince: later(NOW, -minutes * 60_000) })),
    )

    it('gives a list page by page', async () => {
      await put(...queue)
      expect(await found({ state: 'waiting', limit: 2 })).toEqual(['w5', 'w4'])
      expect(await found({ state: 'waiting', limit: 2, offset: 2 })).toEqual(['w3', 'w2'])
      expect(await found({ state: 'waiting', limit: 2, offset: 4 })).toEqual(['w1'])
      expect(await found({ state: 'waiting', limit: 2, offset: 6 })).toEqual([])
    })

    it('finds those that wait since then or longer', async () => {
      await put(...queue)
      const long = { state: 'waiting', waitsSince: later(NOW, -3 * 60_000) } as const
      expect(await found(long)).toEqual(['w5', 'w4', 'w3'])
      expect(await store.countChats({ ...long, limit: 10 })).toBe(3)
      expect(await found({ ...long, account: OTHER })).toEqual([])
    })

    it('finds those whose window does not end then, or that have none', async () => {
      const ends = (minutes: number) => ({ windowEndsAt: later(NOW, minutes * 60_000) })
      await put(
        waitingChat(named('none')),
        waitingChat(named('soon', ends(1))),
        waitingChat(named('late', ends(9))),
        waitingChat(named('there', { ...ends(1), account: OTHER })),
      )
      const soon = { from: NOW, to: later(NOW, 60_000) }
      expect((await found({ state: 'waiting', windowEndsNot: soon })).sort()).toEqual(['late', 'none'])
      expect((await found({ state: 'waiting', windowEnds: soon })).sort()).toEqual(['soon', 'there'])
      expect(await found({ state: 'waiting', windowEnds: soon, account: OTHER })).toEqual(['there'])
    })

    it('counts no further than it is asked to', async () => {
      await put(...queue, ownedChat(ANN.providerUser, named('mine')))
      const count = (limit: number, over: Partial<ChatSearch> = {}) =>
        store.countChats({ state: 'waiting', limit, ...over })
      expect(await count(3)).toBe(3)
      expect(await count(100)).toBe(5)
      expect(await count(100, { account: WAMM })).toBe(5)
      expect(await count(100, { account: OTHER })).toBe(0)
      expect(await count(100, { state: 'held', owners: [] })).toBe(0)
      expect(await count(0)).toBe(0)
    })

    it('puts chats first whose customers wait for an answer, the longest-waiting before all', async () => {
      const at = (minutes: number) => ({ lastMessageAt: later(NOW, -minutes * 60_000) })
      await put(
        ownedChat(ANN.providerUser, named('old', at(60))),
        ownedChat(ANN.providerUser, named('new', at(1))),
        ownedChat(ANN.providerUser, named('short', unansweredSince(later(NOW, -60_000)))),
        ownedChat(ANN.providerUser, named('long', unansweredSince(later(NOW, -90_000)))),
        ownedChat(BO.providerUser, named('not mine', unansweredSince(later(NOW, -99_000)))),
      )
      const owners = [{ account: WAMM, user: ANN.providerUser }]
      const mine = { state: 'held', owners } as const
      expect(await found({ ...mine, unanswered: 'first' })).toEqual(['long', 'short', 'new', 'old'])
      expect(await found({ ...mine, unanswered: 'only' })).toEqual(['long', 'short'])
      expect(await store.countChats({ ...mine, unanswered: 'only', limit: 10 })).toBe(2)
      await put(ownedChat(ANN.providerUser, named('long', at(0))))
      expect(await found({ ...mine, unanswered: 'first' })).toEqual(['short', 'long', 'new', 'old'])
    })

    it('says who has how many chats, and since when the first of their customers waits', async () => {
      const [early, late] = [instant(NOW - 9_000), instant(NOW - 5_000)]
      await put(
        ...queue,
        ownedChat(ANN.providerUser, named('1', unansweredSince(late))),
        ownedChat(ANN.providerUser, named('2', unansweredSince(early))),
        ownedChat(ANN.providerUser, named('3')),
        ownedChat(ANN.providerUser, named('4', { account: OTHER })),
        ownedChat(BO.providerUser, named('5')),
      )
      const load = (account: typeof WAMM, owner: string, chats: number) => ({
        account,
        owner,
        chats,
        unanswered: 0,
        unansweredSince: null,
      })
      expect(await store.loads()).toEqual(
        expect.arrayContaining([
          { ...load(WAMM, ANN.providerUser, 3), unanswered: 2, unansweredSince: early },
          load(OTHER, ANN.providerUser, 1),
          load(WAMM, BO.providerUser, 1),
        ]),
      )
      expect(await store.loads()).toHaveLength(3)
    })

    it('knows who has how many after any changes, kept or not, and after customers are erased', async () => {
      const change = fc.record({
        key: fc.constantFrom('1', '2', '3'),
        account: fc.constantFrom(WAMM, OTHER),
        owner: fc.constantFrom(null, ANN.providerUser, BO.providerUser),
        unanswered: fc.boolean(),
        closed: fc.boolean(),
        fails: fc.boolean(),
      })
      let run = 0
      const make = (one: typeof change extends fc.Arbitrary<infer T> ? T : never): Promise<unknown> => {
        const over: Partial<Chat> = {
          ...named(`${run} ${one.account} ${one.key}`),
          account: one.account,
          status: one.closed ? 'closed' : 'open',
          ...(one.unanswered ? unansweredSince(later(NOW, Number(one.key))) : {}),
        }
        const chat = one.owner === null ? waitingChat(over) : ownedChat(one.owner, over)
        const change = { result: null, chat, ...(one.fails ? { jobs: [impossibleJob] } : {}) }
        return store
          .change({ account: chat.account, key: chat.key }, [], () => change)
          .catch((error: unknown) => expect(String(error)).toMatch('NOT NULL'))
      }
      const check = async () => {
        const held = await store.findChats({ state: 'held', limit: 10_000 })
        const loads = Map.groupBy(held, ({ account, owner }) => `${account} ${owner}`)
        const right = [...loads].map(([who, chats]) => {
          const since = chats.flatMap(({ messages }) => messages.unanswered.slice(0, 1))
          return [who, chats.length, since.length, since.length === 0 ? null : Math.min(...since)]
        })
        const told = (await store.loads()).map((load) => [
          `${load.account} ${load.owner}`,
          load.chats,
          load.unanswered,
          load.unansweredSince,
        ])
        expect(told.sort()).toEqual(right.sort())
      }
      await fc.assert(
        fc.asyncProperty(fc.array(fc.array(change, { maxLength: 5 }), { maxLength: 6 }), async (batches) => {
          run += 1
          for (const batch of batches) {
            // Those of one batch share a transaction.
            await Promise.all(batch.map(make))
            await check()
          }
          await store.eraseCustomers(
            { account: WAMM, quietSince: NOW, after: null, limit: 10_000 },
            erasureOf,
          )
          await check()
        }),
        { numRuns: 60 },
      )
    })

    it('tells that chats have changed once it is kept, and nothing of what changes none', async () => {
      let seen: readonly number[] = []
      store.onChats(() => {
        seen = [...seen, seen.length]
      })
      await store.change({ chat: chatId('none') }, [], () => ({ result: null }))
      await store.beginPoll(WAMM)
      expect(seen).toHaveLength(0)
      await Promise.all(queue.map((chat) => put(chat)))
      expect(seen).toHaveLength(1)
      const failing = store.change({ chat: chatId('w1') }, [], () => {
        throw new Error('no decision')
      })
      await expect(failing).rejects.toThrow('no decision')
      expect(seen).toHaveLength(1)
    })

    it('says how far an account is set up', async () => {
      expect(await store.setup(WAMM, 'C1')).toEqual({ linked: 0, staff: 0, hasCard: false, told: false })
      const facts = { kind: 'linked', slackUser: ANN.slackUser, to: ANN.providerUser, how: 'email' } as const
      await store.link(
        { account: WAMM, ...ANN },
        'hand',
        { at: NOW, account: WAMM, chat: null, actor: null, via: 'rule', facts },
        [],
      )
      const user = { id: ANN.providerUser, name: 'Ann', email: null, active: true }
      await store.saveProviderUsers(WAMM, () => ({
        ...noEffects,
        users: [user, { ...user, id: BO.providerUser, active: false }],
      }))
      await store.saveCard({ chat: chatId('1'), channel: 'C1', ts: '1.1', shows: 'x', waitingVersion: null })
      await store.changeOnce({ account: WAMM, key: chatKey('1') }, { id: 'told', at: NOW }, () => ({
        result: null,
      }))
      expect(await store.setup(WAMM, 'C1')).toEqual({ linked: 1, staff: 1, hasCard: true, told: true })
      expect(await store.setup(OTHER, 'C2')).toEqual({ linked: 0, staff: 0, hasCard: false, told: false })
    })
  })
}
