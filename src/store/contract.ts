import type { JobStore, NewJob } from '../jobs/contract.ts'
import type { ContactValues, ProviderUser } from '../providers/contract.ts'
import type { Absence } from '../routing/absence.ts'
import type { AuditEvent, LinkedHow, NewEvent } from '../routing/audit.ts'
import type { Away } from '../routing/away.ts'
import type { Chat } from '../routing/chat.ts'
import type { ChatSearch, Load, Period } from '../routing/chat-search.ts'
import type { DirectoryRun } from '../routing/directory-run.ts'
import type {
  AccountId,
  ChatId,
  ChatKey,
  EventId,
  Instant,
  ProviderUserId,
  SlackUserId,
} from '../routing/ids.ts'
import type { ListedChat } from '../routing/observe.ts'
import type { CardStore } from './card-contract.ts'
import type { DoctorStore } from './doctor-contract.ts'
import type { ErasureStore } from './erasure-contract.ts'
import type { FiguresStore } from './figures-contract.ts'
import type { HealthStore } from './health-contract.ts'
import type { OfferStore } from './offer-contract.ts'

/**
 * The single truth of what was decided. Asynchronous and free of SQL, so that another database can
 * stand behind it; `test/contract/store-contract.ts` is what any implementation must pass.
 *
 * Whatever a call promises is kept when its promise resolves: through the end of the process always, and
 * through power loss too, except the bookkeeping of jobs, cards, polls and how accounts do. That may be lost with the power,
 * though never where something later is kept; then a job is merely done again.
 */
export interface Store
  extends ChatStore,
    PeopleStore,
    OfferStore,
    CardStore,
    ContactStore,
    HealthStore,
    ErasureStore,
    JobStore,
    FiguresStore,
    DoctorStore {
  /** Writes something that means nothing; rejects when nothing can be written now. */
  tryWriting(): Promise<void>
  close(): Promise<void>
}

/** Which chat a change is about. A `key` that is unknown reaches the decision as `chat: null`. */
export type ChangeTarget =
  | { readonly chat: ChatId }
  | { readonly account: AccountId; readonly key: ChatKey }
  /**
   * Of the waiting chats the one whose window ends first in `closing`; else, of these and of those left behind by others
   * than `people`, the one whose customer has waited longest; last those left behind of which that is not known.
   */
  | { readonly nextWaiting: AccountId | 'any'; readonly closing: Period }

export interface ChangeState {
  readonly chat: Chat | null
  /** Id for the chat if this change creates it. */
  readonly newChatId: ChatId
  /** Id that the change's event will get. */
  readonly eventId: EventId
  /** Number of the newest poll of the chat's account that has begun; 0 before the first. */
  readonly currentPoll: number
  /** Links in the chat's account of the people named in the call. */
  readonly links: ReadonlyMap<SlackUserId, ProviderUserId>
  /** Why the provider's user, in the chat's account, cannot work on chats now; null when they can. */
  readonly absenceOf: (user: ProviderUserId) => Absence | null
  /** What Slack said of the people named in the call; those whom it was never asked about are missing. */
  readonly profiles: ReadonlyMap<SlackUserId, SlackProfile>
  /**
   * What the person has said of being away, perhaps until a time that is over. Looked up when asked: few decisions
   * depend on it.
   */
  readonly awayOf: (user: SlackUserId) => Away | undefined
}

/** What a decision wants written: all of it or, when the process dies, none of it. */
export interface Change<R> {
  readonly result: R
  readonly chat?: Chat
  readonly event?: NewEvent
  readonly jobs?: readonly NewJob[]
}

export interface ChatStore {
  /**
   * Load one chat under a lock, run the pure `decide` on it, write what it returned, all in one
   * transaction. `decide` may be run again when the transaction has to be repeated. If it throws, nothing
   * is written and the promise rejects with its error.
   */
  change<R>(
    target: ChangeTarget,
    people: readonly SlackUserId[],
    decide: (state: ChangeState) => Change<R>,
  ): Promise<R>
  /**
   * The same for what a provider told, and only the first time that it is told: null when the account has
   * told `seen.id` before. Ids are kept for a week.
   */
  changeOnce<R>(
    target: ChangeTarget & { readonly account: AccountId },
    seen: { readonly id: string; readonly at: Instant },
    decide: (state: ChangeState) => Change<R>,
  ): Promise<R | null>
  chat(id: ChatId): Promise<Chat | null>
  /** Waiting chats come longest-waiting first, others most recently active first. */
  findChats(search: ChatSearch): Promise<readonly Chat[]>
  countWaiting(account?: AccountId): Promise<number>
  /** How many chats a search would find, but never more than its limit: counting on would read them all. */
  countChats(search: ChatSearch): Promise<number>
  /** Of everybody who has chats. */
  loads(): Promise<readonly Load[]>
  /** Of those among them who cannot work on chats, which anybody may claim; not of groups. */
  leftBehind(): Promise<readonly Load[]>
  /** `listener` is called after chats have changed. */
  onChats(listener: () => void): void
  /** Every open chat of an account, for comparing with a poll. */
  openChats(account: AccountId): Promise<readonly ListedChat[]>
  /** A new poll of the account begins; its number. */
  beginPoll(account: AccountId): Promise<number>
  event(id: EventId): Promise<AuditEvent | null>
  /** Oldest first. */
  history(chat: ChatId): Promise<readonly AuditEvent[]>
  /** A part of the same, newest first: the newest `limit` events, or those next to an event. */
  historyPage(chat: ChatId, at: HistoryPlace, limit: number): Promise<HistoryPage>
}

