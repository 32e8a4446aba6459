import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { Changes } from './changes.ts'
import { createFaults, type Faults } from './faults.ts'
import { answer, type ProviderAnswer, page, serveCall } from './serve-call.ts'

/** One request to the API. No token is ever part of it, only whether it was the right one. */
export interface ProviderCall<Method extends string> {
  readonly atMs: number
  readonly method: Method
  /** What the path and the query name, without the token. */
  readonly args: readonly string[]
  /** Of a POST or PUT: its JSON, or its text where it is none; else null. */
  readonly body: unknown
  readonly tokenAccepted: boolean
  /** Kind of the fault that it met. */
  readonly fault: string | null
  /** An assigning call that came while the caller still waited for another one about the same chat. */
  readonly overlaps: boolean
}

export interface ProviderRequest {
  readonly verb: string
  /** With path and query as they came. */
  readonly url: URL
  readonly headers: IncomingMessage['headers']
  readonly body: unknown
}

/** What a request is, by the provider's documentation. */
export interface Routed<Method extends string> {
  readonly method: Method
  readonly args: readonly string[]
  readonly tokenAccepted: boolean
  /** The chat whose holder it is to change, or null. */
  readonly assigns: string | null
  /** Carries the call out. */
  readonly handle: () => ProviderAnswer
}

export interface SandboxProvider<Method extends string> extends Pick<Changes, 'onChange' | 'until'> {
  /** `http://127.0.0.1:port` */
  readonly url: string
  readonly calls: readonly ProviderCall<Method>[]
  readonly faults: Pick<Faults, 'add' | 'clear' | 'active'>
  /** False between `goDown` and `comeBack`. */
  readonly isUp: boolean
  /** Refuses connections until `comeBack`, which listens on the same port. */
  goDown(): Promise<void>
  comeBack(): Promise<void>
  /** Serves what is asked for under `/control/`, for a server that passes it on. */
  control(request: IncomingMessage, response: ServerResponse, name: string): Promise<void>
  close(): Promise<void>
}

/**
 * A provider's API over real HTTP on 127.0.0.1, with faults on demand; what its requests mean is in `route`.
 *
 * @param options.route null for a path that the provider does not have
 * @param options.refuse the provider's own refusal with this text or code
 * @param options.control serves what is asked for under `/control/`
 */
export const startProvider = async <Method extends string>(options: {
  readonly route: (request: ProviderRequest) => Routed<Method> | null
  readonly refuse: (err: string) => ProviderAnswer
  readonly control: (request: IncomingMessage, response: ServerResponse, name: string) => Promise<void>
  readonly changes: Changes
  readonly nowMs: () => number
  readonly onClose?: () => void
  readonly port?: number
}): Promise<SandboxProvider<Method>> => {
  const { changed, onChange, until } = options.changes
  const faults = createFaults(changed)
  const calls: ProviderCall<Method>[] = []
  /** Chats of the assigning calls whose caller still waits. */
  const assigning: string[] = []
  let closed = false

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://sandbox')
    if (url.pathname.startsWith('/control/'))
      return options.control(request, response, url.pathname.slice('/control/'.length))
    const verb = request.method ?? 'GET'
    const body = verb === 'GET' ? null : parsed(await text(request))
    const routed = options.route({ verb, url, headers: request.headers, body })
    if (routed === null) return answer(response, 404, page(404), 'text/html')
    const { method, args, tokenAccepted, assigns } = routed
    const taken = faults.take(method)
    const overlaps = assigns !== null && assigning.includes(assigns)
    if (assigns !== null) {
      assigning.push(assigns)
      response.once('close', () => assigning.splice(assigning.indexOf(assigns), 1))
    }
    const fault = taken?.fault.kind ?? null
    calls.push({ atMs: options.nowMs(), method, args, body, tokenAccepted, fault, overlaps })
    changed()
    await serveCall(request, response, taken, { handle: routed.handle, refuse: options.refuse })
    changed()
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : new Error(String(error)))
    })
  })
  const listen = (port: number): Promise<void> =>
    new Promise((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, '127.0.0.1', () => {
        server.off('error', reject)
        resolve()
      })
    })
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })

  await listen(options.port ?? 0)
  const port = portOf(server.address())

  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    faults,
    onChange,
    until,
    control: options.control,
    get isUp() {
      return server.listening
    },
    async goDown() {
      if (!server.listening) return
      await stop()
      changed()
    },
    async comeBack() {
      if (server.listening || closed) return
      await listen(port)
      changed()
    },
    close: () => {
      closed = true
      options.onClose?.()
      faults.clear()
      return stop()
    },
  }
}

const portOf = (address: AddressInfo | string | null): number => {
  if (address === null || typeof address === 'string') throw new Error('the sandbox listens on no port')
  return address.port
}

const parsed = (body: string): unknown => {
  try {
    return JSON.parse(body)
  } catch {
    return body
  }
}

/** A part that is not well encoded stays as it came: nothing has it. */
export const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
