import type { Instant } from '../../routing/ids.ts'
import { type Answer, parseJson, serverError, unreadable, wholeAnswer } from '../answer.ts'
import type { RefusedProblem } from '../contract.ts'
import type { HttpResult } from '../http-client.ts'
import { errorBody } from './answers.ts'

/** Aelyst's 429 page names a Retry-After; this is the wait without one, the span of its limit. */
const rateLimitMs = 1_000
/** "Please try again in a few minutes." */
const queuedMs = 60_000

/** What the request was about, for the errors that mean something else elsewhere. */
export type Subject = 'assignee' | 'chat' | 'contact' | 'list'

/**
 * What Aelyst's answer means. Its pages give each error an HTTP status and a body that repeats it, such as
 * `{"code":404,"message":"Contact not found"}`. What may be tried again is told by the status alone. What is
 * final must be said twice: a 404 of a proxy or of a wrong address must not close a chat.
 *
 * | answer | outcome |
 * |---|---|
 * | 2xx with JSON | the answer; whoever asked looks for what the method promises |
 * | 429, whatever the body | retry rate-limited, not sent, after Retry-After or 1 s |
 * | 449, whatever the body | retry queued, not sent, after 1 min: work on this contact is still to be done |
 * | 5xx, whatever the body | retry server-error |
 * | 400, 401, 403, 404, 409, other 4xx with the same `code` | refused, see `refusal` |
 * | 401, 403 with JSON without a `code` (a gateway that checks tokens) | refused likewise |
 * | anything else: another `code`, none, HTML, half a body, 3xx | retry unreadable-answer |
 *
 * No text of Aelyst's gets into `detail`: a validation error may quote the customer's data.
 */
export const readAnswer = (result: HttpResult, about: Subject, now: Instant): Answer => {
  const whole = wholeAnswer(result, now, rateLimitMs)
  if (whole.kind !== 'answer') return whole
  const { status, text } = whole
  const detail = `answered ${status}`
  if (status === 449) return { kind: 'retry', problem: 'queued', detail, sent: false, afterMs: queuedMs }
  if (status >= 500) return serverError(status)
  const body = parseJson(text)
  if (body === undefined) return unreadable(`${detail} without JSON`)
  if (status >= 200 && status < 300) return { kind: 'answer', body }
  const error = errorBody.safeParse(body).data
  const believed = error?.code === undefined ? status === 401 || status === 403 : error.code === status
  return error !== undefined && believed && status >= 400
    ? { kind: 'refused', problem: refusal(status, error.message, about), detail }
    : unreadable(`${detail} with another error`)
}

/**
 * | status | assignee | chat | contact | list |
 * |---|---|---|---|---|
 * | 400 | user-not-found, refused-otherwise | refused-otherwise | value-invalid | value-invalid |
 * | 401 | token-refused | | | |
 * | 403 | not-allowed; contact-exists if it says so, as a client of respond.io has met it | | | |
 * | 404 | chat-not-found, user-not-found | chat-not-found | chat-not-found | refused-otherwise |
 * | 409 | contact-exists | | | |
 *
 * The error of an unknown assignee is not documented. The bare "Validation error." of updateassignee's page can
 * mean nothing else, since the rest of the request is always well-formed; an error that names a user does.
 */
const refusal = (status: number, message: string, about: Subject): RefusedProblem => {
  const ofUser = about === 'assignee' && namesUser.test(message)
  switch (status) {
    case 400:
      if (about === 'contact' || about === 'list') return 'value-invalid'
      return ofUser ? 'user-not-found' : 'refused-otherwise'
    case 401:
      return 'token-refused'
    case 403:
      return /already exist/i.test(message) ? 'contact-exists' : 'not-allowed'
    case 404:
      if (about === 'list') return 'refused-otherwise'
      return ofUser ? 'user-not-found' : 'chat-not-found'
    case 409:
      return 'contact-exists'
    default:
      return 'refused-otherwise'
  }
}

const namesUser = /^validation error\.?$|\b(?:assignee|user|agent|member)\b/i
