import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { AccountId, ChatId, ChatKey, EventId, Instant, SlackUserId } from '../routing/ids.ts'
import { accountId, chatId, chatKey, eventId, later, slackUserId } from '../routing/ids.ts'
import { type ChatRequest, requestSchema } from '../routing/request.ts'
import { GIVES_WAY_MS, type NewJob } from './contract.ts'
import { mendJobKinds } from './mend-job.ts'
import { offerJobKinds } from './offer-jobs.ts'
import { peopleJobKinds } from './people-jobs.ts'
import { CARD_POOL, SLACK_POOL, seenCardPool, THREAD_POOL } from './pools.ts'
import { severalJobKinds } from './several-jobs.ts'

export interface JobKind {
  /** Waits between tries: `firstMs`, doubled each time, at most `mostMs`. */
  readonly backOff: { readonly firstMs: number; readonly mostMs: number }
  /** Of what fails; while Slack is in trouble, or shut until somebody puts something right, the tries go on. */
  readonly maxAttempts: number
}

const SECOND = 1_000
const MINUTE = 60 * SECOND

const chat = z.string().transform(chatId)
const account = z.string().transform(accountId)

/** Every kind of job: what it carries, and how often it is tried. */
export const jobKinds = {
  /** Make the provider hold the chat as decided. About half an hour of trying. */
  assign: {
    payload: z.object({ account, chat }),
    backOff: { firstMs: SECOND, mostMs: MINUTE },
    maxAttempts: 36,
  },
  /** Make the chat's message in Slack show its present state. */
  card: {
    payload: z.object({ chat, unhurried: z.boolean().default(false) }),
    backOff: { firstMs: SECOND, mostMs: 2 * MINUTE },
    maxAttempts: 60,
  },
  /** Tell the channel of many chats at once, whose cards follow one by one. */
  storm: {
    payload: z.object({ account }),
    backOff: { firstMs: SECOND, mostMs: 2 * MINUTE },
    maxAttempts: 60,
  },
  /** Turn a second message that stands for the chat into a pointer to its card. */
  pointer: {
    payload: z.object({ chat, channel: z.string(), ts: z.string() }),
    backOff: { firstMs: SECOND, mostMs: MINUTE },
    maxAttempts: 10,
  },
  /** Tell in the thread of the chat's card what has happened to the chat. */
  thread: {
    payload: z.object({ chat }),
    backOff: { firstMs: SECOND, mostMs: 2 * MINUTE },
    maxAttempts: 60,
  },
  /** Tell one person about one event. */
  notice: {
    payload: z.object({ event: z.number().transform(eventId), to: z.string().transform(slackUserId) }),
    backOff: { firstMs: SECOND, mostMs: 2 * MINUTE },
    maxAttempts: 60,
  },
  /** Find in Slack whoever got a chat without being linked, link them, and let them be told. */
  introduce: {
    payload: z.object({ event: z.number().transform(eventId) }),
    backOff: { firstMs: SECOND, mostMs: 2 * MINUTE },
    maxAttempts: 20,
  },
  /** Let the chat's card show that WhatsApp's time for answers is nearly over, then that it is. */
  window: {
    payload: z.object({ chat }),
    backOff: { firstMs: SECOND, mostMs: 2 * MINUTE },
    maxAttempts: 20,
  },
  /** Ask the provider about one chat of which it said that something is different. */
  look: {
    payload: z.object({ account, key: z.string().transform(chatKey) }),
    backOff: { firstMs: SECOND, mostMs: 2 * MINUTE },
    maxAttempts: 20,
  },
  /** Tell whoever had a chat when it was closed that the customer has written again. */
  reopened: {
    payload: z.object({ event: z.number().transform(eventId) }),
    backOff: { firstMs: SECOND, mostMs: 2 * MINUTE },
    maxAttempts: 20,
  },
  /** Bring to the provider what people filled in about a customer. */
  contact: {
    payload: z.object({ edit: z.number() }),
    backOff: { firstMs: SECOND, mostMs: MINUTE },
    maxAttempts: 36,
  },
  /** Leave the note of a hand-off at the provider, where it keeps notes for staff. */
  comment: {
    payload: z.object({ event: z.number().transform(eventId) }),
    backOff: { firstMs: SECOND, mostMs: MINUTE },
    maxAttempts: 20,
  },
  /**
   * Link somebody by e-mail, in `account` first, then carry out what they had asked for, and answer them. `decided` is
   * the event of the request once that has been carried out: then only the answer is left.
   */
  enrol: {
    payload: z.object({
      account,
      request: requestSchema,
      decided: z.number().transform(eventId).nullable().default(null),
    }),
    backOff: { firstMs: SECOND, mostMs: MINUTE },
    maxAttempts: 20,
  },
  ...peopleJobKinds,
  ...offerJobKinds,
  ...mendJobKinds,
  ...severalJobKinds,
} as const satisfies Record<string, JobKind & { readonly payload: z.ZodType }>

export type JobKindName = keyof typeof jobKinds
export type JobPayload<K extends JobKindName> = z.output<(typeof jobKinds)[K]['payload']>

