import { z } from 'zod'
import { accountId, chatId, chatKey, eventId, providerUserId, slackUserId } from './ids.ts'

const by = z.string().transform(slackUserId)
const account = z.string().transform(accountId)
const chat = z.string().transform(chatId)
const event = z.number().transform(eventId)

export const receiverSchema = z.union([
  z.object({ slackUser: z.string().transform(slackUserId) }),
  z.object({ providerUser: z.string().transform(providerUserId) }),
])

/** Where the end is told if it comes later than the answer to the interaction; null: a private message. */
const responseUrl = z.string().nullable()

/**
 * What a person asked, as it came in: with Slack's ids, before links are looked up. It survives in a
 * job while the person is being linked.
 */
export const requestSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('claim'), by, chat, responseUrl }),
  /** A number that no list has shown; the provider may know it all the same. */
  z.object({
    kind: z.literal('claim-unlisted'),
    by,
    account,
    key: z.string().transform(chatKey),
    phone: z.string().nullable(),
    responseUrl,
  }),
  /** So many of the most urgent chats, one after the other; `claimed` are the decisions about the first of them. */
  z.object({
    kind: z.literal('claim-next'),
    by,
    account: account.nullable(),
    count: z.number().default(1),
    claimed: z.array(event).readonly().default([]),
    responseUrl,
  }),
  z.object({
    kind: z.literal('hand-off'),
    by,
    chat,
    to: receiverSchema,
    note: z.string().nullable(),
    onReply: z.boolean().default(false),
    /** Version of the chat that the form or button was drawn from. */
    seen: z.number().nullable(),
    responseUrl,
  }),
  z.object({
    kind: z.literal('release'),
    by,
    chat,
    reason: z.string().nullable(),
    seen: z.number().nullable(),
    responseUrl,
  }),
  z.object({
    kind: z.literal('offer'),
    by,
    chat,
    to: z.object({ slackUser: z.string().transform(slackUserId) }),
    note: z.string().nullable(),
    seen: z.number().nullable(),
    responseUrl,
  }),
  z.object({ kind: z.literal('accept'), by, chat, offer: event, responseUrl }),
  z.object({
    kind: z.literal('decline'),
    by,
    chat,
    offer: event,
    reason: z.string().nullable(),
    responseUrl,
  }),
  z.object({ kind: z.literal('take-back'), by, chat, offer: event, responseUrl }),
  /** `event`: of the decision that was a mistake. */
  z.object({ kind: z.literal('undo'), by, chat, event, responseUrl }),
])

export type ChatRequest = z.output<typeof requestSchema>
