import type { IncomingMessage, ServerResponse } from 'node:http'
import { z } from 'zod'
import { act, actSchema } from './control-act.ts'
import type { Fault } from './faults.ts'
import { isForeign } from './foreign-request.ts'
import { answerJson, readBody } from './http-exchange.ts'
import { parseJson } from './json.ts'
import type { SandboxSlack } from './start-slack.ts'

const faultSchema: z.ZodType<Fault> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('outage') }),
  z.object({ kind: z.literal('reset') }),
  z.object({ kind: z.literal('lost-answer') }),
  z.object({ kind: z.literal('delay'), delayMs: z.number().min(0) }),
  z.object({ kind: z.literal('rate-limited'), retryAfterSeconds: z.number().int().min(1) }),
  z.object({ kind: z.literal('error'), error: z.string() }),
  z.object({ kind: z.literal('html') }),
])

const anyRecord = z.record(z.string(), z.unknown())
const injectSchema = z.object({
  target: z.string().default('any'),
  fault: faultSchema,
  times: z.number().int().min(1).optional(),
})
const socketsSchema = z.object({ do: z.enum(['drop', 'warning', 'refresh_requested']) })
const userSchema = z.object({ name: z.string(), isAdmin: z.boolean().default(false) })
const userChangeSchema = z.object({
  user: z.string(),
  change: z
    .strictObject({ isDeleted: z.boolean(), email: z.email().nullable(), realName: z.string() })
    .partial(),
})
const sharingSchema = z.object({ channel: z.string(), isExtShared: z.boolean() })
const usergroupSchema = z.object({
  id: z.string(),
  users: z.array(z.string()).optional(),
  isDisabled: z.boolean().optional(),
})
const channelSchema = z.object({
  name: z.string(),
  kind: z.enum(['public', 'private']).default('public'),
  members: z.array(z.string()).default([]),
})

/** Members and other sets become lists. */
const plain = (value: unknown): unknown =>
  parseJson(
    JSON.stringify(value, (_key, each: unknown) => (each instanceof Set ? [...each] : each)) ?? 'null',
  )

const snapshot = (slack: SandboxSlack, user: string | null) => {
  const actor = user === null ? null : slack.as(user)
  const sees = (ephemeralTo: string | null) => ephemeralTo === null || ephemeralTo === actor?.id
  const channels = slack.people.channels().filter(({ members }) => actor === null || members.has(actor.id))
  return {
    team: slack.team,
    app: slack.app,
    users: slack.people.users(),
    usergroups: slack.people.usergroups(),
    channels: channels.map((channel) => ({
      ...channel,
      messages: slack
        .messagesIn(channel.id)
        .filter(({ ephemeralTo }) => actor === null || sees(ephemeralTo))
        .slice(-200),
    })),
    modals: actor?.modals() ?? [],
    home: actor?.home() ?? null,
    sockets: slack.sockets.open,
    faults: slack.faults.active(),
    breaches: slack.breaches.slice(-50),
    interactions: slack.interactions.slice(-50),
    calls: slack.calls.slice(-50),
  }
}

/** Server-sent events: one `data:` line of JSON for each change. */
const streamChanges = (slack: SandboxSlack, response: ServerResponse) => {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
  response.write(': connected\n\n')
  const stop = slack.onChange((change) => {
    response.write(`data: ${JSON.stringify(change)}\n\n`)
  })
  response.on('close', stop)
}

const post = async (slack: SandboxSlack, path: string, body: unknown): Promise<unknown> => {
  switch (path) {
    case 'act': {
      const { user } = z.object({ user: z.string() }).parse(body)
      return act(slack, user, actSchema.parse(body))
    }
    case 'raw':
      return slack.raw(anyRecord.parse(body))
    case 'event':
      return slack.event(anyRecord.parse(body))
    case 'faults': {
      const { target, fault, times } = injectSchema.parse(body)
      slack.faults.inject(target, fault, times)
      return slack.faults.active()
    }
    case 'sockets': {
      const asked = socketsSchema.parse(body)
      if (asked.do === 'drop') slack.sockets.drop()
      else slack.sockets.refresh(asked.do)
      return { open: slack.sockets.open }
    }
    case 'users': {
      const { name, ...roles } = userSchema.parse(body)
      await slack.joins({ name, ...roles })
      return slack.people.user(name)
    }
    case 'users/change': {
      const { user, change } = userChangeSchema.parse(body)
      await slack.changes(user, Object.fromEntries(Object.entries(change)))
      return slack.people.user(user)
    }
    case 'sharing': {
      const { channel, isExtShared } = sharingSchema.parse(body)
      return slack.shareChannel(channel, isExtShared)
    }
    case 'usergroups': {
      const { id, users, isDisabled } = usergroupSchema.parse(body)
      return slack.changeUsergroup(id, {
        ...(users === undefined ? {} : { users }),
        ...(isDisabled === undefined ? {} : { isDisabled }),
      })
    }
    case 'channels':
      return slack.addChannel(channelSchema.parse(body))
    default:
      throw new Error(`Nothing at POST /control/${path}`)
  }
}

/**
 * `/control/…`, the actor API for a page or curl:
 * `GET state[?user=ann]` · `GET events` (server-sent) · `POST act {user, do, …}` · `POST raw` · `POST event`
 * · `POST|DELETE faults` · `POST sockets {do}` · `POST users` · `POST users/change {user, change}` · `POST channels`
 * · `POST sharing {channel, isExtShared}` · `POST usergroups {id, users?, isDisabled?}`. Bodies are JSON.
 */
export const handleControl = async (
  slack: SandboxSlack,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
): Promise<void> => {
  if (isForeign(request)) {
    answerJson(response, 403, { error: 'Only JSON from this machine' })
    return
  }
  const url = new URL(request.url ?? '/', 'http://sandbox')
  try {
    switch (`${request.method} ${path}`) {
      case 'GET events':
        streamChanges(slack, response)
        return
      case 'GET state':
        answerJson(response, 200, plain(snapshot(slack, url.searchParams.get('user'))))
        return
      case 'DELETE faults':
        slack.faults.clear()
        answerJson(response, 200, [])
        return
      default: {
        if (request.method !== 'POST') throw new Error(`Nothing at ${request.method} /control/${path}`)
        const body = parseJson(await readBody(request))
        answerJson(response, 200, plain(await post(slack, path, body)))
      }
    }
  } catch (error) {
    const message =
      error instanceof z.ZodError ? z.prettifyError(error) : error instanceof Error ? error.message : 'failed'
    answerJson(response, 400, { error: message })
  }
}
