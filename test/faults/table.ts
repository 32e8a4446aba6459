import { cpus, totalmem } from 'node:os'
import type { Result } from './row.ts'

const HEAD = ['what goes wrong', 'runs', 'acknowledged', 'lost', 'doubled', 'disagreements']

/** The same whatever the rows, so that one can take the place of another. */
const WHAT_WIDTH = 84

/** As Markdown, which is read well as it is. */
export function faultsTable(results: readonly Result[]): string {
  return tableOf(results.map(lineOf))
}

const WIDTHS = HEAD.map((name, column) => (column === 0 ? WHAT_WIDTH : name.length))

const rowOf = (cells: readonly string[]): string =>
  `| ${cells.map((cell, at) => (at === 0 ? cell.padEnd(WIDTHS[at] ?? 0) : cell.padStart(WIDTHS[at] ?? 0))).join(' | ')} |`

const lineOf = ({ what, runs, acknowledged, lost, doubled, disagreements }: Result): string =>
  rowOf([
    what,
    ...[runs, acknowledged, lost?.length, doubled?.length, disagreements.length].map(
      (cell) => `${cell ?? '–'}`,
    ),
  ])

const tableOf = (lines: readonly string[]): string => {
  const rule = `| ${WIDTHS.map((width, at) => (at === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`
  return [rowOf(HEAD), rule, ...lines].join('\n')
}

/**
 * The page with what was found now, in the order of `lines`, and what `before` says of the other lines; what is none of
 * them any more goes.
 */
export function faultsPage(
  results: readonly Result[],
  { lines, before }: { readonly lines: readonly string[]; readonly before: string },
): string {
  const known = new Map(before.split('\n').map((line) => [whatOf(line), line]))
  for (const result of results) known.set(result.what, lineOf(result))
  return pageOf(lines.flatMap((what) => known.get(what) ?? []))
}

const whatOf = (line: string): string => line.split('|')[1]?.trim() ?? ''

const pageOf = (lines: readonly string[]): string => `# What Baton does when things go wrong

Written by \`npm run faults\`, last on ${cpus()[0]?.model ?? 'Unknown processor'}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB of memory,
Node.js ${process.version}, ${process.platform} ${process.arch}.

In each run but the adapters', Baton is a process of its own between a local Slack and a local WAMM.chat. Four people claim, hand off
and release five chats at once, mostly the same one, while WAMM's own screens change owners and single requests fail; then comes
what the row says. Afterwards everything works again, and

- _acknowledged_ counts what Slack was told is done, and the clicks that were acknowledged and done;
- _lost_ is what was acknowledged and is not in the store, or was there before and is not as it was;
- _doubled_ is what is in the store and nobody asked for, each request compared with one decision of the same person, about the
  same chat, with the same note or reason, and none with one that was refused; and what was written to WAMM more than once or in vain;
- _disagreements_ are chats of which store, WAMM and card say different things, decisions without an end and jobs that are left
  once Baton has had up to ten minutes of its own clock, which runs ten times as fast; and whatever else the row says must not be.

Slack posts each message it is asked for, so a message whose answer was lost may stand there twice; both work, and it is not counted.

${tableOf(lines)}
`
