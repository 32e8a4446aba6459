import { execFile } from 'node:child_process'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))

interface Ended {
  readonly code: number
  readonly said: string
}
const run = promisify(execFile)
const ended = (node: string, args: readonly string[]): Promise<Ended> =>
  run(node, args, { cwd: ROOT }).then(
    ({ stdout, stderr }) => ({ code: 0, said: stdout + stderr }),
    ({ code, stdout, stderr }) => ({ code, said: stdout + stderr }),
  )

/** What npm runs before the command itself. */
const runFirst = (command: string): readonly string[] => scripts[`pre${command}`].split(' ').slice(1)

/** Where a machine may have other versions: its own, and those that npx has fetched. */
const PLACES = [
  '/usr/bin/node',
  '/usr/local/bin/node',
  join(homedir(), '.npm/_npx/*/node_modules/node/bin/node'),
]
const found = await Promise.all(
  PLACES.flatMap((place) => globSync(place))
    .filter((path) => existsSync(path))
    .map(async (path) => ({ path, version: (await ended(path, ['--version'])).said.trim() })),
)
const isOld = ({ version }: { readonly version: string }): boolean => {
  const [major = 0, minor = 0] = version.replace('v', '').split('.').map(Number)
  return major < 22 || (major === 22 && minor < 19)
}
const old = [...new Map(found.filter(isOld).map((one) => [one.version, one])).values()]

describe.each(['start', 'doctor', 'demo'])('npm run %s', (command) => {
  it.skipIf(old.length === 0)(
    'says to a Node.js that is too old which one is needed, and how to get it',
    async () => {
      for (const { path, version } of old) {
        const { code, said } = await ended(path, runFirst(command))
        expect(code, version).toBe(1)
        expect(said).toMatch(
          new RegExp(
            `^Baton needs Node\\.js 22\\.19 or newer, best 24; this is ${version}, at \\S+\\. Get it from https://nodejs\\.org\\S+ .*npx -y -p node@24 .*\\n$`,
          ),
        )
      }
    },
  )

  it('says nothing to one that is not', async () => {
    expect(await ended(process.execPath, runFirst(command))).toEqual({ code: 0, said: '' })
  })
})

it('Under systemd, too, the version is looked at first', () => {
  const unit = readFileSync(join(ROOT, 'docs/baton.service'), 'utf8')
  expect(unit).toContain(`ExecStartPre=/usr/bin/node /opt/baton/${runFirst('start').join(' ')}\n`)
})
