import type { Clock } from '../clock.ts'
import { noticeJob } from '../jobs/catalogue.ts'
import type { JobOutcome } from '../jobs/worker.ts'
import type { Store } from '../store/contract.ts'
import type { Accounts } from './accounts.ts'
import type { Enrolment } from './enrol.ts'
import type { EventId } from './ids.ts'
import { askAgain } from './try-again.ts'

/**
 * After a confirmed hand-off to somebody at the provider whom nobody in Slack was linked to: finds them by
 * e-mail and lets them be told. Whom Slack does not know is told by the provider alone.
 */
export function createIntroduction(deps: {
  readonly store: Pick<Store, 'event' | 'chat' | 'change'>
  readonly enrolment: Pick<Enrolment, 'byProviderUser'>
  readonly accounts: Accounts
  readonly clock: Clock
}) {
  const { store, clock } = deps
  return async ({ event: id }: { readonly event: EventId }): Promise<JobOutcome> => {
    const event = await store.event(id)
    const account = event === null ? undefined : deps.accounts.get(event.account)
    if (event?.facts.kind !== 'confirmed' || event.facts.holder === null || event.chat === null) {
      return { kind: 'done' }
    }
    if (account === undefined) return { kind: 'failed', reason: 'the account is no longer configured' }
    // Nobody is looked for, which may take Slack's whole outage, to be told of what is over.
    if ((await store.chat(event.chat))?.owner !== event.facts.holder) return { kind: 'done' }
    const found = await deps.enrolment.byProviderUser(account, event.facts.holder)
    if (found.kind === 'retry') return askAgain(found)
    const decision = await store.event(event.facts.of)
    // Whoever hands a chat to themselves knows.
    if (found.kind === 'linked' && found.slackUser !== decision?.actor) {
      await store.change({ chat: event.chat }, [], () => ({
        result: null,
        jobs: [noticeJob(id, found.slackUser, clock.now())],
      }))
    }
    return { kind: 'done' }
  }
}
