import type { SlackProfile } from '../store/contract.ts'
import type { SlackUserId, UserGroupId } from './ids.ts'
import type { Role } from './intent.ts'

/** Somebody's role, and what makes it theirs. */
export type Standing =
  | { readonly role: 'outsider' }
  | { readonly role: 'agent' }
  /** Named in the settings, or a member of this group, which is. */
  | { readonly role: 'lead'; readonly because: 'named' | UserGroupId }
  | { readonly role: 'admin'; readonly because: 'named' | 'workspace-admin' }

export interface Roles {
  standing(user: SlackUserId, profile: SlackProfile): Standing
  /** Null for somebody of whom Slack was never asked: that has to come first. */
  roleOf(user: SlackUserId, profile: SlackProfile | null): Role | null
  /** Whom to ask for what takes a lead: those who are named, then members of the groups. */
  leads(): readonly SlackUserId[]
}

/**
 * The one place that says who has which role.
 *
 * @param deps.members of user groups, as far as Slack has told; asked each time, because they change
 */
export function createRoles(deps: {
  readonly admins: readonly SlackUserId[]
  readonly leads: readonly SlackUserId[]
  readonly leadGroups: readonly UserGroupId[]
  readonly members: (group: UserGroupId) => ReadonlySet<SlackUserId>
}): Roles {
  const admins = new Set(deps.admins)
  const leads = new Set(deps.leads)

  function standing(user: SlackUserId, profile: SlackProfile): Standing {
    if (!profile.eligible) return { role: 'outsider' }
    if (admins.has(user)) return { role: 'admin', because: 'named' }
    if (profile.workspaceAdmin) return { role: 'admin', because: 'workspace-admin' }
    if (leads.has(user)) return { role: 'lead', because: 'named' }
    const group = deps.leadGroups.find((id) => deps.members(id).has(user))
    return group === undefined ? { role: 'agent' } : { role: 'lead', because: group }
  }

  return {
    standing,
    roleOf: (user, profile) => (profile === null ? null : standing(user, profile).role),
    leads: () => [...new Set([...leads, ...deps.leadGroups.flatMap((id) => [...deps.members(id)])])],
  }
}
