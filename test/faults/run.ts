import { readFileSync, writeFileSync } from 'node:fs'
import { clocks } from './clocks.ts'
import { disks } from './disks.ts'
import { kills } from './kills.ts'
import { adapterLines, playAdapters } from './play-adapters.ts'
import { isClean, playRow } from './play-row.ts'
import type { Result } from './row.ts'
import { slackTroubles } from './slack-troubles.ts'
import { soaks } from './soaks.ts'
import { faultsPage, faultsTable } from './table.ts'

/** `npm run faults`: all rows, into docs/faults.md. `npm run faults -- disk clock`: some of them, which take the place of their lines there. */
const PAGE = 'docs/faults.md'

const rows = [...kills, ...disks, ...clocks, ...slackTroubles, ...soaks]
const names = new Set([...rows.map(({ name }) => name), 'adapters'])
const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !names.has(name))
if (unknown.length > 0) {
  console.error(`There is no row ${unknown.join(', ')}. Rows: ${[...names].join(', ')}.`)
  process.exit(1)
}
const isAsked = (name: string): boolean => asked.length === 0 || asked.includes(name)

const results: Result[] = []
const keep = (result: Result): void => {
  results.push(result)
  console.log(faultsTable([result]).split('\n').at(-1))
  const { lost, doubled, disagreements } = result
  for (const [kind, found] of Object.entries({ lost, doubled, disagreements })) {
    for (const each of found ?? []) console.log(`  ${kind}: ${each}`)
  }
}
for (const row of rows) if (isAsked(row.name)) keep(await playRow(row))
if (isAsked('adapters')) for (const result of await playAdapters()) keep(result)

console.log(`\n${faultsTable(results)}`)
const lines = [...rows.map(({ what }) => what), ...adapterLines]
writeFileSync(PAGE, faultsPage(results, { lines, before: readFileSync(PAGE, 'utf8') }))
process.exit(results.every(isClean) ? 0 : 1)
