import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { type SandboxSlack, startSlack } from '../../sandbox/slack/start-slack.ts'
import { type SandboxWamm, startWamm } from '../../sandbox/wamm/start-wamm.ts'
import { systemClock } from '../../src/clock.ts'
import { SUPPORT, seedStaff, WAMM_TOKEN } from '../fixtures/start-scene.ts'

/** Follows the README's section word by word, with the sandbox in the place of Slack and WAMM.chat. */

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const readme = readFileSync(join(ROOT, 'README.md'), 'utf8')
const section = readme.slice(readme.indexOf('## Put it into your Slack'), readme.indexOf('## Every setting'))
const scripts: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(join(ROOT, 'package.json'), 'utf8'),
).scripts

// Each test starts several processes, which may take long on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let directory: string
let slack: SandboxSlack
let wamm: SandboxWamm
let baton: ChildProcess | null = null
const open = async (mode: 'socket' | 'http'): Promise<void> => {
  slack = await startSlack({ mode })
  wamm = await startWamm({ token: WAMM_TOKEN, clock: systemClock.now })
  seedStaff(wamm)
}
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'baton-readme-'))
})
afterEach(async () => {
  if (baton !== null) {
    baton.kill('SIGKILL')
    await once(baton, 'close')
    baton = null
  }
  await slack.close()
  await wamm.close()
  rmSync(directory, { recursive: true })
})

/** The command in the README, run in a directory that has nothing but the `.env`. */
const run = (command: string): ChildProcess => {
  expect(section).toContain(command)
  const [, name = '', rest = ''] = /^npm (?:run )?([\w:]+)(?: -- (.*))?$/.exec(command) ?? []
  const [node, ...args] = (scripts[name] ?? '').split(' ')
  expect(node).toBe('node')
  const inRoot = args.map((arg) => (arg === 'src/main.ts' ? join(ROOT, arg) : arg))
  const more =
    rest === '' ? [] : rest.replace('https://<your address>', `http://127.0.0.1:${port}`).split(' ')
  return spawn(process.execPath, [...inRoot, ...more], {
    cwd: directory,
    env: { PATH: process.env.PATH ?? '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

const finished = async (
  child: ChildProcess,
): Promise<{ readonly said: string; readonly code: number | null }> => {
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (said += String(chunk)))
  await once(child, 'close')
  return { said, code: child.exitCode }
}

const started = async (command: string): Promise<void> => {
  const child = run(command)
  baton = child
  let said = ''
  await new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk) => {
        said += String(chunk)
        if (said.includes('Baton is ready')) resolve()
      })
    }
    child.on('close', () => reject(new Error(said)))
  })
}

let port = 0
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** `cp .env.example .env`, and what is filled in; of the rest only where the sandbox is. */
async function configured(filledIn: Readonly<Record<string, string>>): Promise<void> {
  expect(section).toContain('cp .env.example .env')
  copyFileSync(join(ROOT, '.env.example'), join(directory, '.env'))
  port = await freePort()
  const values = {
    ...filledIn,
    SLACK_API_URL: slack.apiUrl,
    WAMM_BASE_URL: wamm.url,
    PORT: String(port),
  }
  let file = readFileSync(join(directory, '.env'), 'utf8')
  for (const [name, value] of Object.entries(values)) {
    expect(file).toMatch(new RegExp(`^${name}=`, 'm'))
    file = file.replace(new RegExp(`^${name}=.*$`, 'm'), `${name}=${value}`)
  }
  writeFileSync(join(directory, '.env'), file)
  for (const name of Object.keys(filledIn)) expect(section).toContain(`\`${name}`)
}

const given = () => ({
  SLACK_BOT_TOKEN: slack.botToken,
  ADMIN_USERS: 'U0DORA',
  WAMM_TOKEN,
  WAMM_SLACK_CHANNEL: SUPPORT,
})

async function pressed(): Promise<void> {
  const message = await slack.until(
    () =>
      slack
        .as('dora')
        .dms()
        .find(({ text }) => text.includes('press the button')),
    { timeoutMs: 30_000 },
  )
  await slack.as('dora').click(message, 'Press Me')
}

/** As the section says, and what it says to do. */
const nobodyIsLinked = expect.stringMatching(/^warning wamm, links: .*`\/baton link everyone`/)

it('in Socket Mode, it ends with a doctor who finds all in order', async () => {
  await open('socket')
  await configured({ ...given(), SLACK_APP_TOKEN: slack.appToken })
  const before = await finished(run('npm run doctor'))
  expect(before.said).not.toMatch(/WRONG|UNKNOWN|warning/)
  expect(before.code).toBe(0)
  await started('npm start')
  const [after] = await Promise.all([finished(run('npm run doctor -- --press')), pressed()])
  expect(after.said.match(/^(?:WRONG|UNKNOWN|warning|skipped) .*$/gm)).toEqual([nobodyIsLinked])
  expect(after).toMatchObject({ code: 0 })
})

it('in HTTP mode, it ends with a doctor who finds all in order', async () => {
  await open('http')
  await configured({ ...given(), SLACK_MODE: 'http', SLACK_SIGNING_SECRET: slack.signingSecret })
  slack.setRequestUrl(`http://127.0.0.1:${port}/slack/events`)
  await started('npm start')
  const doctor = finished(run('npm run doctor -- --press --url https://<your address>'))
  const [after] = await Promise.all([doctor, pressed()])
  expect(after.said.match(/^(?:WRONG|UNKNOWN|warning|skipped) .*$/gm)).toEqual([nobodyIsLinked])
  expect(after).toMatchObject({ code: 0 })
})

it('with a bad setting, the doctor names it and ends with 1, before anything else can', async () => {
  await open('socket')
  await configured({ ...given(), SLACK_APP_TOKEN: 'xapp' })
  const { said, code } = await finished(run('npm run doctor'))
  expect(said).toMatch(/^WRONG {3}Configuration: SLACK_APP_TOKEN must be the app-level token/m)
  expect(code).toBe(1)
})
