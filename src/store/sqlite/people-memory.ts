import type { CommitQueue } from './commit-queue.ts'

/** More than any team has people in all of its accounts. */
const MOST = 10_000

/**
 * What was read of people is kept until any of them changes: every decision and every view asks for the same few, and
 * they seldom change. Right because nobody else writes to the file, and because nothing is kept while a
 * transaction changes people, which may still be rolled back.
 */
export interface PeopleMemory {
  /** The same as `read`, but quick for ids that it was asked about before. */
  remember<Ids extends readonly (string | null)[], T extends object | string | null>(
    read: (...ids: Ids) => T,
  ): (...ids: Ids) => T
  /** To be called inside the transaction, before it writes. */
  changing(): void
}

export function createPeopleMemory(commits: Pick<CommitQueue, 'onCommit'>): PeopleMemory {
  const memories: Map<string, unknown>[] = []
  let isChanging = false
  commits.onCommit(() => {
    isChanging = false
  })

  return {
    remember<Ids extends readonly (string | null)[], T extends object | string | null>(
      read: (...ids: Ids) => T,
    ) {
      const known = new Map<string, T>()
      memories.push(known)
      return (...ids: Ids) => {
        if (isChanging) return read(...ids)
        const key = ids.join('\n')
        const before = known.get(key)
        if (before !== undefined) return before
        const made = read(...ids)
        if (known.size >= MOST) known.clear()
        known.set(key, made)
        return made
      }
    },
    changing() {
      isChanging = true
      for (const memory of memories) memory.clear()
    },
  }
}
