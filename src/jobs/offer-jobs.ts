import { z } from 'zod'
import {
  type AccountId,
  accountId,
  type ChatId,
  chatId,
  type EventId,
  eventId,
  type Instant,
  type SlackUserId,
  slackUserId,
} from '../routing/ids.ts'
import type { NewJob } from './contract.ts'
import { SLACK_POOL } from './pools.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND

const offer = z.number().transform(eventId)

/** What offers leave to be done: a part of the catalogue. */
export const offerJobKinds = {
  /** Make the private message about an offer, to whoever is asked, show how the offer stands. */
  offer: {
    payload: z.object({ offer }),
    backOff: { firstMs: SECOND, mostMs: 2 * MINUTE },
    maxAttempts: 60,
  },
  /** Tell whoever made an offer what has become of it. */
  'offer-over': {
    payload: z.object({ offer }),
    backOff: { firstMs: SECOND, mostMs: 2 * MINUTE },
    maxAttempts: 60,
  },
  /** End an offer that nobody has answered. */
  'offer-expiry': {
    payload: z.object({ chat: z.string().transform(chatId), offer }),
    backOff: { firstMs: SECOND, mostMs: 2 * MINUTE },
    maxAttempts: 20,
  },
  /** End every open offer to somebody who is away, or cannot be asked. */
  'return-offers': {
    payload: z.object({
      to: z.string().transform(slackUserId),
      /** Null: in all of them. */
      account: z.string().transform(accountId).nullable(),
      why: z.enum(['away', 'gone']),
    }),
    backOff: { firstMs: SECOND, mostMs: 2 * MINUTE },
    maxAttempts: 20,
  },
} as const

export const offerJob = (offer: EventId, runAt: Instant): NewJob => ({
  kind: 'offer',
  key: `offer:${offer}`,
  pool: SLACK_POOL,
  payload: { offer },
  runAt,
})

export const offerOverJob = (offer: EventId, runAt: Instant): NewJob => ({
  kind: 'offer-over',
  key: `offer-over:${offer}`,
  pool: SLACK_POOL,
  payload: { offer },
  runAt,
})

export const offerExpiryJob = (chat: ChatId, offer: EventId, runAt: Instant): NewJob => ({
  kind: 'offer-expiry',
  key: `offer-expiry:${offer}`,
  pool: SLACK_POOL,
  payload: { chat, offer },
  runAt,
})

/** For whatever makes a person unable to answer, in the transaction of that. */
export const returnOffersJob = (
  which: { readonly to: SlackUserId; readonly account: AccountId | null; readonly why: 'away' | 'gone' },
  runAt: Instant,
): NewJob => ({
  kind: 'return-offers',
  key: `return-offers:${which.why}:${which.account ?? ''}:${which.to}`,
  pool: SLACK_POOL,
  payload: which,
  runAt,
})
