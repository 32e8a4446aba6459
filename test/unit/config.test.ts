import { readFileSync } from 'node:fs'
import { inspect, parseEnv } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Config, parseConfig, secretsOf, variableNames } from '../../src/config.ts'

const socketEnv = {
  SLACK_BOT_TOKEN: 'xoxb-1111-secret',
  SLACK_APP_TOKEN: 'xapp-1-2222-secret',
  WAMM_TOKEN: 'wamm-secret-token',
  WAMM_SLACK_CHANNEL: 'C0SUPPORT',
}
const httpEnv = { ...socketEnv, SLACK_MODE: 'http', SLACK_SIGNING_SECRET: '8f742231b10e8888abcd99yyyzzz85a5' }

const configOf = (env: Record<string, string | undefined>): Config => {
  const result = parseConfig(env)
  if (result.kind === 'invalid') throw new Error(result.problems.join('\n'))
  return result.config
}

const problemsOf = (env: Record<string, string | undefined>): readonly string[] => {
  const result = parseConfig(env)
  return result.kind === 'invalid' ? result.problems : []
}

describe('the configuration', () => {
  it('needs two Slack tokens and one provider, and has a default for everything else', () => {
    const config = configOf(socketEnv)
    expect(config).toMatchObject({
      slack: { apiUrl: 'https://slack.com/api/', transport: { kind: 'socket' } },
      http: { host: '127.0.0.1', port: 3000 },
      databasePath: './data/baton.db',
      logLevel: 'info',
      defaultCountry: null,
      admins: [],
      leads: [],
      accounts: [
        {
          id: 'wamm',
          provider: 'wamm',
          channel: 'C0SUPPORT',
          pollSeconds: 30,
        },
      ],
    })
    expect(secretsOf(config).map((secret) => secret.reveal())).toEqual([
      socketEnv.SLACK_BOT_TOKEN,
      socketEnv.SLACK_APP_TOKEN,
      socketEnv.WAMM_TOKEN,
    ])
  })

  it('takes every variable', () => {
    const config = configOf({
      ...httpEnv,
      SLACK_API_URL: 'http://127.0.0.1:4000/api',
      HOST: '0.0.0.0',
      PORT: '8080',
      DATABASE_URL: 'file:///var/lib/baton/baton.db',
      LOG_LEVEL: 'warn',
      DEFAULT_COUNTRY: 'ae',
      ADMIN_USERS: 'U0ADMIN, W0ADMIN,U0ADMIN',
      LEAD_USERS: 'U0LEAD',
      WAMM_BASE_URL: 'http://localhost:5000/',
      WAMM_TIMEZONE: 'Europe/Berlin',
      WAMM_POLL_SECONDS: '5',
    })
    expect(config).toMatchObject({
      slack: { apiUrl: 'http://127.0.0.1:4000/api/', transport: { kind: 'http' } },
      http: { host: '0.0.0.0', port: 8080 },
      databasePath: '/var/lib/baton/baton.db',
      logLevel: 'warn',
      defaultCountry: 'AE',
      admins: ['U0ADMIN', 'W0ADMIN'],
      leads: ['U0LEAD'],
      accounts: [{ pollSeconds: 5 }],
    })
  })

  it('reports every bad and missing variable at once', () => {
    const problems = problemsOf({
      SLACK_MODE: 'http',
      SLACK_BOT_TOKEN: 'xapp-swapped-token',
      SLACK_SIGNING_SECRET: '',
      SLACK_API_URL: 'http://slack.example/api/',
      HOST: 'no spaces',
      PORT: '99999',
      DATABASE_URL: 'postgres://db/baton',
      LOG_LEVEL: 'loud',
      DEFAULT_COUNTRY: 'Germany',
      ADMIN_USERS: 'ann@example.com',
      LEAD_USERS: 'C123',
      WAMM_BASE_URL: 'wamm.chat',
      WAMM_TIMEZONE: 'Mars/Olympus',
      WAMM_SLACK_CHANNEL: '#support',
      WAMM_POLL_SECONDS: '1',
    })
    const named = problems.map((problem) => problem.split(' ')[0]).sort()
    expect(named).toEqual(
      [
        'SLACK_BOT_TOKEN',
        'SLACK_SIGNING_SECRET',
        'SLACK_API_URL',
        'HOST',
        'PORT',
        'DATABASE_URL',
        'LOG_LEVEL',
        'DEFAULT_COUNTRY',
        'ADMIN_USERS',
        'LEAD_USERS',
        'WAMM_TOKEN',
        'WAMM_BASE_URL',
        'WAMM_TIMEZONE',
        'WAMM_SLACK_CHANNEL',
        'WAMM_POLL_SECONDS',
      ].sort(),
    )
  })

  it('asks for the app token in socket mode and for the signing secret in HTTP mode', () => {
    expect(problemsOf({ ...socketEnv, SLACK_APP_TOKEN: '' })).toEqual([
      expect.stringMatching(/^SLACK_APP_TOKEN is missing/),
    ])
    expect(problemsOf({ ...httpEnv, SLACK_SIGNING_SECRET: '  ' })).toEqual([
      expect.stringMatching(/^SLACK_SIGNING_SECRET is missing/),
    ])
    expect(problemsOf({ ...httpEnv, SLACK_APP_TOKEN: undefined })).toEqual([])
  })

  it('refuses a provider that is given by halves, and no provider at all', () => {
    const { WAMM_TOKEN: _token, WAMM_SLACK_CHANNEL: _channel, ...slackOnly } = socketEnv
    expect(problemsOf(slackOnly)).toEqual([expect.stringContaining('No provider is set up')])
    // A copy of .env.example shows defaults; that gives nothing.
    expect(problemsOf({ ...slackOnly, WAMM_TIMEZONE: 'UTC' })).toEqual(problemsOf(slackOnly))
    expect(problemsOf({ ...slackOnly, WAMM_TIMEZONE: 'Europe/Berlin' })).toEqual([
      expect.stringMatching(/^WAMM_TOKEN is missing/),
      expect.stringMatching(/^WAMM_SLACK_CHANNEL is missing/),
    ])
    expect(problemsOf({ ...slackOnly, WAMM_TOKEN: 'wamm-secret-token' })).toEqual([
      expect.stringMatching(/^WAMM_SLACK_CHANNEL is missing/),
    ])
  })

  it('takes the secrets of what comes in, and hides them in the log', () => {
    const given = {
      WAMM_WEBHOOK_SECRET: 'b7e2f0c94d1a48f6',
      SALESCHAT_TOKEN: 'saleschat-token',
      SALESCHAT_ORG_ID: 'org-1',
      SALESCHAT_SLACK_CHANNEL: 'C0SALES',
      SALESCHAT_INTAKE_SECRET: '5f0d7a1c9e3b8246',
      AELYST_TOKEN: 'aelyst-token',
      AELYST_SLACK_CHANNEL: 'C0AELYST',
      AELYST_WEBHOOK_KEYS: 'key/one=, key-two,',
    }
    const config = configOf({ ...socketEnv, ...given })
    expect(config.accounts.map(({ id, intakeSecret }) => [id, intakeSecret?.reveal()])).toEqual([
      ['wamm', undefined],
      ['saleschat', '5f0d7a1c9e3b8246'],
      ['aelyst', undefined],
    ])
    expect(secretsOf(config).map((secret) => secret.reveal())).toEqual(
      expect.arrayContaining(['b7e2f0c94d1a48f6', '5f0d7a1c9e3b8246', 'key/one=', 'key-two']),
    )
  })

  it.each([
    ['WAMM_WEBHOOK_SECRET', 'short'],
    ['WAMM_WEBHOOK_SECRET', 'aaaaaaaaaaaaaaaaaaaaaaaa'],
    ['WAMM_WEBHOOK_SECRET', 'b7e2f0c94d1a48f6/b7e2f0c94d1a48f6'],
    ['SALESCHAT_INTAKE_SECRET', 'fifteen-letters'],
    ['AELYST_WEBHOOK_KEYS', ' , '],
    ['AELYST_WEBHOOK_KEYS', 'a-good-key,short'],
  ])('refuses a %s that can be guessed: %s', (name, value) => {
    expect(problemsOf({ ...socketEnv, [name]: value })).toContainEqual(
      expect.stringMatching(new RegExp(`^${name} must be `)),
    )
  })

  it.each(['file:', 'file::memory:', 'file://host/baton.db', ':memory:', 'baton.db', 'file:a.db?mode=ro'])(
    'refuses the database %s',
    (url) => {
      expect(problemsOf({ ...socketEnv, DATABASE_URL: url })).toEqual([
        expect.stringMatching(/^DATABASE_URL must be file:/),
      ])
    },
  )

  it('never repeats a value in a problem', () => {
    const name = fc.constantFrom(...variableNames)
    const value = fc.string({ minLength: 12 }).map((text) => `x!${text}`)
    fc.assert(
      fc.property(fc.dictionary(name, value, { minKeys: 1 }), (env) => {
        const problems = problemsOf(env).join('\n')
        expect(problems).not.toBe('')
        for (const given of Object.values(env)) expect(problems).not.toContain(given)
      }),
    )
  })

  it('shows no secret when it is printed, inspected or serialised', () => {
    const config = configOf(httpEnv)
    const shown = [
      inspect(config, { depth: null, showHidden: true, getters: true }),
      JSON.stringify(config),
      `${config.slack.botToken}`,
      inspect(new Error('failed', { cause: config }), { depth: null }),
    ].join('\n')
    for (const secret of secretsOf(config)) expect(shown).not.toContain(secret.reveal())
    expect(shown).toContain('[secret]')
  })

  it('cannot be changed', () => {
    const frozen = configOf(socketEnv)
    expect(() => Object.assign(frozen.http, { port: 0 })).toThrow(TypeError)
    expect(() => Object.assign(frozen.accounts, ['another'])).toThrow(TypeError)
  })
})

