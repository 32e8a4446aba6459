import { findOption, optionsOf, placedElements } from './elements.ts'
import { isRecord, type JsonRecord, stringOrEmpty } from './json.ts'
import type { StateValues } from './model.ts'

/** What a person enters: text, an option's value or text, an id, a whole option, or a list of those. */
export type Entered = string | number | null | JsonRecord | readonly (string | JsonRecord)[]

type ValueKind = 'text' | 'option' | 'options' | 'id' | 'ids' | 'number'

interface Shape {
  readonly key: string
  readonly initial: string
  readonly kind: ValueKind
}

/** How each element that holds a value appears in `state.values` (Slack: reference/block-kit/block-elements). */
const shapes: Readonly<Record<string, Shape>> = {
  plain_text_input: { key: 'value', initial: 'initial_value', kind: 'text' },
  email_text_input: { key: 'value', initial: 'initial_value', kind: 'text' },
  url_text_input: { key: 'value', initial: 'initial_value', kind: 'text' },
  number_input: { key: 'value', initial: 'initial_value', kind: 'text' },
  static_select: { key: 'selected_option', initial: 'initial_option', kind: 'option' },
  external_select: { key: 'selected_option', initial: 'initial_option', kind: 'option' },
  radio_buttons: { key: 'selected_option', initial: 'initial_option', kind: 'option' },
  checkboxes: { key: 'selected_options', initial: 'initial_options', kind: 'options' },
  multi_static_select: { key: 'selected_options', initial: 'initial_options', kind: 'options' },
  multi_external_select: { key: 'selected_options', initial: 'initial_options', kind: 'options' },
  users_select: { key: 'selected_user', initial: 'initial_user', kind: 'id' },
  multi_users_select: { key: 'selected_users', initial: 'initial_users', kind: 'ids' },
  conversations_select: { key: 'selected_conversation', initial: 'initial_conversation', kind: 'id' },
  multi_conversations_select: {
    key: 'selected_conversations',
    initial: 'initial_conversations',
    kind: 'ids',
  },
  channels_select: { key: 'selected_channel', initial: 'initial_channel', kind: 'id' },
  multi_channels_select: { key: 'selected_channels', initial: 'initial_channels', kind: 'ids' },
  datepicker: { key: 'selected_date', initial: 'initial_date', kind: 'id' },
  timepicker: { key: 'selected_time', initial: 'initial_time', kind: 'id' },
  datetimepicker: { key: 'selected_date_time', initial: 'initial_date_time', kind: 'number' },
  rich_text_input: { key: 'rich_text_value', initial: 'initial_value', kind: 'option' },
}

const shapeOf = (element: JsonRecord): Shape | undefined => shapes[stringOrEmpty(element.type)]

const isEmptyList = (kind: ValueKind): boolean => kind === 'options' || kind === 'ids'

const initialEntry = (element: JsonRecord, shape: Shape): JsonRecord => ({
  type: element.type,
  [shape.key]: element[shape.initial] ?? (isEmptyList(shape.kind) ? [] : null),
})

/** `state.values` of freshly shown blocks. What was `kept` survives where block, action and type are the same. */
export const stateOf = (blocks: readonly JsonRecord[], kept: StateValues = {}): StateValues => {
  const values: Record<string, Record<string, JsonRecord>> = {}
  for (const { block, element } of placedElements(blocks)) {
    const shape = shapeOf(element)
    if (shape === undefined) continue
    const blockId = stringOrEmpty(block.block_id)
    const actionId = stringOrEmpty(element.action_id)
    const before = kept[blockId]?.[actionId]
    const same = before !== undefined && before.type === element.type
    const entry = same ? before : initialEntry(element, shape)
    values[blockId] = { ...values[blockId], [actionId]: entry }
  }
  return values
}

/** What the app last offered for an external select, by action id. */
export type LoadedOptions = (actionId: string) => readonly JsonRecord[]

const chosenOption = (
  element: JsonRecord,
  wanted: string | JsonRecord,
  loaded: LoadedOptions,
): JsonRecord => {
  if (isRecord(wanted)) return wanted
  const actionId = stringOrEmpty(element.action_id)
  const offered = stringOrEmpty(element.type).includes('external') ? loaded(actionId) : optionsOf(element)
  const option = findOption(offered, wanted)
  if (option === null) {
    const names = offered.map((each) => String(each.value)).join(', ')
    throw new Error(`No option "${wanted}" in ${actionId}; offered: ${names || 'none'}`)
  }
  return option
}

/** The entry of `state.values` for what a person entered; it is also the tail of a `block_actions` action. */
export const enter = (element: JsonRecord, entered: Entered, loaded: LoadedOptions): JsonRecord => {
  const shape = shapeOf(element)
  if (shape === undefined) throw new Error(`A ${String(element.type)} holds no value`)
  const entry = (value: unknown): JsonRecord => ({ type: element.type, [shape.key]: value })
  if (entered === null) return entry(isEmptyList(shape.kind) ? [] : null)
  const list: readonly (string | JsonRecord)[] =
    typeof entered === 'number' ? [String(entered)] : isList(entered) ? entered : [entered]
  const first = list[0] ?? ''
  switch (shape.kind) {
    case 'text':
    case 'id':
      return entry(first === '' ? null : first)
    case 'number':
      return entry(Number(first))
    case 'ids':
      return entry(list)
    case 'option':
      return entry(chosenOption(element, first, loaded))
    case 'options':
      return entry(list.map((each) => chosenOption(element, each, loaded)))
    default:
      return shape.kind satisfies never
  }
}

const isList = (entered: Entered): entered is readonly (string | JsonRecord)[] => Array.isArray(entered)

const isBlank = (entry: JsonRecord, shape: Shape): boolean => {
  const value = entry[shape.key]
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
}

const textProblem = (element: JsonRecord, value: unknown): string | null => {
  if (typeof value !== 'string') return null
  if (typeof element.min_length === 'number' && value.length < element.min_length)
    return `Must be at least ${element.min_length} characters.`
  if (typeof element.max_length === 'number' && value.length > element.max_length)
    return `Must be at most ${element.max_length} characters.`
  if (element.type === 'number_input' && !Number.isFinite(Number(value))) return 'Must be a number.'
  if (element.type === 'email_text_input' && !/^\S+@\S+\.\S+$/.test(value)) return 'Must be an email address.'
  return null
}

/** What Slack's own form refuses before the app hears of it; block id → sentence. */
export const formProblems = (
  blocks: readonly JsonRecord[],
  values: StateValues,
): Readonly<Record<string, string>> => {
  const problems: Record<string, string> = {}
  for (const { block, element } of placedElements(blocks)) {
    const shape = shapeOf(element)
    if (block.type !== 'input' || shape === undefined) continue
    const blockId = stringOrEmpty(block.block_id)
    const entry = values[blockId]?.[stringOrEmpty(element.action_id)] ?? {}
    if (isBlank(entry, shape)) {
      if (block.optional !== true) problems[blockId] = 'Please complete this required field.'
      continue
    }
    const problem = textProblem(element, entry[shape.key])
    if (problem !== null) problems[blockId] = problem
  }
  return problems
}
