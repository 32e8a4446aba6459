import type { Delivered, Delivery, DeliveryError } from './delivery.ts'
import { type JsonRecord, recordOrEmpty, stringOrEmpty, stringOrNull } from './json.ts'
import type { SlackMessage } from './model.ts'
import type { Payloads, Prepared } from './payloads.ts'
import type { Workspace } from './workspace.ts'

/** `invalid_answer`: the acknowledgement carried something that Slack would not have shown. */
type InteractionError = DeliveryError | 'invalid_answer'

/** How the app took something that a person did. */
export interface Interaction {
  /** Within 3 s. */
  readonly acknowledged: boolean
  readonly ackMs: number
  /** What the acknowledgement carried, null when it was empty. */
  readonly answer: unknown
  /** What Slack would have told the person. */
  readonly error?: InteractionError
  /** The message that the acknowledgement of a command became. */
  readonly message: SlackMessage | null
  readonly triggerId: string | null
  readonly responseUrl: string | null
}

export interface InteractionRecord {
  readonly at: number
  readonly user: string | null
  /** `/claim`, or the payload's type. */
  readonly what: string
  readonly ackMs: number
  /** What the acknowledgement carried, null when it was empty or missing. */
  readonly answer: unknown
  readonly error: InteractionError | null
}

const kept = 20_000

const asInteraction = (delivered: Delivered, prepared: Prepared): Interaction => ({
  acknowledged: delivered.kind === 'acknowledged',
  ackMs: delivered.ackMs,
  answer: delivered.kind === 'acknowledged' ? delivered.answer : null,
  ...(delivered.kind === 'failed' ? { error: delivered.error } : {}),
  message: null,
  triggerId: prepared.triggerId,
  responseUrl: prepared.responseUrl,
})

const retryReasons: Readonly<Record<DeliveryError, string>> = {
  operation_timeout: 'http_timeout',
  dispatch_failed: 'connection_failed',
  http_client_error: 'http_error',
  http_service_error: 'http_error',
}

export interface Interactions {
  readonly send: (prepared: Prepared) => Promise<Interaction>
  /** Any payload, sent as it is. */
  readonly raw: (payload: JsonRecord) => Promise<Interaction>
  /** An event of the Events API, repeated while the app does not take it. The first try's outcome. */
  readonly event: (event: JsonRecord) => Promise<Interaction>
  /** The latest 20,000 at least. */
  readonly all: () => readonly InteractionRecord[]
  readonly close: () => void
}

const whoAndWhat = (payload: JsonRecord) => ({
  user: stringOrNull(payload.user_id) ?? stringOrNull(recordOrEmpty(payload.user).id),
  what:
    stringOrEmpty(payload.command) ||
    stringOrEmpty(recordOrEmpty(payload.event).type) ||
    stringOrEmpty(payload.type),
})

export const createInteractions = (parts: {
  readonly workspace: Workspace
  readonly delivery: Delivery
  readonly payloads: Payloads
  /** Waits before each repetition of an event. */
  readonly eventRetryDelaysMs: readonly number[]
}): Interactions => {
  const { workspace, delivery, payloads, eventRetryDelaysMs } = parts
  const records: InteractionRecord[] = []
  const timers = new Set<NodeJS.Timeout>()
  let closed = false

  const record = (payload: JsonRecord, delivered: Delivered) => {
    const error = delivered.kind === 'failed' ? delivered.error : null
    const { user, what } = whoAndWhat(payload)
    if (records.length >= 2 * kept) records.splice(0, kept)
    const answer = delivered.kind === 'acknowledged' ? delivered.answer : null
    records.push({ at: workspace.clock(), user, what, ackMs: delivered.ackMs, answer, error })
    workspace.changes.announce({ kind: 'interaction', user, what, error })
  }

  const retryEvent = (payload: JsonRecord, delivered: Delivered, attempt: number) => {
    const delayMs = eventRetryDelaysMs[attempt - 1]
    if (closed || delivered.kind === 'acknowledged' || delivered.noRetry || delayMs === undefined) return
    const timer = setTimeout(() => {
      timers.delete(timer)
      void tryEvent(payload, attempt, retryReasons[delivered.error])
    }, delayMs)
    timers.add(timer)
  }

  const tryEvent = async (payload: JsonRecord, attempt: number, reason: string | null) => {
    const delivered = await delivery.deliver(payload, reason === null ? undefined : { attempt, reason })
    record(payload, delivered)
    retryEvent(payload, delivered, attempt + 1)
    return delivered
  }

  const send = async (prepared: Prepared) => {
    const delivered = await delivery.deliver(prepared.payload)
    record(prepared.payload, delivered)
    return asInteraction(delivered, prepared)
  }

  return {
    send,
    raw: (payload) => send({ payload, triggerId: null, responseUrl: null }),
    event: async (event) => {
      const payload = payloads.event(event)
      const delivered = await tryEvent(payload, 0, null)
      return asInteraction(delivered, { payload, triggerId: null, responseUrl: null })
    },
    all: () => records,
    close: () => {
      closed = true
      for (const timer of timers) clearTimeout(timer)
    },
  }
}
