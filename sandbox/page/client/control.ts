import type { ProviderId } from '../../provider/provider-screen.ts'
import type { Json, OfferedOption } from './block-kit/contract.ts'

/** How Slack took something that the person did. */
export interface Outcome {
  /** Slack's own error when the app did not take it, such as `operation_timeout`. */
  readonly error: string | null
  /** Of a form: what is wrong, by block id. */
  readonly errors: Readonly<Record<string, string>>
  readonly options: readonly Json[]
}

/** The control APIs of the sandbox. Everything rejects with an Error that a person can read. */
export interface Control {
  /** `POST /control/act` in the person's name. */
  readonly act: (body: Json) => Promise<Outcome>
  /** `POST /control/<action>` of a provider. */
  readonly provider: (id: ProviderId, action: string, body?: Json) => Promise<void>
}

const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

const post = async (path: string, body: Json): Promise<Json> => {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).catch(() => {
    throw new Error('The sandbox does not answer. Is the demo still running?')
  })
  const answer: unknown = await response.json().catch(() => null)
  const record = isRecord(answer) ? answer : {}
  if (!response.ok) throw new Error(textOf(record.error) || `The sandbox answered ${response.status}`)
  return record
}

const outcomeOf = (answer: Json): Outcome => ({
  error: typeof answer.error === 'string' ? answer.error : null,
  errors: isRecord(answer.errors)
    ? Object.fromEntries(Object.entries(answer.errors).map(([block, sentence]) => [block, textOf(sentence)]))
    : {},
  options: Array.isArray(answer.options) ? answer.options.filter(isRecord) : [],
})

export const createControl = (user: string): Control => ({
  act: async (body) => outcomeOf(await post('/slack/control/act', { user, ...body })),
  provider: async (id, action, body = {}) => {
    await post(`/${id}/control/${action}`, body)
  },
})

/** What Slack tells people about its own errors, and what they mean here. */
export const slackErrorText = (error: string, app: string): string => {
  switch (error) {
    case 'operation_timeout':
      return `${app} did not answer within 3 seconds (operation_timeout).`
    case 'dispatch_failed':
      return `${app} is not connected, so nothing was done (dispatch_failed).`
    case 'invalid_answer':
      return `Slack could not show ${app}’s answer (invalid_answer). The traffic pane says why.`
    default:
      return `${app} could not take this (${error}).`
  }
}

export const offeredOption = (option: Json): OfferedOption => ({
  text: isRecord(option.text) ? textOf(option.text.text) : '',
  description: isRecord(option.description) ? textOf(option.description.text) : null,
  value: textOf(option.value),
})
