import type { Chat } from './chat.ts'
import type { Instant } from './ids.ts'
import { later } from './ids.ts'
import type { Observation } from './observe.ts'

/** Polls found what an account's webhook had not told, and the webhook has told nothing since. */
export interface Silence {
  readonly since: Instant
  /** How many polls found something; no more are counted than are needed. */
  readonly polls: number
  /** When admins were told. */
  readonly told: Instant | null
}

/**
 * A poll may be faster than the webhook, and after a stop of Baton's it finds what could not be told: a webhook that
 * works ends both with its next event. One that tells nothing while polls find this often, for so long, is silent.
 */
const SILENT_AFTER_POLLS = 3
const SILENT_AFTER_MS = 10 * 60_000

/** The silence after one more poll that found what nobody had told; the same object where nothing is new. */
export function foundUntold(before: Silence | undefined, now: Instant): Silence {
  if (before === undefined) return { since: now, polls: 1, told: null }
  if (before.told !== null) return before
  const polls = Math.min(before.polls + 1, SILENT_AFTER_POLLS)
  const isSilent = polls === SILENT_AFTER_POLLS && now >= later(before.since, SILENT_AFTER_MS)
  return !isSilent && polls === before.polls ? before : { ...before, polls, told: isSilent ? now : null }
}

/** Whether a poll showed what a working webhook would have told: a chat that comes in, or a newer message. */
export const isUntold = (before: Chat | null, seen: Observation): boolean => {
  if (seen === null) return false
  const cameIn = seen.facts?.kind === 'arrived' || seen.facts?.kind === 'reopened'
  return cameIn || seen.chat.lastMessageAt !== before?.lastMessageAt
}
