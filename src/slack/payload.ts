import { z } from 'zod'
import { slackUserId } from '../routing/ids.ts'
import { element, state } from './form-state.ts'
import type {
  ActionRequest,
  CommandRequest,
  EventRequest,
  OptionsRequest,
  ShortcutRequest,
  SubmissionRequest,
} from './surface.ts'

/**
 * Slack's payloads → the requests of the surface. Each reader returns null for a payload that lacks what
 * the request needs; what else it holds is dropped.
 */
type Reader<T> = (body: unknown) => T | null

const reader =
  <T>(schema: z.ZodType<T>): Reader<T> =>
  (body) => {
    const read = schema.safeParse(body)
    return read.success ? read.data : null
  }

const user = z
  .string()
  .regex(/^[UW][A-Z0-9_]+$/)
  .transform(slackUserId)
const address = z.string().regex(/^https?:\/\//)
const optionalAddress = address.nullish().transform((url) => url ?? null)
const id = z.string().min(1)
const optionalText = z
  .string()
  .nullish()
  .transform((text) => text ?? '')

/** docs.slack.dev/interactivity/implementing-slash-commands */
export const readCommand: Reader<CommandRequest> = reader(
  z
    .object({
      command: id,
      text: optionalText,
      user_id: user,
      team_id: id,
      channel_id: id,
      trigger_id: id,
      response_url: optionalAddress,
    })
    .transform((body) => ({
      command: body.command,
      text: body.text.trim(),
      user: body.user_id,
      teamId: body.team_id,
      channel: body.channel_id,
      triggerId: body.trigger_id,
      responseUrl: body.response_url,
    })),
)

const view = z.object({
  id,
  type: z.enum(['modal', 'home']),
  hash: optionalText,
  callback_id: optionalText,
  private_metadata: optionalText,
  state,
})

const viewRef = (from: z.output<typeof view> | undefined) =>
  from
    ? {
        id: from.id,
        type: from.type,
        hash: from.hash,
        callbackId: from.callback_id,
        privateMetadata: from.private_metadata,
      }
    : null

const interaction = {
  user: z.object({ id: user, team_id: z.string().optional() }),
  /** Null when the app is installed in a whole organisation. */
  team: z.object({ id }).nullish(),
  response_url: optionalAddress,
  channel: z.object({ id }).nullish(),
  message: z.object({ ts: id, thread_ts: id.optional() }).nullish(),
  /** Of an ephemeral message only this is sent. */
  container: z.object({ message_ts: id.optional(), channel_id: id.optional() }).nullish(),
  view: view.optional(),
}

/** No team at all when Slack names two, since one of them is not ours (Slack Connect). */
const origin = (body: {
  readonly user: { readonly team_id?: string | undefined }
  readonly team?: { readonly id: string } | null | undefined
}) => {
  const here = body.team?.id ?? body.user.team_id ?? ''
  return (body.user.team_id ?? here) === here ? here : ''
}

const place = (body: {
  readonly channel?: { readonly id: string } | null | undefined
  readonly message?: { readonly ts: string } | null | undefined
  readonly container?:
    | { readonly message_ts?: string | undefined; readonly channel_id?: string | undefined }
    | null
    | undefined
}) => {
  const channel = body.channel?.id ?? body.container?.channel_id ?? null
  const ts = body.message?.ts ?? body.container?.message_ts
  return { channel, message: channel !== null && ts !== undefined ? { channel, ts } : null }
}

/** docs.slack.dev/reference/interaction-payloads/block_actions-payload; one action at a time is sent. */
export const readAction: Reader<ActionRequest> = reader(
  z
    .object({
      ...interaction,
      type: z.literal('block_actions'),
      trigger_id: id,
      state,
      actions: z.array(z.looseObject({ action_id: id, block_id: id, action_ts: id })).min(1),
    })
    .transform((body, context) => {
      const [action] = body.actions
      const chosen = element.safeParse(action)
      if (!action || !chosen.success) {
        context.addIssue('The action cannot be read')
        return z.NEVER
      }
      return {
        user: body.user.id,
        teamId: origin(body),
        triggerId: body.trigger_id,
        responseUrl: body.response_url,
        actionId: action.action_id,
        blockId: action.block_id,
        actionTs: action.action_ts,
        value: chosen.data[0] ?? null,
        chosen: chosen.data,
        ...place(body),
        view: viewRef(body.view),
        values: body.view?.state ?? body.state,
      }
    }),
)

/** docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload */
export const readShortcut: Reader<ShortcutRequest> = reader(
  z
    .object({
      ...interaction,
      type: z.enum(['shortcut', 'message_action']),
      callback_id: id,
      trigger_id: id,
    })
    .transform((body) => ({
      user: body.user.id,
      teamId: origin(body),
      triggerId: body.trigger_id,
      responseUrl: body.response_url,
      callbackId: body.callback_id,
      ...place(body),
      thread: body.message?.thread_ts ?? null,
    })),
)

/** docs.slack.dev/reference/interaction-payloads/block_suggestion-payload */
export const readOptions: Reader<OptionsRequest> = reader(
  z.object({ ...interaction, action_id: id, block_id: id, value: optionalText }).transform((body) => ({
    user: body.user.id,
    teamId: origin(body),
    actionId: body.action_id,
    blockId: body.block_id,
    text: body.value,
    ...place(body),
    view: viewRef(body.view),
    values: body.view?.state ?? {},
  })),
)

/** docs.slack.dev/reference/interaction-payloads/view-interactions-payload */
export const readSubmission: Reader<SubmissionRequest> = reader(
  z
    .object({
      ...interaction,
      type: z.literal('view_submission'),
      trigger_id: optionalText,
      view,
      /** Only when the form asks for a conversation to answer in. */
      response_urls: z.array(z.object({ response_url: address })).nullish(),
    })
    .transform((body) => ({
      user: body.user.id,
      teamId: origin(body),
      triggerId: body.trigger_id,
      responseUrl: body.response_urls?.[0]?.response_url ?? null,
      callbackId: body.view.callback_id,
      view: {
        id: body.view.id,
        type: body.view.type,
        hash: body.view.hash,
        callbackId: body.view.callback_id,
        privateMetadata: body.view.private_metadata,
      },
      privateMetadata: body.view.private_metadata,
      values: body.view.state,
    })),
)

/** Of what an event calls by its id, or shows whole; null for anything else. */
const idOf = z
  .union([z.string(), z.object({ id: z.string() }).transform((object) => object.id)])
  .nullable()
  .catch(null)

/** docs.slack.dev/apis/events-api, the outer event. */
export const readEvent: Reader<EventRequest> = reader(
  z
    .object({
      event_id: id,
      team_id: optionalText,
      event: z.looseObject({ type: id }).readonly(),
    })
    .transform(({ event_id, team_id, event }) => {
      const user = idOf.parse(event.user)
      return {
        type: event.type,
        eventId: event_id,
        teamId: team_id,
        user: user ? slackUserId(user) : null,
        channel: idOf.parse(event.channel),
        body: event,
      }
    }),
)

/** How to reach the person, read from any payload, however broken the rest of it is. */
export interface Recipient {
  readonly user: string | null
  readonly channel: string | null
  readonly responseUrl: string | null
}

const recipient = z.object({
  user_id: user.optional().catch(undefined),
  user: z.object({ id: user }).optional().catch(undefined),
  response_url: address.optional().catch(undefined),
})

export const readRecipient = (body: unknown): Recipient => {
  const known = recipient.safeParse(body).data
  return {
    user: known?.user_id ?? known?.user?.id ?? null,
    channel: null,
    responseUrl: known?.response_url ?? null,
  }
}
