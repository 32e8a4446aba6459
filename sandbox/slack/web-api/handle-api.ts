import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Calls } from '../calls.ts'
import type { Faults } from '../faults.ts'
import { answerRateLimited, type Exchanged, readBody, underFault } from '../http-exchange.ts'
import { isRecord, type JsonRecord, parseJson, stringOrEmpty, stringOrNull } from '../json.ts'
import type { RateTiers } from '../rate-tiers.ts'
import { Refusal } from '../refusal.ts'
import { appMethods } from './app.ts'
import { chatMethods } from './chat.ts'
import { conversationsMethods } from './conversations.ts'
import type { Args, Method, MethodContext, MethodFamily } from './method.ts'
import { usersMethods } from './users.ts'
import { viewsMethods } from './views.ts'

const methods: MethodFamily = {
  ...appMethods,
  ...chatMethods,
  ...conversationsMethods,
  ...usersMethods,
  ...viewsMethods,
}

const jsonArguments = ['blocks', 'attachments', 'metadata', 'view']

/** Forms carry JSON as strings: what parses is kept parsed, so that records read well. */
const withParsedJson = (form: Record<string, string>): Args => {
  const args: Record<string, unknown> = form
  for (const name of jsonArguments) {
    const text = form[name]
    if (text !== undefined && text !== '') args[name] = parseJson(text) ?? text
  }
  return args
}

const argumentsOf = (request: IncomingMessage, url: URL, body: string): Args => {
  const query = Object.fromEntries(url.searchParams)
  if (body === '') return withParsedJson(query)
  const contentType = request.headers['content-type'] ?? ''
  if (contentType.startsWith('application/json')) {
    const json = parseJson(body)
    if (json === undefined) throw new Refusal('invalid_json')
    if (!isRecord(json)) throw new Refusal('json_not_object')
    return { ...query, ...json }
  }
  if (contentType.startsWith('application/x-www-form-urlencoded')) {
    return withParsedJson({ ...query, ...Object.fromEntries(new URLSearchParams(body)) })
  }
  throw new Refusal(contentType === '' ? 'missing_post_type' : 'invalid_post_type')
}

export interface ApiParts extends MethodContext {
  readonly botToken: string
  readonly appToken: string
  readonly calls: Calls
  readonly faults: Faults
  /** Null when tiers are not enforced. */
  readonly tiers: RateTiers | null
}

const refuseWrongToken = (method: Method, token: string | null, parts: ApiParts): void => {
  if (method.token === 'none') return
  if (token === null || token === '') throw new Refusal('not_authed')
  const right = method.token === 'bot' ? parts.botToken : parts.appToken
  if (token === right) return
  throw new Refusal(
    [parts.botToken, parts.appToken].includes(token) ? 'not_allowed_token_type' : 'invalid_auth',
  )
}

const refuseMissingScope = (method: Method, { workspace: { app } }: ApiParts): void => {
  const { scope } = method
  if (scope === undefined || app.scopes === null || app.scopes.includes(scope)) return
  throw new Refusal('missing_scope', { needed: scope, provided: app.scopes.join(',') })
}

const withoutToken = ({ token: _token, ...args }: Args): Args => args

/** Answers `/api/<method>` as Slack does: HTTP 200 with `ok`, or 429. */
export const createApiHandler = (parts: ApiParts) => {
  const { workspace, calls, faults, tiers } = parts

  const run = (name: string, args: Args, token: string | null): JsonRecord => {
    const method = Object.hasOwn(methods, name) ? methods[name] : undefined
    if (method === undefined) throw new Refusal('unknown_method', { req_method: name })
    refuseWrongToken(method, token, parts)
    refuseMissingScope(method, parts)
    return { ok: true, ...method.run(args, parts) }
  }

  const answerOf = (name: string, args: Args | Refusal, token: string | null): JsonRecord => {
    try {
      if (args instanceof Refusal) throw args
      return run(name, withoutToken(args), token)
    } catch (error) {
      if (error instanceof Refusal) return error.answer
      throw error
    }
  }

  const readArguments = async (request: IncomingMessage, url: URL): Promise<Args | Refusal> => {
    const body = await readBody(request)
    try {
      return argumentsOf(request, url, body)
    } catch (error) {
      if (error instanceof Refusal) return error
      throw error
    }
  }

  return async (request: IncomingMessage, response: ServerResponse, url: URL, name: string) => {
    const args = await readArguments(request, url)
    const known = args instanceof Refusal ? {} : args
    const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? null
    const token = bearer ?? stringOrNull(known.token)
    const { scopes } = workspace.app
    if (scopes !== null && token === parts.botToken) response.setHeader('x-oauth-scopes', scopes.join(','))
    const wait = tiers?.take(name, methods[name]?.tier ?? 'unlimited', stringOrEmpty(known.channel)) ?? null
    const { status, error }: Exchanged =
      wait === null
        ? await underFault(faults.take(name), response, (answer) => {
            const body = answerOf(name, args, token)
            answer(200, body)
            return { status: 200, error: stringOrNull(body.error) }
          })
        : answerRateLimited(response, wait)
    calls.record({ method: name, args: withoutToken(known), at: workspace.clock(), status, error })
  }
}
