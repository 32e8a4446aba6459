import type { Clock } from '../clock.ts'
import { cardJob, type JobPayload, threadJob } from '../jobs/catalogue.ts'
import type { JobOutcome } from '../jobs/worker.ts'
import type { Store } from '../store/contract.ts'
import type { OfferEndedWhy } from './audit.ts'
import { awayNow } from './away.ts'
import { endOffer } from './decide-offer.ts'
import type { ChatId, EventId } from './ids.ts'
import { jobsOfOffer } from './leave-jobs.ts'

/** More open offers nobody has. */
const MOST_OFFERS = 1_000

/** Ends offers by rule, as jobs: what has been answered or has ended by then stays as it is. */
export function createOfferEnding(deps: {
  readonly store: Pick<Store, 'change' | 'findChats' | 'away'>
  readonly clock: Clock
}) {
  const { store, clock } = deps

  const end = (id: ChatId, offer: EventId, why: OfferEndedWhy): Promise<void> =>
    store.change({ chat: id }, [], ({ chat }) => {
      const ended = endOffer(chat, offer, why)
      if (ended === null) return { result: undefined }
      const now = clock.now()
      const { account } = ended.chat
      return {
        result: undefined,
        chat: ended.chat,
        event: { at: now, account, chat: id, actor: null, via: 'rule', facts: ended.facts },
        jobs: [cardJob(id, now), threadJob(id, now), ...jobsOfOffer(chat, ended.chat, null, now)],
      }
    })

  return {
    /** Nobody has answered in time. */
    async 'offer-expiry'({ chat, offer }: JobPayload<'offer-expiry'>): Promise<JobOutcome> {
      await end(chat, offer, 'unanswered')
      return { kind: 'done' }
    },
    /** Whoever was asked is not there to answer. */
    async 'return-offers'({ to, account, why }: JobPayload<'return-offers'>): Promise<JobOutcome> {
      // Back by now: what they are asked since is not theirs to lose.
      if (why === 'away' && awayNow((await store.away([to])).get(to), clock.now()) === null)
        return { kind: 'done' }
      const within = account === null ? {} : { account }
      const chats = await store.findChats({ ...within, state: 'open', offeredTo: to, limit: MOST_OFFERS })
      for (const { id, offer } of chats) if (offer !== null) await end(id, offer.event, why)
      return { kind: 'done' }
    },
  }
}
