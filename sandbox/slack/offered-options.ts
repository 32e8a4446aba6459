import { optionsOf } from './elements.ts'
import type { Interaction } from './interactions.ts'
import { isRecord, type JsonRecord, recordsIn, textObjectText } from './json.ts'

/** What the app offered in an external select. */
export interface OfferedOptions extends Interaction {
  /** Those in groups too. */
  readonly options: readonly JsonRecord[]
  readonly groups: readonly JsonRecord[]
}

const mostOptions = 100
const longestText = 75
const longestValue = 150

const optionProblem = (option: JsonRecord): string | null => {
  const text = textObjectText(option.text)
  if (text === '' || text.length > longestText)
    return `text of 1 to ${longestText} characters needed: ${text}`
  if (typeof option.value !== 'string' || option.value === '' || option.value.length > longestValue)
    return `value of 1 to ${longestValue} characters needed: ${String(option.value)}`
  return null
}

/** What Slack would not have shown of an app's options; null when all is well. */
export const optionsProblem = (answer: unknown): string | null => {
  if (!isRecord(answer)) return 'options or option_groups needed'
  if (Array.isArray(answer.options) === Array.isArray(answer.option_groups))
    return 'exactly one of options and option_groups needed'
  const groups = recordsIn(answer.option_groups)
  if (groups.length > mostOptions) return `at most ${mostOptions} groups`
  if (groups.some((group) => textObjectText(group.label) === '')) return 'a group without a label'
  const options = optionsOf(answer)
  if (options.length > mostOptions) return `at most ${mostOptions} options`
  return options.map(optionProblem).find((problem) => problem !== null) ?? null
}
