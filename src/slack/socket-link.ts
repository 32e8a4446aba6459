import type { Logger as BoltLogger } from '@slack/bolt'
import { SocketModeClient } from '@slack/socket-mode'
import { z } from 'zod'
import type { After } from '../clock.ts'
import type { Secret } from '../secret.ts'

/** One open Socket Mode connection. It never reconnects by itself. */
export interface SocketLink {
  isOpen(): boolean
  /** How many the app has, this one included, as Slack said at its hello. */
  readonly connections: number
  /** Whose token it is, as Slack said then; null when it did not. */
  readonly appId: string | null
  /** Resolves when Slack says that it will close the connection soon: open another one, then close this. */
  readonly expiring: Promise<void>
  /** Resolves when the connection is closed, whoever closed it. */
  readonly closed: Promise<void>
  /** Closes once everything received is handled, at the latest after `graceMs`; resolves when it is closed. */
  close(options: { readonly graceMs: number }): Promise<void>
}

export interface Envelope {
  readonly body: Record<string, unknown>
  readonly retryNum: number | undefined
  readonly retryReason: string | undefined
  /** Rejects when the connection is gone. */
  ack(response: unknown): Promise<void>
}

export interface SocketLinkOptions {
  readonly appToken: Secret
  readonly apiUrl: string
  readonly logger: BoltLogger
  readonly after: After
  /** Gives the attempt up. */
  readonly signal: AbortSignal
  /** Must not reject. */
  readonly onEnvelope: (envelope: Envelope) => Promise<void>
  /** A connection whose pings stay unanswered for so long is dead; default 5,000. */
  readonly pingTimeoutMs?: number
}

const openTimeoutMs = 20_000
const callTimeoutMs = 10_000
const closeHandshakeMs = 1_000

/**
 * Opens a connection with Slack's own client, without its reconnecting: that one lets a refused token, a
 * failing server or a stop in the wrong moment become unhandled rejections, and leaves 5 s without a
 * connection at each renewal. Frames are read here too, because the client rejects, unhandled, on frames
 * that it does not expect.
 *
 * @returns after Slack's hello
 * @throws what apps.connections.open rejected with, or an Error when there was no hello
 */
export const openSocketLink = async (options: SocketLinkOptions): Promise<SocketLink> => {
  const client = new FrameClient({
    appToken: options.appToken.reveal(),
    autoReconnectEnabled: false,
    clientPingTimeout: options.pingTimeoutMs ?? 5_000,
    logger: options.logger,
    // An object of its own, with `retryConfig`: the client writes into what it is given.
    clientOptions: {
      slackApiUrl: options.apiUrl,
      timeout: callTimeoutMs,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      fetch: (url, init) =>
        fetch(url, {
          ...init,
          signal: AbortSignal.any(init?.signal ? [options.signal, init.signal] : [options.signal]),
        }),
    },
  })
  const underWay = new Set<Promise<void>>()

  let connections = 1
  let appId: string | null = null
  const onFrame = (text: string): void => {
    const frame = readFrame(text)
    switch (frame.kind) {
      case 'hello':
        connections = frame.connections
        appId = frame.appId
        client.emit('connected')
        return
      case 'disconnect':
        client.emit('expiring')
        return
      case 'envelope': {
        const { id, body, retryNum, retryReason } = frame
        const ack = (response: unknown) => client.reply(id, response)
        const handled = options.onEnvelope({ body, retryNum, retryReason, ack })
        underWay.add(handled)
        void handled.finally(() => underWay.delete(handled))
        return
      }
      case 'unreadable':
        options.logger.warn('Slack sent a Socket Mode frame that cannot be read')
        return
      default:
        frame satisfies never
    }
  }
  client.on('frame', onFrame)

  /** The first call starts the closing handshake, the second one does not wait for its end. */
  const cut = (): void => {
    void client.disconnect()
    void client.disconnect()
  }

  // Listened to from the start: hello, disconnect and close may come in one piece.
  const expiring = new Promise<void>((resolve) => void client.once('expiring', resolve))
  const closed = new Promise<void>((resolve) => void client.once('disconnected', resolve))
  let problem: unknown
  client.on('error', (error: unknown) => {
    problem = error
  })
  const cancelDeadline = options.after(openTimeoutMs, cut)
  options.signal.addEventListener('abort', cut)
  try {
    await client.start()
  } catch (error) {
    throw error ?? problem ?? new Error('Slack closed the connection before its hello')
  } finally {
    cancelDeadline()
    options.signal.removeEventListener('abort', cut)
  }

  return {
    connections,
    appId,
    expiring,
    closed,
    isOpen: () => client.isOpen(),
    close: async ({ graceMs }) => {
      if (underWay.size > 0) {
        await new Promise<void>((resolve) => {
          const cancel = options.after(graceMs, resolve)
          void Promise.allSettled(underWay).then(() => {
            cancel()
            resolve()
          })
        })
      }
      void client.disconnect()
      const cancelCut = options.after(closeHandshakeMs, () => void client.disconnect())
      await closed
      cancelCut()
    },
  }
}

class FrameClient extends SocketModeClient {
  protected override async onWebSocketMessage(data: string | ArrayBuffer): Promise<void> {
    this.emit('frame', typeof data === 'string' ? data : '')
  }

  isOpen(): boolean {
    return this.websocket?.isActive() ?? false
  }

  reply(envelopeId: string, response: unknown): Promise<void> {
    const socket = this.websocket
    if (!socket?.isActive()) return Promise.reject(new Error('The connection to Slack is closed'))
    const payload = typeof response === 'string' ? { text: response } : (response ?? {})
    return new Promise((resolve, reject) => {
      socket.send(JSON.stringify({ envelope_id: envelopeId, payload }), (error) =>
        error ? reject(error) : resolve(),
      )
    })
  }
}

type Frame =
  | { readonly kind: 'hello'; readonly connections: number; readonly appId: string | null }
  | { readonly kind: 'disconnect' }
  | {
      readonly kind: 'envelope'
      readonly id: string
      readonly body: Record<string, unknown>
      readonly retryNum: number | undefined
      readonly retryReason: string | undefined
    }
  | { readonly kind: 'unreadable' }

/** docs.slack.dev, Socket Mode: hello, disconnect, and envelopes of events, commands and interactions. */
const frameSchema = z.union([
  z
    .object({
      envelope_id: z.string(),
      payload: z.record(z.string(), z.unknown()),
      retry_attempt: z.number().optional(),
      retry_reason: z.string().optional(),
    })
    .transform((frame) => ({
      kind: 'envelope' as const,
      id: frame.envelope_id,
      body: frame.payload,
      retryNum: frame.retry_attempt,
      retryReason: frame.retry_reason,
    })),
  z
    .object({
      type: z.literal('hello'),
      num_connections: z.number().default(1).catch(1),
      connection_info: z.object({ app_id: z.string() }).optional().catch(undefined),
    })
    .transform((frame) => ({
      kind: 'hello' as const,
      connections: frame.num_connections,
      appId: frame.connection_info?.app_id ?? null,
    })),
  z.object({ type: z.literal('disconnect') }).transform(() => ({ kind: 'disconnect' }) as const),
])

const readFrame = (text: string): Frame => {
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch {
    return { kind: 'unreadable' }
  }
  const frame = frameSchema.safeParse(content)
  return frame.success ? frame.data : { kind: 'unreadable' }
}
