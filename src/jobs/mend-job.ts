import { z } from 'zod'
import type { Instant } from '../routing/ids.ts'
import type { NewJob } from './contract.ts'
import { SLACK_POOL } from './pools.ts'

const SECOND = 1_000

/** What another process asks of a working Baton about failed jobs: a part of the catalogue. */
export const mendJobKinds = {
  /** Try a failed job again, or forget it. */
  mend: {
    payload: z.object({ job: z.number(), what: z.enum(['retry', 'give-up']) }),
    backOff: { firstMs: SECOND, mostMs: SECOND },
    maxAttempts: 3,
  },
} as const

export const mendJob = (
  mend: z.output<(typeof mendJobKinds)['mend']['payload']>,
  runAt: Instant,
): NewJob => ({
  kind: 'mend',
  key: `mend:${mend.job}`,
  pool: SLACK_POOL,
  payload: mend,
  runAt,
})
