import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { median } from './measure.ts'
import { asMb, asMs } from './report.ts'

/** What the figures were measured on; without it they mean nothing. */
export function machine(directory: string): readonly string[] {
  const sqlite = new Sqlite(':memory:')
  const version = sqlite.prepare('SELECT sqlite_version()').pluck().get()
  sqlite.close()
  const [cpu] = cpus()
  return [
    `${cpu?.model ?? 'unknown CPU'}, ${cpus().length} cores, ${asMb(totalmem())} of memory`,
    `Node.js ${process.version}, SQLite ${version}, ${process.platform} ${process.arch}`,
    `4 KB written and fsynced: ${asMs(fsyncMs(directory))} (median of 50)`,
  ]
}

function fsyncMs(directory: string): number {
  const file = openSync(join(directory, 'fsync'), 'w')
  const page = Buffer.alloc(4096, 1)
  const times = Array.from({ length: 50 }, () => {
    const startedAt = performance.now()
    writeSync(file, page)
    fsyncSync(file)
    return performance.now() - startedAt
  })
  closeSync(file)
  return median(times)
}
