import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { z } from 'zod'
import type { Result } from './row.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const PROVIDERS = { WAMM: 'wamm', SalesChat: 'saleschat', Aelyst: 'aelyst' } as const

const report = z.object({
  testResults: z.array(
    z.object({ assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })) }),
  ),
})

/** The contract suite of each adapter: every action that it offers under every fault of the transport. */
export async function playAdapters(): Promise<readonly Result[]> {
  const directory = mkdtempSync(join(tmpdir(), 'baton-faults-'))
  const results: Result[] = []
  for (const [label, file] of Object.entries(PROVIDERS)) {
    const output = join(directory, `${file}.json`)
    await promisify(execFile)(
      process.execPath,
      [
        'node_modules/vitest/vitest.mjs',
        'run',
        `test/contract/${file}-contract.test.ts`,
        '--reporter=json',
        `--outputFile=${output}`,
      ],
      { cwd: ROOT },
      // A test that failed is in the report; without a report there is no reading it.
    ).catch(() => undefined)
    const tests = report
      .parse(JSON.parse(readFileSync(output, 'utf8')))
      .testResults.flatMap(({ assertionResults }) => assertionResults)
    results.push({
      what: `${label}: each action under each fault of the transport and each documented error`,
      runs: tests.length,
      acknowledged: null,
      lost: [],
      doubled: [],
      disagreements: tests.filter(({ status }) => status !== 'passed').map(({ fullName }) => fullName),
    })
  }
  rmSync(directory, { recursive: true })
  return results
}
