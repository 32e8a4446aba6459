import type { Database } from 'better-sqlite3'

/**
 * - `on-disk`: survives power loss from the moment its promise resolves.
 * - `in-order`: survives the process in any case, and power loss together with the next work that is on
 *   disk: it is never missing where something later is there. For bookkeeping that is merely done again.
 */
export type Durability = 'on-disk' | 'in-order'

export interface CommitQueue {
  /**
   * Runs `work` in a transaction and resolves with its result once that is committed. If it throws,
   * nothing it did is kept and the promise rejects; other work is not affected. `work` may run twice.
   */
  run<T>(work: () => T, durability?: Durability): Promise<T>
  /** Called after each commit. */
  onCommit(listener: () => void): void
}

interface Entry {
  readonly work: () => unknown
  readonly durability: Durability
  readonly resolve: (value: unknown) => void
  readonly reject: (error: unknown) => void
}

/**
 * Group commit: everything that is asked for in one turn of the event loop shares one transaction, and
 * so one wait for the disk, which is what a commit costs. Each piece of work still sees the writes of
 * the ones before it, as if they had run one after the other.
 */
export function createCommitQueue(db: Database): CommitQueue {
  let waiting: Entry[] = []
  const listeners: (() => void)[] = []
  const begin = db.prepare('BEGIN IMMEDIATE')
  const commit = db.prepare('COMMIT')

  let durability: Durability | null = null

  /** In a write-ahead log, NORMAL leaves out the wait for the disk at a commit, and nothing else. */
  function wantAtLeast(entries: readonly Entry[]): void {
    const wanted = entries.some((entry) => entry.durability === 'on-disk') ? 'on-disk' : 'in-order'
    if (wanted === durability) return
    db.pragma(`synchronous = ${wanted === 'on-disk' ? 'FULL' : 'NORMAL'}`)
    durability = wanted
  }

  function transact(entries: readonly Entry[]): unknown[] {
    wantAtLeast(entries)
    begin.run()
    try {
      const results = entries.map((entry) => entry.work())
      commit.run()
      return results
    } catch (error) {
      if (db.inTransaction) db.exec('ROLLBACK')
      throw error
    }
  }

  function flush(): void {
    const entries = waiting
    waiting = []
    try {
      const results = transact(entries)
      entries.forEach((entry, index) => {
        entry.resolve(results[index])
      })
    } catch (error) {
      if (entries.length === 1) entries[0]?.reject(error)
      else separately(entries)
    }
    for (const listener of listeners) listener()
  }

  /** One of several failed and took the others with it: each again on its own. */
  function separately(entries: readonly Entry[]): void {
    for (const entry of entries) {
      try {
        entry.resolve(transact([entry])[0])
      } catch (error) {
        entry.reject(error)
      }
    }
  }

  return {
    run: <T>(work: () => T, durability: Durability = 'on-disk') =>
      new Promise<T>((resolve, reject) => {
        if (waiting.length === 0) setImmediate(flush)
        waiting.push({ work, durability, resolve: resolve as (value: unknown) => void, reject })
      }),
    onCommit(listener) {
      listeners.push(listener)
    },
  }
}
