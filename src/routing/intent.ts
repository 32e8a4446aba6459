import type { Absence } from './absence.ts'
import type { Away } from './away.ts'
import type { Holder, Undoable } from './chat.ts'
import type { AccountId, EventId, Instant, ProviderUserId, SlackUserId } from './ids.ts'

/**
 * `outsider` may do and see nothing: guests, bots, people who are deactivated or of another workspace. `agent` acts on
 * chats that are theirs or nobody's, `lead` on other people's too and reads every number, `admin` also links people.
 */
export type Role = 'outsider' | 'agent' | 'lead' | 'admin'

/** Who asks. `providerUser` is the link in the chat's account, null for somebody not linked there. */
export interface Actor {
  readonly slackUser: SlackUserId
  readonly role: Role
  readonly providerUser: ProviderUserId | null
}

/** Who is to get a chat. `slackUser` is null for somebody at the provider whom nobody in Slack is linked to. */
export type Receiver =
  | {
      readonly kind: 'agent'
      readonly slackUser: SlackUserId | null
      readonly providerUser: ProviderUserId
    }
  | { readonly kind: 'not-linked'; readonly slackUser: SlackUserId }
  | { readonly kind: 'outsider'; readonly slackUser: SlackUserId }

/** What a person asks of one chat. `seen` is the version that the button or form was drawn from. */
export type Intent =
  | { readonly kind: 'claim'; readonly by: Actor }
  | {
      readonly kind: 'hand-off'
      readonly by: Actor
      readonly to: Receiver
      readonly note: string | null
      /** One of several: whoever gets them is told of all at once, and not of this one. */
      readonly together?: boolean
      /** Only once the customer has answered, where the provider can do that. */
      readonly onReply: boolean
      readonly seen: number | null
    }
  | {
      readonly kind: 'release'
      readonly by: Actor
      readonly reason: string | null
      readonly seen: number | null
    }

/** What a person asks about an offer. `offer` is the one that the button was drawn for. */
export type OfferIntent =
  | {
      readonly kind: 'offer'
      readonly by: Actor
      /** Somebody in Slack, who can be asked; `providerUser` as in `Actor`. */
      readonly to: Omit<Actor, 'role'> & {
        /** May not even see chats, though perhaps linked once. */
        readonly isOutside: boolean
      }
      /** Null while whoever is asked is here. */
      readonly away: Away | null
      readonly note: string | null
      readonly seen: number | null
    }
  | { readonly kind: 'accept'; readonly by: Actor; readonly offer: EventId }
  | {
      readonly kind: 'decline'
      readonly by: Actor
      readonly offer: EventId
      readonly reason: string | null
    }
  | { readonly kind: 'take-back'; readonly by: Actor; readonly offer: EventId }

/** The decision of event `event` was a mistake. */
export interface UndoIntent {
  readonly kind: 'undo'
  readonly by: Actor
  readonly event: EventId
}

/** Why an intent was not carried out. Each has a sentence in slack/text.ts that says what to do next. */
export type Refusal =
  /** It takes this role. */
  | { readonly kind: 'role'; readonly needed: Exclude<Role, 'outsider'> }
  /** Slack could not be asked who the actor is. */
  | { readonly kind: 'not-known' }
  /** The actor has no user at the provider to become the owner. */
  | { readonly kind: 'not-linked'; readonly account: AccountId }
  /** Claimed a chat that somebody else has. */
  | { readonly kind: 'held'; readonly owner: ProviderUserId; readonly since: Instant | null }
  | { readonly kind: 'already-yours'; readonly since: Instant | null }
  /** Hand-off or release of somebody else's chat without the role for it. */
  | { readonly kind: 'not-yours'; readonly owner: ProviderUserId; readonly since: Instant | null }
  /** Hand-off or release of a chat that nobody has. */
  | { readonly kind: 'waiting' }
  /** The button or form was drawn before the chat last changed hands. */
  | { readonly kind: 'stale'; readonly owner: Holder; readonly since: Instant | null }
  | { readonly kind: 'closed' }
  | { readonly kind: 'chat-unknown' }
  | { readonly kind: 'nothing-waiting' }
  /** Hand-off to the person who has the chat already. */
  | { readonly kind: 'has-it-already'; readonly owner: ProviderUserId }
  /** The actor's user is blocked or deleted at the provider. */
  | { readonly kind: 'blocked'; readonly account: AccountId }
  | { readonly kind: 'receiver-absent'; readonly absence: Absence; readonly account: AccountId }
  | { readonly kind: 'receiver-not-linked'; readonly to: SlackUserId; readonly account: AccountId }
  /** Offered to somebody who would not answer in time. */
  | { readonly kind: 'receiver-away'; readonly to: SlackUserId; readonly until: Instant | null }
  | { readonly kind: 'offered-already'; readonly to: SlackUserId; readonly since: Instant }
  /** Answered an offer that was made to somebody else. */
  | { readonly kind: 'not-asked'; readonly to: SlackUserId }
  /** Answered or took back an offer that is not open any more. */
  | { readonly kind: 'offer-over'; readonly owner: Holder; readonly since: Instant | null }
  /** Hand-off to somebody who may not even see chats, though they were linked once. */
  | { readonly kind: 'receiver-outside'; readonly to: SlackUserId }
  /** Undo of what somebody else decided. */
  | { readonly kind: 'not-your-decision' }
  /** Undo of a decision that stands for too long already. */
  | { readonly kind: 'undo-late'; readonly deed: Undoable['kind'] }
