import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const files = globSync('src/**/*.ts', { cwd: root }).sort()

/** What each file imports: other files of the repository by path, packages by name. */
const imports = new Map(
  files.map((file) => {
    const text = readFileSync(join(root, file), 'utf8')
    const found = [...text.matchAll(/^(?:import|export)[^'"]*?from '([^']+)'|^import '([^']+)'/gm)]
    return [
      file,
      found
        .map((match) => match[1] ?? match[2] ?? '')
        .map((name) => (name.startsWith('.') ? relative(root, join(root, dirname(file), name)) : name)),
    ] as const
  }),
)

/** The domain's words and pure rules, which everybody may speak. */
const WORDS = ['src/routing/', 'src/clock.ts', 'src/remember.ts']

/** The arrows of ARCHITECTURE.md: what a room may import of the others. Everything may import itself. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  'src/routing/': [
    'src/clock.ts',
    'src/store/contract.ts',
    'src/store/doctor-contract.ts',
    'src/jobs/',
    'src/providers/contract.ts',
  ],
  'src/store/': [...WORDS, 'src/jobs/contract.ts', 'src/providers/contract.ts'],
  'src/jobs/': ['src/clock.ts', 'src/routing/ids.ts', 'src/routing/request.ts'],
  'src/providers/': [
    'src/clock.ts',
    'src/pace.ts',
    'src/remember.ts',
    'src/secret.ts',
    'src/routing/ids.ts',
    'src/routing/chat.ts',
    'src/routing/phone.ts',
  ],
  'src/intake/': [
    ...WORDS,
    'src/log.ts',
    'src/secret.ts',
    'src/store/contract.ts',
    'src/jobs/',
    'src/providers/contract.ts',
  ],
  'src/slack/': [
    ...WORDS,
    'src/config.ts',
    'src/log.ts',
    'src/pace.ts',
    'src/secret.ts',
    'src/start-error.ts',
    'src/store/card-contract.ts',
    'src/store/contract.ts',
    'src/jobs/',
    'src/providers/contract.ts',
    'src/doctor/finding.ts',
  ],
  'src/doctor/': [
    ...WORDS,
    'src/account-config.ts',
    'src/config.ts',
    'src/log.ts',
    'src/secret.ts',
    'src/start-error.ts',
    'src/store/',
    'src/providers/contract.ts',
    'src/providers/registry.ts',
    'src/slack/',
  ],
  // The doctor builds the edges that the process would have.
  'src/commands/': [
    ...WORDS,
    'src/config.ts',
    'src/connect-accounts.ts',
    'src/doctor/',
    'src/jobs/mend-job.ts',
    'src/log.ts',
    'src/providers/contract.ts',
    'src/providers/http-client.ts',
    'src/providers/settings.ts',
    'src/slack/client-options.ts',
    'src/slack/text-doctor.ts',
    'src/slack/tiers.ts',
    'src/store/',
  ],
  'src/metrics/': [
    ...WORDS,
    'src/store/contract.ts',
    'src/store/figures-contract.ts',
    'src/jobs/',
    'src/providers/contract.ts',
    'src/slack/tiers.ts',
  ],
  'src/http/': [
    'src/clock.ts',
    'src/log.ts',
    'src/start-error.ts',
    'src/routing/ids.ts',
    'src/providers/contract.ts',
  ],
}

const ours = (name: string): boolean => name.startsWith('src/') || name.startsWith('sandbox/')

describe('the arrows between the rooms', () => {
  it.each(Object.keys(arrows))('%s imports only what it may', (room) => {
    const wrong = files
      .filter((file) => file.startsWith(room))
      .flatMap((file) => (imports.get(file) ?? []).map((name) => ({ file, name })))
      .filter(({ name }) => ours(name) && !name.startsWith(room))
      .filter(({ name }) => !(arrows[room] ?? []).some((allowed) => name.startsWith(allowed)))
    expect(wrong).toEqual([])
  })

  it('no file in src imports the sandbox, and only main.ts imports app.ts', () => {
    const wrong = [...imports].flatMap(([file, names]) =>
      names
        .filter((name) => name.startsWith('sandbox/') || (name === 'src/app.ts' && file !== 'src/main.ts'))
        .map((name) => ({ file, name })),
    )
    expect(wrong).toEqual([])
  })

  it('views and rules do no I/O: they import neither Node nor a clock nor a store', () => {
    const pure = files.filter(
      (file) =>
        file.startsWith('src/slack/views/') ||
        ['decide', 'assignment', 'observe', 'leave-jobs'].some((name) => file === `src/routing/${name}.ts`),
    )
    const wrong = pure.flatMap((file) =>
      (imports.get(file) ?? [])
        .filter((name) => /^node:|clock\.ts$|src\/store\//.test(name))
        .map((name) => ({ file, name })),
    )
    expect(pure.length).toBeGreaterThan(10)
    expect(wrong).toEqual([])
  })

  it('nothing imports in a circle, types aside', () => {
    const values = new Map(
      files.map((file) => {
        const text = readFileSync(join(root, file), 'utf8')
        const found = [...text.matchAll(/^import (?!type )[^'"]*?from '(\.[^']+)'/gm)]
        return [
          file,
          found.map((match) => relative(root, join(root, dirname(file), match[1] ?? ''))),
        ] as const
      }),
    )
    const circles: string[] = []
    const done = new Set<string>()
    const walk = (file: string, path: readonly string[]): void => {
      if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(' → '))
      else if (!done.has(file)) {
        for (const next of values.get(file) ?? []) walk(next, [...path, file])
        done.add(file)
      }
    }
    for (const file of files) walk(file, [])
    expect(circles).toEqual([])
  })

  it('process.env is read in main.ts alone, and no file is longer than 300 lines', () => {
    const texts = files.map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }))
    expect(texts.filter(({ text }) => text.includes('process.env')).map(({ file }) => file)).toEqual([
      'src/main.ts',
    ])
    expect(texts.filter(({ text }) => text.split('\n').length > 301).map(({ file }) => file)).toEqual([])
  })
})
