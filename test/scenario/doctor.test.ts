import { mkdirSync, writeFileSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type SandboxSlack, startSlack } from '../../sandbox/slack/start-slack.ts'
import { startWamm } from '../../sandbox/wamm/start-wamm.ts'
import { systemClock } from '../../src/clock.ts'
import { later } from '../../src/routing/ids.ts'
import { botScopes } from '../../src/slack/scopes.ts'
import type { runCommand } from '../fixtures/run-command.ts'
import { type DoctorScene, startDoctorScene } from '../fixtures/start-doctor-scene.ts'
import { WAMM_TOKEN } from '../fixtures/start-scene.ts'
import { temporaryFile } from '../fixtures/temporary-store.ts'

let scene: DoctorScene
let slack: SandboxSlack
beforeAll(async () => {
  scene = await startDoctorScene()
  slack = scene.slack
})
afterEach(() => {
  slack.faults.clear()
  scene.wamm.faults.clear()
})
afterAll(() => scene.close())

it('says that all is well where it is, before the first start', async () => {
  const { healthy, end, are } = await scene.examined({})
  expect({ healthy, end }).toEqual({ healthy: true, end: 'done' })
  expect(['wrong', 'unknown', 'warning'].flatMap(are)).toEqual([])
})

/** What is planted, and the finding with its fix that must come of it. */
interface Planted {
  readonly what: string
  readonly env?: () => Readonly<Record<string, string>>
  readonly plant?: () => void
  readonly edges?: Parameters<typeof runCommand>[2]
  readonly finds: RegExp
  /** How many findings it makes wrong; 1 if absent. */
  readonly wrongs?: number
}

const refusing = (method: string, error: string) => (): void =>
  void slack.faults.inject(method, { kind: 'error', error })

