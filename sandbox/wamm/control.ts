import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import type { Fault } from './faults.ts'
import { answer } from './serve-call.ts'
import type { SandboxWamm } from './start-wamm.ts'

/**
 * The sandbox's functions over HTTP, for the demo's page and for people with curl. `GET state`, `calls`,
 * `writes` and `events` (server-sent: one message after each change); everything else is a POST with a
 * JSON body of the function's arguments.
 */
export const serveControl = async (
  wamm: SandboxWamm,
  request: IncomingMessage,
  response: ServerResponse,
  name: string,
): Promise<void> => {
  const reply = (status: number, value: unknown): void => answer(response, status, JSON.stringify(value))
  if (request.method === 'GET' && name === 'events') return serveEvents(wamm, response)
  if (request.method === 'GET') {
    const view = Object.hasOwn(views, name) ? views[name] : undefined
    return view === undefined ? reply(404, { error: 'no such view' }) : reply(200, view(wamm))
  }
  const action = Object.hasOwn(actions, name) ? actions[name] : undefined
  if (request.method !== 'POST' || action === undefined) return reply(404, { error: 'no such action' })
  try {
    const body = await text(request)
    await action(wamm, JSON.parse(body === '' ? '{}' : body))
    reply(200, { ok: true })
  } catch (error) {
    reply(400, { error: error instanceof Error ? error.message : String(error) })
  }
}

const views: Readonly<Record<string, (wamm: SandboxWamm) => unknown>> = {
  state: ({ state, isUp, faults }) => ({
    isUp,
    faults: faults.active(),
    chats: [...state.chats.values()],
    users: [...state.users.values()],
    channel: state.channel,
  }),
  calls: ({ calls }) => calls,
  writes: ({ writes }) => writes,
}

const serveEvents = async (wamm: SandboxWamm, response: ServerResponse): Promise<void> => {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
  const tell = (): void => {
    response.write(`data: ${JSON.stringify({ calls: wamm.calls.length, writes: wamm.writes.length })}\n\n`)
  }
  tell()
  const stop = wamm.onChange(tell)
  await once(response, 'close')
  stop()
}

const key = z.string().min(1)

const fault = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('status'), status: z.int().min(200).max(599) }),
  z.object({ kind: z.literal('rate-limit'), retryAfter: z.string().nullable() }),
  z.object({ kind: z.literal('err'), err: z.string() }),
  z.object({ kind: z.literal('reset'), handled: z.boolean() }),
  z.object({ kind: z.literal('hang'), handled: z.boolean() }),
  z.object({ kind: z.literal('hold') }),
  z.object({ kind: z.literal('hold-answer') }),
  z.object({ kind: z.literal('delay'), delayMs: z.number() }),
  z.object({ kind: z.literal('slow-body'), pauseMs: z.number() }),
  z.object({ kind: z.literal('half-body') }),
  z.object({ kind: z.literal('content-type'), contentType: z.string() }),
  z.object({ kind: z.literal('oversized'), bytes: z.int().max(100_000_000) }),
  z.object({ kind: z.literal('redirect'), to: z.string() }),
  z.object({
    kind: z.literal('answer'),
    body: z.string(),
    status: z.exactOptional(z.int().min(200).max(599)),
    contentType: z.exactOptional(z.string()),
    handled: z.exactOptional(z.boolean()),
  }),
]) satisfies z.ZodType<Fault>

type Action = (wamm: SandboxWamm, body: unknown) => void | Promise<void>

/** An action that runs only on a body of the right shape; the error of a wrong one goes to the caller. */
const withBody =
  <T>(schema: z.ZodType<T>, run: (wamm: SandboxWamm, body: T) => void | Promise<void>): Action =>
  (wamm, body) =>
    run(wamm, schema.parse(body))

const actions: Readonly<Record<string, Action>> = {
  'customer-writes': withBody(
    z.object({
      key,
      text: z.string(),
      name: z.exactOptional(z.string()),
      phoneReal: z.exactOptional(z.string()),
      tip: z.exactOptional(z.enum(['user', 'group'])),
    }),
    (wamm, { key: chat, ...message }) => wamm.customerWrites(chat, message),
  ),
  'staff-writes': withBody(
    z.object({ key, userId: z.string(), text: z.string() }),
    (wamm, { key: chat, ...message }) => wamm.staffWrites(chat, message),
  ),
  assign: withBody(z.object({ key, userId: z.string().nullable() }), (wamm, body) =>
    wamm.assignInProvider(body.key, body.userId),
  ),
  close: withBody(z.object({ key }), (wamm, body) => wamm.closeChat(body.key)),
  'add-user': withBody(
    z.object({
      id: z.string().regex(/^\d+$/),
      name: z.string(),
      email: z.exactOptional(z.string()),
      role: z.exactOptional(z.enum(['user', 'admin'])),
    }),
    (wamm, user) => wamm.addUser(user),
  ),
  'block-user': withBody(
    z.object({ id: z.string(), blocked: z.boolean().default(true) }),
    (wamm, { id, blocked }) => wamm.blockUser(id, blocked),
  ),
  'delete-user': withBody(z.object({ id: z.string() }), (wamm, { id }) => wamm.deleteUser(id)),
  channel: withBody(
    z.object({ state: z.enum(['authorized', 'notAuthorized', 'starting', 'blocked']) }),
    (wamm, { state }) => wamm.setChannelState(state),
  ),
  'trailing-commas': withBody(z.object({ on: z.boolean() }), (wamm, { on }) => wamm.setTrailingCommas(on)),
  fault: withBody(
    z.object({
      fault,
      method: z.exactOptional(
        z.enum(['contact_to_user', 'contact_get', 'user_chats', 'user_list', 'channel_list']),
      ),
      times: z.exactOptional(z.int().positive()),
    }),
    (wamm, rule) => void wamm.faults.add(rule),
  ),
  'clear-faults': (wamm) => wamm.faults.clear(),
  /**
   * The listener goes down with its own control API, so whoever uses that says for how long. Where this is
   * served from elsewhere, `come-back` ends it.
   */
  down: withBody(z.object({ forMs: z.exactOptional(z.number().max(600_000)) }), (wamm, { forMs }) => {
    void goDownFor(wamm, forMs ?? null)
  }),
  'come-back': (wamm) => wamm.comeBack(),
}

/** Begins a moment later, so that the answer to the request itself still leaves. */
const goDownFor = async (wamm: SandboxWamm, forMs: number | null): Promise<void> => {
  await pause(20)
  await wamm.goDown()
  if (forMs === null) return
  await pause(forMs, undefined, { ref: false })
  await wamm.comeBack()
}
