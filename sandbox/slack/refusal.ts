import type { JsonRecord } from './json.ts'

/** Slack says no: the `ok:false` answer of a Web API method. Thrown so that methods read as their happy path. */
export class Refusal extends Error {
  readonly answer: JsonRecord

  constructor(error: string, extra: JsonRecord = {}) {
    super(error)
    this.answer = { ok: false, error, ...extra }
  }
}

export const invalidArguments = (...problems: readonly string[]): Refusal =>
  new Refusal('invalid_arguments', {
    response_metadata: { messages: problems.map((problem) => `[ERROR] ${problem}`) },
  })
