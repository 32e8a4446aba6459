import type { Clock } from '../clock.ts'
import type { JobPayload } from '../jobs/catalogue.ts'
import type { JobOutcome } from '../jobs/worker.ts'
import type { Store } from '../store/contract.ts'
import { afterList, profileEffects } from './absence.ts'
import type { Accounts } from './accounts.ts'
import { matchByEmail, type Profiles } from './enrol.ts'
import type { Linker } from './link-person.ts'
import { madeAnew } from './match-everyone.ts'
import { askAgain, tryAgain } from './try-again.ts'

/** The job handlers that keep links right when somebody changes in Slack or at a provider. */
export function createPeople(deps: {
  readonly store: Pick<Store, 'saveProfiles' | 'saveProviderUsers' | 'links' | 'linksIn' | 'providerUsers'>
  readonly profiles: Pick<Profiles, 'byId'>
  readonly linker: Pick<Linker, 'link'>
  readonly accounts: Accounts
  readonly clock: Clock
}) {
  const { store, linker, clock } = deps
  return {
    /** Slack is asked, since events come late and in any order; then whoever is new may be found by their address. */
    async person({ user }: JobPayload<'person'>): Promise<JobOutcome> {
      const asked = await deps.profiles.byId(user)
      if (asked.kind === 'retry') return askAgain(asked)
      if (asked.kind === 'unknown') return { kind: 'done' }
      const { profile } = asked
      await store.saveProfiles([profile], (before, after, links) =>
        profileEffects(before, after, links, clock.now()),
      )
      const linked = new Set((await store.links(user)).map(({ account }) => account))
      for (const { id } of deps.accounts.values()) {
        const match = matchByEmail(profile, await store.providerUsers(id))
        if (linked.has(id) || match.kind !== 'match') continue
        await linker.link(id, user, match.user, { actor: null, how: 'email' })
      }
      return { kind: 'done' }
    },
    async 'second-look'({ account: id }: JobPayload<'second-look'>): Promise<JobOutcome> {
      const listed = await deps.accounts.get(id)?.adapter.listUsers?.()
      if (listed?.kind === 'retry') return tryAgain(listed)
      if (listed?.kind === 'done')
        await store.saveProviderUsers(id, (known) => afterList(id, known, listed.value, clock.now()))
      return { kind: 'done' }
    },
    async relink({ account }: JobPayload<'relink'>): Promise<JobOutcome> {
      const moves = madeAnew(await store.providerUsers(account), await store.linksIn(account))
      for (const { person, to } of moves)
        await linker.link(account, person, to, { actor: null, how: 'moved' })
      return { kind: 'done' }
    },
  }
}
