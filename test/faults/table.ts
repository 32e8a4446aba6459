import { cpus, totalmem } from 'node:os'
import type { Result } from './row.ts'

const HEAD = ['what goes wrong', 'runs', 'acknowledged', 'lost', 'doubled', 'disagreements']

type Cells = readonly string[]

const cellsOf = ({ what, runs, acknowledged, lost, doubled, disagreements }: Result): Cells => [
  what,
  ...[runs, acknowledged, lost?.length, doubled?.length, disagreements.length].map(
    (cell) => `${cell ?? '–'}`,
  ),
]

/** As Markdown, which is read well as it is. */
export const faultsTable = (results: readonly Result[]): string => tableOf(results.map(cellsOf))

function tableOf(rows: readonly Cells[]): string {
  const widths = HEAD.map((name, at) => Math.max(name.length, ...rows.map((cells) => cells[at]?.length ?? 0)))
  const line = (cells: Cells): string => {
    const padded = widths.map((width, at) => cells[at]?.[at === 0 ? 'padEnd' : 'padStart'](width))
    return `| ${padded.join(' | ')} |`
  }
  const rule = widths.map((width, at) => (at === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`))
  return [HEAD, rule, ...rows].map(line).join('\n')
}

/**
 * The page with what was found now, in the order of `lines`, and what `before` says of the other lines; what is none of
 * them any more goes.
 */
export function faultsPage(
  results: readonly Result[],
  { lines, before }: { readonly lines: readonly string[]; readonly before: string },
): string {
  const said = before.split('\n').map(
    (line): Cells =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
  )
  const known = new Map([...said, ...results.map(cellsOf)].map((cells) => [cells[0], cells]))
  return pageOf(lines.map((what) => known.get(what)).filter((cells) => cells !== undefined))
}

const pageOf = (rows: readonly Cells[]): string => `# What Baton does when things go wrong

Written by \`npm run faults\`, last on ${cpus()[0]?.model ?? 'Unknown processor'}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB of memory,
Node.js ${process.version}, ${process.platform} ${process.arch}.

In each run but the adapters', Baton is a process of its own between a local Slack and a local WAMM.chat. Four people claim, hand off
and release five chats at once, mostly the same one, while WAMM's own screens change owners and single requests fail; in the
midst of that comes what the row says. Afterwards everything works again, and

- _acknowledged_ counts what Slack was told is done, and the clicks that were acknowledged and done;
- _lost_ is what was acknowledged and is not in the store, or was there before and is not as it was;
- _doubled_ is what is in the store and nobody asked for, each request compared with one decision of the same person, about the
  same chat, with the same note or reason, and none with one that was refused; and what was written to WAMM more than once or in vain;
- _disagreements_ are chats of which store, WAMM and card say different things, decisions without an end and jobs that are left
  once Baton has had up to ten minutes of its own clock, which runs ten times as fast; and whatever else the row says must not be.

A row of 1,500 rounds takes seven minutes or more, which is more than an hour of Baton's clock. After the first 300, its memory
may grow by 40 MB at most, and what it has open by 16 descriptors.

Slack posts each message it is asked for, so a message whose answer was lost may stand there twice; both work, and it is not counted.

${tableOf(rows)}
`