const planted: readonly Planted[] = [
  {
    what: 'no bot token',
    env: () => ({ SLACK_BOT_TOKEN: '' }),
    finds: /^Configuration: SLACK_BOT_TOKEN is missing: .*xoxb/,
  },
  {
    what: 'the tokens in each other’s places',
    env: () => ({ SLACK_BOT_TOKEN: slack.appToken, SLACK_APP_TOKEN: slack.botToken }),
    finds: /^Configuration: SLACK_BOT_TOKEN must be the bot token: it begins with xoxb-/,
    wrongs: 2,
  },
  {
    what: 'HTTP mode without a signing secret',
    env: () => ({ SLACK_MODE: 'http' }),
    finds: /^Configuration: SLACK_SIGNING_SECRET is missing/,
  },
  {
    what: "a channel's name instead of its id",
    env: () => ({ WAMM_SLACK_CHANNEL: '#support' }),
    finds: /^Configuration: WAMM_SLACK_CHANNEL must be the id of a Slack channel/,
  },
  {
    what: 'a provider without its channel',
    env: () => ({ WAMM_SLACK_CHANNEL: '' }),
    finds: /^Configuration: WAMM_SLACK_CHANNEL is missing/,
  },
  {
    what: 'no provider at all',
    env: () => ({ WAMM_SLACK_CHANNEL: '', WAMM_TOKEN: '', WAMM_BASE_URL: '' }),
    finds: /^Configuration: No provider is set up: give WAMM_TOKEN/,
  },
  {
    what: 'a database of another kind',
    env: () => ({ DATABASE_URL: 'postgres://localhost/baton' }),
    finds: /^Configuration: DATABASE_URL must be file:/,
  },
  {
    what: 'a name instead of a member id',
    env: () => ({ ADMIN_USERS: '@dora' }),
    finds: /^Configuration: ADMIN_USERS must be Slack member ids/,
  },
  {
    what: 'a Node.js that is too old',
    edges: { nodeVersion: 'v22.18.0' },
    finds: /^Node\.js: Node\.js v22\.18\.0 is too old: install 22\.19 or newer/,
  },
  {
    what: 'a place where no database can be made',
    env: () => ({ DATABASE_URL: 'file:/dev/null/data/baton.db' }),
    finds: /^Database: Baton may not write in \/dev\/null, .*chown.*DATABASE_URL/,
  },
  {
    what: 'a file that is no database',
    env: () => {
      const file = temporaryFile()
      writeFileSync(file, 'A letter to my aunt. '.repeat(100))
      return { DATABASE_URL: `file:${file}` }
    },
    finds: /^Database: .* cannot be opened as a database \(SQLITE_NOTADB\)\. Correct DATABASE_URL/,
  },
  {
    what: 'a database of a newer Baton',
    env: () => {
      const file = temporaryFile()
      new Sqlite(file)
        .exec('CREATE TABLE __drizzle_migrations (id INTEGER, hash TEXT, created_at NUMERIC)')
        .exec("INSERT INTO __drizzle_migrations VALUES (1, 'x', 9999999999999)")
        .close()
      return { DATABASE_URL: `file:${file}` }
    },
    finds: /^Database: A newer Baton has worked on .* Start that version/,
  },
  {
    what: 'a database of another user',
    env: () => {
      const file = temporaryFile()
      // Whoever may read everything cannot be kept from a file, but reads no directory as one.
      mkdirSync(`${file}-instance`)
      return { DATABASE_URL: `file:${file}` }
    },
    finds: /^Database: .*-instance cannot be read \(SQLITE_.*as the user that runs Baton/,
  },
  {
    what: 'a bot token that Slack does not know',
    env: () => ({ SLACK_BOT_TOKEN: 'xoxb-revoked' }),
    finds: /^Slack, bot token: Slack refuses SLACK_BOT_TOKEN \(invalid_auth\): copy .*OAuth & Permissions/,
  },
  {
    what: 'an app-level token that Slack does not know',
    env: () => ({ SLACK_APP_TOKEN: 'xapp-revoked' }),
    finds: /^Slack, Socket Mode: Slack refuses SLACK_APP_TOKEN \(invalid_auth\): create one/,
  },
  {
    what: 'an app-level token without its scope',
    plant: refusing('apps.connections.open', 'missing_scope'),
    finds: /^Slack, Socket Mode: SLACK_APP_TOKEN lacks the scope connections:write/,
  },
  {
    what: 'no way to Slack',
    env: () => ({ SLACK_API_URL: 'http://127.0.0.1:9/api/' }),
    finds: /^Slack, bot token: Slack cannot be reached at http:\/\/127\.0\.0\.1:9 .*check the network/,
    wrongs: 2,
  },
  {
    what: 'a channel that the bot is not in',
    env: () => ({ WAMM_SLACK_CHANNEL: 'C0RANDOM' }),
    finds: /^wamm, Slack channel C0RANDOM: Baton is not in the channel.*`\/invite @Baton`/,
  },
  {
    what: 'a private channel that the bot is not in',
    env: () => ({ WAMM_SLACK_CHANNEL: 'C0SECRET' }),
    finds: /^wamm, Slack channel C0SECRET: .*no such channel.*`\/invite @Baton`.*WAMM_SLACK_CHANNEL/,
  },
  {
    what: 'an archived channel',
    env: () => ({ WAMM_SLACK_CHANNEL: 'C0OLD' }),
    finds: /^wamm, Slack channel C0OLD: The channel is archived.* Unarchive it/,
  },
  {
    what: 'a channel that others read',
    env: () => ({ WAMM_SLACK_CHANNEL: 'C0SHARED' }),
    finds: /^wamm, Slack channel C0SHARED: People of another organisation read.*allowSharedChannel/,
  },
  {
    what: 'an admin whom Slack does not know',
    env: () => ({ ADMIN_USERS: 'U0NOBODY' }),
    finds: /^ADMIN_USERS, U0NOBODY: Slack knows nobody with this id\. .*Copy member ID/,
  },
  {
    what: 'an admin who has left',
    env: () => ({ ADMIN_USERS: 'U0OLAF' }),
    finds: /^ADMIN_USERS, U0OLAF: Whoever that was is deactivated.*Copy member ID/,
  },
  {
    what: 'a lead who is a guest',
    env: () => ({ LEAD_USERS: 'U0GUS' }),
    finds: /^LEAD_USERS, U0GUS: That is a guest/,
  },
  {
    what: 'a user group that there is not',
    env: () => ({ LEAD_USERS: 'S0GONE' }),
    finds: /^LEAD_USERS, S0GONE: Slack has no such user group.*LEAD_USERS/,
  },
  {
    what: 'a clock that is slow',
    edges: { clock: { ...systemClock, now: () => later(systemClock.now(), -90_000) } },
    finds: /^Clock: This machine's clock is (89|90|91) s behind Slack's.*NTP/,
  },
  {
    what: 'a token that the provider does not accept',
    env: () => ({ WAMM_TOKEN: 'wamm-old-token' }),
    finds: /^wamm, token: WAMM does not accept the token\. Copy it again .* WAMM_TOKEN/,
  },
  {
    what: 'an address of the provider where nobody is',
    env: () => ({ WAMM_BASE_URL: 'http://127.0.0.1:9' }),
    finds: /^wamm, token: WAMM cannot be reached\. .*WAMM_BASE_URL/,
  },
]

describe('finds what is planted, names the fix, shows no secret, and says nothing else is wrong', () => {
  it.each(planted)('$what', async ({ env, plant, edges, finds, wrongs = 1 }) => {
    plant?.()
    const over = env?.() ?? {}
    const { are, healthy, end, findings } = await scene.examined(over, edges)
    expect({ healthy, end }).toEqual({ healthy: false, end: 'unwell' })
    const wrong = are('wrong')
    expect(wrong.join('\n')).toMatch(new RegExp(finds, 'm'))
    expect(wrong).toHaveLength(wrongs)
    const used = scene.environment(over)
    for (const name of ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'WAMM_TOKEN']) {
      const value = used[name]
      if (value) expect(JSON.stringify(findings)).not.toContain(value)
    }
  })

  it('a provider with nobody who could claim', async () => {
    const empty = await startWamm({ token: WAMM_TOKEN, clock: systemClock.now })
    empty.addUser({ id: '1', name: 'Left', email: 'left@acme.test' })
    empty.blockUser('1')
    const { are } = await scene.examined({ WAMM_BASE_URL: empty.url })
    await empty.close()
    expect(are('wrong')).toEqual([
      'wamm, users: WAMM lists nobody who can have a chat, so nobody can claim. Add users in WAMM.',
    ])
  })

  it('is a table of more than twenty', () => expect(planted.length).toBeGreaterThan(20))
})

