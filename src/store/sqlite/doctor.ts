import { and, count, desc, eq, isNull, max, notLike, sql } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import type { NewEvent } from '../../routing/audit.ts'
import { accountId, groupHolder } from '../../routing/ids.ts'
import type { DoctorReads, DoctorStore } from '../doctor-contract.ts'
import type { CommitQueue } from './commit-queue.ts'
import type { JobQueries } from './jobs.ts'
import { accounts, jobs, links, providerUsers, seenEvents } from './schema.ts'

/** Presses of test buttons stand among what webhooks have told, and are forgotten with it. No account has this name. */
const PRESSES = accountId('*presses')

const failedColumns = {
  id: jobs.id,
  kind: jobs.kind,
  payload: jobs.payload,
  attempts: jobs.attempts,
  reason: jobs.reason,
}

export function createDoctorReads(db: BetterSQLite3Database): DoctorReads {
  const failed = isNull(jobs.runAt)
  return {
    countFailedJobs: async () => db.select({ count: count() }).from(jobs).where(failed).get()?.count ?? 0,
    failedJobs: async (limit) =>
      db.select(failedColumns).from(jobs).where(failed).orderBy(desc(jobs.id)).limit(limit).all(),
    failedJob: async (id) =>
      db
        .select(failedColumns)
        .from(jobs)
        .where(and(eq(jobs.id, id), failed))
        .get() ?? null,
    lastTold: async (account) =>
      db
        .select({ at: max(seenEvents.at) })
        .from(seenEvents)
        .where(eq(seenEvents.account, account))
        .get()?.at ?? null,
    silentSince: async (account) => {
      const row = db.select({ health: accounts.health }).from(accounts).where(eq(accounts.id, account)).get()
      const silence = row?.health?.silence
      return silence?.told == null ? null : silence.since
    },
    countStaff: async (account) =>
      db
        .select({ staff: count(), linked: count(links.slackUser) })
        .from(providerUsers)
        .leftJoin(links, and(eq(links.account, account), eq(links.providerUser, providerUsers.id)))
        .where(
          and(
            eq(providerUsers.account, account),
            providerUsers.active,
            notLike(providerUsers.id, `${groupHolder('')}%`),
          ),
        )
        .get() ?? { staff: 0, linked: 0 },
    isPressed: async (name) =>
      db
        .select({ found: sql`1` })
        .from(seenEvents)
        .where(and(eq(seenEvents.account, PRESSES), eq(seenEvents.id, name)))
        .get() !== undefined,
  }
}

export function createDoctorQueries(deps: {
  readonly db: BetterSQLite3Database
  readonly commits: CommitQueue
  readonly insertEvent: (event: NewEvent) => unknown
  readonly mendFailed: JobQueries['mendFailed']
}): DoctorStore {
  const { db, commits } = deps
  return {
    ...createDoctorReads(db),
    mendFailedJob: (id, mend, events) =>
      commits.run(() => {
        if (!deps.mendFailed(id, mend)) return false
        events.forEach(deps.insertEvent)
        return true
      }),
    savePress: (name, at) =>
      commits.run(() => {
        db.insert(seenEvents).values({ account: PRESSES, id: name, at }).onConflictDoNothing().run()
      }),
  }
}
