/** What can go wrong between an app and Slack. */
export type Fault =
  /** HTTP 503, nothing was done. */
  | { readonly kind: 'outage' }
  /** The connection is cut, nothing was done. */
  | { readonly kind: 'reset' }
  /** It was done, then the connection is cut: the app cannot know. */
  | { readonly kind: 'lost-answer' }
  | { readonly kind: 'delay'; readonly delayMs: number }
  /** HTTP 429; nothing was done. Without seconds there is no Retry-After header. */
  | { readonly kind: 'rate-limited'; readonly retryAfterSeconds?: number }
  /** `ok: false` with this error, nothing was done. */
  | { readonly kind: 'error'; readonly error: string }
  /** HTTP 200 with a page instead of JSON, nothing was done. */
  | { readonly kind: 'html' }

/** A Web API method, `response_url`, or `any` of them. */
type FaultTarget = string

interface InjectedFault {
  readonly target: FaultTarget
  readonly fault: Fault
  /** How many calls it still hits; Infinity until cleared. */
  readonly remaining: number
}

export interface Faults {
  /** Hits the next `times` calls, or all until it is cleared. Returns the function that clears it. */
  readonly inject: (target: FaultTarget, fault: Fault, times?: number) => () => void
  readonly clear: () => void
  readonly active: () => readonly InjectedFault[]
  /** The fault of the call that is being answered; the oldest that fits counts. */
  readonly take: (method: string) => Fault | null
}

export const createFaults = (announce: () => void): Faults => {
  let injected: readonly { target: FaultTarget; fault: Fault; remaining: number }[] = []
  const replace = (next: typeof injected) => {
    injected = next
    announce()
  }
  return {
    inject: (target, fault, times = Number.POSITIVE_INFINITY) => {
      const added = { target, fault, remaining: times }
      replace([...injected, added])
      return () => replace(injected.filter((each) => each !== added))
    },
    clear: () => replace([]),
    active: () => injected.map((each) => ({ ...each })),
    take: (method) => {
      const hit = injected.find(({ target }) => target === method || target === 'any')
      if (hit === undefined) return null
      hit.remaining -= 1
      if (hit.remaining <= 0) replace(injected.filter((each) => each !== hit))
      return hit.fault
    },
  }
}
