import type { DoctorReads } from '../store/doctor-contract.ts'
import { type Finding, finding } from './finding.ts'

/** What was given up, and waits for somebody to decide. */
export async function checkJobs(store: Pick<DoctorReads, 'countFailedJobs'>): Promise<readonly Finding[]> {
  const failed = await store.countFailedJobs()
  return failed === 0
    ? finding('Failed jobs', 'ok', 'Nothing was given up.')
    : finding(
        'Failed jobs',
        'warning',
        `${failed} ${failed === 1 ? 'job was' : 'jobs were'} given up after many tries. See which, then try them again or forget them: in Slack, Baton's Home tab, Failed Jobs; on this machine, npm run -s jobs.`,
      )
}
