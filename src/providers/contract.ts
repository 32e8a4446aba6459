import type { Holder } from '../routing/chat.ts'
import type { ChatKey, Instant, ProviderUserId } from '../routing/ids.ts'

/**
 * What became of a call to a provider. Adapters return it; they never throw for remote behaviour.
 *
 * - `done`: the provider answered that it is so.
 * - `refused`: repeating the same call will not help; `problem` says why.
 * - `retry`: may work later. `afterMs` is the least wait that the provider asked for. `sent` is false
 *   only when the request certainly had no effect; a time-out or a reset after sending leaves it true.
 */
export type Outcome<T> =
  | { readonly kind: 'done'; readonly value: T }
  | {
      readonly kind: 'refused'
      readonly problem: RefusedProblem
      readonly detail: string
      /** The field of the contact form that the provider objects to, where it says so. */
      readonly field?: ContactFieldId
    }
  | {
      readonly kind: 'retry'
      readonly problem: RetryProblem
      readonly detail: string
      readonly sent: boolean
      readonly afterMs?: number
    }

/** Each has a sentence for people in slack/text-problems.ts. */
export type RefusedProblem =
  | 'token-refused'
  | 'channel-not-authorized'
  | 'chat-not-found'
  | 'invalid-chat-key'
  | 'user-not-found'
  | 'user-not-active'
  /** The conversation is closed, and the provider gives nobody a closed one. */
  | 'conversation-closed'
  /** The token is right, but not allowed to do this. */
  | 'not-allowed'
  /** Nobody uses the messenger under this number. */
  | 'no-account-on-number'
  | 'contact-exists'
  | 'value-missing'
  | 'value-too-long'
  | 'value-invalid'
  | 'refused-otherwise'

export type RetryProblem =
  | 'unreachable'
  | 'timed-out'
  | 'server-error'
  | 'unreadable-answer'
  | 'rate-limited'
  /** The provider still works on earlier requests about this customer (Aelyst's 449). */
  | 'queued'
  /** The provider has not looked yet whether the number uses the messenger (WAMM's "please retry"). */
  | 'number-not-checked'
  /** Not sent: a documented limit of the provider allows it only `afterMs` from now. Counts as no try. */
  | 'paced'

export type ProviderProblem = RefusedProblem | RetryProblem

/** A provider's chat as a list or a look-up shows it. */
export interface ProviderChat {
  readonly key: ChatKey
  readonly name: string | null
  /** E.164 with the plus, or null when the key is not a number (Telegram). */
  readonly phone: string | null
  readonly holder: Holder
  readonly lastMessageAt: Instant | null
  /** Absent where the provider does not say. */
  readonly open?: boolean
}

export interface ProviderChatList {
  readonly chats: readonly ProviderChat[]
  /** False when the provider cut the list (WAMM: 900): a chat that is missing may still be open. */
  readonly complete: boolean
}

/** Somebody who can have a chat: a member of staff or, where `groupIdOf(id)` is not null, a team. */
export interface ProviderUser {
  readonly id: ProviderUserId
  readonly name: string
  /** Lower case. */
  readonly email: string | null
  /** May be assigned a chat: neither blocked nor deleted. */
  readonly active: boolean
}

export interface ProviderUserPage {
  readonly users: readonly ProviderUser[]
  /** Null after the last one. */
  readonly next: string | null
}

/** `confirmed`: it is so now. `accepted`: the provider took the request and says nothing of its end (202). */
export type Assigned = 'confirmed' | 'accepted'

/**
 * One connection to one provider. An optional member that is absent is something the provider cannot
 * do, and Slack never offers it: there are no capability flags that could disagree with the code.
 * Every call ends: each of its requests within `timeoutMs` of the HTTP client, what only reads after at most 5 s of
 * waiting for its turn where the provider limits requests. What changes something never waits for it (`paced`).
 */
