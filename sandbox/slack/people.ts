import type { Changes } from './changes.ts'
import type { Ids } from './ids.ts'
import type { ChannelKind, SlackChannel, SlackUser, Usergroup } from './model.ts'

/** Everything but the name has a default: an active full member of this workspace. */
type NewUser = Partial<SlackUser> & { readonly name: string }
interface NewChannel {
  readonly name: string
  readonly id?: string
  readonly kind?: ChannelKind
  readonly isArchived?: boolean
  readonly isExtShared?: boolean
  /** User ids or names. The bot is a member only if it is listed. */
  readonly members?: readonly string[]
}
interface NewUsergroup {
  readonly handle: string
  readonly id?: string
  readonly name?: string
  readonly isDisabled?: boolean
  readonly users?: readonly string[]
}

export interface People {
  readonly addUser: (user: NewUser) => SlackUser
  /** Throws when there is no such user. */
  readonly changeUser: (idOrName: string, change: Partial<SlackUser>) => SlackUser
  readonly user: (idOrName: string) => SlackUser | null
  readonly userByEmail: (email: string) => SlackUser | null
  readonly users: () => readonly SlackUser[]
  readonly addChannel: (channel: NewChannel) => SlackChannel
  readonly changeChannel: (channel: SlackChannel, change: Partial<SlackChannel>) => SlackChannel
  /** By id, `name` or `#name`. */
  readonly channel: (idOrName: string) => SlackChannel | null
  readonly channels: () => readonly SlackChannel[]
  /** The conversation of exactly these people, made when there is none yet. */
  readonly direct: (users: readonly string[]) => { readonly channel: SlackChannel; readonly existed: boolean }
  readonly addUsergroup: (group: NewUsergroup) => Usergroup
  readonly usergroup: (id: string) => Usergroup | null
  readonly usergroups: () => readonly Usergroup[]
}

export const createPeople = (parts: {
  readonly ids: Ids
  readonly changes: Changes
  readonly teamId: string
}): People => {
  const { ids, changes, teamId } = parts
  const users = new Map<string, SlackUser>()
  const userIdsByName = new Map<string, string>()
  const channels = new Map<string, SlackChannel>()
  const channelIdsByName = new Map<string, string>()
  const directIds = new Map<string, string>()
  const usergroups = new Map<string, Usergroup>()
  const announce = () => changes.announce({ kind: 'people' })

  const user = (idOrName: string): SlackUser | null =>
    users.get(idOrName) ?? users.get(userIdsByName.get(idOrName) ?? '') ?? null

  const saveUser = (saved: SlackUser): SlackUser => {
    users.set(saved.id, saved)
    userIdsByName.set(saved.name, saved.id)
    announce()
    return saved
  }

  const saveChannel = (saved: SlackChannel): SlackChannel => {
    channels.set(saved.id, saved)
    if (saved.kind === 'public' || saved.kind === 'private') channelIdsByName.set(saved.name, saved.id)
    announce()
    return saved
  }

  const idsOf = (members: readonly string[]) => members.map((member) => user(member)?.id ?? member)

  const addChannel = (added: NewChannel): SlackChannel => {
    const { kind = 'public', members = [] } = added
    return saveChannel({
      id: added.id ?? ids.next(kind === 'im' ? 'D' : 'C'),
      name: added.name,
      kind,
      isArchived: added.isArchived ?? false,
      isExtShared: added.isExtShared ?? false,
      members: new Set(idsOf(members)),
    })
  }

  return {
    addUser: (added) =>
      saveUser({
        id: ids.next('U'),
        realName: added.name.charAt(0).toUpperCase() + added.name.slice(1),
        email: `${added.name}@acme.test`,
        isAdmin: false,
        isOwner: false,
        isBot: false,
        isDeleted: false,
        isRestricted: false,
        isUltraRestricted: false,
        isStranger: false,
        teamId,
        tz: 'Europe/Berlin',
        presence: 'active',
        ...added,
      }),
    changeUser: (idOrName, change) => {
      const before = user(idOrName)
      if (before === null) throw new Error(`No user "${idOrName}" in the sandbox's Slack`)
      return saveUser({ ...before, ...change })
    },
    user,
    userByEmail: (email) =>
      [...users.values()].find((each) => each.email?.toLowerCase() === email.toLowerCase()) ?? null,
    users: () => [...users.values()],
    addChannel,
    changeChannel: (channel, change) => saveChannel({ ...channel, ...change }),
    channel: (idOrName) =>
      channels.get(idOrName) ?? channels.get(channelIdsByName.get(idOrName.replace(/^#/, '')) ?? '') ?? null,
    channels: () => [...channels.values()],
    direct: (members) => {
      const key = [...members].sort().join(',')
      const existing = channels.get(directIds.get(key) ?? '')
      if (existing !== undefined) return { channel: existing, existed: true }
      const kind = members.length > 2 ? 'mpim' : 'im'
      const channel = addChannel({ name: kind === 'im' ? 'directmessage' : `mpdm-${key}`, kind, members })
      directIds.set(key, channel.id)
      return { channel, existed: false }
    },
    addUsergroup: (added) => {
      const group = {
        id: added.id ?? ids.next('S'),
        handle: added.handle,
        name: added.name ?? added.handle,
        isDisabled: added.isDisabled ?? false,
        users: idsOf(added.users ?? []),
      }
      usergroups.set(group.id, group)
      announce()
      return group
    },
    usergroup: (id) => usergroups.get(id) ?? null,
    usergroups: () => [...usergroups.values()],
  }
}
