import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { measureAcks } from './ack.ts'
import { measureCalls } from './call.ts'
import { measureHome } from './home.ts'
import { printMachine } from './machine.ts'
import { measureMemory } from './memory.ts'
import { measurePoll } from './poll.ts'
import { measurePolled } from './polled.ts'
import { printTable } from './report.ts'
import { measureSizes } from './size.ts'
import { measureStarts } from './start.ts'
import { measureTransactions } from './transaction.ts'
import { measureWebhooks } from './webhook.ts'

/** `npm run bench`: speed. `npm run bench -- --memory`: memory over 100,000 interactions. */
const directory = mkdtempSync(join(tmpdir(), 'baton-bench-'))
try {
  printMachine(directory)
  if (process.argv.includes('--memory')) await measureMemory()
  else {
    printTable('Transactions, beside better-sqlite3 by hand', await measureTransactions(directory))
    printTable('Polling, beside JSON.parse and zod', await measurePoll(directory))
    printTable('Calls to providers, beside undici alone', await measureCalls())
    const sizes = await measureSizes(directory)
    printTable('100,000 waiting chats, beside 5,000', sizes.lines)
    printTable('Home tabs of 100,000 chats, beside those of 1,000', await measureHome(directory))
    printTable('Start', await measureStarts(sizes.large))
    // Both mostly wait.
    const shown = await Promise.all([measureWebhooks(directory), measurePolled(directory)])
    printTable('A message at WAMM until its card in Slack', shown.flat())
    printTable('Acknowledgements, beside a bare Bolt app with an empty listener', await measureAcks())
  }
} finally {
  rmSync(directory, { recursive: true })
}
