import type { Ratio, Rounds } from './measure.ts'
import { median, ratioOf } from './measure.ts'

export interface Line {
  readonly what: string
  readonly ours: string
  readonly bare: string
  readonly ratio: string
  readonly target: string
  /** Null when nothing was promised. */
  readonly met: boolean | null
}

/** Up to 100 ms with two digits behind the point. */
export const asMs = (value: number): string => `${value.toFixed(value < 100 ? 2 : 0)} ms`
export const asPerSecond = (value: number): string => `${Math.round(value)}/s`
export const asMb = (bytes: number): string => `${(bytes / 1_048_576).toFixed(1)} MB`

const asRatio = ({ median: middle, least, most }: Ratio): string =>
  `${middle.toFixed(2)}× (${least.toFixed(2)}–${most.toFixed(2)})`

/** `rounds` beside each other; the promise is about the median of the rounds' ratios. */
export function comparison(
  what: string,
  rounds: Rounds,
  show: (value: number) => string,
  target?: { readonly atMost: number } | { readonly atLeast: number },
): Line {
  const ratio = ratioOf(rounds)
  const met =
    target === undefined
      ? null
      : 'atMost' in target
        ? ratio.median <= target.atMost
        : ratio.median >= target.atLeast
  const promised =
    target === undefined ? '' : 'atMost' in target ? `≤ ${target.atMost}×` : `≥ ${target.atLeast}×`
  return {
    what,
    ours: show(median(rounds.ours)),
    bare: show(median(rounds.bare)),
    ratio: asRatio(ratio),
    target: promised,
    met,
  }
}

/** One figure on its own. */
export const figure = (
  what: string,
  value: number,
  show: (value: number) => string,
  atMost?: number,
): Line => ({
  what,
  ours: show(value),
  bare: '',
  ratio: '',
  target: atMost === undefined ? '' : `≤ ${show(atMost)}`,
  met: atMost === undefined ? null : value <= atMost,
})

const heading: Line = {
  what: '',
  ours: 'Baton',
  bare: 'bare',
  ratio: 'ratio (min–max)',
  target: 'target',
  met: null,
}

/** Lines that were measured together. */
export interface Part {
  readonly title: string
  readonly lines: readonly Line[]
}

const rowsOf = (lines: readonly Line[]): readonly (readonly string[])[] =>
  [heading, ...lines].map(({ what, ours, bare, ratio, target, met }) => [
    what,
    ours,
    bare,
    ratio,
    target,
    met === null ? '' : met ? 'met' : 'MISSED',
  ])

/** Each row's cells, padded to the same widths; without columns in which no line says anything. */
const columns = ([head = [], ...lines]: readonly (readonly string[])[]): readonly (readonly string[])[] => {
  const used = head.flatMap((_, column) => (lines.some((line) => line[column] !== '') ? [column] : []))
  const rows = [head, ...lines].map((row) => used.map((column) => row[column] ?? ''))
  const widths = used.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) =>
    row.map((cell, column) => {
      const width = widths[column] ?? 0
      return column === 0 ? cell.padEnd(width) : cell.padStart(width)
    }),
  )
}

export function printTable({ title, lines }: Part): void {
  console.log(`\n${title}`)
  for (const cells of columns(rowsOf(lines))) console.log(`  ${cells.join('  ').trimEnd()}`)
}

export const benchmarksPage = (machine: readonly string[], parts: readonly Part[]): string =>
  [
    '# How fast Baton is',
    `Written by \`npm run bench\`. All is measured in one run, ours and the bare thing beside it in turns, so the ratios say more
than the times; a ratio is the median of the rounds, with the least and the most.`,
    machine.map((line) => `- ${line}`).join('\n'),
    ...parts.flatMap(({ title, lines }) => [`## ${title}`, markdown(rowsOf(lines))]),
  ]
    .join('\n\n')
    .concat('\n')

function markdown(rows: readonly (readonly string[])[]): string {
  const [head = [], ...rest] = columns(rows)
  const rule = head.map((cell, column) =>
    column === 0 ? '-'.repeat(cell.length) : `${'-'.repeat(cell.length - 1)}:`,
  )
  return [head, rule, ...rest].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}
