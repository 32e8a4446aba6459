import type { Chat } from './chat.ts'
import { isErased } from './erase.ts'
import type { AccountId, EventId, Instant } from './ids.ts'
import type { Actor, Refusal, Role } from './intent.ts'

/**
 * Who may do what, beside what `decide` says of a claim. Each function gives the reason why the actor may not, null when
 * they may; pure, and asked at the moment of the deed, whatever buttons there were to press.
 * `test/unit/permissions.test.ts` has the whole table.
 */

const rank: Readonly<Record<Role, number>> = { outsider: 0, agent: 1, lead: 2, admin: 3 }

/** Null for whoever has the role, or one above it. */
export const whyNotAs = (needed: Exclude<Role, 'outsider'>, { role }: Pick<Actor, 'role'>): Refusal | null =>
  rank[role] >= rank[needed] ? null : { kind: 'role', needed }

/** Guests and people of other workspaces can neither act nor read: lists, menus, history and forms included. */
export const whyOutside = (by: Pick<Actor, 'role'>): Refusal | null => whyNotAs('agent', by)

const isLead = (by: Actor): boolean => whyNotAs('lead', by) === null

/** Hand off or release. `seen` as in `Intent`. */
export function whyNotGiveAway(chat: Chat | null, by: Actor, seen: number | null): Refusal | null {
  const outside = whyOutside(by)
  if (outside !== null) return outside
  if (chat === null) return { kind: 'chat-unknown' }
  if (chat.status === 'closed') return { kind: 'closed' }
  if (seen !== null && seen !== chat.version) {
    return { kind: 'stale', owner: chat.owner, since: chat.ownerSince }
  }
  if (chat.owner === null) return { kind: 'waiting' }
  if (chat.owner === by.providerUser || isLead(by)) return null
  return { kind: 'not-yours', owner: chat.owner, since: chat.ownerSince }
}

/** How long whoever has decided may undo it. */
export const UNDO_LASTS_MS = 30_000

/** Undo the decision of that event: only one's own, and only while nothing has happened to the chat since. */
export function whyNotUndo(chat: Chat | null, by: Actor, event: EventId, now: Instant): Refusal | null {
  const outside = whyOutside(by)
  if (outside !== null) return outside
  if (chat === null) return { kind: 'chat-unknown' }
  if (chat.status === 'closed') return { kind: 'closed' }
  const { undo, offer } = chat
  const isOffered = offer !== null && offer.event > event
  if (undo?.event !== event || isOffered) {
    return { kind: 'stale', owner: chat.owner, since: chat.ownerSince }
  }
  if (undo.by !== by.slackUser) return { kind: 'not-your-decision' }
  return now - undo.at > UNDO_LASTS_MS ? { kind: 'undo-late', deed: undo.kind } : null
}

/**
 * See and change what the provider keeps about the customer. The form shows more than a card does, so it is for
 * whoever has the chat, and for leads.
 */
export function whyNotEditContact(chat: Chat | null, by: Actor): Refusal | null {
  const outside = whyOutside(by)
  if (outside !== null) return outside
  if (chat === null || isErased(chat)) return { kind: 'chat-unknown' }
  if (isLead(by)) return null
  if (by.providerUser === null) return { kind: 'not-linked', account: chat.account }
  // Where no chat is open nobody has it, and whoever named the customer knows them.
  if (chat.owner === by.providerUser || chat.status !== 'open') return null
  return whyNotGiveAway(chat, by, null)
}

/** Add a customer to the account. */
export function whyNotAddContact(account: AccountId, by: Actor): Refusal | null {
  const outside = whyOutside(by)
  if (outside !== null) return outside
  return by.providerUser !== null || isLead(by) ? null : { kind: 'not-linked', account }
}

/** Read the customer's number in full: for whoever has the chat, and for leads. */
export function whyNotShowNumber(chat: Chat | null, by: Actor): Refusal | null {
  const outside = whyOutside(by)
  if (outside !== null) return outside
  if (chat === null || isErased(chat)) return { kind: 'chat-unknown' }
  if (isLead(by) || (chat.owner !== null && chat.owner === by.providerUser)) return null
  if (chat.owner === null) return { kind: 'role', needed: 'lead' }
  return { kind: 'not-yours', owner: chat.owner, since: chat.ownerSince }
}
