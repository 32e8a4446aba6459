import type { Instant } from '../../routing/ids.ts'
import type { Answer } from '../answer.ts'
import type { Outcome } from '../contract.ts'
import type { HttpClient } from '../http-client.ts'
import { readAnswer } from './problems.ts'

/** Values of a query by name, in order; those that are undefined are left out. */
export type WammQuery = Readonly<Record<string, string | undefined>>

/** One call: `args` are the parts of the path behind the token. */
export type CallWamm = (method: string, args?: readonly string[], query?: WammQuery) => Promise<Answer>

/** @param options.baseUrl without `/api2`, such as `https://wamm.chat` */
export const createCallWamm = (options: {
  readonly token: string
  readonly baseUrl: string
  readonly http: HttpClient
  readonly now: () => Instant
}): CallWamm => {
  const { token, http, now } = options
  const base = options.baseUrl.replace(/\/+$/, '')
  return async (method, args = [], query) => {
    const path = [method, token, ...args].map(encodeURIComponent).join('/')
    const search = query === undefined ? '' : `?${queryOf(query)}`
    const result = await http.send({ method: 'GET', url: `${base}/api2/${path}${search}` })
    return readAnswer(result, token, now())
  }
}

/**
 * As contact_to's page writes it: `name=Ivan%20Petrov&email=ivan@example.com&web=https://example.com`. Half a
 * surrogate cannot be encoded, and becomes the replacement character.
 */
const queryOf = (query: WammQuery): string =>
  Object.entries(query)
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${queryValue(value)}`]))
    .join('&')

const queryValue = (value: string): string =>
  encodeURIComponent(value.toWellFormed()).replace(/%(?:40|3A|2F)/g, decodeURIComponent)

export const invalidKey: Outcome<never> = {
  kind: 'refused',
  problem: 'invalid-chat-key',
  detail: 'cannot be a chat or user of WAMM',
}
