import { Counter, Histogram, type Registry } from 'prom-client'
import type { Clock } from '../clock.ts'
import { jobKinds } from '../jobs/catalogue.ts'
import type { JobStore, TakenJob } from '../jobs/contract.ts'

/** How the tries of jobs end, and how long they take. */
export function countJobs<S extends Pick<JobStore, 'takeJobs' | 'endJob'>>(
  jobs: S,
  { registry, clock }: { readonly registry: Registry; readonly clock: Pick<Clock, 'now'> },
): S {
  const ended = new Counter({
    name: 'baton_job_tries_total',
    help: 'Tries of jobs, by how they ended: done, again (tried once more later) or failed (given up).',
    labelNames: ['kind', 'outcome'] as const,
    registers: [registry],
  })
  // What appears only with its first failure does not look like an increase to Prometheus.
  for (const kind of Object.keys(jobKinds)) ended.inc({ kind, outcome: 'failed' }, 0)
  const duration = new Histogram({
    name: 'baton_job_try_seconds',
    help: 'How long one try of a job took.',
    labelNames: ['kind'] as const,
    buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers: [registry],
  })
  const takenAt = new WeakMap<TakenJob, number>()

  return {
    ...jobs,
    async takeJobs(args) {
      const taken = await jobs.takeJobs(args)
      const now = clock.now()
      for (const job of taken) takenAt.set(job, now)
      return taken
    },
    async endJob(job, end, now) {
      const kind = jobKindLabel(job.kind)
      ended.inc({ kind, outcome: end.kind })
      duration.observe({ kind }, Math.max(0, now - (takenAt.get(job) ?? now)) / 1_000)
      return jobs.endJob(job, end, now)
    },
  }
}

/** A newer Baton may have left others. */
export const jobKindLabel = (kind: string): string => (kind in jobKinds ? kind : 'unknown')
