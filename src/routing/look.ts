import type { Clock } from '../clock.ts'
import { seenCardJob } from '../jobs/catalogue.ts'
import type { JobOutcome } from '../jobs/worker.ts'
import type { ChangeState, Store } from '../store/contract.ts'
import type { Accounts } from './accounts.ts'
import type { AccountId, ChatKey } from './ids.ts'
import { observationChange } from './observation-change.ts'
import { observeAbsent, observeRead } from './observe.ts'
import { tryAgain } from './try-again.ts'

/**
 * Asks the provider about one chat. It is a poll of one chat, and numbered like any other: what it says about
 * the owner counts only if it began after our last write.
 */
export function createLook(deps: {
  readonly store: Pick<Store, 'beginPoll' | 'change'>
  readonly accounts: Accounts
  readonly clock: Clock
}) {
  const { store, accounts, clock } = deps
  return async ({
    account,
    key,
  }: {
    readonly account: AccountId
    readonly key: ChatKey
  }): Promise<JobOutcome> => {
    const adapter = accounts.get(account)?.adapter
    if (adapter?.readChat === undefined) return { kind: 'done' }
    const poll = await store.beginPoll(account)
    const beganAt = clock.now()
    const read = await adapter.readChat(key)
    const now = clock.now()
    const contextOf = ({ currentPoll }: ChangeState) => ({ account, poll, beganAt, now, currentPoll })
    switch (read.kind) {
      case 'done':
        await store.change({ account, key }, [], (state) => {
          const seen = observeRead(state.chat, read.value, state.newChatId, contextOf(state))
          const change = observationChange(state, seen, now)
          if (state.chat === null) return change
          // The card of a chat that has just come in waits for this.
          return { ...change, jobs: [...(change.jobs ?? []), seenCardJob(state.chat, now)] }
        })
        return { kind: 'done' }
      case 'refused':
        if (read.problem !== 'chat-not-found') return { kind: 'failed', reason: read.problem }
        await store.change({ account, key }, [], (state) =>
          observationChange(
            state,
            state.chat === null ? null : observeAbsent(state.chat, contextOf(state)),
            now,
          ),
        )
        return { kind: 'done' }
      case 'retry':
        return tryAgain(read)
      default:
        return read satisfies never
    }
  }
}
