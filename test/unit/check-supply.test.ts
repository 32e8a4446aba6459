import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { holesIn } from '../../.ci/find-holes.ts'
import { findSecrets } from '../../.ci/find-secrets.ts'

/** A repository for the running test; `git` runs there, `commit` keeps a file with this content. */
function repository() {
  const directory = mkdtempSync(join(tmpdir(), 'baton-supply-'))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  const who = ['-c', 'user.name=Ann', '-c', 'user.email=ann@acme.test', '-c', 'commit.gpgsign=false']
  const git = (...args: readonly string[]): string =>
    execFileSync('git', [...who, ...args], { cwd: directory, encoding: 'utf8' })
  const write = (content: string) => writeFileSync(join(directory, 'file.txt'), `${content}\n`)
  const commit = (content: string): void => {
    write(content)
    git('add', '.')
    git('commit', '-q', '-m', 'change')
  }
  git('init', '-q', '-b', 'main')
  return { directory, git, write, commit }
}

// Put together here, so that none of them stands in this repository's own history.
const long = 'Z9y8X7w6V5u4T3s2R1q0P9o8'
const hex = ['8f742231', 'b10e8888', 'abcd9911', '22aa85a5'].join('')
const secrets: readonly (readonly [string, string])[] = [
  ["Slack's bot token", ['xoxb', '123456789012', long].join('-')],
  ["Slack's app-level token", ['xapp', '1', 'A0123456789', long].join('-')],
  ['a signing secret', `secret: '${hex}'`],
  ["a signing secret's setting", `SLACK_SIGNING_SECRET=${hex}`],
  ["an address of WAMM's", `https://wamm.chat/${['api2', 'user_list', long].join('/')}/`],
  ["a provider's token in settings", ['WAMM_TOKEN', long].join('=')],
  ["a webhook's keys in settings", ['AELYST_WEBHOOK_KEYS', long].join('=')],
]

const hasGit = spawnSync('git', ['--version']).status === 0

describe.skipIf(!hasGit)('secrets in the history', () => {
  it.each(secrets)('%s is found, though it was removed again, and is not printed whole', (_what, secret) => {
    const { directory, commit } = repository()
    commit(secret)
    commit('nothing')
    const found = findSecrets(directory)
    expect(found).toEqual([expect.stringMatching(/^.{8}… in [0-9a-f]{10}$/)])
  })

  it('are found in what was only written while merging', () => {
    const { directory, git, write, commit } = repository()
    commit('one')
    git('checkout', '-q', '-b', 'other')
    commit('two')
    git('checkout', '-q', 'main')
    commit('three')
    expect(() => git('merge', '-q', 'other')).toThrow()
    write(`three ${['xoxb', '123456789012', long].join('-')}`)
    git('commit', '-q', '-a', '-m', 'merge')
    write('four')
    git('commit', '-q', '-a', '-m', 'removed')
    expect(findSecrets(directory)).toHaveLength(1)
  })

  it.each([
    ['what tests call a token', "botToken: 'xoxb-sandbox'"],
    ['empty settings', 'WAMM_TOKEN='],
    ['a variable in the place of a secret', 'WAMM_TOKEN=$WAMM_TOKEN_OF_SUPPORT'],
    ['an address without its token', 'https://wamm.chat/api2/user_list/{token}/'],
    ['a digest of a package', `"integrity": "sha512-${hex}${hex}=="`],
    ["a commit's name", `${hex}8f742231`],
    ['an id with a dot before it', `trigger_id=398738663015.47445629121.${hex}`],
    ['digits alone', '1'.repeat(32)],
  ])('%s is none', (_what, text) => {
    const { directory, commit } = repository()
    commit(text)
    expect(findSecrets(directory)).toEqual([])
  })
})

describe('known holes', () => {
  const report = JSON.stringify({
    vulnerabilities: {
      express: { severity: 'high', nodes: ['node_modules/express'] },
      vite: { severity: 'low', nodes: ['node_modules/vite'] },
      ws: { severity: 'moderate', nodes: ['node_modules/vite/node_modules/ws', 'node_modules/ws'] },
    },
  })

  it('in what runs are told from those in tools alone', () => {
    expect(holesIn(report, (path) => path.startsWith('node_modules/vite'))).toEqual({
      used: ['express: high', 'ws: moderate'],
      ofTools: ['vite: low'],
    })
  })

  it('are not known where the registry does not say', () => {
    expect(holesIn(JSON.stringify({ message: '405 Method Not Allowed' }), () => true)).toBeNull()
    expect(holesIn('', () => true)).toBeNull()
  })
})
