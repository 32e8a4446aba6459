import type { Clock } from '../clock.ts'
import { assignJob } from '../jobs/catalogue.ts'
import type { JobOutcome, Try } from '../jobs/worker.ts'
import type { Outcome, ProviderAdapter } from '../providers/contract.ts'
import type { Change, ChangeState, Store } from '../store/contract.ts'
import type { HealthDesk } from './account-health.ts'
import type { Account } from './accounts.ts'
import {
  type Attempt,
  beginWrite,
  planWrite,
  type SettleContext,
  type Settlement,
  settleConfirmed,
  settleConflict,
  settleDelayed,
  settleFailed,
  type Told,
} from './assignment.ts'
import type { Chat, Holder, PendingAssignment } from './chat.ts'
import type { ChatId, Instant } from './ids.ts'
import { jobsOfOffer, jobsOfSettlement } from './leave-jobs.ts'
import { tryAgain } from './try-again.ts'
import { isUnknownChat } from './unknown-chat.ts'

/**
 * One try to make the provider hold the chat as decided: read the live holder where the provider can
 * tell it, then confirm, write, or take the provider's word (assignment.ts has the table).
 *
 * The chat is loaded anew at each step, so a decision that is overtaken at any moment is never sent,
 * and what was learned for it is never taken for an answer to the newer one.
 */
export async function reconcileAssignment(
  deps: {
    readonly store: Pick<Store, 'chat' | 'change'>
    readonly account: Account
    readonly clock: Clock
    readonly health: Pick<HealthDesk, 'written'>
  },
  chatId: ChatId,
  attempt: Try,
): Promise<JobOutcome> {
  const { store, clock } = deps
  const { adapter } = deps.account
  const chat = await store.chat(chatId)
  if (chat === null || chat.pending === null) return { kind: 'done' }
  const mine: Attempt = { version: chat.version, lastInAt: chat.messages.lastInAt }

  /** Writes what the end of this attempt means; a settlement of null means that it was overtaken. */
  const settle = (how: (chat: Chat, context: SettleContext) => Settlement): Promise<JobOutcome> =>
    store.change({ chat: chatId }, [], (state) =>
      settlementChange(state, { now: clock.now(), canComment: adapter.comment !== undefined }, how),
    )

  let live: Holder | undefined
  if (adapter.readChat !== undefined) {
    const read = await adapter.readChat(chat.key)
    if (read.kind !== 'done') return end(read, undefined)
    live = read.value.holder
    const plan = planWrite(chat.pending, live)
    if (plan === 'confirm')
      return settle((now, context) =>
        settleConfirmed(now, mine, { holder: read.value.holder, how: 'confirmed' }, context),
      )
    if (plan === 'conflict')
      return settle((now, context) => settleConflict(now, mine, read.value.holder, context))
  }

  const sending = await store.change({ chat: chatId }, [], (state) => {
    const begun = state.chat === null ? null : beginWrite(state.chat, mine)
    return begun === null ? { result: null } : { result: begun.pending, chat: begun }
  })
  if (sending === null) return { kind: 'done' }
  const written = await write(adapter, chat, sending)
  if (written.kind === 'done') {
    await deps.health.written(deps.account.id, written)
    return settle((now, context) =>
      settleConfirmed(now, mine, { holder: sending.wanted, how: written.value }, context),
    )
  }
  return end(written, live)

  /** The provider did not do it: for good, or for now. */
  async function end(
    outcome: Exclude<Outcome<unknown>, { kind: 'done' }>,
    read: Holder | undefined,
  ): Promise<JobOutcome> {
    await deps.health.written(deps.account.id, outcome)
    if (outcome.kind === 'retry' && outcome.problem === 'paced') return tryAgain(outcome)
    if (outcome.kind === 'refused' || attempt.last) {
      const gone = isUnknownChat(outcome)
      return settle((now, context) =>
        settleFailed(now, mine, { reason: outcome.problem, live: read, gone }, context),
      )
    }
    if (worthTelling(attempt, outcome)) await settle((now) => settleDelayed(now, mine, outcome.problem))
    return tryAgain(outcome)
  }
}

/** A first failure is mostly over before anybody has read about it, unless it has already taken long or will. */
const worthTelling = (attempt: Try, { problem, afterMs = 0 }: Outcome<never> & { kind: 'retry' }): boolean =>
  attempt.attempt >= 2 || problem === 'timed-out' || afterMs >= LONG_MS

const LONG_MS = 10_000

async function write(
  adapter: ProviderAdapter,
  { key }: Chat,
  { wanted, onReply }: PendingAssignment,
): Promise<Outcome<Told>> {
  if (wanted !== null) {
    return onReply && adapter.assignOnReply ? adapter.assignOnReply(key, wanted) : adapter.assign(key, wanted)
  }
  if (adapter.unassign) return adapter.unassign(key)
  return adapter.pool ? adapter.assign(key, adapter.pool.id) : { kind: 'done', value: 'here-only' }
}

function settlementChange(
  state: ChangeState,
  { now, canComment }: { readonly now: Instant; readonly canComment: boolean },
  how: (chat: Chat, context: SettleContext) => Settlement,
): Change<JobOutcome> {
  const before = state.chat
  const done: JobOutcome = { kind: 'done' }
  const settled = before === null ? null : how(before, { now, currentPoll: state.currentPoll })
  if (before === null || settled === null) return { result: done }
  if (settled.facts === null || before.pending === null) {
    // The decision moved on meanwhile: the job runs once more for the newer one.
    return { result: done, chat: settled.chat, jobs: [assignJob(before.account, before.id, now)] }
  }
  return {
    result: done,
    chat: settled.chat,
    event: {
      at: now,
      account: before.account,
      chat: before.id,
      actor: null,
      via: 'provider',
      facts: settled.facts,
    },
    jobs: [
      ...jobsOfSettlement(
        settled.chat,
        before.pending,
        { id: state.eventId, facts: settled.facts },
        { now, canComment },
      ),
      ...jobsOfOffer(before, settled.chat, before.pending.by, now),
    ],
  }
}
