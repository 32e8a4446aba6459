import type { Clock } from '../clock.ts'
import { seenCardJob } from '../jobs/catalogue.ts'
import type { JobOutcome } from '../jobs/worker.ts'
import type { Store } from '../store/contract.ts'
import { warnedAt } from './answer-window.ts'
import type { ChatId } from './ids.ts'

/**
 * Has the card drawn anew when its line about WhatsApp's time for answers changes. The job waits for the next
 * such moment by itself: a message that comes meanwhile only moves the end, which it sees when it wakes.
 */
export function createWindowWatch(deps: {
  readonly store: Pick<Store, 'chat' | 'change'>
  readonly clock: Clock
}) {
  const { store, clock } = deps
  return async ({ chat: id }: { readonly chat: ChatId }): Promise<JobOutcome> => {
    const chat = await store.chat(id)
    if (chat === null || chat.status !== 'open' || chat.windowEndsAt === null) return { kind: 'done' }
    const now = clock.now()
    // By the card's own job, so that two updates of one card are never under way at once.
    await store.change({ chat: id }, [], () => ({ result: null, jobs: [seenCardJob(chat, now)] }))
    const next = [warnedAt(chat.windowEndsAt), chat.windowEndsAt].find((at) => at > now)
    if (next === undefined) return { kind: 'done' }
    return { kind: 'later', reason: 'there is time left for answers', afterMs: next - now }
  }
}
