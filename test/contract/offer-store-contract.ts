import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { noEffects } from '../../src/routing/absence.ts'
import type { Away } from '../../src/routing/away.ts'
import type { Offer } from '../../src/routing/chat.ts'
import { accountId, chatId, chatKey, eventId, later } from '../../src/routing/ids.ts'
import type { Store } from '../../src/store/contract.ts'
import { ANN, BO, CY, NOW, ownedChat, WAMM } from '../fixtures/chats.ts'
import type { MakeStore } from './store-contract.ts'

/** The part of the store contract that is about offers, and about people who are away. */
export function offerStoreContract(name: string, make: MakeStore): void {
  describe(`offers and people who are away: ${name}`, () => {
    let store: Store
    let reopen: () => Promise<Store>
    let dispose: () => Promise<void>
    beforeEach(async () => {
      ;({ store, reopen, dispose } = await make())
    })
    afterEach(() => dispose())

    const offerTo = ({ slackUser }: typeof ANN): Offer => ({
      event: eventId(5),
      to: slackUser,
      by: ANN.slackUser,
      at: NOW,
      noted: false,
    })
    const put = (id: string, offer: Offer | null, account = WAMM) => {
      const chat = ownedChat(ANN.providerUser, { id: chatId(id), key: chatKey(id), account, offer })
      return store.change({ account, key: chat.key }, [], () => ({ result: null, chat }))
    }
    const offeredTo = async ({ slackUser }: typeof ANN, account?: typeof WAMM) =>
      (
        await store.findChats({
          state: 'open',
          offeredTo: slackUser,
          ...(account === undefined ? {} : { account }),
          limit: 9,
        })
      ).map(({ id }) => id)

    it('finds what somebody is offered, until the offer is over', async () => {
      await put('a', offerTo(BO))
      await put('b', offerTo(CY))
      await put('c', offerTo(BO), accountId('another'))
      await put('d', null)
      expect([...(await offeredTo(BO))].sort()).toEqual(['a', 'c'])
      expect(await offeredTo(BO, WAMM)).toEqual(['a'])
      await put('a', null)
      store = await reopen()
      expect(await offeredTo(BO)).toEqual(['c'])
      expect(await offeredTo(ANN)).toEqual([])
    })

    it('keeps where the question stands, over a restart too, until it has been answered', async () => {
      const message = { offer: eventId(5), channel: 'D1', ts: '1.1' }
      expect(await store.offerMessage(eventId(5))).toBeNull()
      await store.saveOfferMessage(message)
      await store.saveOfferMessage({ ...message, ts: '1.2' })
      store = await reopen()
      expect(await store.offerMessage(eventId(5))).toEqual({ ...message, ts: '1.2' })
      await store.endOfferMessage(eventId(5))
      expect(await store.offerMessage(eventId(5))).toBeNull()
    })

    it('tells who else is away now, of those who are still there', async () => {
      const profile = { name: 'P', email: null, workspaceAdmin: false, eligible: true, deactivated: false }
      const until: Away = { since: NOW, until: later(NOW, 1_000) }
      const openEnd: Away = { since: later(NOW, 5), until: null }
      const users = [ANN, BO, CY].map(({ slackUser }) => slackUser)
      await store.saveProfiles(
        users.map((user) => ({ ...profile, user })),
        () => noEffects,
      )
      for (const user of users) await store.setAway(user, user === ANN.slackUser ? until : openEnd, [], [])
      const away = (beside: readonly (typeof ANN)[], now = NOW, limit = 9) =>
        store.awayBeside(
          beside.map(({ slackUser }) => slackUser),
          now,
          limit,
        )
      const [ann, bo, cy] = [
        { user: ANN.slackUser, ...until },
        { user: BO.slackUser, ...openEnd },
        { user: CY.slackUser, ...openEnd },
      ]
      expect(await away([])).toEqual({ people: [bo, cy, ann], count: 3 })
      expect(await away([BO])).toEqual({ people: [cy, ann], count: 2 })
      expect(await away([], NOW, 1)).toEqual({ people: [bo], count: 3 })
      expect(await away([], later(NOW, 1_000))).toEqual({ people: [bo, cy], count: 2 })
      const gone = { ...profile, user: BO.slackUser, eligible: false, deactivated: true }
      await store.saveProfiles([gone], () => noEffects)
      expect(await away([])).toEqual({ people: [cy, ann], count: 2 })
    })

    it('keeps who is away with the events and the jobs of it, and shows it to decisions', async () => {
      const until: Away = { since: NOW, until: later(NOW, 1_000) }
      const openEnd: Away = { since: NOW, until: null }
      const event = {
        at: NOW,
        account: WAMM,
        chat: null,
        actor: ANN.slackUser,
        via: 'slack',
        facts: { kind: 'away', until: null },
      } as const
      const job = { kind: 'card', key: 'card:1', pool: 'slack', payload: {}, runAt: NOW }
      await store.setAway(ANN.slackUser, openEnd, [event], [job])
      await store.setAway(BO.slackUser, until, [], [])
      store = await reopen()
      expect(await store.away([ANN.slackUser, BO.slackUser, CY.slackUser])).toEqual(
        new Map([
          [ANN.slackUser, openEnd],
          [BO.slackUser, until],
        ]),
      )
      expect(await store.event(eventId(1))).toMatchObject(event)
      expect(await store.nextDueAt(['slack'])).toBe(NOW)
      const seen = await store.change({ chat: chatId('none') }, [], ({ awayOf }) => ({
        result: [BO, CY].map(({ slackUser }) => awayOf(slackUser)),
      }))
      expect(seen).toEqual([until, undefined])

      await store.setAway(ANN.slackUser, until, [], [])
      await store.setAway(BO.slackUser, null, [], [])
      expect([...(await store.away([ANN.slackUser, BO.slackUser]))]).toEqual([[ANN.slackUser, until]])
      expect(await store.away([])).toEqual(new Map())
    })
  })
}
