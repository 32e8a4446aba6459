import { readFileSync } from 'node:fs'
import { findHoles } from './find-holes.ts'
import { findSecrets } from './find-secrets.ts'

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

const lock: { readonly packages: Readonly<Record<string, Locked>> } = JSON.parse(
  readFileSync('package-lock.json', 'utf8'),
)

/** Builds of one package for other platforms are not installed here, and the lock file names a licence only of what was. */
function licenses(): readonly string[] {
  const packages = Object.entries(lock.packages).filter(([path]) => path !== '')
  const nameOf = (path: string): string => path.split('node_modules/').at(-1) ?? path
  return packages.flatMap(([path, { license, dev = false }]) => {
    const name = nameOf(path)
    const whole = packages.find(([, { optionalDependencies }]) => name in (optionalDependencies ?? {}))
    const found = license ?? whole?.[1].license ?? 'none'
    return (dev ? LICENSES_OF_TOOLS : LICENSES).has(found) ? [] : [`${name} has the licence ${found}`]
  })
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
const holes = findHoles((path) => lock.packages[path]?.dev === true)
tell('Known holes in dependencies', holes?.used ?? null, 'the registry does not answer')
// These run on no machine that has customers, and may wait for their next version.
for (const hole of holes?.ofTools ?? []) console.log(`  WARNING, in a tool: ${hole}`)
tell('Secrets in the history', findSecrets('.'), 'this is no git repository')
process.exit(isClean ? 0 : 1)
