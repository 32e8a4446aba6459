import type { Assigned } from '../providers/contract.ts'
import type { EventFacts } from './audit.ts'
import type { Chat, Holder, PendingAssignment } from './chat.ts'
import { ownedBy } from './decide.ts'
import type { Instant } from './ids.ts'
import { closed } from './observe.ts'

/**
 * Making the provider match a decision: what to do with the live holder, and what each end of an
 * attempt means for the chat. All pure; reconcile-assignment.ts does the talking.
 */
export type WritePlan = 'confirm' | 'write' | 'conflict'

/**
 * | live holder is                       | meaning                             | plan     |
 * | whom we want                         | done, perhaps by an unheard attempt | confirm  |
 * | the basis of the decision            | nobody interfered                   | write    |
 * | one that we (may) have written since | ours, not a stranger's              | write    |
 * | anybody else                         | taken elsewhere                     | conflict |
 */
export function planWrite(pending: PendingAssignment, live: Holder): WritePlan {
  if (live === pending.wanted) return 'confirm'
  if (live === pending.basis || pending.maybeWritten.includes(live)) return 'write'
  return 'conflict'
}

/** What the provider said to the decision; `here-only`: it was not asked, since it cannot release. */
export type Told = Assigned | 'here-only'

/** One try to make the provider match the decision that had `version`. */
export interface Attempt {
  readonly version: number
  /** When the customer had last written as it began. */
  readonly lastInAt: Instant | null
}

export interface SettleContext {
  readonly now: Instant
  readonly currentPoll: number
}

/** What an attempt's end changes: nothing, or the chat, with what the audit trail says about it. */
export type Settlement = { readonly chat: Chat; readonly facts: EventFacts | null } | null

const current = (chat: Chat, attempt: Attempt): PendingAssignment | null =>
  chat.version === attempt.version ? chat.pending : null

/**
 * To be stored before the write is sent, so that a lost answer or a crash leaves a trace of what the
 * provider may hold. Null when the decision was overtaken: then nothing may be sent.
 */
export function beginWrite(chat: Chat, attempt: Attempt): Chat | null {
  const pending = current(chat, attempt)
  if (pending === null) return null
  if (pending.maybeWritten.includes(pending.wanted)) return chat
  return { ...chat, pending: { ...pending, maybeWritten: [...pending.maybeWritten, pending.wanted] } }
}

/**
 * The provider holds `holder` by its own word or by a write it acknowledged. It confirms only the
 * decision whose attempt this was; for a newer one it is merely the new basis.
 */
export function settleConfirmed(
  chat: Chat,
  attempt: Attempt,
  { holder, how }: { readonly holder: Holder; readonly how: Told },
  context: SettleContext,
): Settlement {
  const pending = current(chat, attempt)
  const written = { holder, writtenInPoll: context.currentPoll }
  if (pending !== null) {
    return {
      chat: { ...chat, ...written, pending: null },
      facts: {
        kind: 'confirmed',
        of: pending.event,
        holder,
        late: pending.delayed !== null,
        ...(how === 'confirmed' ? {} : { how }),
      },
    }
  }
  if (chat.pending === null) return null
  return {
    chat: {
      ...chat,
      ...written,
      pending: {
        ...chat.pending,
        basis: holder,
        basisSince: context.now,
        basisVia: 'slack',
        maybeWritten: [],
      },
    },
    facts: null,
  }
}

/** Somebody else holds the chat: the provider is right. A newer decision finds that out by itself. */
export function settleConflict(
  chat: Chat,
  attempt: Attempt,
  live: Holder,
  context: SettleContext,
): Settlement {
  const pending = current(chat, attempt)
  if (pending === null) return null
  return {
    chat: {
      ...chat,
      ...ownedBy(chat, live, 'provider', context.now),
      // Somebody has what an undo had taken out of the lists.
      status: 'open',
      holder: live,
      pending: null,
      writtenInPoll: context.currentPoll,
    },
    facts: { kind: 'overruled', of: pending.event, wanted: pending.wanted, holder: live },
  }
}

/**
 * The provider refused, or we gave up. The chat goes back to whom the provider last named: `live` when
 * this attempt read it, the basis otherwise (the next poll corrects it). `gone` when the refusal means
 * that the provider has no such chat. Where no list and no message has shown one, nobody is known to wait.
 */
export function settleFailed(
  chat: Chat,
  attempt: Attempt,
  end: { readonly reason: string; readonly live: Holder | undefined; readonly gone: boolean },
  context: SettleContext,
): Settlement {
  const pending = current(chat, attempt)
  if (pending === null) return null
  const failed = { kind: 'failed', of: pending.event, wanted: pending.wanted, reason: end.reason } as const
  const ended = {
    pending: null,
    problem: { reason: end.reason, at: context.now },
    writtenInPoll: context.currentPoll,
  }
  // Who has written meanwhile has a chat by now, whatever an older answer says.
  if (end.gone && chat.messages.lastInAt === attempt.lastInAt) {
    const { lastOwner } = chat
    return {
      chat: { ...closed(chat, { at: null, now: context.now }), ...ended, lastOwner },
      facts: { ...failed, holder: null },
    }
  }
  const holder = end.live === undefined ? pending.basis : end.live
  const isUnlisted = pending.unlisted && holder === null && chat.messages.unanswered.length === 0
  return {
    chat: {
      ...chat,
      ...ended,
      ...ownedBy(chat, holder, 'provider', context.now),
      ...(isUnlisted ? { status: 'unlisted' as const, waitingSince: null } : { status: 'open' as const }),
      ...(holder === pending.basis ? { ownerSince: pending.basisSince, ownerVia: pending.basisVia } : {}),
      holder,
    },
    facts: { ...failed, holder },
  }
}

/** It will be tried again, and that has become worth telling. Said once per decision. */
export function settleDelayed(chat: Chat, attempt: Attempt, reason: string): Settlement {
  const pending = current(chat, attempt)
  if (pending === null || pending.delayed !== null) return null
  return {
    chat: { ...chat, pending: { ...pending, delayed: reason } },
    facts: { kind: 'delayed', of: pending.event, reason },
  }
}
