import { stateOf } from './inputs.ts'
import type { JsonRecord } from './json.ts'
import { blocksOf } from './messages.ts'
import type { SlackChannel, SlackMessage, SlackUser, SlackView } from './model.ts'
import type { ResponseUrls } from './response-url.ts'
import { messageWire, viewWire } from './wire.ts'
import type { Workspace } from './workspace.ts'

/** A payload with what the sandbox handed out for it. */
export interface Prepared {
  readonly payload: JsonRecord
  readonly triggerId: string | null
  readonly responseUrl: string | null
}

const notEnterprise = { enterprise: null, is_enterprise_install: false }

/** `directmessage` and `privategroup`: Slack does not tell the names of private conversations. */
const channelName = ({ kind, name }: SlackChannel): string =>
  kind === 'im' ? 'directmessage' : kind === 'private' ? 'privategroup' : name

export type Payloads = ReturnType<typeof createPayloads>

/** Builds what Slack sends for each thing a person can do (docs.slack.dev/reference/interaction-payloads). */
export const createPayloads = (parts: {
  readonly workspace: Workspace
  readonly responseUrls: ResponseUrls
}) => {
  const { workspace, responseUrls } = parts
  const { app, team, ids, triggers } = workspace

  const userPart = (user: SlackUser) => ({
    id: user.id,
    username: user.name,
    name: user.name,
    team_id: user.teamId,
  })
  const appPart = { api_app_id: app.id, token: app.verificationToken }
  const teamPart = { id: team.id, domain: team.domain }
  const channelPart = (channel: SlackChannel) => ({ id: channel.id, name: channelName(channel) })
  const viewContainer = (view: SlackView) => ({ type: 'view', view_id: view.id })
  const messageContainer = (message: SlackMessage) => ({
    type: 'message',
    message_ts: message.ts,
    channel_id: message.channel,
    is_ephemeral: message.ephemeralTo !== null,
    ...(message.threadTs === null ? {} : { thread_ts: message.threadTs }),
  })
  /** Slack leaves the message out when it is ephemeral. */
  const messagePart = (message: SlackMessage) =>
    message.ephemeralTo === null ? { message: messageWire(message, workspace) } : {}

  return {
    /** The view as events carry it. */
    viewPart: (view: SlackView) => viewWire(view, workspace),

    command: (user: SlackUser, channel: SlackChannel, command: string, text: string): Prepared => {
      const triggerId = triggers.make(user.id, null)
      const responseUrl = responseUrls.make({ user: user.id, channel: channel.id, messageTs: null })
      return {
        triggerId,
        responseUrl,
        payload: {
          token: app.verificationToken,
          team_id: team.id,
          team_domain: team.domain,
          channel_id: channel.id,
          channel_name: channelName(channel),
          user_id: user.id,
          user_name: user.name,
          command,
          text,
          api_app_id: app.id,
          is_enterprise_install: 'false',
          response_url: responseUrl,
          trigger_id: triggerId,
        },
      }
    },

    messageAction: (
      user: SlackUser,
      channel: SlackChannel,
      message: SlackMessage,
      action: JsonRecord,
    ): Prepared => {
      const triggerId = triggers.make(user.id, null)
      const responseUrl = responseUrls.make({
        user: user.id,
        channel: message.channel,
        messageTs: message.ts,
      })
      return {
        triggerId,
        responseUrl,
        payload: {
          type: 'block_actions',
          user: userPart(user),
          ...appPart,
          container: messageContainer(message),
          trigger_id: triggerId,
          team: teamPart,
          ...notEnterprise,
          channel: channelPart(channel),
          ...messagePart(message),
          state: { values: stateOf(blocksOf(message)) },
          response_url: responseUrl,
          actions: [{ ...action, action_ts: ids.ts() }],
        },
      }
    },

    viewAction: (user: SlackUser, view: SlackView, action: JsonRecord): Prepared => {
      const triggerId = triggers.make(user.id, view.type === 'modal' ? view.id : null)
      return {
        triggerId,
        responseUrl: null,
        payload: {
          type: 'block_actions',
          user: userPart(user),
          ...appPart,
          container: viewContainer(view),
          trigger_id: triggerId,
          team: teamPart,
          ...notEnterprise,
          view: viewWire(view, workspace),
          actions: [{ ...action, action_ts: ids.ts() }],
        },
      }
    },

    suggestion: (
      user: SlackUser,
      target: SlackView | SlackMessage,
      element: JsonRecord,
      blockId: string,
      typed: string,
    ): Prepared => {
      const place =
        'ts' in target
          ? { container: messageContainer(target), channel: { id: target.channel }, ...messagePart(target) }
          : { container: viewContainer(target), view: viewWire(target, workspace) }
      return {
        triggerId: null,
        responseUrl: null,
        payload: {
          type: 'block_suggestion',
          user: userPart(user),
          ...appPart,
          action_id: element.action_id,
          block_id: blockId,
          value: typed,
          team: teamPart,
          ...notEnterprise,
          ...place,
        },
      }
    },

    submission: (
      user: SlackUser,
      view: SlackView,
      answerTo: readonly { readonly blockId: string; readonly actionId: string; readonly channel: string }[],
    ): Prepared => {
      const triggerId = triggers.make(user.id, view.id)
      return {
        triggerId,
        responseUrl: null,
        payload: {
          type: 'view_submission',
          team: teamPart,
          user: userPart(user),
          ...appPart,
          trigger_id: triggerId,
          view: viewWire(view, workspace),
          response_urls: answerTo.map(({ blockId, actionId, channel }) => ({
            block_id: blockId,
            action_id: actionId,
            channel_id: channel,
            response_url: responseUrls.make({ user: user.id, channel, messageTs: null }),
          })),
          ...notEnterprise,
        },
      }
    },

    closed: (user: SlackUser, view: SlackView, isCleared: boolean): Prepared => ({
      triggerId: null,
      responseUrl: null,
      payload: {
        type: 'view_closed',
        team: teamPart,
        user: userPart(user),
        ...appPart,
        view: viewWire(view, workspace),
        is_cleared: isCleared,
        ...notEnterprise,
      },
    }),

    globalShortcut: (user: SlackUser, callbackId: string): Prepared => {
      const triggerId = triggers.make(user.id, null)
      return {
        triggerId,
        responseUrl: null,
        payload: {
          type: 'shortcut',
          token: app.verificationToken,
          action_ts: ids.ts(),
          team: teamPart,
          user: { id: user.id, username: user.name, team_id: user.teamId },
          ...notEnterprise,
          callback_id: callbackId,
          trigger_id: triggerId,
        },
      }
    },

    messageShortcut: (
      user: SlackUser,
      channel: SlackChannel,
      message: SlackMessage,
      callbackId: string,
    ): Prepared => {
      const triggerId = triggers.make(user.id, null)
      const responseUrl = responseUrls.make({ user: user.id, channel: channel.id, messageTs: message.ts })
      return {
        triggerId,
        responseUrl,
        payload: {
          type: 'message_action',
          token: app.verificationToken,
          action_ts: ids.ts(),
          team: teamPart,
          user: userPart(user),
          channel: channelPart(channel),
          ...notEnterprise,
          callback_id: callbackId,
          trigger_id: triggerId,
          response_url: responseUrl,
          message_ts: message.ts,
          message: messageWire(message, workspace),
        },
      }
    },

    /** The Events API's envelope around one event. */
    event: (event: JsonRecord): JsonRecord => ({
      token: app.verificationToken,
      team_id: team.id,
      context_team_id: team.id,
      context_enterprise_id: null,
      api_app_id: app.id,
      event: { event_ts: ids.ts(), ...event },
      type: 'event_callback',
      event_id: ids.next('Ev'),
      event_time: Math.floor(workspace.clock() / 1000),
      authorizations: [
        {
          enterprise_id: null,
          team_id: team.id,
          user_id: app.botUserId,
          is_bot: true,
          is_enterprise_install: false,
        },
      ],
      is_ext_shared_channel: false,
      event_context: ids.secret(),
    }),
  }
}
