import type { Absence } from '../../routing/absence.ts'
import type { AnswerWindow } from '../../routing/answer-window.ts'
import type { ChatState } from '../../routing/chat.ts'
import type { ChatId, EventId, Instant, SlackUserId } from '../../routing/ids.ts'
import type { ReleaseWay } from '../../routing/release-way.ts'

/** Who can have a chat, as Slack can show them: a provider's user whom nobody in Slack is linked to has a name. */
export type PersonFacts =
  | { readonly kind: 'slack'; readonly user: SlackUserId }
  | { readonly kind: 'provider'; readonly name: string }
  | { readonly kind: 'group'; readonly name: string }

/** All that a view may know of a chat. Texts are foreign and not escaped yet: views do that. */
export interface ChatFacts {
  readonly id: ChatId
  readonly version: number
  readonly state: ChatState
  /** The customer's name or, without one, the masked number. */
  readonly customer: string
  /** Empty for a customer who has been erased. */
  readonly maskedKey: string
  /** The number or id in full; null unless the one reader is allowed to see it. */
  readonly fullKey: string | null
  /** The account's own name; null where the provider's says as much. */
  readonly account: string | null
  /** `WAMM` */
  readonly provider: string
  readonly waitingSince: Instant | null
  /** How many messages of the customer nobody has answered, as far as that is known. */
  readonly unanswered: number
  /** Since when the first of them waits; null where there is none. */
  readonly unansweredSince: Instant | null
  readonly answerWindow: AnswerWindow | null
  /** Beginning of the last message that nobody has answered, numbers masked; null unless the account wants it shown. */
  readonly preview: string | null
  /** Of a chat that was freed, since when nobody has it. */
  readonly ownerSince: Instant | null
  readonly owner: PersonFacts | null
  /** Why the owner cannot work on the chat, which anybody may claim then; null when they can. */
  readonly ownerAbsence: Absence | null
  readonly ownerVia: 'slack' | 'provider'
  /** Open, and named by its event; null where mentions would notify people, too. */
  readonly offer: {
    readonly event: EventId
    readonly to: SlackUserId
    readonly by: SlackUserId
    readonly at: Instant
  } | null
  /** Whether the provider keeps a contact that Baton can show and change. */
  readonly hasContact: boolean
  /** What a release would mean at the provider. */
  readonly release: ReleaseWay
  /** Whether the provider can say who has a chat; if not, Baton only knows what it asked for. */
  readonly witnessed: boolean
  /** What the provider has not confirmed yet; null when it agrees. */
  readonly wanted: PersonFacts | 'nobody' | null
  /** Why that takes so long: a `RetryProblem`, or any other reason; null on the first try. */
  readonly delayed: string | null
  /** Why the last assignment came to nothing: a `ProviderProblem`, or any other reason. */
  readonly problem: string | null
}
