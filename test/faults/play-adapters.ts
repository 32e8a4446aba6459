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

const whatOf = (label: string): string =>
  `${label}: each action under each fault of the transport and each documented error`

/** The lines of the table, in their order. */
export const adapterLines: readonly string[] = Object.keys(PROVIDERS).map(whatOf)

const report = z.object({
  success: z.boolean(),
  testResults: z.array(
    z.object({
      status: z.string(),
      /** Why a file could not be loaded. */
      message: z.string().default(''),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
})

/** The contract suite of each adapter: every action that it offers under every fault of the transport. */
export async function playAdapters(): Promise<readonly Result[]> {
  const directory = mkdtempSync(join(tmpdir(), 'baton-faults-'))
  const results: Result[] = []
  for (const [label, name] of Object.entries(PROVIDERS)) {
    const output = join(directory, `${name}.json`)
    const file = `test/contract/${name}-contract.test.ts`
    const vitest = [
      'node_modules/vitest/vitest.mjs',
      'run',
      file,
      '--reporter=json',
      `--outputFile=${output}`,
    ]
    await promisify(execFile)(process.execPath, vitest, { cwd: ROOT })
      // A test that failed is in the report; without a report there is no reading it.
      .catch(() => undefined)
    results.push(resultOf(whatOf(label), JSON.parse(readFileSync(output, 'utf8'))))
  }
  rmSync(directory, { recursive: true })
  return results
}

/** What a report of Vitest's says. Nothing is acknowledged in these tests, so nothing can be lost or doubled. */
export function resultOf(what: string, written: unknown): Result {
  const { success, testResults } = report.parse(written)
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults)
  const failed = [
    ...tests.filter(({ status }) => status !== 'passed').map(({ fullName }) => fullName),
    ...testResults.flatMap(({ status, message }) => (status === 'passed' ? [] : [message])),
  ].filter((why) => why !== '')
  const isRun = success && tests.length > 0
  return {
    what,
    runs: tests.length,
    acknowledged: null,
    lost: null,
    doubled: null,
    disagreements: isRun || failed.length > 0 ? failed : ['the tests were not run'],
  }
}
