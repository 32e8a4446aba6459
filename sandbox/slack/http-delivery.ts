import { createHmac } from 'node:crypto'
import { Agent, request } from 'undici'
import { type Delivered, type Delivery, failed, payloadKind, type Retry } from './delivery.ts'
import { type JsonRecord, parseJson, stringOrEmpty } from './json.ts'

/** Slack's `x-slack-signature` (docs.slack.dev/authentication/verifying-requests-from-slack). */
export const slackSignature = (
  signingSecret: string,
  timestampSeconds: number | string,
  body: string,
): string =>
  `v0=${createHmac('sha256', signingSecret).update(`v0:${timestampSeconds}:${body}`).digest('hex')}`

const formType = 'application/x-www-form-urlencoded'

const encode = (payload: JsonRecord): { readonly contentType: string; readonly body: string } => {
  switch (payloadKind(payload)) {
    case 'event':
      return { contentType: 'application/json', body: JSON.stringify(payload) }
    case 'command': {
      const fields = Object.entries(payload).map(([name, value]) => [name, stringOrEmpty(value)])
      return { contentType: formType, body: new URLSearchParams(fields).toString() }
    }
    default: {
      const form = new URLSearchParams({ payload: JSON.stringify(payload) })
      return { contentType: formType, body: form.toString() }
    }
  }
}

const isTimeout = (error: unknown): boolean => error instanceof Error && error.name === 'TimeoutError'

export interface HttpDelivery extends Delivery {
  readonly setRequestUrl: (url: string) => void
  readonly close: () => Promise<void>
}

/** Slack's signed POSTs to an app's request URL. */
export const createHttpDelivery = (parts: {
  readonly signingSecret: string
  readonly ackTimeoutMs: number
  readonly requestUrl: string | null
}): HttpDelivery => {
  const { signingSecret, ackTimeoutMs } = parts
  let { requestUrl } = parts
  const agent = new Agent({ connections: 64, pipelining: 1 })

  const post = async (url: string, payload: JsonRecord, retry: Retry | undefined, startedAt: number) => {
    const { contentType, body } = encode(payload)
    // The receiver compares it with its own wall clock, so the sandbox's clock must not be used.
    const timestamp = String(Math.floor(Date.now() / 1000))
    const answer = await request(url, {
      method: 'POST',
      dispatcher: agent,
      signal: AbortSignal.timeout(ackTimeoutMs),
      headers: {
        'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
        accept: 'application/json,*/*',
        'content-type': contentType,
        'x-slack-request-timestamp': timestamp,
        'x-slack-signature': slackSignature(signingSecret, timestamp, body),
        ...(retry === undefined
          ? {}
          : { 'x-slack-retry-num': String(retry.attempt), 'x-slack-retry-reason': retry.reason }),
      },
      body,
    })
    const text = await answer.body.text()
    const noRetry = answer.headers['x-slack-no-retry'] === '1'
    if (answer.statusCode >= 500) return failed('http_service_error', startedAt, noRetry)
    if (answer.statusCode >= 300) return failed('http_client_error', startedAt, noRetry)
    const acknowledged: Delivered = {
      kind: 'acknowledged',
      answer: text === '' ? null : (parseJson(text) ?? text),
      ackMs: performance.now() - startedAt,
    }
    return acknowledged
  }

  return {
    setRequestUrl: (url) => {
      requestUrl = url
    },
    deliver: async (payload, retry) => {
      const startedAt = performance.now()
      if (requestUrl === null) return failed('dispatch_failed', startedAt)
      try {
        return await post(requestUrl, payload, retry, startedAt)
      } catch (error) {
        return failed(isTimeout(error) ? 'operation_timeout' : 'dispatch_failed', startedAt)
      }
    },
    close: () => agent.destroy(),
  }
}
