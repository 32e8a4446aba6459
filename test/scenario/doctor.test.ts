import { mkdirSync, writeFileSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type SandboxSlack, startSlack } from '../../sandbox/slack/start-slack.ts'
import { type SandboxWamm, startWamm } from '../../sandbox/wamm/start-wamm.ts'
import { systemClock } from '../../src/clock.ts'
import { later } from '../../src/routing/ids.ts'
import { botScopes } from '../../src/slack/scopes.ts'
import { runCommand } from '../fixtures/run-command.ts'
import { SUPPORT, seedStaff, WAMM_TOKEN } from '../fixtures/start-scene.ts'
import { temporaryFile } from '../fixtures/temporary-store.ts'

/** A Slack and a WAMM, and no Baton yet. */
let slack: SandboxSlack
let wamm: SandboxWamm
beforeAll(async () => {
  slack = await startSlack()
  wamm = await startWamm({ token: WAMM_TOKEN, clock: systemClock.now })
  seedStaff(wamm)
})
afterEach(() => {
  slack.faults.clear()
  wamm.faults.clear()
})
afterAll(async () => {
  await slack.close()
  await wamm.close()
})

const environment = (over: Readonly<Record<string, string>>): Readonly<Record<string, string>> => ({
  SLACK_BOT_TOKEN: slack.botToken,
  SLACK_APP_TOKEN: slack.appToken,
  SLACK_API_URL: slack.apiUrl,
  DATABASE_URL: `file:${temporaryFile()}`,
  ADMIN_USERS: 'U0DORA',
  WAMM_TOKEN,
  WAMM_BASE_URL: wamm.url,
  WAMM_SLACK_CHANNEL: SUPPORT,
  ...over,
})

interface Found {
  readonly healthy: boolean
  readonly findings: readonly { readonly check: string; readonly result: string; readonly says: string }[]
}

const examined = async (
  over: Readonly<Record<string, string>>,
  edges: Parameters<typeof runCommand>[2] = {},
): Promise<Found & { readonly end: string; readonly wrong: readonly string[] }> => {
  const { end, said } = await runCommand(environment(over), ['doctor', '--json'], edges)
  const found: Found = JSON.parse(said)
  const wrong = found.findings.filter(({ result }) => result === 'wrong')
  return { ...found, end: end.kind, wrong: wrong.map(({ check, says }) => `${check}: ${says}`) }
}

it('says that all is well where it is, before the first start', async () => {
  const found = await examined({})
  expect(found).toMatchObject({ healthy: true, end: 'done', wrong: [] })
  expect(found.findings.filter(({ result }) => result === 'warning')).toEqual([])
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
    const { wrong, healthy, end, findings } = await examined(over, edges)
    expect({ healthy, end }).toEqual({ healthy: false, end: 'unwell' })
    expect(wrong.join('\n')).toMatch(new RegExp(finds, 'm'))
    expect(wrong).toHaveLength(wrongs)
    const used = environment(over)
    for (const name of ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'WAMM_TOKEN']) {
      const value = used[name]
      if (value) expect(JSON.stringify(findings)).not.toContain(value)
    }
  })

  it('is a table of more than twenty', () => expect(planted.length).toBeGreaterThan(20))
})

it('finds that its two tokens are of two Slack apps', async () => {
  const mixed = await startSlack({ appTokenOf: 'A0OTHER' })
  const { wrong } = await examined({ SLACK_API_URL: mixed.apiUrl })
  await mixed.close()
  expect(wrong).toEqual([
    expect.stringMatching(
      /^Slack, Socket Mode: SLACK_APP_TOKEN is of the Slack app A0OTHER, SLACK_BOT_TOKEN of A0BATON.* one app/,
    ),
  ])
})

it('names the scopes that the app lacks', async () => {
  const poor = await startSlack({ scopes: botScopes.filter((scope) => scope !== 'users:read.email') })
  const { wrong } = await examined({ SLACK_API_URL: poor.apiUrl })
  await poor.close()
  expect(wrong).toEqual([
    expect.stringMatching(/^Slack, scopes: The app lacks users:read\.email\. .*manifest\.yml.*Reinstall/),
  ])
})
