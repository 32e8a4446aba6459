import type { types } from '@slack/bolt'
import type { SlackUserId } from '../routing/ids.ts'

/**
 * Everything of Baton that a person can touch in Slack, as one table. Keys are command names with their
 * slash, action ids, callback ids and event types. Handlers return what to answer and never acknowledge:
 * `dispatch.ts` does that, in time. A handler that throws is answered with an incident id.
 */
export interface Surface {
  readonly commands: Readonly<Record<string, CommandHandler>>
  readonly actions: Readonly<Record<string, ActionHandler>>
  readonly options: Readonly<Record<string, OptionsHandler>>
  readonly views: Readonly<Record<string, SubmissionHandler>>
  readonly shortcuts: Readonly<Record<string, ShortcutHandler>>
  readonly events: Readonly<Record<string, EventHandler>>
}

export type CommandHandler = (request: CommandRequest) => Promise<Answer>
export type ActionHandler = (request: ActionRequest) => Promise<Answer>
export type ShortcutHandler = (request: ShortcutRequest) => Promise<Answer>
/** At most 100 are shown; Slack waits 3 s for them. */
export type OptionsHandler = (request: OptionsRequest) => Promise<readonly types.PlainTextOption[]>
export type SubmissionHandler = (request: SubmissionRequest) => Promise<SubmissionAnswer>
/** Slack has been told already that the event arrived. */
export type EventHandler = (event: EventRequest) => Promise<void>

/** What everything that a person does has in common. */
interface Interaction {
  readonly user: SlackUserId
  readonly teamId: string
  /** Opens a modal within 3 s of the click, once. */
  readonly triggerId: string
  /** Writes privately to the person for 30 minutes, five times; absent in the Home tab and in modals. */
  readonly responseUrl: string | null
}

export interface CommandRequest extends Interaction {
  /** `/claim` */
  readonly command: string
  /** What follows the command, trimmed; people and channels are written as `<@U…|name>`. */
  readonly text: string
  readonly channel: string
}

export interface ActionRequest extends Interaction {
  readonly actionId: string
  readonly blockId: string
  /** A button's value, or the first thing chosen in a menu; null when nothing is. */
  readonly value: string | null
  /** Everything chosen in a menu; of a button its value. */
  readonly chosen: readonly string[]
  /** When it was clicked: one click has one, however often Slack delivers it. */
  readonly actionTs: string
  readonly channel: string | null
  /** The message that holds the control; null in the Home tab and in modals. */
  readonly message: MessageRef | null
  /** The modal or Home tab that holds the control; null in messages. */
  readonly view: ViewRef | null
  readonly values: FormValues
}

export interface ShortcutRequest extends Interaction {
  readonly callbackId: string
  /** Null for a global shortcut. */
  readonly channel: string | null
  readonly message: MessageRef | null
  /** `ts` of the message in whose thread that one is; null where it is in none. */
  readonly thread: string | null
}

export interface OptionsRequest {
  readonly user: SlackUserId
  readonly teamId: string
  readonly actionId: string
  readonly blockId: string
  /** What was typed so far. */
  readonly text: string
  readonly channel: string | null
  readonly message: MessageRef | null
  readonly view: ViewRef | null
  /** What the form's other fields hold. */
  readonly values: FormValues
}

export interface SubmissionRequest extends Interaction {
  readonly callbackId: string
  readonly view: ViewRef
  readonly privateMetadata: string
  readonly values: FormValues
}

export interface EventRequest {
  readonly type: string
  /** The same when Slack delivers the event again. */
  readonly eventId: string
  readonly teamId: string
  readonly user: SlackUserId | null
  readonly channel: string | null
  /** The inner event as Slack sent it. */
  readonly body: Readonly<Record<string, unknown>>
}

export interface MessageRef {
  readonly channel: string
  readonly ts: string
}

export interface ViewRef {
  readonly id: string
  readonly type: 'modal' | 'home'
  readonly hash: string
  readonly callbackId: string
  readonly privateMetadata: string
}

/** Entered values by block id, then action id. Texts and dates have one, menus as many as are chosen. */
export type FormValues = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>

/** Only the person who acted sees it. */
export interface Reply {
  readonly kind: 'reply'
  /** Says everything, also where blocks are not shown. */
  readonly text: string
  readonly blocks?: readonly types.KnownBlock[]
  /** It takes the place of the private message whose button was clicked, as long as Slack allows that. */
  readonly inPlace?: true
}

export type Answer =
  | Reply
  | { readonly kind: 'open'; readonly view: types.ModalView }
  /** In place of the modal that holds the control. */
  | { readonly kind: 'update'; readonly view: types.ModalView }
  /** The effect shows elsewhere. */
  | { readonly kind: 'nothing' }

export type SubmissionAnswer =
  /** Close the form, and tell the person `reply` if given. */
  | { readonly kind: 'close'; readonly reply?: Reply }
  /** Keep the form open and show each sentence at the block of its id. */
  | { readonly kind: 'errors'; readonly errors: Readonly<Record<string, string>> }
  /** Replace the form by another view. */
  | { readonly kind: 'update'; readonly view: types.ModalView }
