import type { AccountHealth, Heard } from './account-health.ts'
import type { Instant } from './ids.ts'

/** Whether cards are held back from a Slack channel, because people of another organisation read it. */
export interface ChannelSharing {
  readonly channel: string
  readonly isHeld: boolean
}

/** What it means that Slack has said how it is with an account's channel. */
export function heardOfSharing(
  before: AccountHealth,
  { channel, isHeld }: ChannelSharing,
  now: Instant,
): Heard {
  const { sharedSince, ...rest } = before
  if (isHeld === (sharedSince !== undefined)) return { health: before, facts: null }
  return isHeld
    ? { health: { ...rest, sharedSince: now }, facts: { kind: 'channel-shared', channel } }
    : { health: rest, facts: { kind: 'channel-usable', channel } }
}
