import type { NewJob } from '../jobs/contract.ts'
import type { Change, ChangeState } from '../store/contract.ts'
import { settleFailed } from './assignment.ts'
import type { Instant } from './ids.ts'
import { jobsOfSettlement } from './leave-jobs.ts'

/** Why a decision came to nothing: Baton goes on from a backup that was made while it was under way. */
export const RESTORED = 'restored'

/**
 * A decision that the provider had not confirmed when a backup was made. Since then it was carried out, or overtaken
 * by others: it must not be sent, for it might take the chat from whoever has it now. The chat goes back to whom the
 * provider had last named, until the next poll says better, and whoever decided is told.
 */
export function dropUnconfirmed(state: ChangeState, now: Instant): Change<null> {
  const { chat, eventId, currentPoll } = state
  if (chat === null || chat.pending === null) return { result: null }
  const mine = { version: chat.version, lastInAt: chat.messages.lastInAt }
  const settled = settleFailed(
    chat,
    mine,
    { reason: RESTORED, live: undefined, gone: false },
    { now, currentPoll },
  )
  if (settled === null || settled.facts === null) return { result: null }
  const jobs: readonly NewJob[] = jobsOfSettlement(
    settled.chat,
    chat.pending,
    { id: eventId, facts: settled.facts },
    { now, canComment: false },
  )
  return {
    result: null,
    chat: settled.chat,
    event: { at: now, account: chat.account, chat: chat.id, actor: null, via: 'rule', facts: settled.facts },
    jobs,
  }
}
