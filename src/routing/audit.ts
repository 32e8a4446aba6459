import type { ContactFieldId, ProviderProblem } from '../providers/contract.ts'
import type { Absence } from './absence.ts'
import type { Holder } from './chat.ts'
import type { AccountId, ChatId, EventId, Instant, ProviderUserId, SlackUserId } from './ids.ts'

/**
 * `email`: the addresses match; `admin`: an admin said so; `file`: so it stood in an imported list; `moved`: the
 * provider's user was made anew under another id, with the same address.
 */
export type LinkedHow = 'email' | 'admin' | 'file' | 'moved'

/** What happened, with what only this event knows. `AuditEvent` adds who, when and where from. */
export type EventFacts =
  | { readonly kind: 'claimed'; readonly to: ProviderUserId }
  | {
      readonly kind: 'handed-off'
      readonly from: Holder
      readonly to: ProviderUserId
      /** Null for somebody at the provider whom nobody in Slack is linked to. */
      readonly receiver: SlackUserId | null
      readonly note: string | null
      /** Only once the customer has answered. */
      readonly onReply?: true
    }
  | { readonly kind: 'released'; readonly from: Holder; readonly reason: string | null }
  /** Whoever had made the decision of event `of` took it back; `to` has the chat as before. */
  | { readonly kind: 'undone'; readonly of: EventId; readonly to: Holder }
  /** Asked somebody whether they take the chat; whoever has it keeps it meanwhile. */
  | {
      readonly kind: 'offered'
      readonly to: ProviderUserId
      readonly receiver: SlackUserId
      readonly note: string | null
    }
  /** Whoever was asked in event `offer` took the chat. */
  | {
      readonly kind: 'accepted'
      readonly offer: EventId
      readonly from: Holder
      readonly to: ProviderUserId
    }
  | { readonly kind: 'declined'; readonly offer: EventId; readonly reason: string | null }
  | { readonly kind: 'taken-back'; readonly offer: EventId }
  /** By a rule. What changes the owner or closes the chat ends an offer too, and has an event of its own. */
  | {
      readonly kind: 'offer-ended'
      readonly offer: EventId
      readonly why: OfferEndedWhy
    }
  /** The provider agreed with the decision of event `of`; `late` when the person had been told to wait. */
  | {
      readonly kind: 'confirmed'
      readonly of: EventId
      readonly holder: Holder
      readonly late: boolean
      /** Absent where the provider said that it is so. */
      readonly how?: 'accepted' | 'here-only'
    }
  /** The provider did not answer at first; the decision of event `of` stands and is tried again. */
  | { readonly kind: 'delayed'; readonly of: EventId; readonly reason: string }
  /** Somebody else held the chat when event `of` was about to be written: the provider's word was taken. */
  | { readonly kind: 'overruled'; readonly of: EventId; readonly wanted: Holder; readonly holder: Holder }
  /** The provider refused the decision of event `of`, or did not answer for too long. */
  | {
      readonly kind: 'failed'
      readonly of: EventId
      readonly wanted: Holder
      readonly reason: string
      /** Who has the chat again; absent in events of older versions. */
      readonly holder?: Holder
    }
  /** First seen at the provider. */
  | { readonly kind: 'arrived'; readonly holder: Holder }
  /** The owner was changed in the provider's own screens. */
  | { readonly kind: 'adopted'; readonly from: Holder; readonly holder: Holder }
  /** Somebody named a customer of whom no list had told, and the provider knew them. */
  | { readonly kind: 'looked-up' }
  | { readonly kind: 'closed' }
  | { readonly kind: 'reopened'; readonly holder: Holder }
  /** What said who the customer is was removed, as the account's settings ask so long after the end of a chat. */
  | { readonly kind: 'erased'; readonly afterDays: number }
  | {
      readonly kind: 'linked'
      readonly slackUser: SlackUserId
      readonly to: ProviderUserId
      readonly how: LinkedHow
    }
  /** The provider has what somebody filled in about the customer; which fields, never what is in them. */
  | { readonly kind: 'contact-saved'; readonly added: boolean; readonly fields: readonly string[] }
  | {
      readonly kind: 'contact-refused'
      readonly added: boolean
      readonly reason: ProviderProblem
      readonly field: ContactFieldId | null
    }
  /** The actor was shown the customer's number, privately. */
  | { readonly kind: 'number-shown' }
  /** The account could not be read, or nothing written to it, since then; admins are told. */
  | {
      readonly kind: 'account-trouble'
      readonly way: 'read' | 'write'
      readonly problem: ProviderProblem
      readonly since: Instant
    }
  | { readonly kind: 'account-recovered'; readonly way: 'read' | 'write' }
  /** Since then polls find what the account's webhook should have told; admins are told. */
  | { readonly kind: 'webhook-silent'; readonly since: Instant }
  | { readonly kind: 'webhook-heard' }
  /** Slack does not let Baton post in the account's channel; admins are told. */
  | { readonly kind: 'channel-shut'; readonly channel: string }
  | { readonly kind: 'channel-open' }
  /** People of another organisation read the account's channel, so no cards are posted; admins are told. */
  | { readonly kind: 'channel-shared'; readonly channel: string }
  | { readonly kind: 'channel-usable'; readonly channel: string }
  | { readonly kind: 'unlinked'; readonly slackUser: SlackUserId; readonly from: ProviderUserId }
  /** Whoever has chats as `user` cannot work on them any more, or can again. */
  | { readonly kind: 'absent' | 'returned'; readonly user: ProviderUserId; readonly why: Absence }
  /** Until then, or until they say so, nobody can offer them a chat. */
  | { readonly kind: 'away'; readonly until: Instant | null }
  | { readonly kind: 'back' }
  /** An admin let Baton try a failed job again, or had it forgotten. */
  | {
      readonly kind: 'job-retried' | 'job-given-up'
      readonly job: string
      readonly reason: string | null
    }

