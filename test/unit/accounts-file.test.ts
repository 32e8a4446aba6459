import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { readAccountsFile } from '../../src/accounts-file.ts'
import { type Config, parseConfig, secretsOf } from '../../src/config.ts'

const slackEnv = { SLACK_BOT_TOKEN: 'xoxb-1111-secret', SLACK_APP_TOKEN: 'xapp-1-2222-secret' }

const directories: string[] = []
afterEach(() => {
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true })
})

const parse = (yaml: string, env: Record<string, string> = {}) => {
  const directory = mkdtempSync(join(tmpdir(), 'baton-accounts-'))
  directories.push(directory)
  const path = join(directory, 'accounts.yml')
  writeFileSync(path, yaml)
  return parseConfig({ ...slackEnv, ...env }, readAccountsFile(path))
}
const configOf = (yaml: string, env?: Record<string, string>): Config => {
  const result = parse(yaml, env)
  if (result.kind === 'invalid') throw new Error(result.problems.join('\n'))
  return result.config
}
const problemsOf = (yaml: string, env?: Record<string, string>): readonly string[] => {
  const result = parse(yaml, env)
  return result.kind === 'invalid' ? result.problems : []
}

const two = `
accounts:
  - name: moscow
    provider: wamm
    token: \${WAMM_MOSCOW_TOKEN}
    channel: C0MOSCOW
    timeZone: Europe/Moscow
    pollSeconds: 10
  - name: dubai
    provider: wamm
    token: a-token-in-the-file
    channel: C0DUBAI
`

describe('the accounts file', () => {
  it('says of each account how long it keeps its customers, which is for ever otherwise', () => {
    const days = (value: string) => `${two}    retentionDays: ${value}\n`
    const config = configOf(days('90'), { WAMM_MOSCOW_TOKEN: 'moscow-token' })
    expect(config.accounts.map(({ retentionDays }) => retentionDays)).toEqual([null, 90])
    for (const value of ['0', '-1', '1.5', 'true', 'never']) {
      expect(problemsOf(days(value), { WAMM_MOSCOW_TOKEN: 'moscow-token' })).toEqual([
        'ACCOUNTS_FILE, account dubai: retentionDays must be a whole number from 1 to 36500',
      ])
    }
  })

  it('gives several accounts, with secrets from the environment', () => {
    const config = configOf(two, { WAMM_MOSCOW_TOKEN: 'moscow-token' })
    expect(config.accounts).toMatchObject([
      { id: 'moscow', provider: 'wamm', channel: 'C0MOSCOW', pollSeconds: 10 },
      { id: 'dubai', provider: 'wamm', channel: 'C0DUBAI', pollSeconds: 30 },
    ])
    expect(secretsOf(config).map((secret) => secret.reveal())).toEqual([
      slackEnv.SLACK_BOT_TOKEN,
      slackEnv.SLACK_APP_TOKEN,
      'moscow-token',
      'a-token-in-the-file',
    ])
  })

  it('gives the secrets of what comes in, for accounts of every provider', () => {
    const secrets = { hook: 'b7e2f0c94d1a48f6', key: 'key-of-messages', intake: '5f0d7a1c9e3b8246' }
    const config = configOf(
      `
accounts:
  - { name: a, provider: wamm, token: secret-1, channel: C0A, webhookSecret: "\${HOOK}", intakeSecret: "\${INTAKE}" }
  - { name: b, provider: aelyst, token: secret-2, channel: C0B, webhookKeys: ["\${KEY}"], intakeSecret: "\${INTAKE}" }
`,
      { HOOK: secrets.hook, KEY: secrets.key, INTAKE: secrets.intake },
    )
    expect(config.accounts.map(({ intakeSecret }) => intakeSecret?.reveal())).toEqual([
      secrets.intake,
      secrets.intake,
    ])
    expect(secretsOf(config).map((secret) => secret.reveal())).toEqual(
      expect.arrayContaining(Object.values(secrets)),
    )
  })

  it("makes the providers' own variables mere values: half a block beside it is no error", () => {
    const env = { WAMM_MOSCOW_TOKEN: 'moscow-token', WAMM_TOKEN: 'other-token' }
    expect(configOf(two, env).accounts.map(({ id }) => id)).toEqual(['moscow', 'dubai'])
  })

  it.each([
    [
      'a variable that is not set',
      two,
      'ACCOUNTS_FILE, account moscow: the variable WAMM_MOSCOW_TOKEN is not set',
    ],
    ['no list', 'account: {}', 'ACCOUNTS_FILE must name a file with a list of accounts'],
    ['an empty file', '', 'ACCOUNTS_FILE must name a file with a list of accounts'],
    ['what is not YAML', 'accounts:\n  - "', 'ACCOUNTS_FILE names a file that is not YAML: look at line 2'],
    [
      'an account without a name',
      'accounts: [{provider: wamm, token: secret-1, channel: C0A}]',
      'ACCOUNTS_FILE, account number 1: name is missing: letters, digits and dashes, such as sales',
    ],
    [
      'a name that cannot be typed in front of a colon',
      'accounts: [{name: "My Account", provider: wamm, token: secret-1, channel: C0A}]',
      'ACCOUNTS_FILE, account number 1: name must be at most 20 small letters, digits and dashes',
    ],
    [
      'two accounts of one name',
      'accounts: [{name: a, provider: wamm, token: secret-1, channel: C0A}, {name: a, provider: wamm, token: secret-2, channel: C0B}]',
      'ACCOUNTS_FILE, account a: another account has this name',
    ],
    [
      'a provider that does not exist',
      'accounts: [{name: a, provider: whatsup, token: secret-1, channel: C0A}]',
      /^ACCOUNTS_FILE, account a: provider must be wamm/,
    ],
    [
      'a setting that is missing',
      'accounts: [{name: a, provider: wamm, channel: C0A}]',
      'ACCOUNTS_FILE, account a: token is missing: the API token from the settings of WAMM.chat',
    ],
    [
      'a setting that does not exist',
      'accounts: [{name: a, provider: wamm, token: secret-1, channel: C0A, tokn: secret-2}]',
      'ACCOUNTS_FILE, account a: tokn is no setting of this provider',
    ],
    [
      'a setting of the wrong type',
      'accounts: [{name: a, provider: wamm, token: 123456, channel: C0A}]',
      'ACCOUNTS_FILE, account a: token must be a text, in quotation marks',
    ],
    [
      'stages that no menu in Slack can hold',
      `accounts: [{name: a, provider: saleschat, token: secret-1, orgId: o, channel: C0A, stages: [${'x'.repeat(76)}]}]`,
      /^ACCOUNTS_FILE, account a: stages\S* must have at most 75 characters$/,
    ],
  ])('reports %s, and never a value', (_, yaml, problem) => {
    const problems = problemsOf(yaml)
    expect(problems).toEqual([typeof problem === 'string' ? problem : expect.stringMatching(problem)])
    expect(problems.join()).not.toMatch(/secret-|123456/)
  })

  it('reports a file that is not there', () => {
    const result = parseConfig(slackEnv, readAccountsFile('./no-such-file.yml'))
    expect(result).toEqual({
      kind: 'invalid',
      problems: ['ACCOUNTS_FILE names a file that cannot be read (ENOENT)'],
    })
  })
})
