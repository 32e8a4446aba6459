/**
 * What goes wrong with a call. `handled` faults carry the call out first, so that the effect is kept and
 * only the answer suffers.
 */
export type Fault =
  /** A gateway's HTML page, not handled. */
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'rate-limit'; readonly retryAfter: string | null }
  /** The provider's own refusal with this text or code, not handled. */
  | { readonly kind: 'err'; readonly err: string }
  /** The connection is reset before the call is handled, or after it. */
  | { readonly kind: 'reset'; readonly handled: boolean }
  /** No answer, ever. */
  | { readonly kind: 'hang'; readonly handled: boolean }
  /** Waits before handling until the fault is cleared, then goes on as if nothing had been. */
  | { readonly kind: 'hold' }
  /** Handled; the answer waits until the fault is cleared, and is a picture of the past by then. */
  | { readonly kind: 'hold-answer' }
  | { readonly kind: 'delay'; readonly delayMs: number }
  /** Handled; headers at once, then the body byte by byte with a pause after each. */
  | { readonly kind: 'slow-body'; readonly pauseMs: number }
  /** Handled; half of the announced body, then the connection ends. */
  | { readonly kind: 'half-body' }
  /** Handled; the answer with this content type. */
  | { readonly kind: 'content-type'; readonly contentType: string }
  /** Handled; so many bytes of blanks before the answer. */
  | { readonly kind: 'oversized'; readonly bytes: number }
  | { readonly kind: 'redirect'; readonly to: string }
  /** Any answer, word for word: HTML with 200, garbage, rows of odd types. */
  | {
      readonly kind: 'answer'
      readonly status?: number
      readonly contentType?: string
      readonly body: string
      readonly handled?: boolean
    }

export interface FaultRule {
  readonly fault: Fault
  /** One of the provider's methods; absent: every one. */
  readonly method?: string
  /** How many calls it meets; absent: until cleared. */
  readonly times?: number
}

export interface ActiveFault {
  /** Calls met so far. */
  readonly met: number
  clear(): void
}

export interface Faults {
  add(rule: FaultRule): ActiveFault
  clear(): void
  /** Rules that are not used up, oldest first. */
  active(): readonly FaultRule[]
  /** The fault that the next call of `method` meets: the oldest rule that fits. */
  take(method: string): TakenFault | null
}

export interface TakenFault {
  readonly fault: Fault
  /** Fulfilled when the rule is cleared. */
  readonly cleared: Promise<void>
}

interface Entry {
  readonly rule: FaultRule
  met: number
  readonly cleared: PromiseWithResolvers<void>
}

export const createFaults = (changed: () => void): Faults => {
  const entries = new Set<Entry>()
  const clear = (entry: Entry): void => {
    entries.delete(entry)
    entry.cleared.resolve()
  }
  return {
    add(rule) {
      const entry: Entry = { rule, met: 0, cleared: Promise.withResolvers<void>() }
      entries.add(entry)
      changed()
      return {
        get met() {
          return entry.met
        },
        clear: () => {
          clear(entry)
          changed()
        },
      }
    },
    clear() {
      for (const entry of entries) clear(entry)
      changed()
    },
    active: () => [...entries].filter(({ rule, met }) => met !== rule.times).map(({ rule }) => rule),
    take(method) {
      for (const entry of entries) {
        const { rule } = entry
        if (rule.method !== undefined && rule.method !== method) continue
        if (entry.met === rule.times) continue
        entry.met += 1
        // One that is used up is forgotten, but who waits must be found by whoever clears everything.
        const waits = rule.fault.kind === 'hold' || rule.fault.kind === 'hold-answer'
        if (entry.met === rule.times && !waits) entries.delete(entry)
        return { fault: rule.fault, cleared: entry.cleared.promise }
      }
      return null
    },
  }
}
