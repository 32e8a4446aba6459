import type { After } from '../../clock.ts'
import { createPace } from '../../pace.ts'
import type { Instant } from '../../routing/ids.ts'
import type { Answer } from '../answer.ts'
import type { HttpClient } from '../http-client.ts'
import { atOnce, inTurn } from '../in-turn.ts'
import { readAnswer, type Subject } from './problems.ts'

/** "5 requests per second per HTTP method and unique request path, path parameters included." */
const limit = { most: 5, perMs: 1_000 }

export interface AelystRequest {
  readonly method: 'GET' | 'POST' | 'PUT'
  /** Begins with a slash, without the query. */
  readonly path: string
  readonly query?: string
  readonly body?: unknown
  readonly about: Subject
}

export interface AelystClient {
  /** Waits for its turn within Aelyst's limit, at most 5 s, and then for the HTTP client. */
  read(request: AelystRequest): Promise<Answer>
  /** Is sent at once, or not at all (`paced`). */
  change(request: AelystRequest): Promise<Answer>
}

export const createAelystClient = (deps: {
  readonly token: string
  /** With the version, without a slash at the end. */
  readonly baseUrl: string
  readonly http: HttpClient
  readonly now: () => Instant
  readonly after: After
}): AelystClient => {
  const { token, baseUrl, http, now, after } = deps
  const pace = createPace({ ...limit, now })
  const keyOf = ({ method, path }: AelystRequest): string => `${method} ${path}`

  const send = async ({ method, path, query, body, about }: AelystRequest): Promise<Answer> => {
    const request = {
      method,
      url: `${baseUrl}${path}${query === undefined ? '' : `?${query}`}`,
      headers: {
        Authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }
    return readAnswer(await http.send(request), about, now())
  }

  return {
    read: (request) => inTurn({ pace, key: keyOf(request), after }, () => send(request)),
    change: (request) => atOnce({ pace, key: keyOf(request) }, () => send(request)),
  }
}
