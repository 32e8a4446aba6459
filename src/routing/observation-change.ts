import { assignJob, reopenedJob, seenCardJob, threadJob, windowJob } from '../jobs/catalogue.ts'
import type { Change, ChangeState } from '../store/contract.ts'
import { warnedAt } from './answer-window.ts'
import type { Chat } from './chat.ts'
import { type Instant, later } from './ids.ts'
import { jobsOfOffer, overtakenJob } from './leave-jobs.ts'
import type { Observation } from './observe.ts'

/** People mostly write more than one message; all of them cost one update of the card. */
const MESSAGES_SHOWN_AFTER_MS = 2_000

/** What an observation writes: the chat, its event, and the jobs that make others know. */
export function observationChange(state: ChangeState, seen: Observation, now: Instant): Change<null> {
  if (seen === null) return { result: null }
  const { chat, facts } = seen
  const shown =
    facts === null
      ? isShownOtherwise(state.chat, chat)
      : facts.kind !== 'arrived' || chat.owner === null || state.chat !== null
  const onlyMessages = facts === null && state.chat?.waitingSince === chat.waitingSince
  // Who has decided was promised to hear if it comes to nothing.
  const overtaken = chat.pending === null ? (state.chat?.pending ?? null) : null
  // An attempt that is under way is one for the version before, and ends with nothing.
  const goesOn = chat.pending !== null && chat.version !== state.chat?.version
  const hadOwner = facts?.kind === 'reopened' && chat.lastOwner !== null
  return {
    result: null,
    chat,
    ...(facts === null
      ? {}
      : {
          event: {
            at: now,
            account: chat.account,
            chat: chat.id,
            actor: null,
            via: 'provider' as const,
            facts,
          },
        }),
    jobs: [
      ...(shown ? [seenCardJob(chat, onlyMessages ? later(now, MESSAGES_SHOWN_AFTER_MS) : now)] : []),
      ...(chat.windowEndsAt !== null && chat.windowEndsAt !== state.chat?.windowEndsAt
        ? [windowJob(chat.id, warnedAt(chat.windowEndsAt))]
        : []),
      ...(facts === null || facts.kind === 'arrived' ? [] : [threadJob(chat.id, now)]),
      ...(goesOn ? [assignJob(chat.account, chat.id, now)] : []),
      ...(overtaken === null ? [] : [overtakenJob(overtaken, now)]),
      ...(hadOwner ? [reopenedJob(state.eventId, now)] : []),
      ...jobsOfOffer(state.chat, chat, null, now),
    ],
  }
}

/** A chat that is new and has an owner needs no card; one that waits, or stands in the channel, shows what is new. */
const isShownOtherwise = (before: Chat | null, chat: Chat): boolean =>
  before !== null &&
  (before.name !== chat.name ||
    before.phone !== chat.phone ||
    before.waitingSince !== chat.waitingSince ||
    before.messages !== chat.messages ||
    before.windowEndsAt !== chat.windowEndsAt)
