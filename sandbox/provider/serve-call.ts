import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import type { TakenFault } from './faults.ts'

const json = 'application/json; charset=utf-8'
const html = 'text/html; charset=utf-8'

/** What a provider answers; JSON with status 200 unless it says otherwise. */
export interface ProviderAnswer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: string
}

/** Answers one call of the API: `handle` carries it out, `refuse` gives the provider's own refusal. */
export const serveCall = async (
  request: IncomingMessage,
  response: ServerResponse,
  taken: TakenFault | null,
  {
    handle,
    refuse,
  }: { readonly handle: () => ProviderAnswer; readonly refuse: (err: string) => ProviderAnswer },
): Promise<void> => {
  const carryOut = (contentType?: string): void => reply(response, handle(), contentType)
  if (taken === null) return carryOut()
  const { fault } = taken
  switch (fault.kind) {
    case 'status':
      return answer(response, fault.status, page(fault.status), html)
    case 'rate-limit':
      if (fault.retryAfter !== null) response.setHeader('retry-after', fault.retryAfter)
      return answer(response, 429, page(429), html)
    case 'err':
      return reply(response, refuse(fault.err))
    case 'reset':
      if (fault.handled) handle()
      request.socket.resetAndDestroy()
      return
    case 'hang':
      if (fault.handled) handle()
      return
    case 'hold':
      await taken.cleared
      return carryOut()
    case 'hold-answer': {
      const answered = handle()
      await taken.cleared
      return reply(response, answered)
    }
    case 'delay':
      await pause(fault.delayMs)
      return carryOut()
    case 'slow-body':
      return answerSlowly(response, withBody(handle()), fault.pauseMs)
    case 'half-body': {
      const { status, body } = withBody(handle())
      response.writeHead(status, { 'content-type': json, 'content-length': Buffer.byteLength(body) })
      response.write(body.slice(0, body.length / 2), () => request.socket.destroy())
      return
    }
    case 'content-type':
      return carryOut(fault.contentType)
    case 'oversized': {
      const { status, body } = withBody(handle())
      return answer(response, status, ' '.repeat(fault.bytes) + body)
    }
    case 'redirect':
      response.setHeader('location', fault.to)
      return answer(response, 302, '', html)
    case 'answer':
      if (fault.handled) handle()
      return answer(response, fault.status ?? 200, fault.body, fault.contentType ?? json)
    default:
      fault satisfies never
  }
}

const reply = (
  response: ServerResponse,
  { status, headers, body }: ProviderAnswer,
  contentType?: string,
): void => {
  for (const [name, value] of Object.entries(headers ?? {})) response.setHeader(name, value)
  answer(response, status ?? 200, body, contentType)
}

/** What a web server in front of a provider shows. */
export const page = (status: number): string => `<html><body><h1>${status}</h1></body></html>`

export const answer = (
  response: ServerResponse,
  status: number,
  body: string,
  contentType: string = json,
): void => {
  response.writeHead(status, { 'content-type': contentType, 'content-length': Buffer.byteLength(body) })
  response.end(body)
}

/** Blanks where the provider sends no body, and 200 for a 204, which has none: so there is one to cut and to drip. */
const withBody = ({ status, body }: ProviderAnswer): { readonly status: number; readonly body: string } => ({
  status: status === undefined || status === 204 ? 200 : status,
  body: body || ' '.repeat(64),
})

const answerSlowly = async (
  response: ServerResponse,
  { status, body }: { readonly status: number; readonly body: string },
  pauseMs: number,
): Promise<void> => {
  const bytes = Buffer.from(body)
  response.writeHead(status, { 'content-type': json, 'content-length': bytes.length })
  response.flushHeaders()
  for (const byte of bytes) {
    if (response.destroyed) return
    response.write(Buffer.of(byte))
    await pause(pauseMs)
  }
  response.end()
}
