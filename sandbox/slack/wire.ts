import type { JsonRecord } from './json.ts'
import type { SlackChannel, SlackMessage, SlackUser, SlackView, Usergroup } from './model.ts'
import type { Workspace } from './workspace.ts'

/** The workspace's records as Slack writes them in answers and payloads. */
export const userWire = (user: SlackUser): JsonRecord => ({
  id: user.id,
  team_id: user.teamId,
  name: user.name,
  deleted: user.isDeleted,
  real_name: user.realName,
  tz: user.tz,
  profile: {
    real_name: user.realName,
    display_name: user.name,
    team: user.teamId,
    ...(user.email === null ? {} : { email: user.email }),
  },
  // Slack leaves roles and guest flags out for people who are deactivated.
  ...(user.isDeleted
    ? {}
    : {
        is_admin: user.isAdmin,
        is_owner: user.isOwner,
        is_primary_owner: false,
        is_restricted: user.isRestricted,
        is_ultra_restricted: user.isUltraRestricted,
      }),
  is_bot: user.isBot,
  is_app_user: false,
  ...(user.isStranger ? { is_stranger: true } : {}),
  updated: 0,
})

export const channelWire = (channel: SlackChannel, workspace: Workspace): JsonRecord => {
  const { botUserId } = workspace.app
  const other = [...channel.members].find((member) => member !== botUserId) ?? null
  const shared = {
    id: channel.id,
    created: 1_700_000_000,
    is_archived: channel.isArchived,
    is_im: channel.kind === 'im',
    is_org_shared: false,
    context_team_id: workspace.team.id,
  }
  if (channel.kind === 'im') return { ...shared, user: other, is_user_deleted: false, priority: 0 }
  return {
    ...shared,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: channel.kind === 'public',
    is_group: channel.kind === 'private',
    is_mpim: channel.kind === 'mpim',
    is_private: channel.kind !== 'public',
    is_shared: channel.isExtShared,
    is_ext_shared: channel.isExtShared,
    is_pending_ext_shared: false,
    is_general: channel.name === 'general',
    is_member: channel.members.has(botUserId),
    num_members: channel.members.size,
    topic: { value: '', creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
  }
}

export const usergroupWire = (group: Usergroup, workspace: Workspace): JsonRecord => ({
  id: group.id,
  team_id: workspace.team.id,
  is_usergroup: true,
  name: group.name,
  handle: group.handle,
  description: '',
  is_external: false,
  date_delete: group.isDisabled ? 1_700_000_000 : 0,
  user_count: group.users.length,
})

export const messageWire = (message: SlackMessage, workspace: Workspace): JsonRecord => ({
  type: 'message',
  user: message.user,
  ...(message.user === workspace.app.botUserId
    ? { bot_id: workspace.app.botId, app_id: workspace.app.id }
    : {}),
  text: message.text,
  team: workspace.team.id,
  ts: message.ts,
  ...(message.blocks.length === 0 ? {} : { blocks: message.blocks }),
  ...(message.attachments.length === 0 ? {} : { attachments: message.attachments }),
  ...(message.metadata === null ? {} : { metadata: message.metadata }),
  ...(message.threadTs === null ? {} : { thread_ts: message.threadTs }),
  ...(message.editedTs === null ? {} : { edited: { user: message.user, ts: message.editedTs } }),
})

export const viewWire = (view: SlackView, workspace: Workspace): JsonRecord => ({
  id: view.id,
  team_id: workspace.team.id,
  type: view.type,
  blocks: view.blocks,
  private_metadata: view.privateMetadata,
  callback_id: view.callbackId,
  state: { values: view.values },
  hash: view.hash,
  title: view.source.title ?? { type: 'plain_text', text: 'View Title', emoji: true },
  clear_on_close: view.source.clear_on_close ?? false,
  notify_on_close: view.source.notify_on_close ?? false,
  close: view.source.close ?? null,
  submit: view.source.submit ?? null,
  previous_view_id: view.previousViewId,
  root_view_id: view.rootViewId,
  app_id: workspace.app.id,
  external_id: view.externalId,
  app_installed_team_id: workspace.team.id,
  bot_id: workspace.app.botId,
})
