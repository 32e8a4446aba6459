import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { NewJob } from '../../src/jobs/contract.ts'
import { noEffects } from '../../src/routing/absence.ts'
import { type Chat, noMessages } from '../../src/routing/chat.ts'
import {
  type AccountId,
  accountId,
  chatId,
  chatKey,
  eventId,
  groupHolder,
  instant,
  later,
  type ProviderUserId,
  providerUserId,
  type SlackUserId,
  slackUserId,
} from '../../src/routing/ids.ts'
import type { KnownUser, Store } from '../../src/store/contract.ts'
import { ANN, BO, NOW, ownedChat, WAMM, waitingChat } from '../fixtures/chats.ts'

/** An empty store; `reopen` stands for a crash and a restart. */
export type MakeStore = () => Promise<{
  readonly store: Store
  readonly reopen: () => Promise<Store>
  readonly dispose: () => Promise<void>
}>

/** What any implementation of the store must do, with the other contracts beside this one. */
export function storeContract(name: string, make: MakeStore): void {
  describe(`the store contract: ${name}`, () => {
    let store: Store
    let reopen: () => Promise<Store>
    let dispose: () => Promise<void>
    beforeEach(async () => {
      ;({ store, reopen, dispose } = await make())
    })
    afterEach(() => dispose())

    const job = (over: Partial<NewJob> = {}): NewJob => ({
      kind: 'card',
      key: 'card:1',
      pool: 'slack',
      payload: { chat: 'chat-1' },
      runAt: NOW,
      ...over,
    })
    const put = (chat = waitingChat(), jobs: readonly NewJob[] = []) =>
      store.change({ account: chat.account, key: chat.key }, [], () => ({ result: null, chat, jobs }))
    const enqueue = (...jobs: NewJob[]) =>
      store.change({ chat: chatId('none') }, [], () => ({ result: null, jobs }))
    const take = (over: Partial<Parameters<Store['takeJobs']>[0]> = {}) =>
      store.takeJobs({
        now: NOW,
        leaseUntil: later(NOW, 1_000),
        pools: [{ pool: 'slack', limit: 10 }],
        ...over,
      })
    const linkEvent = {
      at: NOW,
      account: WAMM,
      chat: null,
      actor: ANN.slackUser,
      via: 'rule',
      facts: { kind: 'linked', slackUser: ANN.slackUser, to: ANN.providerUser, how: 'email' },
    } as const

    it('gives back a chat exactly as it was written, by id and by key, after a restart too', async () => {
      const chat = ownedChat(ANN.providerUser, {
        problem: { reason: 'timed-out', at: NOW },
        offer: { event: eventId(8), to: BO.slackUser, by: ANN.slackUser, at: NOW, noted: true },
        pending: {
          wanted: BO.providerUser,
          receiver: BO.slackUser,
          basis: ANN.providerUser,
          basisSince: NOW,
          basisVia: 'slack',
          maybeWritten: [null, BO.providerUser],
          by: ANN.slackUser,
          event: eventId(7),
          delayed: 'timed-out',
        },
      })
      await put(chat)
      store = await reopen()
      expect(await store.chat(chat.id)).toEqual(chat)
      expect([chat]).toMatchObject(await store.openChats(WAMM))
    })

    it('shows a decision the state it will be written over, one decision after the other', async () => {
      await put(waitingChat({ version: 0 }))
      const seen = await Promise.all(
        Array.from({ length: 50 }, () =>
          store.change({ chat: chatId('chat-1') }, [], ({ chat }) => {
            if (chat === null) throw new Error('the chat is gone')
            return { result: chat.version, chat: { ...chat, version: chat.version + 1 } }
          }),
        ),
      )
      expect(seen).toEqual(Array.from({ length: 50 }, (_, version) => version))
      expect((await store.chat(chatId('chat-1')))?.version).toBe(50)
    })

    it('writes nothing of a decision that throws, and all of the others made with it', async () => {
      const change = (key: string, fails: boolean) =>
        store.change({ account: WAMM, key: chatKey(key) }, [], (state) => {
          if (fails) throw new Error('no')
          return {
            result: key,
            chat: waitingChat({ id: chatId(key), key: chatKey(key) }),
            jobs: [job({ key })],
            event: { ...linkEvent, chat: state.newChatId },
          }
        })
      const ends = await Promise.allSettled([change('a', false), change('b', true), change('c', false)])
      expect(ends.map((end) => end.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
      expect((await store.openChats(WAMM)).map((chat) => chat.key).sort()).toEqual(['a', 'c'])
      expect((await take()).map((taken) => taken.key).sort()).toEqual(['a', 'c'])
    })

    it('gives each event the id that its decision was told, rising', async () => {
      const ids = []
      for (let i = 0; i < 3; i++) {
        ids.push(
          await store.change({ chat: chatId('none') }, [], (state) => ({
            result: state.eventId,
            event: { ...linkEvent, chat: chatId('chat-1') },
          })),
        )
      }
      expect(await store.history(chatId('chat-1'))).toEqual(
        ids.map((id) => ({ ...linkEvent, chat: 'chat-1', id })),
      )
      expect([...ids].sort((a, b) => a - b)).toEqual(ids)
      expect(new Set(ids).size).toBe(3)
    })

    it('finds a waiting chat whose window is about to end before the longest-waiting one', async () => {
      const put3 = async (id: string, waitedMs: number, endsInMs: number | null): Promise<unknown> =>
        put(
          waitingChat({
            id: chatId(id),
            key: chatKey(id),
            waitingSince: instant(NOW - waitedMs),
            windowEndsAt: endsInMs === null ? null : later(NOW, endsInMs),
          }),
        )
      await put3('long', 99, null)
      await put3('over', 98, -1)
      await put3('soon', 2, 500)
      await put3('sooner', 1, 100)
      await put3('later', 3, 5_000)
      const closing = { from: NOW, to: later(NOW, 1_000) }
      const next = (account: AccountId | 'any') =>
        store.change({ nextWaiting: account, closing }, [], ({ chat }) => ({ result: chat?.id }))
      expect(await next('any')).toBe('sooner')
      expect(await next(WAMM)).toBe('sooner')
      expect(await next(accountId('other'))).toBeUndefined()
      const found = await store.findChats({ state: 'waiting', windowEnds: closing, limit: 10 })
      expect(found.map(({ id }) => id)).toEqual(['sooner', 'soon'])
      await put(ownedChat(ANN.providerUser, { id: chatId('sooner'), key: chatKey('sooner') }))
      await put(ownedChat(ANN.providerUser, { id: chatId('soon'), key: chatKey('soon') }))
      expect(await next('any')).toBe('long')
    })

    it('finds the longest-waiting chat, and only among those that wait', async () => {
      await put(waitingChat({ id: chatId('late'), key: chatKey('1'), waitingSince: instant(NOW - 1) }))
      await put(waitingChat({ id: chatId('long'), key: chatKey('2'), waitingSince: instant(NOW - 99) }))
      await put(ownedChat(ANN.providerUser, { id: chatId('owned'), key: chatKey('3') }))
      const longest = await store.change(
        { nextWaiting: 'any', closing: { from: NOW, to: NOW } },
        [],
        ({ chat }) => ({ result: chat?.id }),
      )
      expect(longest).toBe('long')
      expect(await store.countWaiting()).toBe(2)
      expect((await store.findChats({ state: 'waiting', limit: 10 })).map((chat) => chat.id)).toEqual([
        'long',
        'late',
      ])
    })

    it('finds what absent people have left behind as the next, in the place of its customer, and never their own', async () => {
      const user = { name: 'Bo', email: null, active: false }
      await store.addProviderUser(WAMM, { ...user, id: BO.providerUser })
      await store.addProviderUser(WAMM, { ...user, id: groupHolder('g') })
      await store.link({ account: WAMM, ...BO }, 'hand', { ...linkEvent, at: NOW }, [])
      const unanswered = (ms: number) => ({ messages: { ...noMessages, unanswered: [instant(NOW - ms)] } })
      const owned = (owner: ProviderUserId, id: string, over: Partial<Chat> = {}) =>
        put(ownedChat(owner, { id: chatId(id), key: chatKey(id), ...over }))
      await owned(BO.providerUser, 'silent')
      await owned(BO.providerUser, 'waits', unanswered(50))
      await owned(ANN.providerUser, 'of Ann', unanswered(99))
      await owned(groupHolder('g'), 'of a group', unanswered(99))
      await put(waitingChat({ id: chatId('longer'), key: chatKey('3'), waitingSince: instant(NOW - 60) }))
      await put(waitingChat({ id: chatId('shorter'), key: chatKey('4'), waitingSince: instant(NOW - 40) }))
      expect(await store.leftBehind()).toEqual([
        {
          account: WAMM,
          owner: BO.providerUser,
          chats: 2,
          unanswered: 1,
          unansweredSince: instant(NOW - 50),
        },
      ])
      const closing = { from: NOW, to: NOW }
      const next = (by: SlackUserId, account: AccountId | 'any' = 'any') =>
        store.change({ nextWaiting: account, closing }, [by], ({ chat }) => ({
          result: chat?.id ?? null,
          ...(chat === null ? {} : { chat: { ...chat, owner: ANN.providerUser, waitingSince: null } }),
        }))
      expect(await next(ANN.slackUser, accountId('other'))).toBeNull()
      const taken = [await next(ANN.slackUser), await next(ANN.slackUser), await next(ANN.slackUser)]
      expect(taken).toEqual(['longer', 'waits', 'shorter'])
      expect(await next(BO.slackUser)).toBeNull()
      expect(await next(ANN.slackUser)).toBe('silent')
      expect(await store.leftBehind()).toEqual([])
    })

    it('finds by parts of a name in any case and script, by number, key, and owner, and takes % and _ literally', async () => {
      await put(
        waitingChat({ id: chatId('a'), key: chatKey('1'), name: 'ИВАН Петров', phone: '+79001112233' }),
      )
      await put(waitingChat({ id: chatId('b'), key: chatKey('2'), name: '100% wool_x', phone: null }))
      await put(ownedChat(BO.providerUser, { id: chatId('c'), key: chatKey('3'), name: 'Zoë', phone: null }))
      const found = async (over: object) =>
        (await store.findChats({ state: 'any', limit: 10, ...over })).map((chat) => chat.id)
      expect(await found({ text: 'петр иван' })).toEqual(['a'])
      expect(await found({ text: '0% WOOL_' })).toEqual(['b'])
      expect(await found({ text: '1_' })).toEqual([])
      const keys = [chatKey('2'), chatKey('9')]
      expect(await found({ exactly: { phones: ['+79001112233'], keys: [] } })).toEqual(['a'])
      expect(await found({ exactly: { phones: [], keys } })).toEqual(['b'])
      expect((await found({ exactly: { phones: ['+79001112233'], keys } })).sort()).toEqual(['a', 'b'])
      expect(await found({ exactly: { phones: [], keys }, account: accountId('other') })).toEqual([])
      expect(await found({ exactly: { phones: [], keys: [] } })).toEqual([])
      expect(await found({ owners: [{ account: WAMM, user: BO.providerUser }] })).toEqual(['c'])
      expect(await found({ owners: [] })).toEqual([])
    })

    it('counts polls per account, for good', async () => {
      expect(await store.beginPoll(WAMM)).toBe(1)
      expect(await store.beginPoll(WAMM)).toBe(2)
      store = await reopen()
      const next = await store.beginPoll(WAMM)
      expect(next).toBeGreaterThan(2)
      const seen = await store.change({ account: WAMM, key: chatKey('x') }, [], (state) => ({
        result: state.currentPoll,
      }))
      expect(seen).toBe(next)
    })

    it('links one person to one provider user, in both directions', async () => {
      const link = { account: WAMM, slackUser: ANN.slackUser, providerUser: ANN.providerUser }
      expect(await store.link(link, 'hand', linkEvent, [job()])).toEqual({ kind: 'linked' })
      expect(
        await store.link({ ...link, slackUser: BO.slackUser }, 'hand', linkEvent, [job({ key: 'not me' })]),
      ).toEqual({
        kind: 'taken',
        by: ANN.slackUser,
      })
      await store.link({ ...link, providerUser: providerUserId('555') }, 'hand', linkEvent, [])
      expect(await store.links(ANN.slackUser)).toEqual([
        { ...link, providerUser: '555', since: linkEvent.at, how: 'email' },
      ])
      expect(await store.slackUsers(WAMM, [providerUserId('555'), ANN.providerUser])).toEqual(
        new Map([['555', ANN.slackUser]]),
      )
      const people = await store.change(
        { account: WAMM, key: chatKey('x') },
        [ANN.slackUser, BO.slackUser],
        (state) => ({
          result: [...state.links],
        }),
      )
      expect(people).toEqual([[ANN.slackUser, '555']])
      expect(await store.unlink(link, linkEvent, [job({ key: 'nor me' })])).toBe(false)
      const present = { ...link, providerUser: providerUserId('555') }
      expect(await store.unlink(present, linkEvent, [job({ key: 'unlinked' })])).toBe(true)
      expect((await take()).map(({ key }) => key)).toEqual(['card:1', 'unlinked'])
      expect(await store.links(ANN.slackUser)).toEqual([])
    })

    it('keeps provider users of whom nothing new is told, and since when a list has not shown somebody', async () => {
      const user = { id: ANN.providerUser, name: 'Ann', email: 'ann@acme.test', active: true }
      await store.saveProviderUsers(WAMM, () => ({
        ...noEffects,
        users: [user, { ...user, id: BO.providerUser, name: 'Bo' }],
      }))
      await store.saveProviderUsers(WAMM, () => ({ ...noEffects, users: [{ ...user, name: 'Anna' }] }))
      expect(await store.providerUsers(WAMM)).toEqual([
        { ...user, name: 'Anna' },
        { ...user, id: BO.providerUser, name: 'Bo' },
      ])
      const bo = { ...user, id: BO.providerUser, name: 'Bo' }
      await store.saveProviderUsers(WAMM, () => ({ ...noEffects, users: [{ ...bo, missingSince: NOW }] }))
      const since = async () => {
        let seen: readonly KnownUser[] = []
        await store.saveProviderUsers(WAMM, (known) => {
          seen = known
          return { ...noEffects, users: known }
        })
        return seen.find(({ id }) => id === bo.id)?.missingSince
      }
      expect(await since()).toBe(NOW)
      expect(await since()).toBe(NOW)
      await store.saveProviderUsers(WAMM, () => ({ ...noEffects, users: [bo] }))
      expect(await since()).toBeNull()
    })

    it('keeps profiles and cards, the latest of each', async () => {
      const profile = {
        user: ANN.slackUser,
        name: 'Ann',
        email: null,
        workspaceAdmin: true,
        eligible: true,
        deactivated: false,
      }
      await store.saveProfiles([{ ...profile, name: 'A' }, profile], () => noEffects)
      expect(await store.profile(ANN.slackUser)).toEqual(profile)
      expect(await store.profile(slackUserId('U0NONE'))).toBeNull()
      // A change knows them, linked or not, whether or not there is a chat or an account to be linked in.
      for (const target of [{ account: WAMM, key: chatKey('x') }, { chat: chatId('none') }])
        expect(
          await store.change(target, [ANN.slackUser, BO.slackUser], ({ profiles, links }) => ({
            result: [[...profiles.values()], links.size],
          })),
        ).toEqual([[profile], 0])
      const card = { chat: chatId('chat-1'), channel: 'C1', ts: '1.2', shows: 'x', waitingVersion: null }
      await store.saveCard({ ...card, shows: 'w' })
      await store.saveCard(card)
      expect(await store.card(chatId('chat-1'))).toEqual(card)
    })

    it('keeps a card together with the jobs that follow from it', async () => {
      const card = { chat: chatId('chat-1'), channel: 'C1', ts: '1.2', shows: 'x', waitingVersion: 3 }
      await store.saveCard(card, [job({ key: 'pointer' })])
      store = await reopen()
      expect(await store.card(chatId('chat-1'))).toEqual(card)
      expect((await take()).map(({ key }) => key)).toEqual(['pointer'])
    })

    it('counts the cards of a channel that came after one', async () => {
      const card = (chat: string, channel: string, ts: string) => {
        const each = { chat: chatId(chat), channel, ts, shows: 'x', waitingVersion: null }
        return store.saveCard(each).then(() => each)
      }
      const first = await card('chat-1', 'C1', '1795165200.000100')
      await card('chat-2', 'C1', '1795165200.000099')
      await card('chat-3', 'C1', '1795165200.000101')
      await card('chat-4', 'C1', '1795165201.000000')
      await card('chat-5', 'C2', '1795165202.000000')
      expect(await store.cardsBelow(first)).toBe(2)
    })

    it('knows of which chat a message is the card, and forgets a card that has a newer one', async () => {
      const chat = chatId('chat-1')
      const at = (ts: string, channel = 'C1') => store.chatOfCard({ channel, ts })
      const facts = { chat, channel: 'C1', shows: 'x', waitingVersion: null }
      await store.saveCard({ ...facts, ts: '1.000001' })
      expect(await at('1.000001')).toBe(chat)
      expect([await at('1.000002'), await at('1.000001', 'C2')]).toEqual([null, null])
      await store.saveCard({ ...facts, ts: '1.000002' })
      expect([await at('1.000001'), await at('1.000002')]).toEqual([null, chat])
    })

    it('knows what the thread of a card has not told of its chat, oldest first', async () => {
      const chat = chatId('chat-1')
      const happens = (about = chat) =>
        store.change({ chat: chatId('none') }, [], (state) => ({
          result: state.eventId,
          event: { ...linkEvent, chat: about },
        }))
      const ids = [await happens(), await happens(chatId('chat-2')), await happens(), await happens()]
      const [first, , third, last] = ids
      const untold = async (limit = 9) => (await store.untold(chat, limit)).map(({ id }) => id)
      expect(await untold()).toEqual([first, third, last])
      expect(await untold(2)).toEqual([first, third])
      await store.saveTold(chat, first ?? eventId(0))
      await store.saveTold(chat, third ?? eventId(0))
      store = await reopen()
      expect(await untold()).toEqual([last])
    })

    describe('jobs', () => {
      it('hands out what is due, oldest first, once, counting the attempt when it is taken', async () => {
        await enqueue(
          job({ key: 'b', runAt: NOW }),
          job({ key: 'a', runAt: instant(NOW - 5) }),
          job({ key: 'later', runAt: later(NOW, 1) }),
        )
        const taken = await take()
        expect(taken.map(({ key, attempts }) => [key, attempts])).toEqual([
          ['a', 1],
          ['b', 1],
        ])
        expect(await take()).toEqual([])
        expect(await store.nextDueAt(['slack'])).toBe(NOW + 1)
      })

      it('collapses jobs of one key, keeping the earlier time and the newer payload', async () => {
        await enqueue(job({ runAt: later(NOW, 50) }))
        await enqueue(job({ runAt: NOW, payload: { chat: 'newer' } }))
        await enqueue(job({ runAt: later(NOW, 99), payload: { chat: 'newest' } }))
        expect(await take()).toMatchObject([{ key: 'card:1', payload: { chat: 'newest' } }])
        expect(await store.nextDueAt(['slack'])).toBe(NOW + 1_000)
      })

      it('leaves a job once for all, whether the first still waits, runs or is done', async () => {
        const once = (payload: unknown) => store.addJobOnce(job({ payload }), NOW)
        expect(await once({ first: true })).toBe(true)
        expect(await Promise.all([once({}), once({})])).toEqual([false, false])
        const [taken] = await take()
        if (taken === undefined) throw new Error('no job')
        expect(taken.payload).toEqual({ first: true })
        expect(await once({})).toBe(false)
        expect(await store.endJob(taken, { kind: 'done' }, NOW)).toBe(true)
        store = await reopen()
        expect(await once({})).toBe(false)
        expect(await take()).toEqual([])
        expect(await store.addJobOnce(job({ key: 'card:2' }), NOW)).toBe(true)
      })

      it('runs a job once more when it was asked for again while it ran, at the time then asked for', async () => {
        await enqueue(job())
        const [first] = await take()
        await enqueue(job({ runAt: later(NOW, 20) }))
        expect(first && (await store.endJob(first, { kind: 'done' }, NOW))).toBe(true)
        expect(await take()).toEqual([])
        expect(await take({ now: later(NOW, 20) })).toMatchObject([{ attempts: 1 }])
      })

      it('lets only the newest lease end a job', async () => {
        await enqueue(job())
        const [first] = await take()
        const [second] = await take({ now: later(NOW, 1_000), leaseUntil: later(NOW, 2_000) })
        if (first === undefined || second === undefined) throw new Error('not taken')
        expect(second.attempts).toBe(2)
        expect(await store.endJob(first, { kind: 'done' }, NOW)).toBe(false)
        expect(await store.endJob(second, { kind: 'done' }, NOW)).toBe(true)
        expect(await store.nextDueAt(['slack'])).toBeNull()
      })

      it('gives an attempt back when nothing was tried, and keeps it otherwise', async () => {
        await enqueue(job())
        const [first] = await take()
        if (first === undefined) throw new Error('not taken')
        const again = { kind: 'again', reason: 'limit', runAt: NOW } as const
        await store.endJob(first, { ...again, keepAttempt: false }, NOW)
        const [second] = await take()
        if (second === undefined) throw new Error('not taken')
        expect(second.attempts).toBe(1)
        await store.endJob(second, { ...again, keepAttempt: true }, NOW)
        expect((await take())[0]?.attempts).toBe(2)
      })

      it('keeps a failed job out of the way until a new one of its key revives it', async () => {
        await enqueue(job())
        const [first] = await take()
        if (first === undefined) throw new Error('not taken')
        await store.endJob(first, { kind: 'failed', reason: 'refused' }, NOW)
        expect(await take({ now: later(NOW, 10_000) })).toEqual([])
        expect(await store.nextDueAt(['slack'])).toBeNull()
        await enqueue(job())
        expect(await take()).toMatchObject([{ attempts: 1 }])
      })

      it('takes only of the pools it is told, and no more of each than fits', async () => {
        await enqueue(job({ key: 'a', pool: 'wamm' }), job({ key: 'b', pool: 'slack' }))
        await enqueue(...['c', 'd', 'e'].map((key) => job({ key, pool: 'wamm', runAt: later(NOW, 1) })))
        const pools = [
          { pool: 'wamm', limit: 3 },
          { pool: 'other', limit: 3 },
        ]
        expect((await take()).map(({ key }) => key)).toEqual(['b'])
        expect((await take({ now: later(NOW, 1), pools })).map(({ key }) => key)).toEqual(['a', 'c', 'd'])
        expect(await store.nextDueAt([])).toBeNull()
        expect(await store.nextDueAt(['wamm', 'slack'])).toBe(NOW + 1)
      })

      it('makes what a dead process had taken due again at the next start', async () => {
        await enqueue(job())
        await take()
        store = await reopen()
        expect(await take()).toMatchObject([{ key: 'card:1', attempts: 2 }])
      })

      it('tells of new jobs after their commit, and of nothing that was rolled back', async () => {
        const told: number[] = []
        store.onJobs((earliest) => told.push(earliest))
        await enqueue(
          job({ runAt: later(NOW, 5) }),
          job({ key: 'card:2' }),
          job({ key: 'card:3', runAt: later(NOW, 9) }),
        )
        expect(told).toEqual([NOW])
        await store
          .change({ chat: chatId('none') }, [], () => {
            throw new Error('no')
          })
          .catch(() => undefined)
        expect(told).toEqual([NOW])
      })
    })
  })
}
