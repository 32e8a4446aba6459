import { isPassingTrouble, slackErrorCode } from './slack-error.ts'
import type { PacedCall, Tiers } from './tiers.ts'

/** What became of a question to Slack that nobody waits for. */
export type Asked<T> =
  | { readonly kind: 'told'; readonly value: T }
  /** Slack's own word, such as `missing_scope`: asking again would change nothing. */
  | { readonly kind: 'refused'; readonly code: string }
  /** Slack is away, in trouble, or takes no more calls now. */
  | { readonly kind: 'not-now' }

/** Asks in its turn; whatever goes wrong is a value. */
export async function askSlack<T>(
  tiers: Tiers,
  method: PacedCall['method'],
  call: () => Promise<T>,
): Promise<Asked<T>> {
  try {
    const sent = await tiers.inTurn({ method, unhurried: true }, call)
    return sent.kind === 'limited' ? { kind: 'not-now' } : { kind: 'told', value: sent.value }
  } catch (error) {
    const code = slackErrorCode(error)
    return code === null || isPassingTrouble(code) ? { kind: 'not-now' } : { kind: 'refused', code }
  }
}
