import type { Instant } from '../../routing/ids.ts'
import { type Answer, parseJson, serverError, unreadable, wholeAnswer } from '../answer.ts'
import type { RefusedProblem } from '../contract.ts'
import type { HttpResult } from '../http-client.ts'
import { errorAnswer } from './answers.ts'

/** What a call is about, which is what its refusals are about. */
export type Subject = 'assign' | 'look-up' | 'contact'

/** The limit of assignChatroom: "Allows 1 request per 10 seconds per contact". */
export const assignPaceMs = 10_000

/**
 * By status. Of an assign, 404 is documented as "User / Group not found", and nothing tells what it answers
 * when it is the contact that it does not know.
 */
const refusals: Readonly<Record<Subject, Readonly<Partial<Record<number, RefusedProblem>>>>> = {
  assign: {
    400: 'refused-otherwise',
    401: 'token-refused',
    403: 'not-allowed',
    404: 'user-not-found',
    409: 'refused-otherwise',
    422: 'refused-otherwise',
  },
  'look-up': {
    400: 'invalid-chat-key',
    401: 'token-refused',
    403: 'not-allowed',
    404: 'chat-not-found',
    409: 'refused-otherwise',
    422: 'invalid-chat-key',
  },
  contact: {
    400: 'value-invalid',
    401: 'token-refused',
    403: 'not-allowed',
    404: 'chat-not-found',
    409: 'contact-exists',
    422: 'value-invalid',
  },
}

/**
 * What SalesChat's answer means. The status decides; the body (ErrorRespDto) gives the codes in `detail`:
 *
 * | answer | outcome |
 * |---|---|
 * | 2xx | the answer; its body is undefined where SalesChat sent none, or none that is JSON |
 * | 429 | retry rate-limited, not sent, after Retry-After; an assign without that, after its limit of 10 s |
 * | 5xx | retry server-error |
 * | 400, 401, 403, 404, 409, 422, with an ErrorRespDto or without | refused, as in the table above |
 * | another 4xx with an ErrorRespDto | refused-otherwise |
 * | anything else: another 4xx, 3xx, and a page of HTML (a firewall's, or of another server) | retry unreadable-answer |
 */
export const readAnswer = (subject: Subject, result: HttpResult, now: Instant): Answer => {
  const whole = wholeAnswer(result, now, subject === 'assign' ? assignPaceMs : undefined)
  if (whole.kind !== 'answer') return whole
  const { status, text } = whole
  if (status >= 500) return serverError(status)
  if (/^\s*</.test(text)) return unreadable(`answered ${status} with a page`)
  const body = parseJson(text)
  if (status >= 200 && status < 300) return { kind: 'answer', body }
  const error = errorAnswer.safeParse(body).data
  const code = error?.error_code ?? null
  const known = refusals[subject][status]
  if (status < 400 || (known === undefined && code === null)) return unreadable(`answered ${status}`)
  return {
    kind: 'refused',
    problem: known ?? 'refused-otherwise',
    detail: [`answered ${status}`, ...safeParts(status, code, error?.error_message ?? '')].join(' '),
    ...(known === 'contact-exists' ? { field: 'crm-id' } : {}),
  }
}

/**
 * Codes in the documented form alone: `4090001 UQ_CONSTRAINT_FAILED`. Anything else that SalesChat says may
 * hold a customer's number or name.
 */
const safeParts = (status: number, code: number | null, message: string): readonly string[] => [
  ...(code !== null && Math.floor(code / 10_000) === status ? [String(code)] : []),
  ...(/^[A-Z_]{1,60}$/.test(message) ? [message] : []),
]
