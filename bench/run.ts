import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { measureAcks } from './ack.ts'
import { printMachine } from './machine.ts'
import { printTable } from './report.ts'
import { measureTransactions } from './transaction.ts'

const directory = mkdtempSync(join(tmpdir(), 'baton-bench-'))
try {
  printMachine(directory)
  printTable('Transactions, beside better-sqlite3 by hand', await measureTransactions(directory))
  printTable('Acknowledgements, beside a bare Bolt app with an empty listener', await measureAcks())
} finally {
  rmSync(directory, { recursive: true })
}
