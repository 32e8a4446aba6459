import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { NewEvent } from '../../src/routing/audit.ts'
import {
  accountId,
  chatId,
  chatKey,
  type Instant,
  later,
  providerUserId,
  slackUserId,
} from '../../src/routing/ids.ts'
import type { Store } from '../../src/store/contract.ts'
import { ANN, BO, NOW, WAMM, waitingChat } from '../fixtures/chats.ts'
import type { MakeStore } from './store-contract.ts'

/** The part of the store contract that is about whether everything is all right. */
export function doctorStoreContract(name: string, make: MakeStore): void {
  describe(`what the doctor looks at: ${name}`, () => {
    let store: Store
    let reopen: () => Promise<Store>
    let dispose: () => Promise<void>
    beforeEach(async () => {
      ;({ store, reopen, dispose } = await make())
    })
    afterEach(() => dispose())

    const pools = [{ pool: 'slack', limit: 10 }]
    const take = () => store.takeJobs({ now: NOW, leaseUntil: later(NOW, 1_000), pools })
    /** Jobs that have failed for good; their ids, oldest first. */
    async function failed(...keys: readonly string[]): Promise<readonly number[]> {
      await store.addJobs(
        keys.map((key) => ({ kind: 'card', key, pool: 'slack', payload: { chat: key }, runAt: NOW })),
      )
      const taken = await take()
      for (const job of taken) await store.endJob(job, { kind: 'failed', reason: 'no_such_thing' }, NOW)
      return taken.map(({ id }) => id)
    }
    const chat = chatId('chat-1')
    const event = (kind: 'job-retried' | 'job-given-up'): NewEvent => ({
      at: NOW,
      account: WAMM,
      chat,
      actor: ANN.slackUser,
      via: 'slack',
      facts: { kind, job: 'card', reason: 'no_such_thing' },
    })

    it('lists failed jobs, newest first, over a restart too, and none that is to be done', async () => {
      const [first, second] = await failed('one', 'two')
      await store.addJobs([{ kind: 'card', key: 'due', pool: 'slack', payload: {}, runAt: NOW }])
      store = await reopen()
      expect(await store.countFailedJobs()).toBe(2)
      expect(await store.failedJobs(1)).toEqual([
        { id: second, kind: 'card', payload: { chat: 'two' }, attempts: 1, reason: 'no_such_thing' },
      ])
      expect(await store.failedJob(first ?? 0)).toMatchObject({ id: first })
      expect(await store.failedJob(999)).toBeNull()
    })

    it('makes a failed job due with all of its tries, tells the worker, and keeps the event', async () => {
      const [id = 0] = await failed('one')
      const told: number[] = []
      store.onJobs((earliest) => told.push(earliest))
      expect(await store.mendFailedJob(id, { kind: 'retry', at: NOW }, [event('job-retried')])).toBe(true)
      expect(told).toEqual([NOW])
      expect(await store.countFailedJobs()).toBe(0)
      expect(await take()).toMatchObject([{ id, key: 'one', attempts: 1 }])
      expect((await store.history(chat)).map(({ facts }) => facts.kind)).toEqual(['job-retried'])
    })

    it('makes the cards of open chats that were given up due once more, and nothing else', async () => {
      const closed = {
        ...waitingChat(),
        id: chatId('chat-2'),
        key: chatKey('79002'),
        status: 'closed' as const,
      }
      for (const each of [waitingChat(), closed])
        await store.change({ account: each.account, key: each.key }, [], () => ({ result: null, chat: each }))
      await failed('chat-1', 'chat-2', 'chat-3')
      await store.addJobs([
        { kind: 'notice', key: 'n', pool: 'slack', payload: { chat: 'chat-1' }, runAt: NOW },
      ])
      for (const job of await take()) await store.endJob(job, { kind: 'failed', reason: 'x' }, NOW)
      await store.reviveCards(NOW)
      expect(await take()).toMatchObject([{ key: 'chat-1', attempts: 1 }])
      expect(await store.countFailedJobs()).toBe(3)
    })

    it('forgets a job that is given up', async () => {
      const [id = 0] = await failed('one')
      expect(await store.mendFailedJob(id, { kind: 'give-up' }, [event('job-given-up')])).toBe(true)
      expect(await store.countFailedJobs()).toBe(0)
      expect(await take()).toEqual([])
    })

    it('does either once, and touches no job that is being tried or was asked for again', async () => {
      const [id = 0, again = 0] = await failed('one', 'two')
      await store.addJobs([{ kind: 'card', key: 'two', pool: 'slack', payload: {}, runAt: NOW }])
      const tries = [id, id, again].map((job) =>
        store.mendFailedJob(job, { kind: 'give-up' }, [event('job-given-up')]),
      )
      expect(await Promise.all(tries)).toEqual([true, false, false])
      expect(await store.history(chat)).toHaveLength(1)
      expect(await take()).toMatchObject([{ id: again }])
      expect(await store.mendFailedJob(again, { kind: 'retry', at: NOW }, [])).toBe(false)
    })

    it('knows when an account last told of something, and of presses, each apart from the other', async () => {
      expect(await store.lastTold(WAMM)).toBeNull()
      const { key } = waitingChat()
      for (const [id, at] of [
        ['b', later(NOW, 5)],
        ['a', NOW],
      ] as const)
        await store.changeOnce({ account: WAMM, key }, { id, at }, () => ({ result: null }))
      await store.savePress('press', later(NOW, 9))
      await store.savePress('press', later(NOW, 99))
      expect(await store.lastTold(WAMM)).toBe(later(NOW, 5))
      expect(await store.lastTold(accountId('sales'))).toBeNull()
      expect(await Promise.all(['press', 'a'].map(store.isPressed))).toEqual([true, false])
    })

    it('knows since when a webhook is silent, once that is certain', async () => {
      const since = async (told: Instant | null) => {
        await store.changeHealth(WAMM, () => ({ health: { silence: { since: NOW, polls: 3, told } } }))
        return store.silentSince(WAMM)
      }
      expect(await store.silentSince(WAMM)).toBeNull()
      expect(await since(null)).toBeNull()
      expect(await since(later(NOW, 9))).toBe(NOW)
    })

    it('counts active people and who of them is linked, groups and other accounts aside', async () => {
      const user = (id: string, active = true) => ({ id: providerUserId(id), name: id, email: null, active })
      const users = [user(ANN.providerUser), user(BO.providerUser), user('gone', false), user('group:sales')]
      for (const each of users) await store.addProviderUser(WAMM, each)
      await store.addProviderUser(accountId('sales'), user('7'))
      const link = async (slackUser: string, providerUser: string) =>
        store.link(
          { account: WAMM, slackUser: slackUserId(slackUser), providerUser: providerUserId(providerUser) },
          'hand',
          event('job-retried'),
          [],
        )
      await link(ANN.slackUser, ANN.providerUser)
      await link('U0GONE', 'gone')
      expect(await store.countStaff(WAMM)).toEqual({ staff: 2, linked: 1 })
      expect(await store.countStaff(accountId('none'))).toEqual({ staff: 0, linked: 0 })
    })
  })
}
