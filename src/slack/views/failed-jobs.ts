import type { types } from '@slack/bolt'
import { actionIds } from '../ids.ts'
import { plain } from '../mrkdwn.ts'
import { doctorText, failedJobText, moreFailedText } from '../text-doctor.ts'
import { context, section } from './message.ts'
import { textModal } from './modal.ts'

/** Two blocks each: a modal takes 100. */
export const MOST_FAILED = 20

export interface FailedJobFacts {
  readonly id: number
  readonly kind: string
  readonly reason: string | null
  readonly attempts: number
  readonly customer: string | null
}

/** What was given up. `said`: what became of the last click. */
export const failedJobsModal = (facts: {
  readonly jobs: readonly FailedJobFacts[]
  readonly count: number
  readonly said: string | null
}): types.ModalView => {
  const { jobs, count, said } = facts
  const more = count - jobs.length
  return {
    ...textModal('Failed Jobs', doctorText.noFailedJobs),
    blocks: [
      ...(said === null ? [] : [context(said)]),
      section(jobs.length === 0 ? doctorText.noFailedJobs : doctorText.failedJobs),
      ...jobs.flatMap((job): types.KnownBlock[] => [
        section(failedJobText(job)),
        {
          type: 'actions',
          elements: [
            button(actionIds.jobRetry, 'Retry', job.id),
            {
              ...button(actionIds.jobGiveUp, 'Give Up', job.id),
              confirm: {
                title: plain('Give up this job?', 100),
                text: plain('Baton forgets it, and what it was to do is not done.', 300),
                confirm: plain('Give Up', 30),
                deny: plain('Keep', 30),
              },
            },
          ],
        },
      ]),
      ...(more > 0 ? [context(moreFailedText(more))] : []),
    ],
  }
}

const button = (actionId: string, text: string, job: number): types.Button => ({
  type: 'button',
  action_id: actionId,
  text: plain(text, 75),
  value: String(job),
})
