import { z } from 'zod'
import type { Clock } from '../clock.ts'
import type { JobPayload } from '../jobs/catalogue.ts'
import type { JobOutcome } from '../jobs/worker.ts'
import type { Store } from '../store/contract.ts'
import type { FailedJob } from '../store/doctor-contract.ts'
import type { Accounts } from './accounts.ts'
import type { NewEvent } from './audit.ts'
import { accountId, type ChatId, chatId, eventId, type SlackUserId } from './ids.ts'

/** What admins make of jobs that were given up, each with its line in the audit trail. */
export interface Mending {
  /** `by` is null for whoever sits at the machine. False when the job is not failed any more. */
  mend(job: number, what: 'retry' | 'give-up', by: SlackUserId | null): Promise<boolean>
  /** The chat that a job is about; null when it is about none. */
  chatOf(job: Pick<FailedJob, 'payload'>): Promise<ChatId | null>
  /** The job that another process has left. */
  job(payload: JobPayload<'mend'>): Promise<JobOutcome>
}

/** By what jobs name the thing that they are about; their own schemas are in jobs/catalogue.ts. */
const aboutSchema = z.object({
  account: z.string().transform(accountId).optional(),
  chat: z.string().transform(chatId).optional(),
  event: z.number().transform(eventId).optional(),
  offer: z.number().transform(eventId).optional(),
  edit: z.number().optional(),
})

export function createMending(deps: {
  readonly store: Pick<Store, 'failedJob' | 'mendFailedJob' | 'chat' | 'event' | 'contactEdits'>
  readonly accounts: Accounts
  readonly clock: Clock
}): Mending {
  const { store, clock } = deps

  async function placeOf({ payload }: Pick<FailedJob, 'payload'>): Promise<Partial<Place>> {
    const about = aboutSchema.safeParse(payload).data ?? {}
    const event = about.event ?? about.offer
    const cause = event === undefined ? null : await store.event(event)
    const [edit] = about.edit === undefined ? [] : await store.contactEdits(about.edit)
    const chat = about.chat ?? cause?.chat ?? edit?.chat ?? null
    const account =
      about.account ??
      cause?.account ??
      edit?.account ??
      (chat === null ? undefined : (await store.chat(chat))?.account)
    return { chat, ...(account === undefined ? {} : { account }) }
  }

  const mend: Mending['mend'] = async (id, what, by) => {
    const failed = await store.failedJob(id)
    if (failed === null) return false
    const now = clock.now()
    const { account, chat = null } = await placeOf(failed)
    // The trail is kept by account: what is about none of them has a line in each.
    const events = (account === undefined ? [...deps.accounts.keys()] : [account]).map(
      (each): NewEvent => ({
        at: now,
        account: each,
        chat,
        actor: by,
        via: by === null ? 'rule' : 'slack',
        facts: {
          kind: what === 'retry' ? 'job-retried' : 'job-given-up',
          job: failed.kind,
          reason: failed.reason,
        },
      }),
    )
    return store.mendFailedJob(
      id,
      what === 'retry' ? { kind: 'retry', at: now } : { kind: 'give-up' },
      events,
    )
  }

  return {
    mend,
    chatOf: async (job) => (await placeOf(job)).chat ?? null,
    async job({ job, what }) {
      await mend(job, what, null)
      return { kind: 'done' }
    },
  }
}

type Place = Pick<NewEvent, 'account' | 'chat'>
