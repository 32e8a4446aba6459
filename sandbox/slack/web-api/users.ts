import type { SlackUser } from '../model.ts'
import { Refusal } from '../refusal.ts'
import { usergroupWire, userWire } from '../wire.ts'
import type { Workspace } from '../workspace.ts'
import { type Args, flag, type MethodFamily, optionalText, page, requiredText } from './method.ts'

const namedUser = (args: Args, workspace: Workspace): SlackUser => {
  const user = workspace.people.user(requiredText(args, 'user'))
  if (user === null) throw new Refusal('user_not_found')
  return user
}

export const usersMethods: MethodFamily = {
  'users.info': {
    token: 'bot',
    scope: 'users:read',
    tier: 4,
    run: (args, { workspace }) => {
      const user = userWire(namedUser(args, workspace))
      return { user: flag(args, 'include_locale') ? { ...user, locale: 'en-GB' } : user }
    },
  },
  'users.list': {
    token: 'bot',
    scope: 'users:read',
    tier: 2,
    run: (args, { workspace }) => {
      // People met only in shared channels are not in the workspace's own list.
      const own = workspace.people.users().filter((user) => user.teamId === workspace.team.id)
      // Slack: "If the collection is too large you may experience limit_required".
      if (optionalText(args, 'limit') === null && own.length > 1_000) throw new Refusal('limit_required')
      const { items, response_metadata } = page(own, args)
      return {
        members: items.map(userWire),
        cache_ts: Math.floor(workspace.clock() / 1000),
        response_metadata,
      }
    },
  },
  'users.lookupByEmail': {
    token: 'bot',
    scope: 'users:read.email',
    tier: 3,
    run: (args, { workspace }) => {
      const user = workspace.people.userByEmail(requiredText(args, 'email'))
      if (user === null || user.isDeleted) throw new Refusal('users_not_found')
      return { user: userWire(user) }
    },
  },
  'users.getPresence': {
    token: 'bot',
    scope: 'users:read',
    tier: 3,
    run: (args, { workspace }) => ({ presence: namedUser(args, workspace).presence }),
  },
  'usergroups.list': {
    token: 'bot',
    scope: 'usergroups:read',
    tier: 2,
    run: (args, { workspace }) => {
      const groups = workspace.people
        .usergroups()
        .filter((group) => flag(args, 'include_disabled') || !group.isDisabled)
      return {
        usergroups: groups.map((group) => ({
          ...usergroupWire(group, workspace),
          ...(flag(args, 'include_users') ? { users: group.users } : {}),
        })),
      }
    },
  },
  'usergroups.users.list': {
    token: 'bot',
    scope: 'usergroups:read',
    tier: 2,
    run: (args, { workspace }) => {
      const group = workspace.people.usergroup(requiredText(args, 'usergroup'))
      if (group === null || (group.isDisabled && !flag(args, 'include_disabled'))) {
        throw new Refusal('no_such_subteam')
      }
      return { users: group.users }
    },
  },
  'bots.info': {
    token: 'bot',
    scope: 'users:read',
    tier: 3,
    run: (args, { workspace }) => {
      const { app } = workspace
      if ((optionalText(args, 'bot') ?? app.botId) !== app.botId) throw new Refusal('bot_not_found')
      return {
        bot: {
          id: app.botId,
          deleted: false,
          name: app.name,
          app_id: app.id,
          user_id: app.botUserId,
          icons: {},
        },
      }
    },
  },
}
