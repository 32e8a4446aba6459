import type { ReceiverEvent } from '@slack/bolt'

/** How Slack's payloads reach us, below Bolt. */
export interface Transport {
  /** @throws StartError when it cannot work with this configuration */
  start(): Promise<void>
  /** Whether payloads can reach us now. */
  isConnected(): boolean
  /** Whatever has not been acknowledged by now never will be. */
  stop(): Promise<void>
}

/** Hands a payload to Bolt; resolves when every listener has finished. Rejects on what Bolt cannot read. */
export type Deliver = (event: ReceiverEvent) => Promise<void>
