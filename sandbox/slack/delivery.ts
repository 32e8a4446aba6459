import type { JsonRecord } from './json.ts'

/** What Slack tells the person when an app did not take their click, command or form. */
export type DeliveryError =
  /** Not answered within 3 s. */
  | 'operation_timeout'
  /** Nobody there: no socket, connection refused or cut. */
  | 'dispatch_failed'
  | 'http_client_error'
  | 'http_service_error'

export type Delivered =
  /** `answer` is what the acknowledgement carried; null when it was empty. */
  | { readonly kind: 'acknowledged'; readonly answer: unknown; readonly ackMs: number }
  | {
      readonly kind: 'failed'
      readonly error: DeliveryError
      readonly ackMs: number
      /** The app asked not to be told again (`x-slack-no-retry`). */
      readonly noRetry: boolean
    }

export interface Retry {
  /** 1 for the first repetition. */
  readonly attempt: number
  readonly reason: string
}

/** One way to an app: Socket Mode or HTTP. Never rejects. */
export interface Delivery {
  readonly deliver: (payload: JsonRecord, retry?: Retry) => Promise<Delivered>
}

export type PayloadKind = 'command' | 'event' | 'options' | 'interaction'

export const payloadKind = (payload: JsonRecord): PayloadKind => {
  if (payload.command !== undefined) return 'command'
  if (payload.event !== undefined) return 'event'
  return payload.type === 'block_suggestion' ? 'options' : 'interaction'
}

export const failed = (error: DeliveryError, startedAt: number, noRetry = false): Delivered => ({
  kind: 'failed',
  error,
  ackMs: performance.now() - startedAt,
  noRetry,
})
