import { setTimeout as pause } from 'node:timers/promises'

/** What becomes of what is told: `swapped` tells every second event before the one that was first. */
export const deliveries = ['once', 'twice', 'swapped', 'dropped'] as const
export type Delivery = (typeof deliveries)[number]

/** One request to whoever is told. */
export interface Told {
  readonly atMs: number
  readonly event: object
  /** Of the answer; null when there was none. */
  readonly status: number | null
}

export interface WebhookTarget {
  readonly url: string
  /** Headers of a request with this body. */
  readonly sign?: (body: string) => Readonly<Record<string, string>>
}

export interface SandboxWebhook {
  /** Every attempt that has ended, in the order of their ends. */
  readonly told: readonly Told[]
  /** Null: nobody is told from now on. */
  setTarget(target: WebhookTarget | null): void
  setDelivery(delivery: Delivery): void
  tell(event: object): void
  /** Ends what is under way; nothing is told afterwards. */
  stop(): void
}

const answerWithinMs = 10_000

/**
 * Tells somebody what happens at a provider, by POST with a body of JSON; any answer but 200 is a failure.
 *
 * @param options.pausesMs before each further attempt; none where it is empty
 * @param options.inOrder whether an event waits until the one before it has been taken or given up
 */
export const createWebhook = (options: {
  readonly inOrder: boolean
  readonly pausesMs: readonly number[]
  readonly nowMs: () => number
  readonly changed: () => void
}): SandboxWebhook => {
  const { nowMs, changed } = options
  const told: Told[] = []
  const stopped = new AbortController()
  let target: WebhookTarget | null = null
  let delivery: Delivery = 'once'
  let heldBack: object | null = null
  let before: Promise<void> = Promise.resolve()

  const attempt = async ({ url, sign }: WebhookTarget, event: object): Promise<boolean> => {
    const body = JSON.stringify(event)
    const status = await fetch(url, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...sign?.(body) },
      redirect: 'manual',
      signal: AbortSignal.any([stopped.signal, AbortSignal.timeout(answerWithinMs)]),
    }).then(
      async (response) => {
        await response.body?.cancel()
        return response.status
      },
      () => null,
    )
    if (stopped.signal.aborted) return true
    told.push({ atMs: nowMs(), event, status })
    changed()
    return status === 200
  }

  const send = async (to: WebhookTarget, event: object): Promise<void> => {
    for (const pauseMs of [0, ...options.pausesMs]) {
      if (pauseMs > 0) await pause(pauseMs, undefined, { signal: stopped.signal }).catch(() => undefined)
      if (stopped.signal.aborted || (await attempt(to, event))) return
    }
  }

  const queue = (event: object): void => {
    if (target === null) return
    const to = target
    if (options.inOrder) before = before.then(() => send(to, event))
    else void send(to, event)
  }

  const release = (): void => {
    if (heldBack !== null) queue(heldBack)
    heldBack = null
  }

  return {
    told,
    setTarget(to) {
      target = to
      changed()
    },
    setDelivery(next) {
      delivery = next
      release()
    },
    tell(event) {
      switch (delivery) {
        case 'once':
          return queue(event)
        case 'twice':
          queue(event)
          return queue(event)
        case 'swapped':
          if (heldBack === null) heldBack = event
          else {
            queue(event)
            release()
          }
          return
        case 'dropped':
          return
        default:
          delivery satisfies never
      }
    },
    stop: () => stopped.abort(),
  }
}
