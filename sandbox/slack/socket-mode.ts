import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { type Delivered, type Delivery, failed, type PayloadKind, payloadKind } from './delivery.ts'
import { isRecord, type JsonRecord, parseJson, stringOrEmpty } from './json.ts'
import type { Workspace } from './workspace.ts'

const pingEveryMs = 5_000
const connectionLimit = 10

const envelopeTypes: Readonly<Record<PayloadKind, string>> = {
  command: 'slash_commands',
  event: 'events_api',
  options: 'interactive',
  interaction: 'interactive',
}

const acceptsAnswer = (payload: JsonRecord): boolean => {
  const kind = payloadKind(payload)
  return kind === 'command' || kind === 'options' || payload.type === 'view_submission'
}

export interface SocketMode extends Delivery {
  /** The address for one new connection. */
  readonly openUrl: (baseUrl: string) => string
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
  /** Connections that can be given payloads. */
  readonly open: () => number
  /** Tells connections to come back, all or the oldest so many: the client closes and reconnects. */
  readonly refresh: (reason: 'warning' | 'refresh_requested', most?: number) => void
  /** Cuts connections without a word, all or the oldest so many. */
  readonly drop: (most?: number) => void
  readonly close: () => void
}

interface Pending {
  readonly socket: WebSocket
  readonly end: (delivered: Delivered) => void
  readonly startedAt: number
}

/** Slack's side of Socket Mode (docs.slack.dev/apis/events-api/using-socket-mode). */
export const createSocketMode = (parts: {
  readonly workspace: Workspace
  /** Whose connections they are. */
  readonly appId: string
  readonly ackTimeoutMs: number
}): SocketMode => {
  const { workspace, appId, ackTimeoutMs } = parts
  const server = new WebSocketServer({ noServer: true })
  const tickets = new Set<string>()
  const pending = new Map<string, Pending>()
  /** Those that were not told to go; the first gets the next payload and moves to the end. */
  const ready: WebSocket[] = []

  const announce = () => workspace.changes.announce({ kind: 'sockets', open: ready.length })
  const send = (socket: WebSocket, body: JsonRecord) => socket.send(JSON.stringify(body))

  const retire = (socket: WebSocket) => {
    const at = ready.indexOf(socket)
    if (at === -1) return
    ready.splice(at, 1)
    announce()
  }

  const disconnect = (socket: WebSocket, reason: string) => {
    send(socket, { type: 'disconnect', reason, debug_info: { host: 'sandbox' } })
    retire(socket)
  }

  const receive = (text: string) => {
    const ack = parseJson(text)
    if (!isRecord(ack)) return
    const id = stringOrEmpty(ack.envelope_id)
    const waiting = pending.get(id)
    if (waiting === undefined) return
    const { payload } = ack
    const empty = payload === undefined || (isRecord(payload) && Object.keys(payload).length === 0)
    waiting.end({
      kind: 'acknowledged',
      answer: empty ? null : payload,
      ackMs: performance.now() - waiting.startedAt,
    })
  }

  const accept = (socket: WebSocket) => {
    socket.on('message', (data) => receive(data.toString()))
    socket.on('error', () => socket.terminate())
    socket.on('close', () => {
      retire(socket)
      for (const { socket: other, end, startedAt } of pending.values()) {
        if (other === socket) end(failed('dispatch_failed', startedAt))
      }
    })
    send(socket, {
      type: 'hello',
      num_connections: ready.length + 1,
      debug_info: { host: 'sandbox', build_number: 1, approximate_connection_time: 18_060 },
      connection_info: { app_id: appId },
    })
    if (ready.length >= connectionLimit) {
      disconnect(socket, 'too_many_websockets')
      return
    }
    ready.push(socket)
    announce()
  }

  const pings = setInterval(() => {
    for (const socket of server.clients) socket.ping()
  }, pingEveryMs)
  pings.unref()

  return {
    openUrl: (baseUrl) => {
      const ticket = workspace.ids.secret()
      tickets.add(ticket)
      return `${baseUrl.replace(/^http/, 'ws')}/link/?ticket=${ticket}&app_id=${appId}`
    },
    upgrade: (request, socket, head) => {
      const ticket = new URL(request.url ?? '/', 'http://sandbox').searchParams.get('ticket') ?? ''
      if (!tickets.delete(ticket)) {
        socket.end('HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n')
        return
      }
      server.handleUpgrade(request, socket, head, accept)
    },
    open: () => ready.length,
    deliver: (payload, retry) =>
      new Promise((resolve) => {
        const startedAt = performance.now()
        const socket = ready.shift()
        if (socket === undefined) {
          resolve(failed('dispatch_failed', startedAt))
          return
        }
        ready.push(socket)
        const id = workspace.ids.secret()
        const end = (delivered: Delivered) => {
          clearTimeout(timer)
          pending.delete(id)
          resolve(delivered)
        }
        const timer = setTimeout(() => end(failed('operation_timeout', startedAt)), ackTimeoutMs)
        pending.set(id, { socket, end, startedAt })
        send(socket, {
          envelope_id: id,
          payload,
          type: envelopeTypes[payloadKind(payload)],
          accepts_response_payload: acceptsAnswer(payload),
          ...(retry === undefined ? {} : { retry_attempt: retry.attempt, retry_reason: retry.reason }),
        })
      }),
    refresh: (reason, most) => {
      const oldest = [...server.clients].filter((socket) => ready.includes(socket))
      for (const socket of oldest.slice(0, most)) disconnect(socket, reason)
    },
    drop: (most) => {
      for (const socket of [...server.clients].slice(0, most)) socket.terminate()
    },
    close: () => {
      clearInterval(pings)
      for (const socket of server.clients) socket.terminate()
      for (const { end, startedAt } of pending.values()) end(failed('dispatch_failed', startedAt))
      server.close()
    },
  }
}
