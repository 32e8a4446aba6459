import { z } from 'zod'
import {
  type AccountId,
  accountId,
  type EventId,
  eventId,
  type Instant,
  instant,
  type SlackUserId,
  slackUserId,
} from '../routing/ids.ts'
import type { NewJob } from './contract.ts'
import { SLACK_POOL, THREAD_POOL } from './pools.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND

const account = z.string().transform(accountId)

/** What is done about who is who: a part of the catalogue. */
export const peopleJobKinds = {
  /** Read the next page of who is in Slack or at a provider, or link those who were read. */
  directory: {
    payload: z.object({}),
    backOff: { firstMs: SECOND, mostMs: 2 * MINUTE },
    maxAttempts: 8,
  },
  /** Tell an admin what became of linking everybody. */
  'directory-report': {
    payload: z.object({
      to: z.string().transform(slackUserId),
      since: z.number().transform(instant),
      unread: z.array(z.object({ account: account.nullable(), problem: z.string() })),
    }),
    backOff: { firstMs: SECOND, mostMs: 2 * MINUTE },
    maxAttempts: 60,
  },
  /** Ask Slack who somebody is now, and link them where their address has come to match. */
  person: {
    payload: z.object({ user: z.string().transform(slackUserId) }),
    backOff: { firstMs: SECOND, mostMs: 2 * MINUTE },
    maxAttempts: 20,
  },
  /** Let those be linked to their new user who were made anew at the provider. */
  relink: {
    payload: z.object({ account }),
    backOff: { firstMs: SECOND, mostMs: 2 * MINUTE },
    maxAttempts: 20,
  },
  /** Ask a provider for its users again, because its last list did not show everybody. */
  'second-look': {
    payload: z.object({ account }),
    backOff: { firstMs: SECOND, mostMs: 2 * MINUTE },
    maxAttempts: 20,
  },
  /** Somebody cannot work on their chats any more, or can again: let Slack show it. */
  absence: {
    payload: z.object({ event: z.number().transform(eventId) }),
    backOff: { firstMs: SECOND, mostMs: 2 * MINUTE },
    maxAttempts: 20,
  },
  /** Tell a lead of the chats that somebody absent has. */
  'absence-notice': {
    payload: z.object({ event: z.number().transform(eventId), to: z.string().transform(slackUserId) }),
    backOff: { firstMs: SECOND, mostMs: 2 * MINUTE },
    maxAttempts: 60,
  },
} as const

/** One for all: there is one reading at a time. */
export const directoryJob = (runAt: Instant): NewJob => ({
  kind: 'directory',
  key: 'directory',
  pool: SLACK_POOL,
  payload: {},
  runAt,
})

export const directoryReportJob = (
  report: z.output<(typeof peopleJobKinds)['directory-report']['payload']>,
  runAt: Instant,
): NewJob => ({
  kind: 'directory-report',
  key: `directory-report:${report.since}:${report.to}`,
  pool: SLACK_POOL,
  payload: report,
  runAt,
})

/** Nobody waits for it, and a company that changes all addresses makes many. */
export const personJob = (user: SlackUserId, runAt: Instant): NewJob => ({
  kind: 'person',
  key: `person:${user}`,
  pool: THREAD_POOL,
  payload: { user },
  runAt,
})

export const relinkJob = (account: AccountId, runAt: Instant): NewJob => ({
  kind: 'relink',
  key: `relink:${account}`,
  pool: SLACK_POOL,
  payload: { account },
  runAt,
})

export const secondLookJob = (account: AccountId, runAt: Instant): NewJob => ({
  kind: 'second-look',
  key: `second-look:${account}`,
  pool: SLACK_POOL,
  payload: { account },
  runAt,
})

export const absenceJob = (event: EventId, runAt: Instant): NewJob => ({
  kind: 'absence',
  key: `absence:${event}`,
  pool: SLACK_POOL,
  payload: { event },
  runAt,
})

export const absenceNoticeJob = (event: EventId, to: SlackUserId, runAt: Instant): NewJob => ({
  kind: 'absence-notice',
  key: `absence-notice:${event}:${to}`,
  pool: SLACK_POOL,
  payload: { event, to },
  runAt,
})
