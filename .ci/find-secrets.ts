import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

/**
 * What tests and the sandbox call a token is shorter than any real one of Slack's, and so is told from it. Slack's signing
 * secrets are 32 hex digits and nothing else. What providers' tokens look like is not documented: they are known by where
 * they stand, in WAMM's addresses and in settings.
 */
const SECRETS = new RegExp(
  [
    /\bxox[a-z]-[\w-]{20,}|\bxapp-[\w-]{20,}/,
    /(?<![\w./+-])(?=\d*[a-f])(?=[a-f]*\d)[0-9a-f]{32}(?![\w./+-])/,
    /\/api2\/\w+\/[A-Za-z0-9_-]{12,}/,
    /\b[A-Z]+(?:_[A-Z]+)*_(?:TOKEN|SECRET|KEYS)=[^\s$"'<]{12,}/,
    /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/,
    /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
    /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]+/,
    /\bgh[pousr]_\w{30,}|\bnpm_\w{30,}/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'g',
)

/** Everything that was ever added, in any branch. Null where there is no history. */
export function findSecrets(directory: string): readonly string[] | null {
  if (!existsSync(join(directory, '.git'))) return null
  const history = execFileSync(
    'git',
    // Of a merge, what stands in none of the merged: else it would show nothing of it.
    ['log', '--all', '-p', '-c', '--no-color', '--text', '--format=commit %H'],
    { cwd: directory, encoding: 'latin1', maxBuffer: 2 ** 30 },
  )
  let commit = ''
  const found = new Set<string>()
  for (const line of history.split('\n')) {
    if (line.startsWith('commit ')) commit = line.slice(7, 17)
    if (!line.startsWith('+')) continue
    for (const [text] of line.matchAll(SECRETS)) {
      // What is found is not printed whole: the log of a check is read by more people than the history.
      found.add(`${text.slice(0, 8)}… in ${commit}`)
    }
  }
  return [...found]
}
