import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Chat } from '../../src/routing/chat.ts'
import type { ChatSearch, SearchTerm } from '../../src/routing/chat-search.ts'
import { erased } from '../../src/routing/erase.ts'
import { accountId, chatId, chatKey, later } from '../../src/routing/ids.ts'
import type { Store } from '../../src/store/contract.ts'
import { ANN, BO, NOW, ownedChat, WAMM, waitingChat } from '../fixtures/chats.ts'
import { hostileText } from '../unit/hostile-text.ts'
import type { MakeStore } from './store-contract.ts'

/** The part of the store contract that is about finding chats by what is known of them. */
export function searchStoreContract(name: string, make: MakeStore): void {
  describe(`finding chats: ${name}`, () => {
    let store: Store
    let dispose: () => Promise<void>
    let reopen: () => Promise<Store>
    beforeEach(async () => {
      ;({ store, dispose, reopen } = await make())
    })
    afterEach(() => dispose())

    const put = async (...chats: readonly Chat[]) => {
      await Promise.all(
        chats.map((chat) =>
          store.change({ account: chat.account, key: chat.key }, [], () => ({ result: null, chat })),
        ),
      )
    }
    const chat = (id: string, over: Partial<Chat> = {}): Chat =>
      waitingChat({ id: chatId(id), key: chatKey(`key-${id}`), phone: null, name: null, ...over })
    const notes = (id: string, note: string) =>
      store.change({ chat: chatId(id) }, [], () => ({
        result: null,
        event: {
          at: NOW,
          account: WAMM,
          chat: chatId(id),
          actor: ANN.slackUser,
          via: 'slack',
          facts: { kind: 'released', from: null, reason: note },
        },
      }))
    const found = async (search: Partial<ChatSearch>) =>
      (await store.findChats({ state: 'any', limit: 10, ...search })).map(({ id }) => id)
    const term = (text: string, ...numberEnds: readonly string[]): SearchTerm => ({ text, numberEnds })
    const anywhere = (...terms: readonly SearchTerm[]) => found({ anywhere: terms })

    it.each([
      ['part of a name', 'etro', true],
      ['the name in other letters', 'ПЁТР', true],
      ['without its accents', 'jose', true],
      ['with others', 'JÓSÉ', true],
      ['one letter, where a word begins', 'j', true],
      ['two letters, where a word ends', 'sé', true],
      ['two letters in the middle of a word', 'os', false],
      ['one Chinese letter', '王', true],
      ['what is invisible', 'jo\u200bse', true],
      ['a quotation mark', '"', false],
      ['words of the index', 'NEAR(', false],
      ['no letter at all', '\u0301', false],
      ['half a character', '\ud83d', false],
      ['another name', 'josef', false],
    ])('takes %s for a name: %s', async (_what, text, isFound) => {
      await put(chat('1', { name: 'José Пётр 小王 etro' }))
      const sought = await anywhere(term(text))
      expect(sought).toEqual(isFound ? ['1'] : [])
      expect(await found({ text })).toEqual(sought)
    })

    it('finds by the end of a number or key, and by nothing else of them', async () => {
      await put(
        chat('1', { phone: '+79001234567', key: chatKey('79001234567') }),
        chat('2', { phone: '+4915112345', key: chatKey('-100777') }),
      )
      const end = (digits: string) => anywhere(term(digits, digits))
      expect(await end('4567')).toEqual(['1'])
      expect(await end('79001234567')).toEqual(['1'])
      expect(await end('0777')).toEqual(['2'])
      expect(await end('1234')).toEqual([])
      expect(await end('9999')).toEqual([])
      expect(await anywhere(term('none', '9999', '4567'))).toEqual(['1'])
      expect(await found({ text: '0123' })).toEqual(['1'])
    })

    it('finds by notes, each word where it stands, and name and note together', async () => {
      await put(chat('1', { name: 'Ivan' }), chat('2', { name: 'Ivana' }))
      await notes('1', 'wants a refund')
      await notes('1', 'order 7781')
      expect(await anywhere(term('refund'), term('7781', '7781'))).toEqual(['1'])
      expect(await anywhere(term('ivan'), term('refund'))).toEqual(['1'])
      expect(await anywhere(term('ivana'), term('refund'))).toEqual([])
      expect(await found({ text: 'refund' })).toEqual([])
    })

    it('finds within a state, an account and somebody’s chats, the most recently active first', async () => {
      const at = (minutes: number) => ({ name: 'Ivan', lastMessageAt: later(NOW, -minutes * 60_000) })
      await put(
        chat('old', at(9)),
        chat('new', at(1)),
        chat('closed', { ...at(5), status: 'closed', waitingSince: null }),
        chat('there', { ...at(3), account: accountId('other') }),
        ownedChat(BO.providerUser, {
          ...chat('owned'),
          ...at(7),
          owner: BO.providerUser,
          waitingSince: null,
        }),
      )
      const ivan = { anywhere: [term('ivan')] }
      expect(await found(ivan)).toEqual(['new', 'there', 'closed', 'owned', 'old'])
      expect(await found({ ...ivan, limit: 2, offset: 1 })).toEqual(['there', 'closed'])
      expect(await found({ ...ivan, state: 'open' })).toEqual(['new', 'there', 'owned', 'old'])
      expect(await found({ ...ivan, account: WAMM })).toEqual(['new', 'closed', 'owned', 'old'])
      expect(await found({ ...ivan, state: 'held' })).toEqual(['owned'])
      expect(await store.countChats({ state: 'any', ...ivan, limit: 4 })).toBe(4)
    })

    it('follows a new name and number, over a restart too', async () => {
      await put(chat('1', { name: 'Ivan' }))
      await put(chat('1', { name: 'Boris', phone: '+79001234567' }))
      await notes('1', 'first')
      store = await reopen()
      await put(chat('2', { name: 'Carla' }))
      await notes('1', 'second')
      expect(await anywhere(term('ivan'))).toEqual([])
      for (const text of ['boris', 'first', 'second']) expect(await anywhere(term(text))).toEqual(['1'])
      expect(await anywhere(term('none', '4567'))).toEqual(['1'])
      expect(await anywhere(term('carla'))).toEqual(['2'])
    })

    it('finds the same as a look at every chat does, however many match', async () => {
      const names = ['Anna Maria', 'Ánna', 'Boris', 'Hanna Borisova', 'Marianna']
      const all = Array.from({ length: 2_500 }, (_, n) =>
        chat(`n${n}`, {
          name: `${names[n % 7] ?? 'Nobody'} ${n}`,
          key: chatKey(String(79_000_000_000 + n * 37)),
          status: n % 3 === 0 ? 'open' : 'closed',
          waitingSince: n % 3 === 0 ? later(NOW, n) : null,
          lastMessageAt: n % 11 === 0 ? null : later(NOW, (n * 7_919) % 2_500),
        }),
      )
      await put(...all)
      const plain = (text: string | null) => (text ?? '').replace('Á', 'A').toLowerCase()
      for (const words of [
        ['anna'],
        ['anna', 'maria'],
        ['an', 'borisova'],
        ['nobody'],
        ['249'],
        ['nobody', '7'],
        ['zzz'],
      ])
        for (const state of ['any', 'open', 'waiting'] as const) {
          const holds = ({ name }: Chat, word: string) =>
            word.length > 2
              ? plain(name).includes(word)
              : plain(name)
                  .split(' ')
                  .some((each) => each.startsWith(word) || each.endsWith(word))
          const expected = all
            .filter(
              (one) => (state === 'any' || one.status === 'open') && words.every((word) => holds(one, word)),
            )
            .sort((one, other) =>
              state === 'waiting'
                ? (one.waitingSince ?? 0) - (other.waitingSince ?? 0)
                : (other.lastMessageAt ?? 0) - (one.lastMessageAt ?? 0) || (one.id < other.id ? -1 : 1),
            )
            .map(({ id }) => id)
          const search = { state, anywhere: words.map((word) => term(word)) } as const
          const pages = [
            ...(await found({ ...search, limit: 20 })),
            ...(await found({ ...search, limit: 20, offset: 20 })),
          ]
          expect([words, state, pages]).toEqual([words, state, expected.slice(0, 40)])
          expect(await store.countChats({ ...search, limit: 9_999 })).toBe(expected.length)
        }
    })

    it('finds nobody by what was erased', async () => {
      const ended = { status: 'closed', waitingSince: null, lastMessageAt: null } as const
      await put(chat('1', { name: 'Ivan', phone: '+79001234567', ...ended }), chat('2', { name: 'Ivana' }))
      await notes('1', 'wants a refund')
      await store.eraseCustomers({ account: WAMM, quietSince: NOW, after: null, limit: 9 }, (before) => ({
        chat: erased(before),
        event: {
          at: NOW,
          account: WAMM,
          chat: before.id,
          actor: null,
          via: 'rule',
          facts: { kind: 'erased', afterDays: 1 },
        },
        jobs: [],
      }))
      expect(await anywhere(term('ivan'))).toEqual(['2'])
      expect(await anywhere(term('refund'))).toEqual([])
      expect(await anywhere(term('none', '4567'))).toEqual([])
      expect(await anywhere(term('erased'))).toEqual([])
    })

    it('finds whatever is stored by each of its own words, and by its own last digits', async () => {
      const words = (text: string) => text.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word))
      const digits = fc.bigInt({ min: 10_000n, max: 999_999_999_999n }).map(String)
      const all: Chat[] = []
      await fc.assert(
        fc.asyncProperty(hostileText, hostileText, digits, async (name, note, key) => {
          const one = chat(`p${all.length}`, { name, key: chatKey(`${all.length}${key}`) })
          all.push(one)
          await put(one)
          await notes(one.id, note)
          const sought = [
            ...[name, note].flatMap((text) => words(text).slice(0, 2)).map((word) => [term(word)]),
            [term('none', key.slice(-4))],
            [term('none', one.key)],
          ]
          for (const terms of sought) {
            const ids = (await store.findChats({ state: 'any', anywhere: terms, limit: 1_000 })).map(
              ({ id }) => id,
            )
            expect(ids).toContain(one.id)
          }
        }),
        { numRuns: 60 },
      )
    })
  })
}