const inTrouble = (method: string) => (): void => void slack.faults.inject(method, { kind: 'reset' })

describe('does not say that all is well where that could not be found out', () => {
  it.each<readonly [what: string, plant: () => void, finds: RegExp]>([
    [
      'a provider that takes no more questions, so nobody knows whether the token is right',
      () => void scene.wamm.faults.add({ fault: { kind: 'status', status: 429 } }),
      /^wamm, token: WAMM takes no more questions right now\. Run the doctor again in a minute/,
    ],
    [
      'a provider that takes the first question alone',
      () => void scene.wamm.faults.add({ method: 'user_list', fault: { kind: 'status', status: 429 } }),
      /^wamm, users: WAMM takes no more questions right now/,
    ],
    [
      'a channel of which Slack does not tell',
      inTrouble('conversations.info'),
      /^wamm, Slack channel C0SUPPORT: Slack does not answer now.* Run the doctor again/,
    ],
    [
      'an admin of whom Slack does not tell',
      inTrouble('users.info'),
      /^ADMIN_USERS, U0DORA: Slack does not answer now/,
    ],
    [
      'a Slack that does not say what time it is',
      inTrouble('api.test'),
      /^Clock: Slack did not say what time/,
    ],
  ])('%s', async (_what, plant, finds) => {
    plant()
    const { healthy, end, summary, are } = await scene.examined({})
    expect({ healthy, end, wrong: are('wrong') }).toEqual({ healthy: false, end: 'unwell', wrong: [] })
    expect(are('unknown')).toEqual([expect.stringMatching(finds)])
    expect(summary).toMatch(/^Not everything could be found out \(1 not known[,)]/)
  })
})

it('finds that its two tokens are of two Slack apps', async () => {
  const mixed = await startSlack({ appTokenOf: 'A0OTHER' })
  const { are } = await scene.examined({ SLACK_API_URL: mixed.apiUrl })
  await mixed.close()
  expect(are('wrong')).toEqual([
    expect.stringMatching(
      /^Slack, Socket Mode: SLACK_APP_TOKEN is of the Slack app A0OTHER, SLACK_BOT_TOKEN of A0BATON.* one app/,
    ),
  ])
})

it('names the scopes that the app lacks', async () => {
  const poor = await startSlack({ scopes: botScopes.filter((scope) => scope !== 'users:read.email') })
  const { are } = await scene.examined({ SLACK_API_URL: poor.apiUrl })
  await poor.close()
  expect(are('wrong')).toEqual([
    expect.stringMatching(/^Slack, scopes: The app lacks users:read\.email\. .*manifest\.yml.*Reinstall/),
  ])
})