/** Nobody answered in time; or whoever was asked went away, or can be asked by nobody: deactivated, blocked. */
export type OfferEndedWhy = 'unanswered' | 'away' | 'gone'

export interface NewEvent {
  readonly at: Instant
  readonly account: AccountId
  readonly chat: ChatId | null
  /** The person who caused it; null when the provider or a rule did. */
  readonly actor: SlackUserId | null
  readonly via: 'slack' | 'provider' | 'rule'
  readonly facts: EventFacts
}

export interface AuditEvent extends NewEvent {
  readonly id: EventId
}

/** What somebody typed about the chat, for colleagues to read; null where the event has no such text. */
export const noteIn = (facts: EventFacts): string | null => {
  switch (facts.kind) {
    case 'handed-off':
    case 'offered':
      return facts.note
    case 'released':
    case 'declined':
      return facts.reason
    default:
      return null
  }
}

/** The event without what people typed, which may name the customer. Codes of problems and ids of staff stay. */
export function withoutTexts(facts: EventFacts): EventFacts {
  switch (facts.kind) {
    case 'handed-off':
    case 'offered':
      return { ...facts, note: null }
    case 'released':
    case 'declined':
      return { ...facts, reason: null }
    case 'claimed':
    case 'undone':
    case 'accepted':
    case 'taken-back':
    case 'offer-ended':
    case 'confirmed':
    case 'delayed':
    case 'overruled':
    case 'failed':
    case 'arrived':
    case 'adopted':
    case 'looked-up':
    case 'closed':
    case 'reopened':
    case 'erased':
    case 'linked':
    case 'unlinked':
    case 'absent':
    case 'returned':
    case 'away':
    case 'back':
    case 'contact-saved':
    case 'contact-refused':
    case 'account-trouble':
    case 'account-recovered':
    case 'webhook-silent':
    case 'webhook-heard':
    case 'channel-shut':
    case 'channel-open':
    case 'channel-shared':
    case 'channel-usable':
    case 'number-shown':
    case 'job-retried':
    case 'job-given-up':
      return facts
    default:
      return facts satisfies never
  }
}