describe('.env.example', () => {
  const example = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8')

  it('lists exactly the variables that are read, each with a comment', () => {
    expect(Object.keys(parseEnv(example)).sort()).toEqual([...variableNames].sort())
    const lines = example.split('\n')
    for (const name of variableNames) {
      const at = lines.findIndex((line) => line.startsWith(`${name}=`))
      expect(lines[at - 1], name).toMatch(/^# \S/)
    }
  })

  it('shows the defaults', () => {
    const { SLACK_BOT_TOKEN, SLACK_APP_TOKEN, WAMM_TOKEN, WAMM_SLACK_CHANNEL } = socketEnv
    const needed = { SLACK_BOT_TOKEN, SLACK_APP_TOKEN, WAMM_TOKEN, WAMM_SLACK_CHANNEL }
    const fromExample = configOf({ ...parseEnv(example), ...needed })
    expect(JSON.stringify(fromExample)).toBe(JSON.stringify(configOf(socketEnv)))
  })
})

it("the README's list of settings has every variable", () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
  const [, list = ''] = /^## Every setting$(.*?)^## /ms.exec(readme) ?? []
  const listed = [...list.matchAll(/^\|([^|]*)\|/gm)].flatMap(([row]) => row.match(/[A-Z][A-Z_]+/g) ?? [])
  expect(listed.sort()).toEqual([...variableNames].sort())
})
