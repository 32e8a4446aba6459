import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AccountHealth } from '../../src/routing/account-health.ts'
import type { NewEvent } from '../../src/routing/audit.ts'
import { accountId, later } from '../../src/routing/ids.ts'
import type { Store } from '../../src/store/contract.ts'
import { NOW, WAMM } from '../fixtures/chats.ts'
import type { MakeStore } from './store-contract.ts'

/** The part of the store contract that is about how accounts do. */
export function healthStoreContract(name: string, make: MakeStore): void {
  describe(`how accounts do: ${name}`, () => {
    let store: Store
    let reopen: () => Promise<Store>
    let dispose: () => Promise<void>
    beforeEach(async () => {
      ;({ store, reopen, dispose } = await make())
    })
    afterEach(() => dispose())

    const down: AccountHealth = {
      read: { problem: 'unreachable', since: NOW, told: { problem: 'unreachable', at: NOW } },
    }
    const event: NewEvent = {
      at: NOW,
      account: WAMM,
      chat: null,
      actor: null,
      via: 'provider',
      facts: { kind: 'account-recovered', way: 'read' },
    }
    const job = { kind: 'notice', key: 'notice:1', pool: 'slack', payload: {}, runAt: NOW }
    const jobs = () =>
      store.takeJobs({ now: NOW, leaseUntil: later(NOW, 1_000), pools: [{ pool: 'slack', limit: 10 }] })

    it('is kept for each account, over a restart too, beside the number of its polls', async () => {
      await store.beginPoll(WAMM)
      await store.changeHealth(WAMM, () => ({ health: down }))
      await store.changeHealth(accountId('never-polled'), () => ({ health: {} }))
      store = await reopen()
      expect(await store.health(WAMM)).toEqual(down)
      expect(await store.health(accountId('another'))).toEqual({})
      expect(await store.beginPoll(WAMM)).toBeGreaterThan(1)
      expect(await store.beginPoll(accountId('never-polled'))).toBe(1)
    })

    it('changes together with an event, under the number that was announced, and the jobs about it', async () => {
      let announced: Parameters<Parameters<Store['changeHealth']>[1]>[1] | null = null
      await store.changeHealth(WAMM, (before, id) => {
        announced = id
        expect(before).toEqual({})
        return { health: down, event, jobs: [job] }
      })
      if (announced === null) throw new Error('nothing was decided')
      expect(await store.event(announced)).toEqual({ ...event, id: announced })
      expect(await jobs()).toMatchObject([{ key: 'notice:1' }])
    })

    it('stays as it was, without event or jobs, when the decision throws', async () => {
      const fails = store.changeHealth(WAMM, () => {
        throw new Error('no')
      })
      await expect(fails).rejects.toThrow('no')
      expect(await store.health(WAMM)).toEqual({})
      expect(await jobs()).toEqual([])
    })
  })
}