export const assignJob = (account: AccountId, chat: ChatId, runAt: Instant): NewJob => ({
  kind: 'assign',
  key: `assign:${chat}`,
  pool: account,
  payload: { account, chat },
  runAt,
})

/** For what a person has done. */
export const cardJob = (chat: ChatId, runAt: Instant): NewJob => ({
  kind: 'card',
  key: `card:${chat}`,
  pool: CARD_POOL,
  payload: { chat },
  runAt,
})

/** For what a provider has told. */
export const seenCardJob = (
  { id, account }: { readonly id: ChatId; readonly account: AccountId },
  runAt: Instant,
): NewJob => ({
  ...cardJob(id, runAt),
  pool: seenCardPool(account),
  payload: { chat: id, unhurried: true },
})

export const stormJob = (account: AccountId, runAt: Instant): NewJob => ({
  kind: 'storm',
  key: `storm:${account}`,
  pool: CARD_POOL,
  payload: { account },
  runAt,
})

export const pointerJob = (
  chat: ChatId,
  at: { readonly channel: string; readonly ts: string },
  runAt: Instant,
): NewJob => ({
  kind: 'pointer',
  key: `pointer:${at.channel}:${at.ts}`,
  pool: THREAD_POOL,
  payload: { chat, channel: at.channel, ts: at.ts },
  runAt,
})

/** What happens within this time is one message. */
const TOLD_AFTER_MS = 3_000

/** One job for all that happens to a chat, so that it is told in its order. */
export const threadJob = (chat: ChatId, now: Instant): NewJob => ({
  kind: 'thread',
  key: `thread:${chat}`,
  pool: THREAD_POOL,
  payload: { chat },
  runAt: later(now, TOLD_AFTER_MS),
})

export const noticeJob = (event: EventId, to: SlackUserId, runAt: Instant): NewJob => ({
  kind: 'notice',
  key: `notice:${event}:${to}`,
  pool: SLACK_POOL,
  payload: { event, to },
  runAt,
})

export const introduceJob = (event: EventId, runAt: Instant): NewJob => ({
  kind: 'introduce',
  key: `introduce:${event}`,
  pool: SLACK_POOL,
  payload: { event },
  runAt,
})

/** One job for all edits of a chat, so that they are saved one after the other. Somebody waits for it. */
export const contactJob = (account: AccountId, chat: ChatId | null, edit: number, now: Instant): NewJob => ({
  kind: 'contact',
  key: `contact:${chat ?? `new:${edit}`}`,
  pool: account,
  payload: { edit },
  runAt: later(now, -GIVES_WAY_MS),
})

export const lookJob = (account: AccountId, key: ChatKey, runAt: Instant): NewJob => ({
  kind: 'look',
  key: `look:${account}:${digest(key)}`,
  pool: account,
  payload: { account, key },
  runAt,
})

/** A key of its own: the card's would bring it forward to the next update, and then it would be gone. */
export const windowJob = (chat: ChatId, runAt: Instant): NewJob => ({
  kind: 'window',
  key: `window:${chat}`,
  pool: SLACK_POOL,
  payload: { chat },
  runAt,
})

export const reopenedJob = (event: EventId, runAt: Instant): NewJob => ({
  kind: 'reopened',
  key: `reopened:${event}`,
  pool: SLACK_POOL,
  payload: { event },
  runAt,
})

export const commentJob = (account: AccountId, event: EventId, runAt: Instant): NewJob => ({
  kind: 'comment',
  key: `comment:${event}`,
  pool: account,
  payload: { event },
  runAt,
})

/**
 * The same request asked twice while it waits is carried out once. The decision puts the job into its
 * own place, with `decided`, in its transaction; of several chats, one of which is claimed, so does each claim.
 */
export const enrolJob = (
  account: AccountId,
  request: ChatRequest,
  runAt: Instant,
  decided: EventId | null = null,
): NewJob => ({
  kind: 'enrol',
  key: `enrol:${whereOf(account, request)}:${request.by}:${request.kind}:${aboutWhat(request)}`,
  pool: account,
  payload: { account, request, decided },
  runAt,
})

/** The next chat of any account keeps its job, whichever accounts it leads to. */
const whereOf = (account: AccountId, request: ChatRequest): AccountId | '*' =>
  request.kind === 'claim-next' ? (request.account ?? '*') : account

function aboutWhat(request: ChatRequest): string {
  switch (request.kind) {
    case 'claim':
    case 'release':
      return request.chat
    case 'offer':
      return `${request.chat}:${request.to.slackUser}`
    case 'accept':
    case 'decline':
    case 'take-back':
      return `${request.offer}`
    case 'undo':
      return `${request.event}`
    case 'hand-off':
      return `${request.chat}:${'slackUser' in request.to ? request.to.slackUser : request.to.providerUser}`
    case 'claim-unlisted':
      return digest(request.key)
    case 'claim-next':
      return request.count === 1 ? '' : `${request.count}`
    default:
      return request satisfies never
  }
}

/** The key of a chat may be the customer's number; the key of a job is named in logs. */
const digest = (key: ChatKey): string => createHash('sha256').update(key).digest('base64url')
