import type { Instant } from '../../routing/ids.ts'
import { type Answer, type Failure, serverError, unreadable, wholeAnswer } from '../answer.ts'
import type { ContactFieldId, RefusedProblem } from '../contract.ts'
import type { HttpResult } from '../http-client.ts'
import { envelope, parseWammJson } from './answers.ts'

/**
 * Every `err` text on the pages of the methods used here, in lower case, but for those that ask to retry.
 * `fail get data` depends on the method.
 */
const documented = new Map<string, readonly [problem: RefusedProblem, field?: ContactFieldId]>([
  ['token fail', ['token-refused']],
  ['acc not authorized', ['channel-not-authorized']],
  ['not found', ['chat-not-found']],
  ['phone not found', ['chat-not-found']],
  ['phone fail', ['invalid-chat-key']],
  ['user not found', ['user-not-found']],
  ['user_id fail', ['user-not-found']],
  ['user not active', ['user-not-active']],
  ['no whatsapp on the number', ['no-account-on-number']],
  ['no account on the number', ['no-account-on-number']],
  ['name fail', ['value-missing', 'name']],
  ['name fail, more 250', ['value-too-long', 'name']],
  ['web fail, more 150', ['value-too-long', 'web']],
  ['email fail, more 150', ['value-too-long', 'email']],
])

const maxDetailLength = 200

/**
 * What WAMM's answer means, whatever the method. Its pages define only the JSON and no HTTP status, so
 * `err` decides where there is one:
 *
 * | answer | outcome |
 * |---|---|
 * | 429 | retry rate-limited; by its meaning the request was not carried out |
 * | `err` text, any status | refused as documented, else `refused-otherwise` with the text |
 * | `err` text "phone not checked…, please retry" | retry number-not-checked |
 * | another `err` text that says "please retry" | retry server-error |
 * | 5xx without an `err` text | retry server-error |
 * | 2xx with `err` 0 | the answer |
 * | anything else: 3xx, 4xx without `err` (a firewall's page), HTML, half a body | retry unreadable-answer |
 *
 * A redirect or a 404 page may be a wrong WAMM_BASE_URL, yet also maintenance: repeating may help, so it
 * is not a refusal. Whatever was answered, WAMM may have carried out the request first: `sent` is true.
 */
export const readAnswer = (result: HttpResult, token: string, now: Instant): Answer => {
  const whole = wholeAnswer(result, now)
  if (whole.kind !== 'answer') return whole
  const { status, text } = whole
  const body = parseWammJson(text)
  const err = envelope.safeParse(body).data?.err
  const ok = err === 0 || err === '0'
  if (err !== undefined && !ok) return readErr(String(err), token)
  if (status >= 500) return serverError(status)
  if (ok && status >= 200 && status < 300) return { kind: 'answer', body }
  return unreadable(ok ? `answered ${status}` : `answered ${status} without WAMM's JSON`)
}

const readErr = (err: string, token: string): Failure => {
  const detail = err
    .replaceAll(token, '…')
    .replaceAll(encodeURIComponent(token), '…')
    .slice(0, maxDetailLength)
  const known = err.trim().toLowerCase()
  if (known.includes('please retry')) {
    const problem = known.startsWith('phone not checked') ? 'number-not-checked' : 'server-error'
    return { kind: 'retry', problem, detail, sent: true }
  }
  const [problem, field] = documented.get(known) ?? ['refused-otherwise']
  return { kind: 'refused', problem, detail, ...(field === undefined ? {} : { field }) }
}

/** WAMM's "nothing to list". */
export const isFailGetData = (answer: Answer): boolean =>
  answer.kind === 'refused' && answer.detail.trim().toLowerCase() === 'fail get data'
