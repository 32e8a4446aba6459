import type { Clock } from '../clock.ts'
import { lookJob } from '../jobs/catalogue.ts'
import type { NewJob } from '../jobs/contract.ts'
import type { ProviderEvent } from '../providers/contract.ts'
import type { HealthDesk } from '../routing/account-health.ts'
import type { Account, Accounts } from '../routing/accounts.ts'
import { type AccountId, later } from '../routing/ids.ts'
import { observationChange } from '../routing/observation-change.ts'
import { observeClosed } from '../routing/observe.ts'
import { observeMessage } from '../routing/observe-message.ts'
import type { Change, ChangeState, Store } from '../store/contract.ts'

/** Takes what a provider has told by itself, in its order. Resolves when all of it is on disk. */
export type Receive = (account: AccountId, events: readonly ProviderEvent[]) => Promise<void>

/** How long what tells people that a chat waits, itself waits for the provider's word on who has the chat. */
const OWNER_WITHIN_MS = 700

const onceOwnerIsKnown = (job: NewJob): NewJob =>
  job.kind === 'card' || job.kind === 'reopened' ? { ...job, runAt: later(job.runAt, OWNER_WITHIN_MS) } : job

export function createReceive(deps: {
  readonly store: Pick<Store, 'changeOnce'>
  readonly accounts: Accounts
  readonly health: Pick<HealthDesk, 'told'>
  readonly clock: Clock
  /** Whether the account wants the beginning of messages to be kept and shown. */
  readonly wantsPreview: (account: AccountId) => boolean
}): Receive {
  const { store, accounts, clock } = deps

  async function receiveOne(account: Account, event: ProviderEvent): Promise<void> {
    const { id, key } = event
    await store.changeOnce({ account: account.id, key }, { id, at: clock.now() }, (state) =>
      changeBy(account, event, state),
    )
  }

  function changeBy(account: Account, event: ProviderEvent, state: ChangeState): Change<null> {
    const now = clock.now()
    const { key } = event
    const canAsk = account.adapter.readChat !== undefined
    const looks = canAsk ? [lookJob(account.id, key, now)] : []
    switch (event.kind) {
      case 'message': {
        const preview = deps.wantsPreview(account.id)
        const { newChatId, currentPoll } = state
        const context = { account: account.id, key, newChatId, now, currentPoll, preview }
        const seen = observeMessage(state.chat, event.message, context)
        if (seen === null) return { result: null }
        const cameIn = seen.facts !== null
        const change = observationChange(state, seen, now)
        // Whose a chat is that comes in, and that of a person who answered, only the provider can say.
        if (!cameIn && !event.message.byStaff) return change
        const jobs = change.jobs ?? []
        return {
          ...change,
          jobs: [...looks, ...(cameIn && canAsk ? jobs.map(onceOwnerIsKnown) : jobs)],
        }
      }
      case 'changed':
        return { result: null, jobs: looks }
      case 'closed': {
        const { at } = event
        // The chat may be open again by now; who can be asked knows.
        if (canAsk) return { result: null, jobs: looks }
        return observationChange(
          state,
          state.chat === null ? null : observeClosed(state.chat, { at, now }),
          now,
        )
      }
      default:
        return event satisfies never
    }
  }

  return async (id, events) => {
    const account = accounts.get(id)
    if (account === undefined) return
    for (const event of events) await receiveOne(account, event)
    await deps.health.told(id)
  }
}
