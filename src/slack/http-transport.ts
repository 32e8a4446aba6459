import { parse } from 'node:querystring'
import { HTTPModuleFunctions, type ReceiverEvent } from '@slack/bolt'
import { type Request, type RequestHandler, type Response, Router, raw } from 'express'
import { z } from 'zod'
import type { Logger } from '../log.ts'
import type { Secret } from '../secret.ts'
import { createSignatureCheck } from './slack-signature.ts'
import type { Deliver, Transport } from './transport.ts'

const path = '/slack/events'
const bodyLimitBytes = 1024 * 1024

/** When something last came since the start, in milliseconds since 1970; null where nothing has. */
export interface SignedRequests {
  /** What people did, signed by Slack. */
  readonly takenAt: number | null
  /** Signed with another secret than ours. */
  readonly refusedAt: number | null
}

/**
 * Takes Slack's requests on `POST /slack/events` of our own HTTP server. Bolt's receiver leaves a request
 * that no listener wants unanswered for 3 s; here it is refused as soon as all listeners have passed.
 *
 * 401 for a signature that is missing, wrong or older than 5 minutes, 413 above 1 MB, 415 and 400 for
 * what is signed but cannot be read, 405 for other methods.
 */
export const createHttpTransport = (options: {
  readonly signingSecret: Secret
  readonly logger: Logger
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly deliver: Deliver
}): { readonly transport: Transport; readonly router: Router; readonly signed: () => SignedRequests } => {
  const signatureOf = createSignatureCheck(options)
  let open = false
  let takenAt: number | null = null
  let refusedAt: number | null = null

  const handle: RequestHandler = async (request, response) => {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
    const signature = signatureOf({
      signature: request.get('x-slack-signature'),
      timestamp: request.get('x-slack-request-timestamp'),
      body,
    })
    if (signature !== 'genuine') {
      if (signature === 'other-secret') refusedAt = options.now()
      options.logger.warn(
        signature === 'other-secret'
          ? 'A request to /slack/events was not signed with SLACK_SIGNING_SECRET'
          : 'A request to /slack/events was not signed by Slack, or its clock and ours differ',
      )
      response.status(401).end()
      return
    }
    const payload = readBody(body.toString('utf8'), request.get('content-type'))
    if (payload === null) {
      response.status(400).end()
      return
    }
    // docs.slack.dev: Slack tries the address out when it is entered, and its certificate later.
    if (payload.type === 'url_verification') {
      response.json({ challenge: payload.challenge })
      return
    }
    if (payload.ssl_check !== undefined) {
      response.end()
      return
    }
    takenAt = options.now()
    await pass(request, response, payload)
  }

  const pass = async (request: Request, response: Response, body: Record<string, unknown>): Promise<void> => {
    const retryNum = HTTPModuleFunctions.extractRetryNumFromHTTPRequest(request)
    const retryReason = HTTPModuleFunctions.extractRetryReasonFromHTTPRequest(request)
    const event: ReceiverEvent = {
      body,
      ack: async (answer) => HTTPModuleFunctions.buildContentResponse(response, answer),
      ...(retryNum === undefined ? {} : { retryNum }),
      ...(retryReason === undefined ? {} : { retryReason }),
    }
    try {
      await options.deliver(event)
    } catch (err) {
      options.logger.warn({ err }, 'A payload from Slack could not be read')
    }
    if (!response.headersSent) response.status(400).end()
  }

  const router = Router()
  router
    .route(path)
    .post(raw({ type: () => true, limit: bodyLimitBytes, inflate: false }), handle)
    .all((_request, response) => {
      response.set('allow', 'POST').status(405).end()
    })
  return {
    router,
    signed: () => ({ takenAt, refusedAt }),
    transport: {
      start: async () => {
        open = true
      },
      isConnected: () => open,
      stop: async () => {
        open = false
      },
    },
  }
}

const object = z.record(z.string(), z.unknown())

const readBody = (text: string, contentType: string | undefined): Record<string, unknown> | null => {
  try {
    switch (contentType?.split(';')[0]?.trim().toLowerCase()) {
      case 'application/x-www-form-urlencoded': {
        const form = parse(text)
        return form.payload === undefined ? { ...form } : object.parse(JSON.parse(String(form.payload)))
      }
      case 'application/json':
        return object.parse(JSON.parse(text))
      default:
        return null
    }
  } catch {
    return null
  }
}
