import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { NewJob } from '../../src/jobs/contract.ts'
import { noEffects } from '../../src/routing/absence.ts'
import { chatKey, type EventId, later, providerUserId } from '../../src/routing/ids.ts'
import type { Store } from '../../src/store/contract.ts'
import { ANN, BO, NOW, WAMM } from '../fixtures/chats.ts'
import type { MakeStore } from './store-contract.ts'

/** The part of the store contract that is about who is who. */
export function peopleStoreContract(name: string, make: MakeStore): void {
  describe(`people: ${name}`, () => {
    let store: Store
    let reopen: () => Promise<Store>
    let dispose: () => Promise<void>
    beforeEach(async () => {
      ;({ store, reopen, dispose } = await make())
    })
    afterEach(() => dispose())

    const job = ({ key }: { readonly key: string }): NewJob => ({
      kind: 'card',
      key,
      pool: 'slack',
      payload: { chat: 'chat-1' },
      runAt: NOW,
    })
    const take = () =>
      store.takeJobs({
        now: NOW,
        leaseUntil: later(NOW, 1_000),
        pools: [{ pool: 'slack', limit: 10 }],
      })
    const linkEvent = {
      at: NOW,
      account: WAMM,
      chat: null,
      actor: ANN.slackUser,
      via: 'rule',
      facts: { kind: 'linked', slackUser: ANN.slackUser, to: ANN.providerUser, how: 'email' },
    } as const

    it('keeps what follows from a change of people together with it, and with how far their reading came', async () => {
      const profile = { name: 'Ann', email: null, workspaceAdmin: true, eligible: true, deactivated: false }
      const ann = { ...profile, user: ANN.slackUser }
      const run = { startedAt: NOW, askedBy: [], step: { kind: 'links' }, unread: [] } as const
      const seen: unknown[] = []
      const effects = (before: unknown) => {
        seen.push(before)
        return {
          events: [{ event: linkEvent, jobs: (id: EventId) => [job({ key: `about:${id}` })] }],
          jobs: [job({ key: 'also' })],
        }
      }
      expect(await store.directoryRun()).toBeNull()
      await store.saveProfiles([ann], effects, () => ({ run, jobs: [job({ key: 'next' })] }))
      store = await reopen()
      expect(await store.directoryRun()).toEqual(run)
      expect((await take()).map(({ key }) => key.replace(/\d+$/, 'N'))).toEqual(['about:N', 'also', 'next'])
      await store.saveProfiles([{ ...ann, name: 'Anna' }], effects, () => null)
      expect(seen).toEqual([null, ann])
      expect(await store.directoryRun()).toEqual(run)
      const fail = (): never => {
        throw new Error('no')
      }
      await expect(store.saveProfiles([ann], () => noEffects, fail)).rejects.toThrow('no')
      expect(await store.profiles()).toEqual([{ ...ann, name: 'Anna' }])
    })

    it('lets no rule link anew whoever was unlinked by hand, until somebody does by hand', async () => {
      const link = { account: WAMM, ...ANN }
      await store.link(link, 'rule', linkEvent, [])
      expect(await store.unlinkedIn(WAMM)).toEqual(new Set())
      await store.unlink(link, linkEvent, [])
      store = await reopen()
      expect(await store.unlinkedIn(WAMM)).toEqual(new Set([ANN.slackUser]))
      expect(await store.link(link, 'rule', linkEvent, [job({ key: 'never' })])).toEqual({ kind: 'undone' })
      expect(await store.links(ANN.slackUser)).toEqual([])
      expect(await take()).toEqual([])
      expect(await store.link(link, 'hand', linkEvent, [])).toEqual({ kind: 'linked' })
      expect(await store.unlinkedIn(WAMM)).toEqual(new Set())
    })

    it('knows everybody as the last change left them, also where another one of the same moment was not kept', async () => {
      const profile = { name: 'Ann', email: null, workspaceAdmin: true, eligible: true, deactivated: false }
      const ann = { ...profile, user: ANN.slackUser }
      const bo = { ...profile, name: 'Bo', user: BO.slackUser }
      const inside = () =>
        store.change({ account: WAMM, key: chatKey('x') }, [ANN.slackUser], ({ links, profiles }) => ({
          result: [links.get(ANN.slackUser), profiles.get(ANN.slackUser)?.name],
        }))
      const outside = async () => [
        [...(await store.slackUsers(WAMM, [ANN.providerUser])).values()][0],
        (await store.links(ANN.slackUser)).length,
        (await store.profile(ANN.slackUser))?.name,
      ]
      expect([await inside(), await outside()]).toEqual([
        [undefined, undefined],
        [undefined, 0, undefined],
      ])
      await store.saveProfiles([ann], () => noEffects)
      await store.link({ account: WAMM, ...ANN }, 'hand', linkEvent, [])
      expect([await inside(), await outside()]).toEqual([
        [ANN.providerUser, 'Ann'],
        [ANN.slackUser, 1, 'Ann'],
      ])
      // Ann's new name is written before it turns out that the change cannot be kept; a decision of the same moment can.
      const refused = store.saveProfiles([{ ...ann, name: 'Anna' }, bo], (_, { user }) => {
        if (user === BO.slackUser) throw new Error('no')
        return noEffects
      })
      const decided = inside()
      await expect(refused).rejects.toThrow('no')
      expect([await decided, await inside(), await outside()]).toEqual([
        [ANN.providerUser, 'Ann'],
        [ANN.providerUser, 'Ann'],
        [ANN.slackUser, 1, 'Ann'],
      ])
      const renamed = store.saveProfiles([{ ...ann, name: 'Anne' }], () => noEffects)
      const unlinked = store.unlink({ account: WAMM, ...ANN }, linkEvent, [])
      expect(await inside()).toEqual([undefined, 'Anne'])
      await Promise.all([renamed, unlinked])
      expect(await outside()).toEqual([undefined, 0, 'Anne'])
    })

    it('tells why somebody cannot work on chats', async () => {
      const user = { name: 'x', email: null, active: true }
      const ids = [ANN.providerUser, BO.providerUser, providerUserId('9')]
      const users = [
        { ...user, id: ANN.providerUser },
        { ...user, id: BO.providerUser, active: false },
      ]
      await store.saveProviderUsers(WAMM, () => ({ ...noEffects, users }))
      await store.link({ account: WAMM, ...ANN }, 'hand', linkEvent, [])
      expect(await store.absences(WAMM, ids)).toEqual(new Map([[BO.providerUser, 'provider']]))
      const profile = {
        user: ANN.slackUser,
        name: 'Ann',
        email: null,
        workspaceAdmin: false,
        eligible: false,
      }
      await store.saveProfiles([{ ...profile, deactivated: true }], () => noEffects)
      const both = new Map([
        [ANN.providerUser, 'slack'],
        [BO.providerUser, 'provider'],
      ])
      expect(await store.absences(WAMM, ids)).toEqual(both)
      const inside = await store.change({ account: WAMM, key: chatKey('x') }, [], ({ absenceOf }) => ({
        result: ids.map(absenceOf),
      }))
      expect(inside).toEqual(['slack', 'provider', null])
      await store.addProviderUser(WAMM, { ...user, id: BO.providerUser })
      expect((await store.absences(WAMM, ids)).has(BO.providerUser)).toBe(false)
    })
  })
}
