/** What just changed. Carries ids: a listener reads the present state. */
export type Change =
  | { readonly kind: 'message'; readonly channel: string; readonly ts: string; readonly user: string | null }
  | { readonly kind: 'modals'; readonly user: string }
  | { readonly kind: 'home'; readonly user: string }
  | { readonly kind: 'people' }
  | { readonly kind: 'call'; readonly method: string; readonly status: number }
  | {
      readonly kind: 'interaction'
      readonly user: string | null
      readonly what: string
      readonly error: string | null
    }
  | { readonly kind: 'sockets'; readonly open: number }
  | { readonly kind: 'breach'; readonly where: string; readonly error: string }
  | { readonly kind: 'faults' }

export type Truthy<T> = Exclude<T, false | null | undefined | 0 | ''>

export interface UntilOptions {
  /** Default 5,000. */
  readonly timeoutMs?: number
}

export interface Changes {
  readonly announce: (change: Change) => void
  /** Returns the function that stops it. */
  readonly onChange: (listener: (change: Change) => void) => () => void
  /**
   * The predicate's value as soon as it is truthy. Asked at once, then once per turn of the event loop in
   * which something changed; a predicate that throws counts as not yet. Rejects with `describe()` in its
   * message after the deadline.
   */
  readonly until: <T>(
    predicate: () => T,
    describe: () => string,
    options?: UntilOptions,
  ) => Promise<Truthy<T>>
  readonly close: () => void
}

const isTruthy = <T>(value: T): value is T & Truthy<T> => Boolean(value)

interface Waiter {
  readonly ask: () => void
  readonly giveUp: (why: string) => void
}

export const createChanges = (): Changes => {
  const listeners = new Set<(change: Change) => void>()
  const waiters = new Set<Waiter>()
  let asking = false

  const askAll = () => {
    asking = false
    for (const waiter of [...waiters]) waiter.ask()
  }

  return {
    announce: (change) => {
      for (const listener of listeners) listener(change)
      if (waiters.size === 0 || asking) return
      asking = true
      setImmediate(askAll)
    },
    onChange: (listener) => {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    until: (predicate, describe, options = {}) =>
      new Promise((resolve, reject) => {
        const timeoutMs = options.timeoutMs ?? 5_000
        let lastError: unknown = null
        const end = () => {
          clearTimeout(deadline)
          waiters.delete(waiter)
        }
        const waiter: Waiter = {
          ask: () => {
            try {
              const value = predicate()
              lastError = null
              if (!isTruthy(value)) return
              end()
              resolve(value)
            } catch (error) {
              lastError = error
            }
          },
          giveUp: (why) => {
            end()
            const thrown = lastError === null ? '' : `\nThe predicate threw: ${String(lastError)}`
            reject(new Error(`${why}: ${predicate.toString()}${thrown}\n${describe()}`))
          },
        }
        // Asked once more at the deadline: what it looks at may lie outside Slack and change unannounced.
        const deadline = setTimeout(() => {
          waiter.ask()
          if (waiters.has(waiter)) waiter.giveUp(`Not so after ${timeoutMs} ms`)
        }, timeoutMs)
        waiters.add(waiter)
        waiter.ask()
      }),
    close: () => {
      for (const waiter of [...waiters]) waiter.giveUp('The sandbox was closed while waiting')
      listeners.clear()
    },
  }
}
