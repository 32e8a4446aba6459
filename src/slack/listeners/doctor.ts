import type { SlackUserId } from '../../routing/ids.ts'
import type { ActionHandler, Answer } from '../surface.ts'
import { anAdmin } from '../text.ts'
import { adminsOnlyText, doctorText, mendedText } from '../text-doctor.ts'
import { surfaceText } from '../text-surface.ts'
import { doctorMessage } from '../views/doctor.ts'
import { type FailedJobFacts, failedJobsModal, MOST_FAILED } from '../views/failed-jobs.ts'
import { textMessage } from '../views/message.ts'
import type { ListenerContext } from './context.ts'
import { isAdmin } from './link-person.ts'
import { asReply } from './reading.ts'

/** `/baton doctor`: whether everything is all right, and what to do where it is not. */
export async function doctor(context: ListenerContext, user: SlackUserId): Promise<Answer> {
  if (!(await isAdmin(context, user))) return refused(context)
  return asReply(doctorMessage(await context.doctor()))
}

const refused = ({ admins }: ListenerContext): Answer => asReply(textMessage(adminsOnlyText(anAdmin(admins))))

/** The doctor that runs beside Baton waits for this: whoever pressed it has shown that clicks arrive. */
export const pressed =
  ({ store, clock }: ListenerContext): ActionHandler =>
  async ({ value }) => {
    if (value === null || !/^[\w-]{1,36}$/.test(value))
      return asReply(textMessage(surfaceText.unknownControl))
    await store.savePress(value, clock.now())
    return asReply(textMessage(doctorText.pressTaken))
  }

/** In the Home tab. */
export const failedJobsClicked =
  (context: ListenerContext): ActionHandler =>
  async ({ user }) => {
    if (!(await isAdmin(context, user))) return refused(context)
    return { kind: 'open', view: await shown(context, user, null) }
  }

export const jobRetryClicked = (context: ListenerContext): ActionHandler => mended(context, 'retry')
export const jobGiveUpClicked = (context: ListenerContext): ActionHandler => mended(context, 'give-up')

const mended =
  (context: ListenerContext, what: 'retry' | 'give-up'): ActionHandler =>
  async ({ user, value }) => {
    if (!(await isAdmin(context, user))) return refused(context)
    if (value === null || !/^\d{1,15}$/.test(value)) return asReply(textMessage(surfaceText.unknownControl))
    const isMended = await context.mending.mend(Number(value), what, user)
    const said = isMended ? mendedText(what) : doctorText.jobGone
    return { kind: 'update', view: await shown(context, user, said) }
  }

async function shown(context: ListenerContext, reader: SlackUserId, said: string | null) {
  const { store } = context
  const count = await store.countFailedJobs()
  const failed = await store.failedJobs(MOST_FAILED)
  const jobs = await Promise.all(
    failed.map(async (job): Promise<FailedJobFacts> => {
      const id = await context.mending.chatOf(job)
      const chat = id === null ? null : await store.chat(id)
      const customer = chat === null ? null : (await context.present.chat(chat, reader, 'names')).customer
      const { kind, reason, attempts } = job
      return { id: job.id, kind, reason, attempts, customer }
    }),
  )
  return failedJobsModal({ jobs, count, said })
}
