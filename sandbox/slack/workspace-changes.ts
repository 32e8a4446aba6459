import type { Interactions } from './interactions.ts'
import type { Usergroup } from './model.ts'
import type { People } from './people.ts'

/** What admins of the workspace change in Slack's own screens, with the event by which the app hears of it. */
export interface WorkspaceChanges {
  /** Shares a channel with another organisation (Slack Connect), or ends that. */
  readonly shareChannel: (idOrName: string, isExtShared: boolean) => Promise<void>
  readonly changeUsergroup: (
    id: string,
    change: Partial<Pick<Usergroup, 'users' | 'isDisabled'>>,
  ) => Promise<void>
}

const otherTeam = 'T0OTHER'

export const createWorkspaceChanges = ({
  people,
  event,
}: {
  readonly people: People
  readonly event: Interactions['event']
}): WorkspaceChanges => ({
  shareChannel: async (idOrName, isExtShared) => {
    const channel = people.channel(idOrName)
    if (channel === null) throw new Error(`No channel "${idOrName}" in the sandbox's Slack`)
    const { id } = people.changeChannel(channel, { isExtShared })
    await event(
      isExtShared
        ? { type: 'channel_shared', connected_team_id: otherTeam, channel: id }
        : {
            type: 'channel_unshared',
            previously_connected_team_id: otherTeam,
            channel: id,
            is_ext_shared: false,
          },
    )
  },
  changeUsergroup: async (id, change) => {
    const before = people.usergroup(id)
    if (before === null) throw new Error(`No user group "${id}" in the sandbox's Slack`)
    const { users, isDisabled } = people.addUsergroup({ ...before, ...change })
    if (isDisabled !== before.isDisabled) {
      await event({ type: 'subteam_updated', subteam: { id, date_delete: isDisabled ? 1 : 0, users } })
      return
    }
    const added = users.filter((user) => !before.users.includes(user))
    const removed = before.users.filter((user) => !users.includes(user))
    await event({
      type: 'subteam_members_changed',
      subteam_id: id,
      added_users: added,
      added_users_count: String(added.length),
      removed_users: removed,
      removed_users_count: String(removed.length),
    })
  },
})
