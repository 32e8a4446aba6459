import { z } from 'zod'
import { chatId, eventId, type Instant, instant, later, slackUserId } from '../routing/ids.ts'
import { receiverSchema } from '../routing/request.ts'
import { GIVES_WAY_MS, type NewJob } from './contract.ts'
import { SLACK_POOL } from './pools.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND

const person = z.string().transform(slackUserId)
const chat = z.string().transform(chatId)
const event = z.number().transform(eventId)

/** What leaves several decisions to be made, and told of together: a part of the catalogue. */
export const severalJobKinds = {
  /**
   * Decide about several chats, one after the other, then tell whoever asked for it. Each decision puts the job, with
   * what is left, into its own place in its own transaction: so none is made twice, whenever the process dies.
   */
  several: {
    payload: z.object({
      /** Names this job among others. */
      id: z.string(),
      by: person,
      what: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('release'), reason: z.string().nullable() }),
        z.object({ kind: z.literal('hand-off'), to: receiverSchema, note: z.string().nullable() }),
        z.object({ kind: z.literal('undo') }),
      ]),
      /** `seen`: the version that the person saw; of undo, the event of the decision. */
      todo: z.array(z.object({ chat, seen: z.number() })),
      decided: z.array(event),
      /** Why not: the kind of the refusal. */
      refused: z.array(z.object({ chat, why: z.string() })),
    }),
    backOff: { firstMs: SECOND, mostMs: MINUTE },
    maxAttempts: 36,
  },
  /** Tell somebody of all chats that one person has handed to them at once, when the provider has confirmed them. */
  'handed-several': {
    payload: z.object({
      id: z.string(),
      by: person,
      to: receiverSchema,
      note: z.string().nullable(),
      /** The events of the decisions, of which they have not been told. */
      decisions: z.array(event),
      /** When to tell of those that are confirmed, with others still on their way. */
      waitUntil: z.number().transform(instant),
    }),
    backOff: { firstMs: SECOND, mostMs: 2 * MINUTE },
    maxAttempts: 60,
  },
  /** Tell somebody that chats of which they have been told were handed to them by mistake. */
  'mistaken-several': {
    payload: z.object({
      id: z.string(),
      by: person,
      /** The events `undone`. */
      undone: z.array(event),
    }),
    backOff: { firstMs: SECOND, mostMs: 2 * MINUTE },
    maxAttempts: 60,
  },
} as const

export type Several = z.output<(typeof severalJobKinds)['several']['payload']>
export type HandedSeveral = z.output<(typeof severalJobKinds)['handed-several']['payload']>
export type MistakenSeveral = z.output<(typeof severalJobKinds)['mistaken-several']['payload']>

/** Somebody waits for it. */
export const severalJob = (several: Several, now: Instant): NewJob => ({
  kind: 'several',
  key: `several:${several.by}:${several.id}`,
  pool: SLACK_POOL,
  payload: several,
  runAt: later(now, -GIVES_WAY_MS),
})

export const handedSeveralJob = (handed: HandedSeveral, runAt: Instant): NewJob => ({
  kind: 'handed-several',
  key: `handed-several:${handed.by}:${handed.id}`,
  pool: SLACK_POOL,
  payload: handed,
  runAt,
})

export const mistakenSeveralJob = (mistaken: MistakenSeveral, runAt: Instant): NewJob => ({
  kind: 'mistaken-several',
  key: `mistaken-several:${mistaken.by}:${mistaken.id}`,
  pool: SLACK_POOL,
  payload: mistaken,
  runAt,
})
