import { and, asc, eq, gt, inArray, isNotNull, isNull, lte, or, sql } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import type { JobEnd, JobStore, NewJob, TakenJob } from '../../jobs/contract.ts'
import type { Instant } from '../../routing/ids.ts'
import type { Mend } from '../doctor-contract.ts'
import type { CommitQueue } from './commit-queue.ts'
import { chats, jobs } from './schema.ts'
import { ASKED, type IsNew } from './seen.ts'
import type { Statements } from './statements.ts'

/**
 * Every write of a job's state. A row is
 *
 * - due: `run_at` is set and no lease runs;
 * - leased: `lease_until` is set; `lease` is the fence of the try that has it;
 * - failed: `run_at` is null, `reason` says why; a new job of the same key revives it, or an admin does.
 *
 * A job that is done is deleted, and one that an admin gives up.
 */
export interface JobQueries extends JobStore {
  /** To be called inside a transaction. */
  enqueue(job: NewJob): void
  /** What an admin makes of a failed job, inside a transaction. False when it is none any more. */
  mendFailed(id: number, mend: Mend): boolean
  /** A new process: nobody works on anything. */
  forgetLeases(): void
}

export function createJobQueries(deps: {
  readonly db: BetterSQLite3Database
  readonly commits: CommitQueue
  readonly statements: Statements
  readonly isNew: IsNew
}): JobQueries {
  const { db, commits, statements } = deps
  const listeners: ((earliest: Instant) => void)[] = []
  let earliest: Instant | null = null
  commits.onCommit(() => {
    if (earliest === null) return
    const first = earliest
    earliest = null
    for (const listener of listeners) listener(first)
  })

  const put = statements.writes(
    db
      .insert(jobs)
      .values({
        kind: sql.placeholder('kind'),
        key: sql.placeholder('key'),
        pool: sql.placeholder('pool'),
        payload: sql.placeholder('payload'),
        runAt: sql.placeholder('runAt'),
      })
      .onConflictDoUpdate({
        target: jobs.key,
        set: {
          payload: sql`excluded.payload`,
          pool: sql`excluded.pool`,
          // The earlier of the two times; a running try's own time is over, so the new one stands alone.
          runAt: sql`CASE WHEN ${jobs.runAt} IS NULL OR (${jobs.leaseUntil} IS NOT NULL AND ${jobs.asked} = ${jobs.askedAtTake})
          THEN excluded.run_at ELSE min(${jobs.runAt}, excluded.run_at) END`,
          attempts: 0,
          asked: sql`${jobs.asked} + 1`,
          reason: null,
        },
      }),
  )

  const done = statements.writes(
    db
      .delete(jobs)
      .where(
        and(
          eq(jobs.id, sql.placeholder('id')),
          eq(jobs.lease, sql.placeholder('lease')),
          eq(jobs.asked, jobs.askedAtTake),
        ),
      ),
  )

  const mine = and(eq(jobs.id, sql.placeholder('id')), eq(jobs.lease, sql.placeholder('lease')))
  const release = statements.writes(db.update(jobs).set({ leaseUntil: null, attempts: 0 }).where(mine))
  const fail = statements.writes(
    db
      .update(jobs)
      .set({ leaseUntil: null, runAt: null, reason: sql`${sql.placeholder('reason')}` })
      .where(and(mine, eq(jobs.asked, jobs.askedAtTake))),
  )
  const again = statements.writes(
    db
      .update(jobs)
      .set({
        leaseUntil: null,
        runAt: sql`${sql.placeholder('runAt')}`,
        attempts: sql`${jobs.attempts} - ${sql.placeholder('givenBack')}`,
        reason: sql`${sql.placeholder('reason')}`,
      })
      .where(and(mine, eq(jobs.asked, jobs.askedAtTake))),
  )

  const failed = and(eq(jobs.id, sql.placeholder('id')), isNull(jobs.runAt))
  const revive = statements.writes(
    db
      .update(jobs)
      .set({ runAt: sql`${sql.placeholder('at')}`, attempts: 0, reason: null })
      .where(failed),
  )
  const giveUp = statements.writes(db.delete(jobs).where(failed))

  function mendFailed(id: number, mend: Mend): boolean {
    if (mend.kind === 'give-up') return giveUp.run({ id }) === 1
    if (earliest === null || mend.at < earliest) earliest = mend.at
    return revive.run({ id, at: mend.at }) === 1
  }

  function enqueue(job: NewJob): void {
    if (earliest === null || job.runAt < earliest) earliest = job.runAt
    put.run({ ...job })
  }

  function end(job: TakenJob, how: JobEnd): boolean {
    const me = { id: job.id, lease: job.lease }
    if (how.kind === 'done' && done.run(me) === 1) return true
    if (how.kind === 'failed' && fail.run({ ...me, reason: how.reason }) === 1) return true
    if (how.kind === 'again') {
      const givenBack = how.keepAttempt ? 0 : 1
      const { runAt, reason } = how
      if (again.run({ ...me, runAt, givenBack, reason }) === 1) return true
    }
    // Asked for again while it ran, or no longer ours.
    return release.run(me) === 1
  }

  const ofPool = eq(jobs.pool, sql.placeholder('pool'))
  const due = db
    .select({ id: jobs.id })
    .from(jobs)
    .where(
      and(
        ofPool,
        lte(jobs.runAt, sql.placeholder('now')),
        or(isNull(jobs.leaseUntil), lte(jobs.leaseUntil, sql.placeholder('now'))),
      ),
    )
    .orderBy(asc(jobs.runAt), asc(jobs.id))
    .limit(sql.placeholder('limit'))
  const take = statements.rows(
    db
      .update(jobs)
      .set({
        attempts: sql`${jobs.attempts} + 1`,
        lease: sql`${jobs.lease} + 1`,
        askedAtTake: jobs.asked,
        leaseUntil: sql`${sql.placeholder('leaseUntil')}`,
      })
      .where(inArray(jobs.id, due))
      .returning(takenColumns),
    takenColumns,
  )
  const renew = statements.writes(
    db
      .update(jobs)
      .set({ leaseUntil: sql`${sql.placeholder('leaseUntil')}` })
      .where(
        and(
          inArray(jobs.id, sql`(SELECT value FROM json_each(${sql.placeholder('running')}))`),
          lte(jobs.leaseUntil, sql.placeholder('now')),
        ),
      ),
  )
  // Two looks into an index each, where one over all jobs would read a whole backlog.
  const nextFree = statements.rows(
    db
      .select({ at: jobs.runAt })
      .from(jobs)
      .where(and(ofPool, isNotNull(jobs.runAt), isNull(jobs.leaseUntil)))
      .orderBy(asc(jobs.runAt))
      .limit(1),
    { at: jobs.runAt },
  )
  const leaseEnds = sql<Instant | null>`min(max(${jobs.runAt}, ${jobs.leaseUntil}))`
  const nextLeased = statements.rows(
    db
      .select({ at: leaseEnds })
      .from(jobs)
      .where(and(ofPool, isNotNull(jobs.leaseUntil))),
    { at: leaseEnds },
  )

  return {
    enqueue,
    mendFailed,
    forgetLeases() {
      db.update(jobs).set({ leaseUntil: null }).where(isNotNull(jobs.leaseUntil)).run()
    },
    addJobs: (added) =>
      commits.run(() => {
        added.forEach(enqueue)
      }),
    addJobOnce: (job, at) =>
      commits.run(() => {
        const isNew = deps.isNew({ account: ASKED, id: job.key, at })
        if (isNew) enqueue(job)
        return isNew
      }),
    onJobs(listener) {
      listeners.push(listener)
    },
    takeJobs: ({ pools, running = [], ...times }) =>
      commits.run(() => {
        if (running.length > 0) renew.run({ ...times, running: JSON.stringify(running) })
        const taken = pools.flatMap((room) => take.all({ ...times, ...room }))
        return taken.sort((a, b) => (a.runAt ?? 0) - (b.runAt ?? 0) || a.id - b.id)
      }, 'in-order'),
    endJob: (job, how) => commits.run(() => end(job, how), 'in-order'),
    reviveCards: (now) =>
      commits.run(() => {
        const ofOpenChat = sql`EXISTS (SELECT 1 FROM ${chats} WHERE chats.id = ${jobs.payload} ->> 'chat' AND chats.status = 'open')`
        db.update(jobs)
          .set({ runAt: now, attempts: 0, reason: null })
          .where(and(eq(jobs.kind, 'card'), isNull(jobs.runAt), ofOpenChat))
          .run()
      }, 'in-order'),
    setBack: (byMs, now) =>
      commits.run(() => {
        const earlier = { runAt: sql`${jobs.runAt} - ${byMs}` }
        db.update(jobs).set(earlier).where(gt(jobs.runAt, now)).run()
        const ended = { leaseUntil: sql`${jobs.leaseUntil} - ${byMs}` }
        db.update(jobs).set(ended).where(isNotNull(jobs.leaseUntil)).run()
      }, 'in-order'),
    nextDueAt: async (pools) => {
      const times = pools
        .flatMap((pool) => [nextFree.get({ pool })?.at, nextLeased.get({ pool })?.at])
        .filter((at) => at != null)
      return times.reduce<Instant | null>((least, at) => (least === null || at < least ? at : least), null)
    },
  }
}

const takenColumns = {
  id: jobs.id,
  kind: jobs.kind,
  key: jobs.key,
  pool: jobs.pool,
  payload: jobs.payload,
  attempts: jobs.attempts,
  lease: jobs.lease,
  runAt: jobs.runAt,
}
