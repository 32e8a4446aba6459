import type { JsonRecord } from './json.ts'

/** What the sandbox's workspace consists of. Records are replaced, never changed: a snapshot stays one. */
export interface SlackUser {
  readonly id: string
  /** The handle, as in `@ann`. */
  readonly name: string
  readonly realName: string
  readonly email: string | null
  readonly isAdmin: boolean
  readonly isOwner: boolean
  readonly isBot: boolean
  readonly isDeleted: boolean
  /** Multi-channel guest. */
  readonly isRestricted: boolean
  /** Single-channel guest. */
  readonly isUltraRestricted: boolean
  /** Belongs to another workspace and is met in a shared channel. */
  readonly isStranger: boolean
  readonly teamId: string
  readonly tz: string
  readonly presence: 'active' | 'away'
}

export type ChannelKind = 'public' | 'private' | 'im' | 'mpim'

export interface SlackChannel {
  readonly id: string
  readonly name: string
  readonly kind: ChannelKind
  readonly isArchived: boolean
  readonly isExtShared: boolean
  readonly members: ReadonlySet<string>
}

export interface Usergroup {
  readonly id: string
  readonly handle: string
  readonly name: string
  readonly isDisabled: boolean
  readonly users: readonly string[]
}

export interface SlackMessage {
  readonly channel: string
  readonly ts: string
  /** Who wrote it. */
  readonly user: string
  readonly text: string
  readonly blocks: readonly JsonRecord[]
  readonly attachments: readonly JsonRecord[]
  readonly metadata: JsonRecord | null
  readonly threadTs: string | null
  /** The one person who sees it; null when the whole channel does. */
  readonly ephemeralTo: string | null
  readonly editedTs: string | null
}

/** `state.values` as Slack sends it: block id → action id → what the person chose or typed. */
export type StateValues = Readonly<Record<string, Readonly<Record<string, JsonRecord>>>>

export interface SlackView {
  readonly id: string
  readonly userId: string
  readonly type: 'modal' | 'home'
  readonly title: string
  readonly callbackId: string
  readonly privateMetadata: string
  readonly externalId: string
  readonly blocks: readonly JsonRecord[]
  /** The view as the app sent it. */
  readonly source: JsonRecord
  readonly hash: string
  readonly rootViewId: string
  readonly previousViewId: string | null
  readonly values: StateValues
}

/** Something the app sent that Slack would have refused, or shown as broken. */
export interface RecordedBreach {
  /** Web API method, `response_url`, or the kind of interaction whose answer was broken. */
  readonly where: string
  readonly error: string
  readonly pointer: string
  readonly message: string
}
