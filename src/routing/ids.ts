/**
 * Branded ids. Outside this file and the codecs of the edges (store rows, provider answers, Slack
 * payloads) a plain string never becomes an id by accident.
 */
declare const brand: unique symbol
type Brand<T, Name extends string> = T & { readonly [brand]: Name }

/** Name of a configured account, such as `wamm`. Lower-case letters, digits and dashes. */
export type AccountId = Brand<string, 'AccountId'>
/** Baton's own id of a chat: random, says nothing about the customer, safe in Slack ids and values. */
export type ChatId = Brand<string, 'ChatId'>
/** The provider's own stable key of a chat inside an account (WAMM: phone digits or a Telegram chat id). */
export type ChatKey = Brand<string, 'ChatKey'>
/**
 * A provider's user, always as a string: providers send the same id as number here, as string there.
 * A group's is `group:` and the provider's id of the group.
 */
export type ProviderUserId = Brand<string, 'ProviderUserId'>
/** `U…` or `W…`. */
export type SlackUserId = Brand<string, 'SlackUserId'>
/** `S…`: a group of people that the workspace keeps in Slack. */
export type UserGroupId = Brand<string, 'UserGroupId'>
/** Number of a line of the audit trail; rises by at least one with each event. */
export type EventId = Brand<number, 'EventId'>
/** Milliseconds since 1970, from the injected clock. */
export type Instant = Brand<number, 'Instant'>

export const accountId = (value: string): AccountId => value as AccountId
export const chatId = (value: string): ChatId => value as ChatId
export const chatKey = (value: string): ChatKey => value as ChatKey
export const providerUserId = (value: string): ProviderUserId => value as ProviderUserId
export const slackUserId = (value: string): SlackUserId => value as SlackUserId
export const userGroupId = (value: string): UserGroupId => value as UserGroupId
export const eventId = (value: number): EventId => value as EventId
export const instant = (value: number): Instant => value as Instant
export const later = (at: Instant, byMs: number): Instant => (at + byMs) as Instant

const groupPrefix = 'group:'
export const groupHolder = (id: string): ProviderUserId => providerUserId(`${groupPrefix}${id}`)
/** The provider's id of the group, or null when `id` is a person's. */
export const groupIdOf = (id: ProviderUserId): string | null =>
  id.startsWith(groupPrefix) ? id.slice(groupPrefix.length) : null
