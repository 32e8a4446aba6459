import { Agent, type Dispatcher, errors } from 'undici'
import type { After } from '../clock.ts'
import type { RetryProblem } from './contract.ts'

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/**
 * - `answer`: the server answered in full, with whatever status. A redirect is an answer, never followed.
 * - `failed`: no whole answer. `sent` is false only when not a byte of the request was written. `detail`
 *   is for logs and people: it never holds the address, a header or a body, since any may hold a secret.
 */
export type HttpResult =
  | {
      readonly kind: 'answer'
      readonly status: number
      /** Names in lower case; repeated ones joined with a comma. */
      readonly headers: Readonly<Record<string, string>>
      readonly text: string
    }
  | {
      readonly kind: 'failed'
      readonly problem: RetryProblem
      readonly detail: string
      readonly sent: boolean
    }

export interface HttpClient {
  /** Never throws or rejects, and ends within `timeoutMs`. Nothing is repeated: jobs are the only retrier. */
  send(request: HttpRequest): Promise<HttpResult>
  /** Ends when the requests under way have ended; later ones fail unsent. */
  close(): Promise<void>
  /** As `close`, and the requests under way fail now. */
  abort(): Promise<void>
}

/**
 * The one way out to providers.
 *
 * @param options.timeoutMs whole request, by the clock of `after`: waiting for a connection, connecting, headers and body
 * @param options.maxBodyBytes a longer answer is cut off and counts as unreadable
 * @param options.connections at most so many per server; further requests wait, within their time
 */
export const createHttpClient = (options: {
  readonly timeoutMs: number
  readonly maxBodyBytes: number
  readonly connections: number
  readonly after: After
}): HttpClient => {
  const agent = new Agent({
    connections: options.connections,
    // No second request on a busy connection, and no HTTP/2: undici repeats refused HTTP/2 streams by
    // itself. On HTTP/1.1 it repeats nothing that has begun.
    pipelining: 1,
    allowH2: false,
    connect: { timeout: options.timeoutMs },
    // The deadline of `exchange` covers both.
    headersTimeout: 0,
    bodyTimeout: 0,
  })
  let closing: Promise<void> | undefined
  return {
    send: (request) => exchange(agent, request, options),
    close: () => {
      closing ??= agent.close()
      return closing
    },
    abort: () => {
      closing = agent.destroy()
      return closing
    },
  }
}

/**
 * Uses undici's dispatch interface and not `request()`, for two things that only it gives: the moment
 * just before the request is written (so `sent` is known, not guessed from error codes: a kept-alive
 * socket that the server closes as we write is "sent", a refused connection is not), and an end in time
 * for a request that still waits for its connection.
 */
const exchange = (
  agent: Agent,
  request: HttpRequest,
  options: { readonly timeoutMs: number; readonly maxBodyBytes: number; readonly after: After },
): Promise<HttpResult> =>
  new Promise((resolve) => {
    const { timeoutMs, maxBodyBytes } = options
    const address = URL.parse(request.url)
    if (address === null) {
      resolve({ kind: 'failed', problem: 'unreachable', detail: 'not a valid address', sent: false })
      return
    }

    let controller: Dispatcher.DispatchController | null = null
    let head: { readonly status: number; readonly headers: Readonly<Record<string, string>> } | null = null
    let bytes = 0
    let settled = false
    const chunks: Buffer[] = []

    const settle = (result: HttpResult): void => {
      if (settled) return
      settled = true
      cancelDeadline()
      resolve(result)
      if (result.kind === 'failed') controller?.abort(new Error('given up'))
    }
    const fail = (problem: RetryProblem, detail: string): void =>
      settle({ kind: 'failed', problem, detail, sent: controller !== null })
    const cancelDeadline = options.after(timeoutMs, () => {
      const where = controller === null ? 'no connection' : head === null ? 'no answer' : 'no whole answer'
      fail('timed-out', `${where} within ${timeoutMs} ms`)
    })

    agent.dispatch(
      {
        origin: address.origin,
        path: address.pathname + address.search,
        method: request.method,
        headers: { ...request.headers },
        body: request.body ?? null,
      },
      {
        onRequestStart(started) {
          if (settled) started.abort(new Error('given up'))
          else controller = started
        },
        onResponseStart(_controller, status, headers) {
          if (status >= 200) head = { status, headers: joinedHeaders(headers) }
        },
        onResponseData(_controller, chunk) {
          bytes += chunk.length
          if (bytes > maxBodyBytes) fail('unreadable-answer', `answer longer than ${maxBodyBytes} bytes`)
          else chunks.push(chunk)
        },
        onResponseEnd() {
          if (head === null) fail('unreadable-answer', 'answer without a status')
          // TextDecoder and not toString(): it drops the byte order mark that some servers send.
          else settle({ kind: 'answer', ...head, text: new TextDecoder().decode(Buffer.concat(chunks)) })
        },
        onResponseError(_controller, error) {
          const code = errorCode(error)
          if (controller === null) fail('unreachable', `not connected (${code})`)
          else if (head !== null) fail('unreadable-answer', `answer broken off (${code})`)
          else if (error instanceof errors.HTTPParserError || error instanceof errors.HeadersOverflowError)
            fail('unreadable-answer', `answer is not HTTP (${code})`)
          else fail('unreachable', `connection lost before an answer (${code})`)
        },
      },
    )
  })

const joinedHeaders = (
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Readonly<Record<string, string>> => {
  const joined: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined) joined[name] = Array.isArray(value) ? value.join(', ') : value
  return joined
}

/** The code alone: an error's message may hold the address or a header. */
const errorCode = (error: unknown): string => {
  if (!(error instanceof Error)) return 'unknown'
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}
