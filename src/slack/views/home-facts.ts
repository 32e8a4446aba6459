import type { Absence } from '../../routing/absence.ts'
import type { Away } from '../../routing/away.ts'
import type { Undoable } from '../../routing/chat.ts'
import type { AccountId, EventId, Instant, SlackUserId } from '../../routing/ids.ts'
import type { HomeLook } from '../home-look.ts'
import type { HealthNotice } from '../text-health.ts'
import type { ChatFacts, PersonFacts } from './chat-facts.ts'

/** What the Home tab of a guest, or of somebody from elsewhere, shows. */
export interface OutsiderFacts {
  readonly kind: 'outsider'
  /** Who could change that. */
  readonly admins: readonly SlackUserId[]
}

/** All that one person's Home tab shows. */
export interface HomeFacts {
  readonly kind: 'home'
  /** Whether the reader leads others: then these come before the queue. */
  readonly leads: boolean
  /** With pages that there are. */
  readonly look: HomeLook
  /** Every account, for the choice among them. */
  readonly names: readonly { readonly account: AccountId; readonly name: string }[]
  /** Providers at which the reader has no user yet, but is looked for when they act. */
  readonly notLinked: readonly string[]
  /** Those which do not tell who their users are: nobody can be looked for there. */
  readonly notFound: readonly string[]
  /** Who can link the reader; null when they can do that themselves. */
  readonly admins: readonly SlackUserId[] | null
  /** Of the reader; null while they are here. */
  readonly away: Away | null
  /** What the reader did last; null when it cannot be undone any more. */
  readonly undoable: UndoableFacts | null
  /** The first of the chats that the reader is asked to take. */
  readonly offers: ChatPage
  /** Those whose customer waits for an answer come first. */
  readonly mine: ChatPage & { readonly unanswered: number }
  readonly waiting: ChatPage
  /** Null where the reader wants to see their own chats alone. */
  readonly overview: Overview | null
}

export interface UndoableFacts {
  readonly kind: Undoable['kind']
  /** The event of the decision. */
  readonly event: EventId
  readonly chat: ChatFacts
  readonly until: Instant
}

export interface ChatPage {
  readonly chats: readonly ChatFacts[]
  /** Of all pages; one more than `MOST_COUNTED` for any number above. */
  readonly count: number
}

export interface Overview {
  /** The first of the chats of people who cannot work on them. */
  readonly left: ChatPage
  /** The first of the chats that a group has, so that one of its members takes them. */
  readonly ofGroups: ChatPage
  readonly team: Team
  readonly accounts: readonly AccountFacts[]
  /** When each account was last read; null for one that was not since Baton has started. Without those that are stale. */
  readonly asOf: readonly { readonly name: string; readonly at: Instant | null }[]
  /** Names of accounts that do not tell which chats there are. */
  readonly onlyTold: readonly string[]
  /** Sentences about accounts whose chats may be out of date. */
  readonly stale: readonly string[]
  /** For admins. */
  readonly admin: AdminFacts | null
}

export interface Team {
  /** Who has the most chats, first. */
  readonly members: readonly TeamMember[]
  readonly others: { readonly people: number; readonly chats: number }
  /** The first of those who are away and not among the members, and how many these are. */
  readonly away: {
    readonly people: readonly (Away & { readonly user: SlackUserId })[]
    readonly count: number
  }
}

export interface TeamMember {
  readonly who: PersonFacts
  /** In which account, of somebody who is not in Slack; null where there is only one. */
  readonly at: string | null
  /** Why they cannot work on their chats, at least on some; null when they can. */
  readonly absence: { readonly kind: Absence; readonly provider: string } | null
  readonly away: Away | null
  readonly chats: number
  readonly unanswered: number
  readonly unansweredSince: Instant | null
}

export interface AccountFacts {
  readonly name: string
  readonly channel: string
  readonly waiting: number
  readonly longestSince: Instant | null
  readonly held: number
}

export interface AdminFacts {
  readonly troubles: readonly {
    readonly account: AccountId
    readonly name: string
    readonly notice: HealthNotice
  }[]
  /** Of accounts that are not set up as a whole. */
  readonly setup: readonly SetupFacts[]
  /** How many jobs were given up. */
  readonly failedJobs: number
}

export interface SetupFacts {
  readonly account: AccountId
  readonly name: string
  readonly channel: string
  /** Whether Baton asks which chats there are. */
  readonly isRead: boolean
  /** Whether the provider tells who its users are. */
  readonly listsUsers: boolean
  readonly tokenWorks: boolean
  readonly hasCard: boolean
  readonly linked: number
  /** Active users at the provider. */
  readonly staff: number
  /** Whether its webhook has told of anything lately; null where none is set up. */
  readonly told: boolean | null
}
