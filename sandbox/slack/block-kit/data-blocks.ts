import { blockId } from './composition.ts'
import { richText } from './rich-text.ts'
import {
  boolean,
  finiteNumber,
  integer,
  isList,
  list,
  type ObjectRule,
  object,
  oneOf,
  type Rule,
  string,
  variant,
} from './rule.ts'

/** Tables and charts. Numbers: docs.slack.dev/reference/block-kit/blocks. */
const cell: Rule = variant({
  raw_text: object({ type: oneOf('raw_text'), text: string({ min: 0 }) }),
  raw_number: object({ type: oneOf('raw_number'), value: finiteNumber, text: string({ min: 0 }) }),
  rich_text: richText,
})

const withinFirstRow: ObjectRule = (value, at, { report }) => {
  const { rows, row_header_column_index: index } = value
  const first = isList(rows) ? rows[0] : undefined
  if (isList(first) && typeof index === 'number' && index >= first.length) {
    report(`${at}/row_header_column_index`, 'must be the index of a column')
  }
}

export const table: Rule = object(
  { type: oneOf('table'), rows: list(list(cell, { max: 20 }), { max: 100 }) },
  {
    block_id: blockId,
    column_settings: list(object({}, { align: oneOf('left', 'center', 'right'), is_wrapped: boolean }), {
      max: 20,
    }),
  },
)

export const dataTable: Rule = object(
  {
    type: oneOf('data_table'),
    // The header, then up to 200 rows.
    rows: list(list(cell, { max: 20 }), { max: 201 }),
    caption: string(),
  },
  { block_id: blockId, page_size: integer(1, 100), row_header_column_index: integer(0, 19) },
  withinFirstRow,
)

const label = string({ max: 20 })
const point = object({ label, value: finiteNumber })
const axisConfig = object(
  { categories: list(label, { max: 20 }) },
  { x_label: string({ max: 50 }), y_label: string({ max: 50 }) },
)

const lines = (type: string): Rule =>
  object({
    type: oneOf(type),
    series: list(object({ name: label, data: list(point, { max: 20 }) }), { max: 12 }),
    axis_config: axisConfig,
  })

export const dataVisualization: Rule = object(
  {
    type: oneOf('data_visualization'),
    title: string({ max: 50 }),
    chart: variant({
      pie: object({ type: oneOf('pie'), segments: list(point, { max: 12 }) }),
      bar: lines('bar'),
      area: lines('area'),
      line: lines('line'),
    }),
  },
  { block_id: blockId },
)
