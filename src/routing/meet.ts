import type { Clock } from '../clock.ts'
import type { Store } from '../store/contract.ts'
import { profileEffects } from './absence.ts'
import type { Profiles } from './enrol.ts'
import type { SlackUserId } from './ids.ts'
import type { Roles, Standing } from './roles.ts'

/** Who somebody is to Baton. */
export type Met =
  | { readonly kind: 'met'; readonly standing: Standing }
  /** Slack could not be asked now. */
  | { readonly kind: 'retry'; readonly reason: string; readonly afterMs?: number }

export type Meet = (user: SlackUserId) => Promise<Met>

/** Somebody's role, as the store knows them; whom it does not know, Slack is asked about, once. */
export const createMeet =
  (deps: {
    readonly store: Pick<Store, 'profile' | 'saveProfiles'>
    readonly profiles: Pick<Profiles, 'byId'>
    readonly roles: Pick<Roles, 'standing'>
    readonly clock: Clock
  }): Meet =>
  async (user) => {
    const { store, roles } = deps
    const known = await store.profile(user)
    if (known !== null) return { kind: 'met', standing: roles.standing(user, known) }
    const asked = await deps.profiles.byId(user)
    if (asked.kind === 'retry') return asked
    // Whom Slack does not show is none of ours.
    const profile = asked.kind === 'found' ? asked.profile : { ...NOBODY, user, name: user }
    await store.saveProfiles([profile], (before, after, links) =>
      profileEffects(before, after, links, deps.clock.now()),
    )
    return { kind: 'met', standing: roles.standing(user, profile) }
  }

const NOBODY = { email: null, workspaceAdmin: false, eligible: false, deactivated: false }
