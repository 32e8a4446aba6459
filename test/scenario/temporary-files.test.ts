import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'

const ROOT = new URL('../../', import.meta.url)
const SPILLING = new URL('../fixtures/spill-at-exit.ts', import.meta.url).href

let directory: string
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'baton-temporary-'))
})
afterAll(() => rmSync(directory, { recursive: true }))

/** Where SQLite has its temporary files at the end of a process of Baton's. */
async function placeOfTemporaryFiles(env: Readonly<Record<string, string>>): Promise<string> {
  const child = spawn(process.execPath, ['--import', SPILLING, 'src/main.ts', 'jobs'], {
    cwd: fileURLToPath(ROOT),
    env: {
      SLACK_BOT_TOKEN: 'xoxb-a-token',
      SLACK_APP_TOKEN: 'xapp-a-token',
      WAMM_TOKEN: 'a-token-of-wamm',
      WAMM_SLACK_CHANNEL: 'C0SUPPORT',
      DATABASE_URL: `file:${join(directory, 'baton.db')}`,
      ...env,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (chunk) => (said += String(chunk)))
  await once(child, 'close')
  const file = /temporary: (.*)/.exec(said)?.[1]
  if (file === undefined) throw new Error(said)
  return dirname(file)
}

// Writing the database anew makes a second copy of it, with everybody's names.
describe.skipIf(!existsSync('/proc/self/fd'))("SQLite's temporary files", () => {
  it('are beside the database, where Baton may write in any case and nobody else reads', async () => {
    expect(await placeOfTemporaryFiles({})).toBe(directory)
  })

  it('are where the environment says, if it says so', async () => {
    expect(await placeOfTemporaryFiles({ SQLITE_TMPDIR: tmpdir() })).toBe(tmpdir())
  })
})

it('In a container that may write nowhere else, the database is in a volume', () => {
  const { services } = parse(readFileSync(new URL('compose.yaml', ROOT), 'utf8'))
  const { read_only, tmpfs, volumes, environment } = services.baton
  expect({ read_only, tmpfs }).toEqual({ read_only: true, tmpfs: ['/tmp'] })
  const written = dirname(environment.DATABASE_URL.replace('file:', ''))
  expect(volumes).toContain(`data:${written}`)
  expect(readFileSync(new URL('Dockerfile', ROOT), 'utf8')).toContain(`VOLUME ${written}\n`)
})
