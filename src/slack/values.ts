import { z } from 'zod'
import {
  type AccountId,
  accountId,
  type ChatId,
  chatId,
  type EventId,
  eventId,
  type ProviderUserId,
  providerUserId,
} from '../routing/ids.ts'

/**
 * What Baton hides in Slack controls, as JSON. All of it comes back over the network and may be years old
 * or forged: parsing returns null for anything odd and never throws. None of it says who the customer is.
 */

/** A chat and the version of it that the person saw. At most 75 characters: Slack's limit for options. */
export interface ChatRef {
  readonly chat: ChatId
  readonly version: number
}

/** Whom a chat is handed to: a user at the provider. */
export interface Receiver {
  readonly account: AccountId
  readonly user: ProviderUserId
}

/** What a form was opened about. */
export interface FormMetadata {
  /** Null where the form asks which chat. */
  readonly chat: ChatRef | null
  /** Where to answer; null when the form was opened outside any channel. */
  readonly channel: string | null
}

// 36 characters is a UUID; with the longest version this makes exactly 75.
const chatSchema = z
  .string()
  .regex(/^[\w-]{1,36}$/)
  .transform(chatId)
const chatRefSchema = z.strictObject({ chat: chatSchema, version: z.int().nonnegative() })
const accountSchema = z
  .string()
  .regex(/^[a-z0-9-]{1,20}$/)
  .transform(accountId)
const menuEntry = z.enum(['contact', 'history', 'number'])
const menuEntrySchema = z.tuple([menuEntry, chatSchema])
// A pair and not an object: with a group's UUID there is no room left for names.
const receiverSchema = z.tuple([
  accountSchema,
  z
    .string()
    .regex(/^(?:group:)?[\w-]{1,36}$/)
    .transform(providerUserId),
])
const formSchema = z.strictObject({
  chat: chatRefSchema.nullable(),
  channel: z
    .string()
    .regex(/^[A-Z][A-Z0-9]{1,30}$/)
    .nullable(),
})

export const encodeChatRef = ({ chat, version }: ChatRef): string => JSON.stringify({ chat, version })
export const parseChatRef = (text: unknown): ChatRef | null => parse(chatRefSchema, text)

export const encodeReceiver = ({ account, user }: Receiver): string => JSON.stringify([account, user])
export const parseReceiver = (text: unknown): Receiver | null => {
  const pair = parse(receiverSchema, text)
  return pair === null ? null : { account: pair[0], user: pair[1] }
}

export const encodeForm = ({ chat, channel }: FormMetadata): string => JSON.stringify({ chat, channel })
export const parseForm = (text: unknown): FormMetadata | null => parse(formSchema, text)

/** An offer, and the chat that it is about. */
export interface OfferRef {
  readonly chat: ChatId
  readonly offer: EventId
}

const offerSchema = z.strictObject({ chat: chatSchema, offer: z.int().positive().transform(eventId) })

export const encodeOffer = ({ chat, offer }: OfferRef): string => JSON.stringify({ chat, offer })
export const parseOffer = (text: unknown): OfferRef | null => parse(offerSchema, text)

/** What the contact form is about, and in which fields an empty text means "nothing" and not "as it is". */
export interface ContactFormMetadata {
  readonly account: AccountId
  /** Null for a customer who is to be added. */
  readonly chat: ChatId | null
  readonly filled: readonly string[]
}

const contactFormSchema = z.strictObject({
  account: accountSchema,
  chat: chatSchema.nullable(),
  filled: z.array(z.string().max(30)).max(20),
})

export const encodeContactForm = ({ account, chat, filled }: ContactFormMetadata): string =>
  JSON.stringify({ account, chat, filled })
export const parseContactForm = (text: unknown): ContactFormMetadata | null => parse(contactFormSchema, text)

/** An entry of a chat's menu. With the longest id far below the 75 characters of an option. */
export const encodeMenuEntry = (entry: MenuEntry, chat: ChatId): string => JSON.stringify([entry, chat])
export const parseMenuEntry = (text: unknown): readonly [MenuEntry, ChatId] | null =>
  parse(menuEntrySchema, text)

/** An event of a chat's history, beside which a page of it begins. */
export interface HistoryRef {
  readonly chat: ChatId
  readonly event: EventId
}

const historyRefSchema = z.strictObject({ chat: chatSchema, event: z.int().positive().transform(eventId) })

export const encodeHistoryRef = ({ chat, event }: HistoryRef): string => JSON.stringify({ chat, event })
export const parseHistoryRef = (text: unknown): HistoryRef | null => parse(historyRefSchema, text)

/** Decisions that were made together, by their events. A hundred of them fit into a button. */
const undoSchema = z.array(z.int().positive().transform(eventId)).min(1).max(100)

export const encodeUndo = (decisions: readonly EventId[]): string => JSON.stringify(decisions)
export const parseUndo = (text: unknown): readonly EventId[] | null => parse(undoSchema, text)

export type MenuEntry = z.output<typeof menuEntry>

const parse = <T>(schema: z.ZodType<T>, text: unknown): T | null => {
  if (typeof text !== 'string' || text.length > 3000) return null
  try {
    return schema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}
