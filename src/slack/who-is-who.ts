import type { webApi } from '@slack/bolt'
import type { Clock } from '../clock.ts'
import type { Config } from '../config.ts'
import type { Logger } from '../log.ts'
import type { Profiles } from '../routing/enrol.ts'
import { createMeet } from '../routing/meet.ts'
import { createRoles } from '../routing/roles.ts'
import type { Store } from '../store/contract.ts'
import type { Tiers } from './tiers.ts'
import { createUserGroups } from './user-groups.ts'

/** Who has which role: the parts of it, put together. */
export function createWhoIsWho(deps: {
  readonly client: webApi.WebClient
  readonly tiers: Tiers
  readonly store: Pick<Store, 'profile' | 'saveProfiles'>
  readonly profiles: Pick<Profiles, 'byId'>
  readonly named: Pick<Config, 'admins' | 'leads' | 'leadGroups'>
  readonly clock: Clock
  readonly logger: Logger
}) {
  const userGroups = createUserGroups({ ...deps, groups: deps.named.leadGroups })
  const roles = createRoles({ ...deps.named, members: userGroups.members })
  return { userGroups, roles, meet: createMeet({ ...deps, roles }) }
}
