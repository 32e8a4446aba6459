import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createTcpServer, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { type After, systemClock } from '../../src/clock.ts'
import { createHttpClient, type HttpClient } from '../../src/providers/http-client.ts'
import { manualClock } from '../fixtures/manual-clock.ts'

const cleanups: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

const client = (
  options: { timeoutMs?: number; maxBodyBytes?: number; connections?: number; after?: After } = {},
): HttpClient => {
  const http = createHttpClient({
    timeoutMs: 2000,
    maxBodyBytes: 100_000,
    connections: 4,
    after: systemClock.after,
    ...options,
  })
  cleanups.push(() => http.close())
  return http
}

const listening = (server: Server | ReturnType<typeof createTcpServer>): Promise<string> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}` : '')
    })
  })

const httpServer = async (
  handle: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<string> => {
  const server = createServer(handle)
  cleanups.push(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  )
  return listening(server)
}

const tcpServer = async (handle: (socket: Socket) => void): Promise<string> => {
  const sockets = new Set<Socket>()
  const server = createTcpServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    handle(socket)
  })
  cleanups.push(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  )
  return listening(server)
}

const get = (url: string) => ({ method: 'GET', url }) as const

describe('the HTTP client', () => {
  it('gives status, headers and text of an answer', async () => {
    const url = await httpServer((request, response) => {
      response.writeHead(418, { 'X-Seen': `${request.method} ${request.url} ${request.headers['x-a']}` })
      response.end('Привет')
    })
    const result = await client().send({ ...get(`${url}/a%2Fb?c=1`), headers: { 'x-a': 'b' } })
    expect(result).toMatchObject({
      kind: 'answer',
      status: 418,
      headers: { 'x-seen': 'GET /a%2Fb?c=1 b' },
      text: 'Привет',
    })
  })

  it('sends a body', async () => {
    const url = await httpServer((request, response) => request.pipe(response))
    const result = await client().send({ method: 'POST', url, body: '{"a":1}' })
    expect(result).toMatchObject({ kind: 'answer', text: '{"a":1}' })
  })

  it('drops a byte order mark, which JSON.parse would choke on', async () => {
    const url = await httpServer((_request, response) => response.end('\uFEFF{}'))
    expect(await client().send(get(url))).toMatchObject({ text: '{}' })
  })

  it('takes a redirect for an answer and does not follow it', async () => {
    const paths: (string | undefined)[] = []
    const url = await httpServer((request, response) => {
      paths.push(request.url)
      response.writeHead(302, { location: '/elsewhere' }).end()
    })
    expect(await client().send(get(`${url}/here`))).toMatchObject({ kind: 'answer', status: 302 })
    expect(paths).toEqual(['/here'])
  })

  it('knows that a request to a refused port was not sent', async () => {
    const server = createTcpServer()
    const url = await listening(server)
    await new Promise<void>((resolve) => server.close(() => resolve()))
    expect(await client().send(get(url))).toEqual({
      kind: 'failed',
      problem: 'unreachable',
      detail: 'not connected (ECONNREFUSED)',
      sent: false,
    })
  })

  it('knows that a request to a name that does not exist was not sent', async () => {
    const result = await client().send(get('http://no-such-host.invalid/secret'))
    expect(result).toMatchObject({ kind: 'failed', problem: 'unreachable', sent: false })
  })

  it.each(['not an address', 'ftp://127.0.0.1/a', 'http://'])('refuses %j without throwing', async (url) => {
    expect(await client().send(get(url))).toMatchObject({ kind: 'failed', sent: false })
  })

  it('refuses a header that cannot be sent, and does not repeat it', async () => {
    const url = await httpServer((_request, response) => response.end())
    const result = await client().send({ ...get(url), headers: { authorization: 'Bearer top\nsecret' } })
    expect(result).toMatchObject({ kind: 'failed', sent: false })
    expect(JSON.stringify(result)).not.toContain('secret')
  })

  it('gives up at its deadline when no answer comes, and counts the request as sent', async () => {
    const url = await httpServer(() => {})
    expect(await client({ timeoutMs: 60 }).send(get(url))).toEqual({
      kind: 'failed',
      problem: 'timed-out',
      detail: 'no answer within 60 ms',
      sent: true,
    })
  })

  it('applies the deadline to the whole request: a body that drips does not extend it', async () => {
    const url = await httpServer((_request, response) => {
      response.write('a')
      const drip = setInterval(() => response.write('a'), 10)
      response.on('close', () => clearInterval(drip))
    })
    expect(await client({ timeoutMs: 120 }).send(get(url))).toMatchObject({
      problem: 'timed-out',
      detail: 'no whole answer within 120 ms',
      sent: true,
    })
  })

  it('does not send a request whose time ran out while it waited for a connection', async () => {
    const paths: (string | undefined)[] = []
    const arrived = Promise.withResolvers<void>()
    const url = await httpServer((request) => {
      paths.push(request.url)
      arrived.resolve()
    })
    const deadlines: (() => void)[] = []
    const after: After = (_ms, task) => {
      deadlines.push(task)
      return () => undefined
    }
    const http = client({ connections: 1, after })
    const first = http.send(get(`${url}/first`))
    const second = http.send(get(`${url}/second`))
    await arrived.promise
    for (const deadline of deadlines) deadline()
    expect(await first).toMatchObject({ problem: 'timed-out', sent: true })
    expect(await second).toMatchObject({ problem: 'timed-out', sent: false })
    await http.close()
    expect(paths).toEqual(['/first'])
  })

  it('fails what is under way when it is aborted, and whatever comes later', async () => {
    const arrived = Promise.withResolvers<void>()
    const url = await httpServer(() => arrived.resolve())
    const http = client({ timeoutMs: 60_000 })
    const underWay = http.send(get(url))
    await arrived.promise
    await http.abort()
    expect(await underWay).toMatchObject({ kind: 'failed', problem: 'unreachable', sent: true })
    expect(await http.send(get(url))).toMatchObject({ kind: 'failed', problem: 'unreachable', sent: false })
  })

  it('counts a request as sent when the connection is reset without an answer', async () => {
    const url = await tcpServer((socket) => socket.once('data', () => socket.resetAndDestroy()))
    expect(await client().send(get(url))).toMatchObject({
      kind: 'failed',
      problem: 'unreachable',
      sent: true,
    })
  })

  it('does not repeat a request by itself when an idle connection is closed as it is written', async () => {
    let requests = 0
    const url = await tcpServer((socket) => {
      let first = true
      socket.on('data', () => {
        requests += 1
        if (first) socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok')
        else socket.destroy()
        first = false
      })
    })
    const http = client({ connections: 1 })
    expect(await http.send(get(url))).toMatchObject({ kind: 'answer', text: 'ok' })
    expect(await http.send(get(url))).toMatchObject({ kind: 'failed', problem: 'unreachable', sent: true })
    expect(requests).toBe(2)
    expect(await http.send(get(url))).toMatchObject({ kind: 'answer', text: 'ok' })
  })

  it('calls half a body unreadable', async () => {
    const url = await tcpServer((socket) =>
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"err":0')),
    )
    expect(await client().send(get(url))).toMatchObject({ problem: 'unreadable-answer', sent: true })
  })

  it('calls what is no HTTP unreadable', async () => {
    const url = await tcpServer((socket) => socket.once('data', () => socket.end('SSH-2.0-OpenSSH\r\n')))
    expect(await client().send(get(url))).toMatchObject({ problem: 'unreadable-answer', sent: true })
  })

  it('cuts off a body over the limit and closes its connection', async () => {
    const closed = Promise.withResolvers<void>()
    const url = await httpServer((_request, response) => {
      response.on('close', () => closed.resolve())
      const fill = (): void => {
        while (response.write('x'.repeat(10_000)));
      }
      response.on('drain', fill)
      fill()
    })
    expect(await client({ maxBodyBytes: 50_000 }).send(get(url))).toEqual({
      kind: 'failed',
      problem: 'unreadable-answer',
      detail: 'answer longer than 50000 bytes',
      sent: true,
    })
    await closed.promise
  })

  it('gives up when its clock says so, however long that took', async () => {
    const clock = manualClock()
    const asked = Promise.withResolvers<void>()
    const url = await httpServer(() => asked.resolve())
    const answer = client({ timeoutMs: 3_600_000, after: clock.after }).send(get(url))
    await asked.promise
    await clock.advance(3_600_000)
    expect(await answer).toMatchObject({ problem: 'timed-out', sent: true })
  })

  it('accepts a body of exactly the limit', async () => {
    const url = await httpServer((_request, response) => response.end('x'.repeat(500)))
    expect(await client({ maxBodyBytes: 500 }).send(get(url))).toMatchObject({ kind: 'answer' })
  })

  it('fails unsent after it was closed', async () => {
    const url = await httpServer((_request, response) => response.end())
    const http = client()
    await http.close()
    expect(await http.send(get(url))).toMatchObject({ kind: 'failed', sent: false })
  })

  it('never shows the address, a header or the body in a detail', async () => {
    const reset = await tcpServer((socket) => socket.once('data', () => socket.resetAndDestroy()))
    const hang = await httpServer(() => {})
    const http = client({ timeoutMs: 80 })
    for (const base of [reset, hang, 'http://127.0.0.1:1', 'http://secret.invalid']) {
      const result = await http.send({
        method: 'POST',
        url: `${base}/api2/contact_get/secret/1`,
        headers: { authorization: 'Bearer secret' },
        body: 'secret',
      })
      expect(result.kind).toBe('failed')
      expect(JSON.stringify(result)).not.toMatch(/secret|127\.0\.0\.1|api2/)
    }
  })
})
