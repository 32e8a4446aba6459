import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { parse } from 'node:querystring'
import { HTTPModuleFunctions, type ReceiverEvent } from '@slack/bolt'
import { z } from 'zod'
import type { Logger } from '../log.ts'
import type { Secret } from '../secret.ts'
import { createSignatureCheck } from './slack-signature.ts'
import type { Deliver, Transport } from './transport.ts'

const bodyLimitBytes = 1024 * 1024

/** When something last came since the start, in milliseconds since 1970; null where nothing has. */
export interface SignedRequests {
  /** What people did, signed by Slack. */
  readonly takenAt: number | null
  /** Signed with another secret than ours. */
  readonly refusedAt: number | null
}

/**
 * Takes Slack's requests, with Bolt's own functions. Bolt's receiver leaves a request that no listener wants
 * unanswered for 3 s; here it is refused as soon as all listeners have passed.
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
}): {
  readonly transport: Transport
  readonly listener: RequestListener
  readonly signed: () => SignedRequests
} => {
  const { logger, now } = options
  const signatureOf = createSignatureCheck(options)
  let open = false
  let takenAt: number | null = null
  let refusedAt: number | null = null

  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method !== 'POST') return refuse(response, 405, { allow: 'POST' })
    const { headers } = request
    if ((headers['content-encoding'] ?? 'identity') !== 'identity') return refuse(response, 415, unread)
    const body = await readWhole(request)
    if (typeof body === 'number') return refuse(response, body, unread)
    const signature = signatureOf({
      signature: textOf(headers['x-slack-signature']),
      timestamp: textOf(headers['x-slack-request-timestamp']),
      body,
    })
    if (signature !== 'genuine') {
      if (signature === 'other-secret') refusedAt = now()
      logger.warn(
        signature === 'other-secret'
          ? 'A request to /slack/events was not signed with SLACK_SIGNING_SECRET'
          : 'A request to /slack/events was not signed by Slack, or its clock and ours differ',
      )
      return refuse(response, 401)
    }
    const payload = readBody(body.toString('utf8'), headers['content-type'])
    if (payload === null) return refuse(response, 400)
    // docs.slack.dev: Slack tries the address out when it is entered, and its certificate later.
    if (payload.type === 'url_verification')
      return HTTPModuleFunctions.buildUrlVerificationResponse(response, payload)
    if (payload.ssl_check !== undefined) return HTTPModuleFunctions.buildSSLCheckResponse(response)
    takenAt = now()
    await pass(request, response, payload)
  }

  const pass = async (
    request: IncomingMessage,
    response: ServerResponse,
    body: Record<string, unknown>,
  ): Promise<void> => {
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
      logger.warn({ err }, 'A payload from Slack could not be read')
    }
    if (!response.headersSent) refuse(response, 400)
  }

  return {
    listener: (request, response) => {
      take(request, response).catch((err: unknown) => {
        logger.error({ err }, "A request of Slack's failed")
        response.destroy()
      })
    },
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

/** The rest of a body that was refused is not read. */
const unread = { connection: 'close' } as const

const refuse = (
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>> = {},
): void => {
  response.writeHead(status, headers).end()
}

/** Or the status of why not: too large, or cut off. */
const readWhole = async (request: IncomingMessage): Promise<Buffer | number> => {
  try {
    return (await HTTPModuleFunctions.bufferIncomingMessage(request, bodyLimitBytes)).rawBody
  } catch (error) {
    if (HTTPModuleFunctions.isRawBodyError(error)) return error.statusCode
    throw error
  }
}

const textOf = (header: string | readonly string[] | undefined): string | undefined =>
  typeof header === 'string' ? header : undefined

const object = z.record(z.string(), z.unknown())

const readBody = (text: string, contentType: string | undefined): Record<string, unknown> | null => {
  try {
    switch (contentType?.split(';')[0]?.trim().toLowerCase()) {
      case 'application/x-www-form-urlencoded': {
        const form = parse(text)
        return form.payload === undefined ? form : object.parse(JSON.parse(String(form.payload)))
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
