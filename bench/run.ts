import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { measureAcks } from './ack.ts'
import { measureAsked } from './asked.ts'
import { measureCalls } from './call.ts'
import { measureConfirmed } from './confirmed.ts'
import { measureHome } from './home.ts'
import { machine } from './machine.ts'
import { measureMemory } from './memory.ts'
import { measurePoll } from './poll.ts'
import { measurePolled } from './polled.ts'
import { benchmarksPage, type Line, type Part, printTable } from './report.ts'
import { measureRest } from './rest.ts'
import { measureSizes } from './size.ts'
import { measureStarts } from './start.ts'
import { measureTransactions } from './transaction.ts'
import { measureWebhooks } from './webhook.ts'

/**
 * `npm run bench`: all parts, into docs/benchmarks.md. `npm run bench -- ack rest`: some of them, printed alone.
 */
const directory = mkdtempSync(join(tmpdir(), 'baton-bench-'))
const parts: Readonly<
  Record<string, { readonly title: string; readonly measure: () => Promise<readonly Line[]> }>
> = {
  ack: { title: 'Acknowledgements, beside a bare Bolt app with an empty listener', measure: measureAcks },
  confirmed: { title: 'Claims until the provider has them, beside a bare script', measure: measureConfirmed },
  asked: { title: 'Requests of an action, beside the least that can do it', measure: measureAsked },
  transaction: {
    title: 'Transactions, beside better-sqlite3 by hand',
    measure: () => measureTransactions(directory),
  },
  poll: { title: 'Polling, beside JSON.parse and zod', measure: () => measurePoll(directory) },
  call: { title: 'Calls to providers, beside undici alone', measure: measureCalls },
  size: { title: '100,000 waiting chats, beside 5,000', measure: () => measureSizes(directory) },
  home: { title: 'Home tabs of more chats, beside those of 1,000', measure: () => measureHome(directory) },
  rest: { title: 'Memory at rest', measure: () => measureRest(directory) },
  memory: { title: 'Memory over 100,000 interactions', measure: measureMemory },
  start: { title: 'Start', measure: () => measureStarts(directory) },
  card: {
    title: 'A message at WAMM until its card in Slack',
    // Both mostly wait.
    measure: async () => (await Promise.all([measureWebhooks(directory), measurePolled(directory)])).flat(),
  },
}

const asked = process.argv.slice(2)
try {
  const on = machine(directory)
  console.log(on.join('\n'))
  const unknown = asked.filter((name) => !(name in parts))
  if (unknown.length > 0)
    throw new Error(`no part ${unknown.join(', ')}; parts: ${Object.keys(parts).join(', ')}`)
  const measured: Part[] = []
  for (const [name, { title, measure }] of Object.entries(parts)) {
    if (asked.length > 0 && !asked.includes(name)) continue
    const part = { title, lines: await measure() }
    printTable(part)
    measured.push(part)
  }
  if (asked.length === 0) writeFileSync('docs/benchmarks.md', benchmarksPage(on, measured))
} finally {
  rmSync(directory, { recursive: true })
}
