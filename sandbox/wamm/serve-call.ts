import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import type { TakenFault } from './faults.ts'
import { failed } from './methods.ts'

const json = 'application/json; charset=utf-8'
const html = 'text/html; charset=utf-8'

/** Answers one call of the API: `handle` carries it out and gives the text of its answer. */
export const serveCall = async (
  request: IncomingMessage,
  response: ServerResponse,
  taken: TakenFault | null,
  handle: () => string,
): Promise<void> => {
  if (taken === null) return answer(response, 200, handle())
  const { fault } = taken
  switch (fault.kind) {
    case 'status':
      return answer(response, fault.status, page(fault.status), html)
    case 'rate-limit':
      if (fault.retryAfter !== null) response.setHeader('retry-after', fault.retryAfter)
      return answer(response, 429, page(429), html)
    case 'err':
      return answer(response, 200, JSON.stringify(failed(fault.err)))
    case 'reset':
      if (fault.handled) handle()
      request.socket.resetAndDestroy()
      return
    case 'hang':
      if (fault.handled) handle()
      return
    case 'hold':
      await taken.cleared
      return answer(response, 200, handle())
    case 'hold-answer': {
      const body = handle()
      await taken.cleared
      return answer(response, 200, body)
    }
    case 'delay':
      await pause(fault.delayMs)
      return answer(response, 200, handle())
    case 'slow-body':
      return answerSlowly(response, handle(), fault.pauseMs)
    case 'half-body': {
      const body = handle()
      response.writeHead(200, { 'content-type': json, 'content-length': Buffer.byteLength(body) })
      response.write(body.slice(0, body.length / 2), () => request.socket.destroy())
      return
    }
    case 'content-type':
      return answer(response, 200, handle(), fault.contentType)
    case 'oversized':
      return answer(response, 200, ' '.repeat(fault.bytes) + handle())
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

/** What a web server in front of WAMM shows. */
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

const answerSlowly = async (response: ServerResponse, body: string, pauseMs: number): Promise<void> => {
  const bytes = Buffer.from(body)
  response.writeHead(200, { 'content-type': json, 'content-length': bytes.length })
  response.flushHeaders()
  for (const byte of bytes) {
    if (response.destroyed) return
    response.write(Buffer.of(byte))
    await pause(pauseMs)
  }
  response.end()
}
