import { type ErrorRequestHandler, type RequestHandler, Router, raw } from 'express'
import type { Clock } from '../clock.ts'
import type { Logger } from '../log.ts'
import type { ProviderEvent, Webhook } from '../providers/contract.ts'
import { type AccountId, accountId } from '../routing/ids.ts'
import { createRefusalLog } from './refusal-log.ts'

const bodyLimitBytes = 1024 * 1024
/** WAMM's page on webhooks: the answer is awaited for 10 s. */
const answerWithinMs = 8_000

/** Why a request is refused, and the status that says so. */
const statuses = {
  'unknown account': 404,
  'not genuine': 401,
  'not readable': 400,
  stopping: 503,
  'not received': 503,
} as const

/**
 * Takes what is told to Baton: `POST /hooks/<account>` and `POST /hooks/<account>/<secret>` by providers,
 * `POST /intake/<account>` by whoever has the account's secret. 200 once `receive` has resolved.
 *
 * 404 for an account that does not exist and for one that is told nothing here, 401 for what is not genuine, 400 for
 * what is no JSON of the right shape, 413 above 1 MB, 415 for a compressed body, 405 for other methods; 503 when it is
 * to be sent again: Baton is stopping, or `receive` has failed or taken 8 s.
 */
export const createHooks = (deps: {
  readonly webhookOf: (account: AccountId) => Webhook | undefined
  readonly intakeOf: (account: AccountId) => Webhook | undefined
  /** Resolves when all of it is on disk; drops what it has seen. */
  readonly receive: (account: AccountId, events: readonly ProviderEvent[]) => Promise<void>
  readonly isStopping: () => boolean
  readonly clock: Clock
  readonly logger: Logger
  /** Told of each request: `received`, or why not. The account is null where it is not known to exist. */
  readonly onRequest?: (request: {
    readonly path: string
    readonly account: AccountId | null
    readonly outcome: 'received' | keyof typeof statuses | 'body not taken'
  }) => void
}): Router => {
  const { receive, clock, onRequest } = deps
  const logRefusal = createRefusalLog({ logger: deps.logger, now: clock.now })

  const refused = (refusal: Refused): void => {
    logRefusal(refusal)
    onRequest?.({ path: refusal.path, account: refusal.account, outcome: refusal.reason })
  }

  const receiveInTime = async (account: AccountId, events: readonly ProviderEvent[]): Promise<void> => {
    const late = Promise.withResolvers<never>()
    const cancel = clock.after(answerWithinMs, () => late.reject(new Error('Receiving took too long')))
    try {
      await Promise.race([receive(account, events), late.promise])
    } finally {
      cancel()
    }
  }

  const take =
    (path: string, webhookOf: (account: AccountId) => Webhook | undefined): RequestHandler<Params> =>
    async (request, response) => {
      const account = accountId(request.params.account)
      const refuse = (reason: keyof typeof statuses, err?: unknown): void => {
        refused({ path, account: reason === 'unknown account' ? null : account, reason, err })
        response.status(statuses[reason]).json({ error: reason })
      }
      const webhook = webhookOf(account)
      if (webhook === undefined) return refuse('unknown account')
      const { secret = null } = request.params
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
      if (!webhook.isGenuine({ secret, header: (name) => request.get(name), body }))
        return refuse('not genuine')
      const events = webhook.read(parsed(body))
      if (events === null) return refuse('not readable')
      if (deps.isStopping()) return refuse('stopping')
      try {
        if (events.length > 0) await receiveInTime(account, events)
      } catch (err) {
        return refuse('not received', err)
      }
      onRequest?.({ path, account, outcome: 'received' })
      response.json({ status: 'received' })
    }

  /** Too large, compressed or cut off: the app answers with the status. */
  const unread =
    (path: string): ErrorRequestHandler =>
    (error, _request, _response, next) => {
      refused({ path, account: null, reason: 'body not taken' })
      next(error)
    }

  const router = Router()
  const readBody = raw({ type: () => true, limit: bodyLimitBytes, inflate: false })
  const onlyPost: RequestHandler = (_request, response) => {
    response.set('allow', 'POST').status(405).json({ error: 'method not allowed' })
  }
  router
    .route('/hooks/:account{/:secret}')
    .post(readBody, unread('/hooks'), take('/hooks', deps.webhookOf))
    .all(onlyPost)
  router
    .route('/intake/:account')
    .post(readBody, unread('/intake'), take('/intake', deps.intakeOf))
    .all(onlyPost)
  return router
}

interface Refused {
  readonly path: string
  readonly account: AccountId | null
  readonly reason: keyof typeof statuses | 'body not taken'
  readonly err?: unknown
}

interface Params {
  readonly account: string
  readonly secret?: string
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** Undefined when it cannot be read. */
const parsed = (body: Buffer): unknown => {
  try {
    return JSON.parse(utf8.decode(body))
  } catch {
    return undefined
  }
}
