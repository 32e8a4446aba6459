/** What one look has found. The sentences are plain: they are read in a terminal and, escaped, in Slack. */
export interface Finding {
  /** What was looked at, in a few words. */
  readonly check: string
  /**
   * `warning`: it works, but not as it should, or not for long; `skipped`: it could not be looked at here.
   * `wrong`: Baton does not do what it is for; `unknown`: whether it does, nobody would say now.
   */
  readonly result: 'ok' | 'warning' | 'unknown' | 'wrong' | 'skipped'
  /** What is so; then, unless all is well, what to do. No secret, and nothing of customers. */
  readonly says: string
}

/** One thing to look at. Throws only where the doctor itself has a fault. */
export type Check = () => Promise<readonly Finding[]>

export const finding = (check: string, result: Finding['result'], says: string): readonly Finding[] => [
  { check, result, says },
]

/** Looks at everything, at once, and tells it in the order of `checks`. */
export async function examine(checks: readonly Check[]): Promise<readonly Finding[]> {
  const found = await Promise.all(checks.map((check) => check().catch(brokenDown)))
  return found.flat()
}

/** Other words of an error than its name and code may hold an address with a token in it. */
const brokenDown = (error: unknown): readonly Finding[] => {
  const name = error instanceof Error ? error.name : 'unknown error'
  const code = error instanceof Error && 'code' in error ? ` ${String(error.code)}` : ''
  return finding(
    'doctor',
    'wrong',
    `A check ended in an unexpected error (${name}${code}), so nothing is known of what it looks at. Run it once more, and report it if it stays so.`,
  )
}

export const isHealthy = (findings: readonly Finding[]): boolean =>
  findings.every(({ result }) => result !== 'wrong' && result !== 'unknown')

/** `1 wrong, 2 warnings`; what is not there is not named. */
export function summary(findings: readonly Finding[]): string {
  const count = (result: Finding['result']): number => findings.filter((one) => one.result === result).length
  const wrong = count('wrong')
  const unknown = count('unknown')
  const warnings = count('warning')
  const skipped = count('skipped')
  const parts = [
    ...(wrong === 0 ? [] : [`${wrong} wrong`]),
    ...(unknown === 0 ? [] : [`${unknown} not known`]),
    ...(warnings === 0 ? [] : [`${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`]),
    ...(skipped === 0 ? [] : [`${skipped} not looked at`]),
  ]
  const rest = parts.length === 0 ? '' : ` (${parts.join(', ')})`
  if (wrong > 0) return `Something is wrong${rest}.`
  return unknown > 0
    ? `Not everything could be found out${rest}. Run the doctor again.`
    : `Everything that Baton needs works${rest}.`
}
