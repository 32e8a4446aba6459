import { describe, expect, it } from 'vitest'
import { type Breach, validateMessage, validateView } from '../../sandbox/slack/block-kit/validate.ts'

export const x = (length: number): string => 'x'.repeat(length)
export const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index))
export const plain = (text: string) => ({ type: 'plain_text', text })
export const mrkdwn = (text: string) => ({ type: 'mrkdwn', text })
export const opt = (index: number) => ({ text: plain(`o${index}`), value: `v${index}` })

export const section = (extra: object = {}) => ({ type: 'section', text: mrkdwn('hi'), ...extra })
export const divider = { type: 'divider' }
export const image = { type: 'image', image_url: 'https://x.test/a.png', alt_text: 'a' }
export const button = (extra: object = {}) => ({ type: 'button', text: plain('Claim Chat'), ...extra })
export const actions = (...elements: readonly object[]) => ({ type: 'actions', elements })
export const input = (element: object, extra: object = {}) => ({
  type: 'input',
  label: plain('Note'),
  element,
  ...extra,
})
export const typedText = (extra: object = {}) => ({ type: 'plain_text_input', ...extra })
export const message = (...blocks: readonly unknown[]) => ({ text: 'hi', blocks })
export const modal = (blocks: readonly unknown[], extra: object = {}) => ({
  type: 'modal',
  title: plain('Title'),
  submit: plain('Send'),
  blocks,
  ...extra,
})
export const home = (blocks: readonly unknown[], extra: object = {}) => ({ type: 'home', blocks, ...extra })

export const inMessage = (block: unknown) => validateMessage(message(block))
export const inModal = (block: unknown) => validateView(modal([block]))
export const inHome = (block: unknown) => validateView(home([block]))
export const inActions = (element: object) => inMessage(actions(element))
export const inInput = (element: object) => inModal(input(element))
export const select = (extra: object) => inActions({ type: 'static_select', ...extra })
export const richList = (indent: number) => ({
  type: 'rich_text',
  elements: [
    {
      type: 'rich_text_list',
      style: 'bullet',
      indent,
      elements: [{ type: 'rich_text_section', elements: [] }],
    },
  ],
})
export const card = (extra: object) => ({ type: 'card', ...extra })
export const container = (extra: object) => ({
  type: 'container',
  title: plain('T'),
  child_blocks: [divider],
  ...extra,
})
export const cells = (rows: number, columns: number, text = 'x') =>
  times(rows, () => times(columns, () => ({ type: 'raw_text', text })))
export const dataTable = (extra: object) => ({
  type: 'data_table',
  caption: 'c',
  rows: cells(2, 2),
  ...extra,
})
export const point = (index: number) => ({ label: `p${index}`, value: index })
export const pie = (segments: readonly object[], title = 't') => ({
  type: 'data_visualization',
  title,
  chart: { type: 'pie', segments },
})
export const bars = (series: number, points: number) => ({
  type: 'data_visualization',
  title: 't',
  chart: {
    type: 'bar',
    axis_config: { categories: times(1, (index) => `p${index}`) },
    series: times(series, (index) => ({ name: `s${index}`, data: times(points, point) })),
  },
})
export const task = (index: number) => ({
  type: 'task_card',
  task_id: `${index}`,
  title: 't',
  status: 'pending',
})
export const video = (extra: object) => ({
  type: 'video',
  video_url: 'https://x.test/v',
  thumbnail_url: 'https://x.test/t',
  alt_text: 'a',
  title: plain('t'),
  ...extra,
})
export const confirm = (extra: object) => inActions(button({ confirm: { text: plain('Sure?'), ...extra } }))

export type Check<T> = (value: T) => readonly Breach[]

/** What it is about, what just passes, what just fails. */
export interface Row {
  readonly what: string
  readonly passes: () => readonly Breach[]
  readonly fails: () => readonly Breach[]
  readonly error: string | undefined
}

export const row = <T>(what: string, check: Check<T>, passes: T, fails: T, error?: string): Row => ({
  what,
  passes: () => check(passes),
  fails: () => check(fails),
  error,
})

export const limit = (what: string, most: number, check: Check<number>, error?: string): Row =>
  row(what, check, most, most + 1, error)

/** Just what the limit allows passes; one over it is exactly one breach. */
export const testRows = (surface: string, rows: readonly Row[]): void => {
  describe(`Block Kit: ${surface}`, () => {
    it.each(rows)('allows $what and no more', ({ passes, fails, error }) => {
      expect(passes()).toEqual([])
      const errors = fails().map((breach) => breach.error)
      expect(errors).toHaveLength(1)
      if (error !== undefined) expect(errors).toContain(error)
    })
  })
}
