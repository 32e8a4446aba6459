import { reopenedJob, seenCardJob } from '../jobs/catalogue.ts'
import type { NewJob } from '../jobs/contract.ts'
import type { Change, ChangeState } from '../store/contract.ts'
import type { Chat } from './chat.ts'
import type { Instant } from './ids.ts'
import type { Observation } from './observe.ts'

/** What an observation writes: the chat, its event, and the jobs that make others know. */
export function observationChange(
  state: ChangeState,
  seen: Observation,
  now: Instant,
  more: (chat: Chat) => readonly NewJob[] = () => [],
): Change<null> {
  if (seen === null) return { result: null }
  const { chat, facts } = seen
  const shown =
    facts === null ? isShownOtherwise(state.chat, chat) : facts.kind !== 'arrived' || chat.owner === null
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
      ...(shown ? [seenCardJob(chat, now)] : []),
      ...(hadOwner ? [reopenedJob(state.eventId, now)] : []),
      ...more(chat),
    ],
  }
}

/** A chat that arrives with an owner needs no card; one that waits, or stands in the channel, shows what is new. */
const isShownOtherwise = (before: Chat | null, chat: Chat): boolean =>
  before !== null &&
  (before.name !== chat.name ||
    before.phone !== chat.phone ||
    before.waitingSince !== chat.waitingSince ||
    before.messages !== chat.messages ||
    before.windowEndsAt !== chat.windowEndsAt)
