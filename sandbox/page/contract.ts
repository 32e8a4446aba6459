import type { ProviderId, ShownChat, ShownUser } from '../provider/provider-screen.ts'
import type { RecordedBreach, SlackMessage, SlackUser, SlackView, Usergroup } from '../slack/model.ts'

/** What the page's server tells a window. Types only: the browser imports this file too. */

export interface SlashCommand {
  readonly command: string
  readonly description: string
  readonly usageHint: string
}

export interface Shortcut {
  readonly name: string
  readonly description: string
  readonly callbackId: string
  readonly type: 'global' | 'message'
}

/** What the app's manifest adds to Slack's own screens. */
export interface AppSurface {
  readonly name: string
  readonly description: string
  readonly hasHome: boolean
  readonly commands: readonly SlashCommand[]
  readonly shortcuts: readonly Shortcut[]
}

export interface Channel {
  readonly id: string
  readonly name: string
  readonly kind: 'public' | 'private' | 'im' | 'mpim'
  readonly isArchived: boolean
  readonly isExtShared: boolean
  readonly members: readonly string[]
}

export interface Place {
  readonly channel: string
  readonly ts: string
}

interface Numbered {
  readonly id: number
  /** Milliseconds since 1970. */
  readonly at: number
}

/** One line of the traffic pane. No token is ever part of it. */
export type Traffic = Numbered &
  (
    | {
        readonly kind: 'slack-call'
        readonly method: string
        readonly args: unknown
        /** 0 when the connection was cut before an answer. */
        readonly status: number
        readonly error: string | null
      }
    | {
        readonly kind: 'provider-call'
        readonly provider: string
        readonly method: string
        readonly args: readonly string[]
        /** Null where the request had none. */
        readonly body: unknown
        /** Kind of the fault that it met. */
        readonly fault: string | null
        readonly tokenAccepted: boolean
      }
    | {
        readonly kind: 'interaction'
        readonly user: string | null
        readonly what: string
        readonly ackMs: number
        readonly error: string | null
      }
    | ({ readonly kind: 'breach' } & RecordedBreach)
  )

/** How the provider behaves just now. */
export type ProviderMode = 'normal' | 'slow' | 'down' | 'answers-lost' | 'otherwise'

/** What changed in one provider's own screens. */
export interface ProviderPatch {
  readonly id: ProviderId
  readonly name: string
  /** The API's method that changes who has a chat. */
  readonly assigns: string
  readonly mode?: ProviderMode
  readonly users?: readonly ShownUser[]
  /** New and changed. */
  readonly chats?: readonly ShownChat[]
}

/**
 * What changed for one person since the last patch; what is absent did not. The first one of a connection
 * is `whole`: everything that was known before is forgotten.
 */
export interface Patch {
  readonly whole?: true
  readonly team?: { readonly id: string; readonly name: string }
  readonly app?: AppSurface & { readonly botUserId: string }
  /** Whose window it is: a user's id. */
  readonly me?: string
  readonly users?: readonly SlackUser[]
  readonly usergroups?: readonly Usergroup[]
  /** Those that the person is in. */
  readonly channels?: readonly Channel[]
  /** New and changed, oldest first in each channel; never another person's private ones. */
  readonly messages?: readonly SlackMessage[]
  readonly gone?: readonly Place[]
  /** Bottom first. */
  readonly modals?: readonly SlackView[]
  readonly home?: SlackView | null
  /** How many connections the app has to Slack. */
  readonly sockets?: number
  /** Oldest first. */
  readonly traffic?: readonly Traffic[]
  /** At first all of them, in the order in which they are shown. */
  readonly providers?: readonly ProviderPatch[]
}
