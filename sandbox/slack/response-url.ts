import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Origin, showAnswer } from './app-answer.ts'
import type { Calls } from './calls.ts'
import type { Faults } from './faults.ts'
import { readBody, underFault } from './http-exchange.ts'
import { isRecord, parseJson, recordOrEmpty, stringOrNull } from './json.ts'
import { Refusal } from './refusal.ts'
import type { Workspace } from './workspace.ts'

const lifetimeMs = 30 * 60_000
const allowedUses = 5
const remembered = 50_000

interface Issued extends Origin {
  readonly madeAt: number
  uses: number
}

export interface ResponseUrls {
  /** A `response_url` for an interaction: 5 uses within 30 minutes. */
  readonly make: (origin: Origin) => string
  readonly handle: (request: IncomingMessage, response: ServerResponse, id: string) => Promise<void>
}

export const createResponseUrls = (parts: {
  readonly workspace: Workspace
  readonly calls: Calls
  readonly faults: Faults
  /** `http://127.0.0.1:<port>`; known only once the server listens. */
  readonly baseUrl: () => string
}): ResponseUrls => {
  const { workspace, calls, faults, baseUrl } = parts
  const issued = new Map<string, Issued>()

  const respond = (id: string, text: string): { readonly status: number; readonly body: unknown } => {
    const url = issued.get(id)
    if (url === undefined) return { status: 404, body: { ok: false, error: 'no_such_url' } }
    if (workspace.clock() - url.madeAt >= lifetimeMs)
      return { status: 404, body: { ok: false, error: 'expired_url' } }
    if (url.uses >= allowedUses) return { status: 404, body: { ok: false, error: 'used_url' } }
    const body = parseJson(text)
    if (!isRecord(body)) return { status: 400, body: { ok: false, error: 'invalid_payload' } }
    url.uses += 1
    try {
      showAnswer(workspace, 'response_url', body, url)
      return { status: 200, body: { ok: true } }
    } catch (error) {
      if (error instanceof Refusal) return { status: 400, body: error.answer }
      throw error
    }
  }

  const urlOf = (id: string): string => `${baseUrl()}/response/${id}`

  return {
    make: (origin) => {
      if (issued.size >= remembered) {
        const oldest = issued.keys().next()
        if (!oldest.done) issued.delete(oldest.value)
      }
      const id = workspace.ids.secret()
      issued.set(id, { ...origin, madeAt: workspace.clock(), uses: 0 })
      return urlOf(id)
    },
    handle: async (request, response, id) => {
      const text = await readBody(request)
      const { status, error } = await underFault(faults.take('response_url'), response, (answer) => {
        const result = respond(id, text)
        answer(result.status, result.body)
        return { status: result.status, error: stringOrNull(recordOrEmpty(result.body).error) }
      })
      const args = recordOrEmpty(parseJson(text))
      const at = workspace.clock()
      calls.record({ method: 'response_url', args, at, status, error, responseUrl: urlOf(id) })
    },
  }
}
