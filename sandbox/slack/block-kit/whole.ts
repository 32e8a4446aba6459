import { type Context, isList, isObject } from './rule.ts'

/** What holds over all blocks of one message or view together. */

interface Found {
  readonly value: unknown
  readonly at: string
}

/** Every value that stands under `name`, at any depth. */
const everyField = (value: unknown, name: string, at: string): readonly Found[] => {
  if (isList(value)) return value.flatMap((each, index) => everyField(each, name, `${at}/${index}`))
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([key, each]) => [
    ...(key === name ? [{ value: each, at: `${at}/${key}` }] : []),
    ...everyField(each, name, `${at}/${key}`),
  ])
}

const repeated = (found: readonly Found[]): readonly Found[] => {
  const seen = new Set<unknown>()
  return found.filter(({ value }) => seen.size === seen.add(value).size)
}

/** A block_id is unique in the whole, an action_id in its block. */
export const uniqueIds = (blocks: unknown, at: string, { report }: Context): void => {
  for (const { value, at: where } of repeated(everyField(blocks, 'block_id', at))) {
    report(where, `block_id ${String(value)} already exists`)
  }
  if (!isList(blocks)) return
  blocks.forEach((block, index) => {
    const parts = isObject(block) && isList(block.child_blocks) ? block.child_blocks : [block]
    for (const part of parts) {
      for (const { value, at: where } of repeated(everyField(part, 'action_id', `${at}/${index}`))) {
        report(where, `action_id ${String(value)} already exists in this block`)
      }
    }
  })
}

export const focusedOnce = (blocks: unknown, at: string, { report }: Context): void => {
  const focused = everyField(blocks, 'focus_on_load', at).filter(({ value }) => value === true)
  for (const { at: where } of focused.slice(1)) report(where, 'only one element may have focus_on_load')
}

const charactersIn = (value: unknown): number =>
  everyField(value, 'text', '').reduce(
    (sum, { value: text }) => (typeof text === 'string' ? sum + text.length : sum),
    0,
  )

const ofType = (blocks: readonly unknown[], type: string): readonly unknown[] =>
  blocks.filter((block) => isObject(block) && block.type === type)

/** Sums that only messages have. Source of 13,200: measured, slackapi/bolt-js#2509; not documented. */
export const messageSums = (
  blocks: unknown,
  breach: (error: string, pointer: string, message: string) => void,
  { report }: Context,
): void => {
  if (!isList(blocks)) return
  const limits = [
    { type: 'table', blocks: 1, characters: 10_000 },
    { type: 'data_table', blocks: Number.POSITIVE_INFINITY, characters: 20_000 },
    { type: 'data_visualization', blocks: 2, characters: Number.POSITIVE_INFINITY },
    { type: 'markdown', blocks: Number.POSITIVE_INFINITY, characters: 12_000 },
  ]
  for (const limit of limits) {
    const found = ofType(blocks, limit.type)
    if (found.length > limit.blocks) report('/blocks', `no more than ${limit.blocks} ${limit.type} allowed`)
    if (charactersIn(found) > limit.characters) {
      report('/blocks', `must be less than ${limit.characters + 1} characters over all ${limit.type} blocks`)
    }
  }
  const ownLimit = new Set(limits.map(({ type }) => type))
  const others = blocks.filter((block) => !(isObject(block) && ownLimit.has(String(block.type))))
  if (charactersIn(others) > 13_200) {
    breach('msg_blocks_too_long', '/blocks', 'must be less than 13201 characters over all blocks')
  }
}
