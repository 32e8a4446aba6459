import { spawnSync } from 'node:child_process'
import { z } from 'zod'

const reportSchema = z.object({
  vulnerabilities: z.record(z.string(), z.object({ severity: z.string(), nodes: z.array(z.string()) })),
})

export interface Holes {
  /** In what runs in production. */
  readonly used: readonly string[]
  /** In what only tests and builds. */
  readonly ofTools: readonly string[]
}

/** Known holes in dependencies. Null where the registry does not say. */
export function findHoles(isTool: (path: string) => boolean): Holes | null {
  const { stdout } = spawnSync('npm', ['audit', '--json', '--fetch-retries=0', '--fetch-timeout=8000'], {
    encoding: 'utf8',
    timeout: 12_000,
  })
  return holesIn(stdout, isTool)
}

/** @param report what `npm audit --json` wrote */
export function holesIn(report: string, isTool: (path: string) => boolean): Holes | null {
  const read = reportSchema.safeParse(parsed(report))
  if (!read.success) return null
  const all = Object.entries(read.data.vulnerabilities).map(([name, { severity, nodes }]) => ({
    says: `${name}: ${severity}`,
    ofTools: nodes.every(isTool),
  }))
  const those = (ofTools: boolean) => all.filter((one) => one.ofTools === ofTools).map(({ says }) => says)
  return { used: those(false), ofTools: those(true) }
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