export interface ProviderAdapter {
  /** `WAMM`: how people call the provider. */
  readonly label: string
  /** Make the user or group the holder, whoever held it before: no provider assigns conditionally. */
  assign(chat: ChatKey, to: ProviderUserId): Promise<Outcome<Assigned>>
  /** The same, from the customer's next answer on. */
  assignOnReply?(chat: ChatKey, to: ProviderUserId): Promise<Outcome<Assigned>>
  unassign?(chat: ChatKey): Promise<Outcome<Assigned>>
  /** Who stands for the queue at a provider that cannot unassign: released chats are assigned to them. */
  readonly pool?: { readonly id: ProviderUserId; readonly name: string }
  /** The one chat as it is now; read just before every write. Absent: the store is the only witness. */
  readChat?(chat: ChatKey): Promise<Outcome<ProviderChat>>
  /** All open chats, whoever holds them. */
  listChats?(): Promise<Outcome<ProviderChatList>>
  /** The key of the customer with this E.164 number, where the number itself makes the key. */
  keyOfPhone?(phone: string): ChatKey
  /** The customers with this number or address, for chats that no list has shown; none is an empty list. */
  findChats?(by: CustomerAddress): Promise<Outcome<readonly ProviderChat[]>>
  /** Everybody, blocked and deleted people too, and the groups. */
  listUsers?(): Promise<Outcome<readonly ProviderUser[]>>
  /** The same a page at a time, where there are pages; `cursor` is the `next` of the page before. */
  listUserPage?(cursor: string | null): Promise<Outcome<ProviderUserPage>>
  /** Leaves a note about the chat that only staff can read. A longer one is cut at the provider's limit. */
  comment?(chat: ChatKey, text: string): Promise<Outcome<null>>
  readonly contacts?: ContactBook
  readonly webhook?: Webhook
  /** Cheapest call that proves the token and the channel. */
  health(): Promise<Outcome<null>>
}

/** How a provider tells of news by itself, by POST to `/hooks/<account>`. */
export interface Webhook {
  /** Whether the request comes from the provider; compares in constant time. */
  isGenuine(request: WebhookRequest): boolean
  /** What the body tells, in its order; nothing for an event that is of no use here. Null: it cannot be read. */
  read(body: unknown): readonly ProviderEvent[] | null
}

export interface WebhookRequest {
  /** What follows the account in the path, or null. */
  readonly secret: string | null
  /** By lower-case name. */
  readonly header: (name: string) => string | undefined
  /** As it came. */
  readonly body: Buffer
}

/** `id`: the provider's own of what happened, the same however often it is told. */
export type ProviderEvent =
  | { readonly kind: 'message'; readonly id: string; readonly key: ChatKey; readonly message: SeenMessage }
  /** Something about the chat is different now; only asking the provider tells what. */
  | { readonly kind: 'changed'; readonly id: string; readonly key: ChatKey }
  | { readonly kind: 'closed'; readonly id: string; readonly key: ChatKey; readonly at: Instant | null }

export interface SeenMessage {
  /** From the customer, or to them. */
  readonly direction: 'in' | 'out'
  readonly at: Instant
  /** To the customer, and written by a member of staff: not by the API, a bot or a campaign. */
  readonly byStaff: boolean
  /** The customer's, as far as the message tells it. */
  readonly name: string | null
  /** E.164 with the plus. */
  readonly phone: string | null
  /** Null where it is no text. */
  readonly text: string | null
  /** WhatsApp lets a business answer for 24 hours after the customer's last message. Null: not known. */
  readonly messenger: 'whatsapp' | 'other' | null
}

export type CustomerAddress =
  /** E.164 with the plus. */
  { readonly phone: string } | { readonly email: string }

/** What a provider may keep about a customer; what each is called in Slack is in slack/text-contact.ts. */
export type ContactFieldId =
  | 'name'
  | 'note'
  | 'email'
  | 'web'
  | 'crm-id'
  | 'first-name'
  | 'last-name'
  | 'opt-in-date'
  | 'stage'
  | 'disposition'
  | 'conversation'

export interface ContactField {
  readonly id: ContactFieldId
  /** `date`: `YYYY-MM-DD`; `choice`: one of `choices`. */
  readonly kind: 'line' | 'lines' | 'email' | 'web' | 'date' | 'choice'
  readonly required: boolean
  /** In UTF-16 code units, as Slack counts; only of what is typed. */
  readonly maxLength?: number
  /** Characters that may not be in it. */
  readonly forbidden?: string
  /** At most 100, of 1 to 75 characters: Slack's limits for a menu. */
  readonly choices?: readonly string[]
}

/** By field. In what is saved, an empty text clears the field and an absent one leaves it as it is. */
export type ContactValues = Readonly<Partial<Record<ContactFieldId, string>>>

/** A customer: known by the key, or new and known by the number. */
export interface ContactRef {
  readonly key: ChatKey | null
  /** E.164 with the plus. */
  readonly phone: string | null
}

/** A provider's contacts, as Slack's contact form reads and writes them. */
export interface ContactBook {
  /** Of a customer whom the provider has, in the form's order. */
  readonly fields: readonly ContactField[]
  /** Of a customer who is to be added; absent where none can be. */
  readonly newFields?: readonly ContactField[]
  /** What the provider tells of the fields; those that it cannot tell are absent. */
  read(contact: ContactRef): Promise<Outcome<ContactValues>>
  /** Adds the customer where `key` is null. Values have passed the fields' own limits. */
  save(contact: ContactRef, values: ContactValues): Promise<Outcome<SavedContact>>
}

export interface SavedContact {
  readonly kind: 'added' | 'updated'
  readonly key: ChatKey
}
