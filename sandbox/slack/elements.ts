import { isRecord, type JsonRecord, recordsIn, stringOrEmpty, textObjectText } from './json.ts'

/** An interactive element and the block that holds it. */
export interface PlacedElement {
  readonly block: JsonRecord
  readonly element: JsonRecord
}

const elementsOf = (block: JsonRecord): readonly JsonRecord[] => [
  ...(block.type === 'context' || block.type === 'rich_text' ? [] : recordsIn(block.elements)),
  ...(isRecord(block.accessory) && block.accessory.type !== 'image' ? [block.accessory] : []),
  ...(isRecord(block.element) ? [block.element] : []),
  ...(Array.isArray(block.actions) ? recordsIn(block.actions) : []),
]

const childBlocks = (block: JsonRecord): readonly JsonRecord[] =>
  block.type === 'container'
    ? recordsIn(block.child_blocks)
    : block.type === 'carousel'
      ? recordsIn(block.elements)
      : []

export const placedElements = (blocks: readonly JsonRecord[]): readonly PlacedElement[] =>
  blocks.flatMap((block) => {
    const children = childBlocks(block)
    return children.length > 0
      ? placedElements(children)
      : elementsOf(block).map((element) => ({ block, element }))
  })

export const optionsOf = (element: JsonRecord): readonly JsonRecord[] => [
  ...recordsIn(element.options),
  ...recordsIn(element.option_groups).flatMap((group) => recordsIn(group.options)),
]

/** The option whose value or text is `wanted`. */
export const findOption = (options: readonly JsonRecord[], wanted: string): JsonRecord | null =>
  options.find((option) => option.value === wanted) ??
  options.find((option) => textObjectText(option.text) === wanted) ??
  null

export interface FoundElement extends PlacedElement {
  /** Set when it was found by the text of one of its overflow options. */
  readonly option: JsonRecord | null
}

const describe = ({ element }: PlacedElement): string =>
  `${stringOrEmpty(element.action_id)} (${textObjectText(element.text) || stringOrEmpty(element.type)}${
    element.value === undefined ? '' : `, value ${String(element.value)}`
  })`

/**
 * The element that a person means: by action id, button text, or text of an overflow option. `value` tells
 * equal ones apart. Null when there is none; throws when several fit.
 */
export const findElement = (
  blocks: readonly JsonRecord[],
  idOrText: string,
  value?: string,
): FoundElement | null => {
  const found: FoundElement[] = []
  for (const placed of placedElements(blocks)) {
    const { element } = placed
    if (element.action_id === idOrText || textObjectText(element.text) === idOrText) {
      found.push({ ...placed, option: null })
    } else if (element.type === 'overflow') {
      const option = optionsOf(element).find((each) => textObjectText(each.text) === idOrText)
      if (option !== undefined) found.push({ ...placed, option })
    }
  }
  const fitting =
    value === undefined || found.length < 2 ? found : found.filter(({ element }) => element.value === value)
  if (fitting.length > 1) {
    throw new Error(`"${idOrText}" fits several elements: ${fitting.map(describe).join('; ')}`)
  }
  return fitting[0] ?? null
}

export const describeElements = (blocks: readonly JsonRecord[]): string =>
  placedElements(blocks).map(describe).join('; ') || 'no interactive element at all'

const withActionId = (value: unknown, nextId: () => string): unknown => {
  if (!isRecord(value) || value.action_id !== undefined) return value
  const type = stringOrEmpty(value.type)
  const interactive =
    type === 'button' || type === 'overflow' || /select|input|picker|radio|checkbox/.test(type)
  return interactive ? { ...value, action_id: nextId() } : value
}

/** Slack gives an id to every block and interactive element that came without one. */
export const withIds = (blocks: readonly JsonRecord[], nextId: () => string): readonly JsonRecord[] =>
  blocks.map((block) => ({
    ...block,
    block_id: stringOrEmpty(block.block_id) || nextId(),
    ...(Array.isArray(block.elements)
      ? { elements: block.elements.map((each) => withActionId(each, nextId)) }
      : {}),
    ...(block.accessory === undefined ? {} : { accessory: withActionId(block.accessory, nextId) }),
    ...(block.element === undefined ? {} : { element: withActionId(block.element, nextId) }),
  }))

/** Every text a person can read in these blocks, one a line. */
export const readableText = (value: unknown): string => {
  const lines: string[] = []
  const walk = (part: unknown): void => {
    if (Array.isArray(part)) {
      for (const each of part) walk(each)
    } else if (isRecord(part)) {
      if (typeof part.text === 'string') lines.push(part.text)
      for (const [key, each] of Object.entries(part)) {
        if (key === 'alt_text' && typeof each === 'string') lines.push(each)
        else if (typeof each === 'object') walk(each)
      }
    }
  }
  walk(value)
  return lines.join('\n')
}
