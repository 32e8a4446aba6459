import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import type { Fault } from './faults.ts'
import { answer } from './serve-call.ts'
import type { SandboxProvider } from './start-provider.ts'

/** One function of a sandbox over HTTP; throws, and the caller is told why, for a body of another shape. */
export type ControlAction<P> = (provider: P, body: unknown) => void | Promise<void>

export interface Control<P> {
  /** What `GET` shows, beside `calls` and `events`. */
  readonly views: Readonly<Record<string, (provider: P) => unknown>>
  /** What `POST` does, beside faults and going down. */
  readonly actions: Readonly<Record<string, ControlAction<P>>>
}

/** An action that runs only on a body of the right shape. */
export const withBody =
  <P, T>(schema: z.ZodType<T>, run: (provider: P, body: T) => void | Promise<void>): ControlAction<P> =>
  (provider, body) =>
    run(provider, schema.parse(body))

/**
 * A sandbox's functions over HTTP, for the demo's page and for people with curl. `GET calls`, `events`
 * (server-sent: one message after each change) and `control.views`; everything else is a POST with a JSON
 * body of the function's arguments.
 */
export const serveControl = async <P extends SandboxProvider<string>>(
  provider: P,
  control: Control<P>,
  request: IncomingMessage,
  response: ServerResponse,
  name: string,
): Promise<void> => {
  const reply = (status: number, value: unknown): void => answer(response, status, JSON.stringify(value))
  if (request.method === 'GET') {
    if (name === 'events') return serveEvents(provider, response)
    if (name === 'calls') return reply(200, provider.calls)
    const view = Object.hasOwn(control.views, name) ? control.views[name] : undefined
    return view === undefined ? reply(404, { error: 'no such view' }) : reply(200, view(provider))
  }
  const actions: Readonly<Record<string, ControlAction<P>>> = { ...ofEveryProvider, ...control.actions }
  const action = Object.hasOwn(actions, name) ? actions[name] : undefined
  if (request.method !== 'POST' || action === undefined) return reply(404, { error: 'no such action' })
  try {
    const body = await text(request)
    await action(provider, JSON.parse(body === '' ? '{}' : body))
    reply(200, { ok: true })
  } catch (error) {
    reply(400, { error: error instanceof Error ? error.message : String(error) })
  }
}

const serveEvents = async (provider: SandboxProvider<string>, response: ServerResponse): Promise<void> => {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
  const tell = (): void => {
    response.write(`data: ${JSON.stringify({ calls: provider.calls.length })}\n\n`)
  }
  tell()
  const stop = provider.onChange(tell)
  await once(response, 'close')
  stop()
}

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

const ofEveryProvider: Readonly<Record<string, ControlAction<SandboxProvider<string>>>> = {
  fault: withBody(
    z.object({
      fault,
      method: z.exactOptional(z.string()),
      times: z.exactOptional(z.int().positive()),
    }),
    (provider, rule) => void provider.faults.add(rule),
  ),
  'clear-faults': (provider) => provider.faults.clear(),
  /**
   * The listener goes down with its own control API, so whoever uses that says for how long. Where this is
   * served from elsewhere, `come-back` ends it.
   */
  down: withBody(z.object({ forMs: z.exactOptional(z.number().max(600_000)) }), (provider, { forMs }) => {
    void goDownFor(provider, forMs ?? null)
  }),
  'come-back': (provider) => provider.comeBack(),
}

/** Begins a moment later, so that the answer to the request itself still leaves. */
const goDownFor = async (provider: SandboxProvider<string>, forMs: number | null): Promise<void> => {
  await pause(20)
  await provider.goDown()
  if (forMs === null) return
  await pause(forMs, undefined, { ref: false })
  await provider.comeBack()
}
