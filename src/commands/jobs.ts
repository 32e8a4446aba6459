import { mendJob } from '../jobs/mend-job.ts'
import { deedText } from '../slack/text-doctor.ts'
import { openBeside, type StoreBeside } from '../store/sqlite/open-beside.ts'
import { isInstanceRunning, StoreOpenError } from '../store/sqlite/open-sqlite-store.ts'
import type { Command, CommandEdges, CommandEnd } from './command.ts'

const USAGE =
  'Use: npm run -s jobs, npm run -s jobs retry 17 (or all), or npm run -s jobs give-up 17 (or all)'

/** In a list; more are only counted. */
const MOST = 1_000

/**
 * Jobs that were given up, and what is to become of them. Only the Baton that works on the database writes its audit
 * trail, so what is asked for is left for it as a job: it is done within half a minute, or at the next start.
 */
export const jobsCommand: Command = async (args, edges) => {
  const [what, which, more] = args
  let store: StoreBeside
  try {
    store = openBeside(edges.config.databasePath)
  } catch (error) {
    if (error instanceof StoreOpenError) return refused(`Nothing was changed: ${error.message}`)
    throw error
  }
  try {
    if (what === undefined) return await list(store, edges)
    const isAll = which === 'all'
    if ((what !== 'retry' && what !== 'give-up') || more !== undefined) return refused(USAGE)
    if (which === undefined || (!isAll && !/^\d{1,15}$/.test(which))) return refused(USAGE)
    return await leave(store, edges, { what, job: isAll ? 'all' : Number(which) })
  } finally {
    store.close()
  }
}

async function list(store: StoreBeside, { out }: CommandEdges): Promise<CommandEnd> {
  const count = await store.countFailedJobs()
  const failed = await store.failedJobs(MOST)
  const lines = failed.map(
    ({ id, kind, attempts, reason }) =>
      `${id}\t${deedText(kind)} (${kind})\t${attempts} ${attempts === 1 ? 'try' : 'tries'}\t${reason ?? ''}\n`,
  )
  const rest = count > failed.length ? `And ${count - failed.length} more.\n` : ''
  const text = count === 0 ? 'No job is given up.\n' : `${lines.join('')}${rest}${USAGE}\n`
  await new Promise((written) => out.write(text, written))
  return { kind: 'done' }
}

async function leave(
  store: StoreBeside,
  { config, clock, out }: CommandEdges,
  { what, job }: { readonly what: 'retry' | 'give-up'; readonly job: number | 'all' },
): Promise<CommandEnd> {
  const failed =
    job === 'all'
      ? await store.failedJobs(await store.countFailedJobs())
      : [await store.failedJob(job)].filter((each) => each !== null)
  if (failed.length === 0)
    return refused(job === 'all' ? 'No job is given up.' : `No failed job has the number ${job}.`)
  const now = clock.now()
  await store.addJobs(failed.map(({ id }) => mendJob({ job: id, what }, now)))
  const when = isInstanceRunning(config.databasePath) ? 'within half a minute' : 'when it is started'
  const deed = what === 'retry' ? 'tries' : 'forgets'
  const jobs = failed.length === 1 ? 'the job' : `${failed.length} jobs`
  out.write(`Baton ${deed} ${jobs}${what === 'retry' ? ' again' : ''} ${when}.\n`)
  return { kind: 'done' }
}

const refused = (sentence: string): CommandEnd => ({ kind: 'refused', sentence })
