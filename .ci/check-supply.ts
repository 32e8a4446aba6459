import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

/** What Baton takes from others may be used, and nothing secret has ever been committed. Ends with 1 if not. */
const LICENSES = new Set([
  'MIT',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'MIT OR Apache-2.0',
])
/** Their licence asks that changes of their own files are published; they are used unchanged, and only to test and to build. */
const LICENSES_OF_TOOLS = new Set([...LICENSES, 'MPL-2.0'])

interface Locked {
  readonly version?: string
  readonly license?: string
  readonly dev?: boolean
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

/** Builds of one package for other platforms are not installed here, and the lock file names a licence only of what was. */
function licenses(): readonly string[] {
  const lock: { readonly packages: Readonly<Record<string, Locked>> } = JSON.parse(
    readFileSync('package-lock.json', 'utf8'),
  )
  const packages = Object.entries(lock.packages).filter(([path]) => path !== '')
  const nameOf = (path: string): string => path.split('node_modules/').at(-1) ?? path
  return packages.flatMap(([path, { license, dev = false }]) => {
    const name = nameOf(path)
    const whole = packages.find(([, { optionalDependencies }]) => name in (optionalDependencies ?? {}))
    const found = license ?? whole?.[1].license ?? 'none'
    return (dev ? LICENSES_OF_TOOLS : LICENSES).has(found) ? [] : [`${name} has the licence ${found}`]
  })
}

/** Known holes in what runs in production. Null where the registry does not say. */
function advisories(): readonly string[] | null {
  const { stdout } = spawnSync(
    'npm',
    ['audit', '--omit=dev', '--json', '--fetch-retries=0', '--fetch-timeout=8000'],
    {
      encoding: 'utf8',
      timeout: 12_000,
    },
  )
  try {
    const report: { readonly vulnerabilities?: Readonly<Record<string, { readonly severity: string }>> } =
      JSON.parse(stdout)
    if (report.vulnerabilities === undefined) return null
    return Object.entries(report.vulnerabilities).map(([name, { severity }]) => `${name}: ${severity}`)
  } catch {
    return null
  }
}

/** What tests and the sandbox call a token is shorter than any real one of Slack's, and so is told from it. */
const SECRETS =
  /\bxox[a-z]-[\w-]{20,}|\bxapp-[\w-]{20,}|\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|-----BEGIN [A-Z ]*PRIVATE KEY-----|\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]+|\bgh[pousr]_\w{30,}|\bnpm_\w{30,}/g

/** Everything that was ever added, in any branch. Null where there is no history. */
function secrets(): readonly string[] | null {
  if (!existsSync('.git')) return null
  const history = execFileSync('git', ['log', '--all', '-p', '--no-color', '--text', '--format=commit %H'], {
    encoding: 'latin1',
    maxBuffer: 2 ** 30,
  })
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

let isClean = true
const tell = (what: string, problems: readonly string[] | null, skipped: string): void => {
  if (problems === null) console.log(`${what}: SKIPPED, ${skipped}`)
  else if (problems.length === 0) console.log(`${what}: nothing found`)
  else {
    isClean = false
    console.log(`${what}:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
  }
}
tell('Licences that are not on the list', licenses(), '')
tell('Known holes in dependencies', advisories(), 'the registry does not answer')
tell('Secrets in the history', secrets(), 'this is no git repository')
process.exit(isClean ? 0 : 1)
