import type { RequestListener } from 'node:http'
import { App, type Receiver, type ReceiverEvent, webApi } from '@slack/bolt'
import type { After } from '../clock.ts'
import type { SlackConfig } from '../config.ts'
import { boltLogger, type Logger } from '../log.ts'
import type { StartError } from '../start-error.ts'
import { clientOptions } from './client-options.ts'
import { createHttpTransport, type SignedRequests } from './http-transport.ts'
import { createSocketTransport } from './socket-transport.ts'
import { identify, type SlackIdentity } from './start-checks.ts'
import type { Deliver, Transport } from './transport.ts'

export interface SlackConnection {
  /** For `register` alone: Bolt's own client in listeners has no token. */
  readonly app: App
  /** For jobs: never repeats a call by itself, and rejects with WebAPIRateLimitedError instead of waiting. */
  readonly client: webApi.WebClient
  /** For what somebody waits for within Slack's 3 s, such as views.open. */
  readonly interactiveClient: webApi.WebClient
  /** What our HTTP server gives requests to `/slack/events` to; null in socket mode. */
  readonly listener: RequestListener | null
  /** Null in socket mode. */
  readonly signed: (() => SignedRequests) | null
  /** @throws Error before `start` has succeeded */
  identity(): SlackIdentity
  /**
   * Checks the tokens with Slack, then lets payloads in.
   *
   * @throws StartError with the one sentence to print
   */
  start(): Promise<void>
  isConnected(): boolean
  /** Somebody waits for an answer, or did a moment ago, and so others may follow. */
  isAnswering(): boolean
  /** `listener` is called whenever everybody has their answer and nobody else has asked since. */
  onAnswered(listener: () => void): void
  /** True from the call of `stop` on: what still arrives is to be refused. */
  isStopping(): boolean
  /** Lets running listeners finish, for `deadlineMs` at most, then closes every connection. */
  stop(options: { readonly deadlineMs: number }): Promise<void>
}

/** Interactions that follow each other faster than this are one burst. */
const BURST_PAUSE_MS = 5

/**
 * The edge to Slack: one Bolt app fed by Socket Mode or by HTTP requests, and the two Web API clients.
 * Nothing is sent before `start`.
 */
export const createSlackConnection = (options: {
  readonly slack: SlackConfig
  readonly logger: Logger
  readonly after: After
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Slack refuses us for good while we run: print the sentence and end the process. */
  readonly onFatal: (error: StartError) => void
  /** Told when an acknowledgement has gone out, and how long after the payload came. */
  readonly onAcknowledged?: (payload: { readonly type: unknown; readonly tookMs: number }) => void
}): SlackConnection => {
  const { slack, logger, after, now, onAcknowledged } = options
  let us: SlackIdentity | null = null
  let stopping = false
  let running = 0
  let answering = false
  let cancelPause = (): void => undefined
  const whenIdle: (() => void)[] = []
  const whenAnswered: (() => void)[] = []

  const deliver: Deliver = async (event) => {
    if (event.body.type === 'app_rate_limited') {
      logger.warn('Slack drops events: the workspace sends too many')
      await event.ack()
      return
    }
    running += 1
    answering = true
    cancelPause()
    try {
      await app.processEvent(onAcknowledged === undefined ? event : timed(event, onAcknowledged))
    } finally {
      running -= 1
      if (running === 0) pause()
    }
  }

  const timed = (event: ReceiverEvent, acknowledged: NonNullable<typeof onAcknowledged>): ReceiverEvent => {
    const came = now()
    return {
      ...event,
      ack: async (response) => {
        await event.ack(response)
        acknowledged({ type: event.body.type, tookMs: now() - came })
      },
    }
  }

  function pause(): void {
    for (const done of whenIdle.splice(0)) done()
    cancelPause = after(BURST_PAUSE_MS, () => {
      answering = false
      for (const listener of whenAnswered) listener()
    })
  }

  const { transport, listener, signed } = createTransport(options, deliver)
  const receiver: Receiver = { init: () => {}, start: transport.start, stop: transport.stop }
  const app = new App({
    receiver,
    // A new object each time, because Bolt writes the user of the payload into it. Without a token, so
    // that Bolt builds no clients and nothing but our own can speak for us.
    authorize: async () => (us ? { botId: us.botId, botUserId: us.botUserId } : {}),
    logger: boltLogger(logger),
    clientOptions: clientOptions(slack.apiUrl, logger),
    convoStore: false,
    deferInitialization: true,
  })
  app.error(async (err) => {
    logger.warn({ err }, 'Bolt could not handle a payload')
  })

  const client = new webApi.WebClient(slack.botToken.reveal(), clientOptions(slack.apiUrl, logger))
  const interactiveClient = new webApi.WebClient(slack.botToken.reveal(), {
    ...clientOptions(slack.apiUrl, logger),
    timeout: 2_500,
  })

  const idle = (deadlineMs: number): Promise<void> =>
    running === 0
      ? Promise.resolve()
      : new Promise((resolve) => {
          const cancel = after(deadlineMs, () => {
            logger.warn({ running }, 'Stopped although Slack listeners were still running')
            resolve()
          })
          whenIdle.push(() => {
            cancel()
            resolve()
          })
        })

  return {
    app,
    client,
    interactiveClient,
    listener,
    signed,
    identity: () => {
      if (!us) throw new Error('The connection to Slack has not been started')
      return us
    },
    start: async () => {
      us = await identify(client)
      if (us.missingScopes.length > 0) {
        logger.warn(
          { scopes: us.missingScopes },
          'The Slack app lacks scopes: reinstall it with manifest.yml',
        )
      }
      await app.init()
      await transport.start()
    },
    isConnected: () => !stopping && transport.isConnected(),
    isAnswering: () => answering,
    onAnswered: (listener) => void whenAnswered.push(listener),
    isStopping: () => stopping,
    stop: async ({ deadlineMs }) => {
      stopping = true
      await idle(deadlineMs)
      cancelPause()
      await transport.stop()
    },
  }
}

const createTransport = (
  options: Parameters<typeof createSlackConnection>[0],
  deliver: Deliver,
): { readonly transport: Transport } & Pick<SlackConnection, 'listener' | 'signed'> => {
  const { slack, logger, after, now, onFatal } = options
  switch (slack.transport.kind) {
    case 'socket': {
      const { appToken } = slack.transport
      const { apiUrl } = slack
      return {
        transport: createSocketTransport({ appToken, apiUrl, logger, after, deliver, onFatal }),
        listener: null,
        signed: null,
      }
    }
    case 'http': {
      const { signingSecret } = slack.transport
      return createHttpTransport({ signingSecret, logger, now, deliver })
    }
    default:
      return slack.transport satisfies never
  }
}
