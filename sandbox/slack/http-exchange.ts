import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import type { Fault } from './faults.ts'

export const readBody = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part)
  return Buffer.concat(parts).toString('utf8')
}

export const answerJson = (
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void => {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers })
  response.end(JSON.stringify(body))
}

/** What became of a request: the status it was answered with, and Slack's error if there was one. */
export interface Exchanged {
  readonly status: number
  readonly error: string | null
}

/** Answers 429 as Slack does. */
export const answerRateLimited = (response: ServerResponse, retryAfterSeconds?: number): Exchanged => {
  const headers = retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }
  answerJson(response, 429, { ok: false, error: 'ratelimited' }, headers)
  return { status: 429, error: 'ratelimited' }
}

/**
 * Runs `handle`, which answers the request, under a fault. All faults but `delay` and `lost-answer` answer
 * in its place, so it is never run.
 */
export const underFault = async (
  fault: Fault | null,
  response: ServerResponse,
  handle: (answer: (status: number, body: unknown) => void) => Exchanged,
): Promise<Exchanged> => {
  const answer = (status: number, body: unknown) => answerJson(response, status, body)
  if (fault === null) return handle(answer)
  switch (fault.kind) {
    case 'outage':
      response.writeHead(503, { 'content-type': 'text/html' }).end('<h1>Service Unavailable</h1>')
      return { status: 503, error: 'service_unavailable' }
    case 'reset':
      response.destroy()
      return { status: 0, error: 'connection_reset' }
    case 'lost-answer': {
      const { error } = handle(() => {})
      response.destroy()
      return { status: 0, error }
    }
    case 'delay':
      await wait(fault.delayMs, undefined, { ref: false })
      return handle(answer)
    case 'rate-limited':
      return answerRateLimited(response, fault.retryAfterSeconds)
    case 'error':
      answer(200, { ok: false, error: fault.error })
      return { status: 200, error: fault.error }
    case 'html':
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Something went wrong</html>')
      return { status: 200, error: 'html' }
    default:
      return fault satisfies never
  }
}
