import { sql } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import type { AccountId } from '../../routing/ids.ts'
import type { CommitQueue } from './commit-queue.ts'
import { accounts } from './schema.ts'

/** So many numbers are taken from the database at a time; after a restart, those that were left are skipped. */
const TAKEN_AT_ONCE = 1_000

/** Counts each account's polls, with a write once in a thousand of them: a poll that shows nothing new costs none. */
export interface PollNumbers {
  /** Number of the newest poll that has begun; 0 before the first. */
  current(account: AccountId): number
  begin(account: AccountId): Promise<number>
}

export function createPollNumbers(deps: {
  readonly db: BetterSQLite3Database
  readonly commits: CommitQueue
}): PollNumbers {
  const { db, commits } = deps
  const taken = new Map(
    db
      .select()
      .from(accounts)
      .all()
      .map(({ id, poll }) => [id, poll]),
  )
  const newest = new Map(taken)

  const take = (id: AccountId, poll: number): Promise<unknown> =>
    commits.run(
      () =>
        db
          .insert(accounts)
          .values({ id, poll })
          .onConflictDoUpdate({ target: accounts.id, set: { poll: sql`excluded.poll` } })
          .run(),
      'in-order',
    )

  return {
    current: (account) => newest.get(account) ?? 0,
    async begin(account) {
      const number = (newest.get(account) ?? 0) + 1
      newest.set(account, number)
      if (number > (taken.get(account) ?? 0)) {
        taken.set(account, number + TAKEN_AT_ONCE)
        await take(account, number + TAKEN_AT_ONCE)
      }
      return number
    },
  }
}
