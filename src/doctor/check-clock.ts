import type { Clock } from '../clock.ts'
import { fetchWithin } from './fetch-within.ts'
import { type Finding, finding } from './finding.ts'

const CHECK = 'Clock'
/** Slack and providers refuse, and Baton does, what seems to be signed minutes ago or in the future. */
const MOST_SKEW_MS = 30_000

/** Compares the machine's clock with Slack's, which it tells with every answer, to a second. */
export async function checkClock(deps: {
  readonly clock: Clock
  readonly fetch: typeof globalThis.fetch
  readonly apiUrl: string
}): Promise<readonly Finding[]> {
  const asked = deps.clock.now()
  const date = await fetchWithin(deps, `${deps.apiUrl}api.test`, { method: 'POST' }, async (response) => {
    await response.body?.cancel()
    return response.headers.get('date')
  })
  const theirs = Date.parse(date ?? '')
  if (Number.isNaN(theirs)) {
    return finding(CHECK, 'unknown', 'Slack did not say what time it is. See what is said of Slack.')
  }
  const ours = (asked + deps.clock.now()) / 2
  const skewMs = ours - theirs
  const seconds = Math.round(Math.abs(skewMs) / 1_000)
  if (Math.abs(skewMs) <= MOST_SKEW_MS)
    return finding(CHECK, 'ok', "This machine's clock agrees with Slack's.")
  return finding(
    CHECK,
    'wrong',
    `This machine's clock is ${seconds} s ${skewMs > 0 ? 'ahead of' : 'behind'} Slack's, so signed requests are refused and times on cards are wrong. Set it by NTP (timedatectl set-ntp true).`,
  )
}
