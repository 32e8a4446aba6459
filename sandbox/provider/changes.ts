/** Tells everybody who waits that something has changed, so that nobody has to poll or sleep. */
export interface Changes {
  readonly changed: () => void
  /** Returns the function that stops it. */
  onChange(listener: () => void): () => void
  /** Fulfilled as soon as `predicate` holds; rejects after `timeoutMs`. */
  until(predicate: () => boolean, options: { readonly timeoutMs: number }): Promise<void>
}

export const createChanges = (): Changes => {
  const listeners = new Set<() => void>()
  const onChange = (listener: () => void): (() => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }
  return {
    changed: () => {
      for (const listener of listeners) listener()
    },
    onChange,
    until: (predicate, { timeoutMs }) =>
      new Promise((resolve, reject) => {
        const check = (): void => {
          try {
            if (!predicate()) return
            resolve()
          } catch (error) {
            reject(error)
          }
          stop()
          clearTimeout(timer)
        }
        const stop = onChange(check)
        const timer = setTimeout(() => {
          stop()
          reject(new Error(`not within ${timeoutMs} ms: ${predicate}`))
        }, timeoutMs)
        check()
      }),
  }
}
