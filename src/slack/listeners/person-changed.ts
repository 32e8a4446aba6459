import { personJob } from '../../jobs/people-jobs.ts'
import { readProfile } from '../profiles.ts'
import type { EventHandler } from '../surface.ts'
import type { ListenerContext } from './context.ts'

/**
 * Somebody is new, deactivated, or called otherwise. Most such events are about a status text or a picture; where
 * something differs that matters here, Slack is asked, because events may be late, twice or in the wrong order.
 */
export const personChanged =
  (context: Pick<ListenerContext, 'store' | 'clock'>): EventHandler =>
  async ({ body, teamId }) => {
    const told = readProfile(body.user, teamId)
    if (told === null) return
    const known = await context.store.profile(told.user)
    const isKnown =
      known !== null &&
      JSON.stringify(Object.entries(known).sort()) === JSON.stringify(Object.entries(told).sort())
    if (!isKnown) await context.store.addJobs([personJob(told.user, context.clock.now())])
  }