export type HistoryPlace = 'newest' | { readonly before: EventId } | { readonly after: EventId }

export interface HistoryPage {
  readonly events: readonly AuditEvent[]
  readonly hasNewer: boolean
  readonly hasOlder: boolean
}

export interface Link {
  readonly account: AccountId
  readonly slackUser: SlackUserId
  readonly providerUser: ProviderUserId
}

export interface KnownLink extends Link {
  /** Null for links that an older version made. */
  readonly since: Instant | null
  readonly how: LinkedHow | null
}

/** What Slack said of a person when last asked. */
export interface SlackProfile {
  readonly user: SlackUserId
  readonly name: string
  /** Lower case; null when the workspace hides it. */
  readonly email: string | null
  readonly workspaceAdmin: boolean
  /** Guests, bots, deactivated people and people of other workspaces cannot be agents. */
  readonly eligible: boolean
  readonly deactivated: boolean
}

/** A provider's user, and whether its lists still show them. */
export interface KnownUser extends ProviderUser {
  /** Of the first list that did not show them; absent or null while lists do, and again once they count as deleted. */
  readonly missingSince?: Instant | null
}

/** What a change of people is followed by: events, each with the jobs that are about it, and other jobs. */
export interface PeopleEffects {
  readonly events: readonly {
    readonly event: NewEvent
    readonly jobs: (event: EventId) => readonly NewJob[]
  }[]
  readonly jobs: readonly NewJob[]
}

/** What becomes of the reading of the directory; null leaves it as it is. */
export type ChangeRun = (
  run: DirectoryRun | null,
) => { readonly run: DirectoryRun; readonly jobs: readonly NewJob[] } | null

export type LinkResult =
  | { readonly kind: 'linked' }
  /** The provider's user is linked to somebody else in Slack. */
  | { readonly kind: 'taken'; readonly by: SlackUserId }
  /** The person was unlinked by hand, and neither they nor an admin asks for this. */
  | { readonly kind: 'undone' }

export interface PeopleStore {
  /**
   * Replaces the person's link in the account. `jobs` are left only if that changed anything.
   *
   * @param by `rule` does not link whoever was unlinked by hand; `hand` does, and so ends that
   */
  link(link: Link, by: 'hand' | 'rule', event: NewEvent, jobs: readonly NewJob[]): Promise<LinkResult>
  /** By hand; false when there was no such link. */
  unlink(link: Link, event: NewEvent, jobs: readonly NewJob[]): Promise<boolean>
  links(user: SlackUserId): Promise<readonly KnownLink[]>
  linksIn(account: AccountId): Promise<readonly KnownLink[]>
  /** Who was unlinked by hand, and not linked by hand since. */
  unlinkedIn(account: AccountId): Promise<ReadonlySet<SlackUserId>>
  /** Slack users behind provider users of an account; unlinked ones are missing. */
  slackUsers(
    account: AccountId,
    users: readonly ProviderUserId[],
  ): Promise<ReadonlyMap<ProviderUserId, SlackUserId>>

  /**
   * What a newer list makes of the provider's users. `change` is pure and is given those who are known; who is not
   * among its `users` stays as they are. All is written in one transaction, with the run of `changeRun`.
   */
  saveProviderUsers(
    account: AccountId,
    change: (known: readonly KnownUser[]) => PeopleEffects & { readonly users: readonly KnownUser[] },
    changeRun?: ChangeRun,
  ): Promise<void>
  /** Somebody of whom no list of the provider's tells. */
  addProviderUser(account: AccountId, user: ProviderUser): Promise<void>
  providerUsers(account: AccountId): Promise<readonly ProviderUser[]>
  /** Why these users of the provider cannot work on chats now; those who can are missing. */
  absences(
    account: AccountId,
    users: readonly ProviderUserId[],
  ): Promise<ReadonlyMap<ProviderUserId, Absence>>
  /** The same for people in Slack; `links` are the person's. */
  saveProfiles(
    profiles: readonly SlackProfile[],
    effects: (before: SlackProfile | null, after: SlackProfile, links: readonly Link[]) => PeopleEffects,
    changeRun?: ChangeRun,
  ): Promise<void>
  /** Everybody in Slack who has been heard of. */
  profiles(): Promise<readonly SlackProfile[]>
  directoryRun(): Promise<DirectoryRun | null>
  changeDirectoryRun(change: ChangeRun): Promise<void>
  profile(user: SlackUserId): Promise<SlackProfile | null>
}

/** What somebody filled in about a customer, until the provider has it. */
export interface NewContactEdit {
  readonly account: AccountId
  /** Null for a customer who is to be added. */
  readonly chat: ChatId | null
  /** E.164 with the plus. */
  readonly phone: string | null
  readonly by: SlackUserId
  readonly values: ContactValues
}

export interface ContactEdit extends NewContactEdit {
  readonly id: number
}

export interface ContactStore {
  /** Keeps the edit together with the job that brings it to the provider; its number. */
  addContactEdit(edit: NewContactEdit, job: (id: number) => NewJob): Promise<number>
  /** The edit and, of the same chat, all others that have not ended: oldest first. */
  contactEdits(id: number): Promise<readonly ContactEdit[]>
  /** The edit has come to its end; the event's id. What is given is written in the same transaction. */
  endContactEdit(id: number, event: NewEvent, jobs: (event: EventId) => readonly NewJob[]): Promise<EventId>
}
