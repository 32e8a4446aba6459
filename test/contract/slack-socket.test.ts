import { describe, expect, it } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { boltLogger, createLogger } from '../../src/log.ts'
import { Secret } from '../../src/secret.ts'
import { openSocketLink } from '../../src/slack/socket-link.ts'
import { appToken } from '../fixtures/connection.ts'
import { commandEnvelope, eventually, hurried, useSocketMode } from '../fixtures/socket-mode.ts'

const bench = useSocketMode()

describe('a running Socket Mode connection', () => {
  it('is renewed before Slack ends it, without a moment in which nothing can come', async () => {
    const { connection } = bench().connect()
    await connection.start()
    connection.app.command('/claim', async ({ ack, body }) => ack(`done ${body.text}`))
    const [first] = bench().slack.sockets
    bench().slack.on('apps.connections.open', () => {
      // The old connection still works while the new one is opened.
      bench().slack.send(commandEnvelope('meanwhile'))
      return { ok: true, url: `${bench().slack.apiUrl.replace('http', 'ws')}link?ticket=t-2` }
    })
    bench().slack.send({ type: 'disconnect', reason: 'refresh_requested' })
    await eventually(() => expect(bench().slack.sockets.has(first ?? expect.fail())).toBe(false))
    expect(bench().slack.sockets.size).toBe(1)
    expect(connection.isConnected()).toBe(true)
    bench().slack.send(commandEnvelope('after'))
    await eventually(() =>
      expect(bench().slack.acks).toEqual([
        { envelope_id: 'meanwhile', payload: { text: 'done meanwhile' } },
        { envelope_id: 'after', payload: { text: 'done after' } },
      ]),
    )
    expect(bench().opens()).toBe(2)
  })

  it('lets a listener on the old connection finish before it is closed', async () => {
    const { connection } = bench().connect()
    await connection.start()
    const held = Promise.withResolvers<void>()
    connection.app.command('/claim', async ({ ack, body }) => {
      if (body.text === 'slow') await held.promise
      await ack('kept')
    })
    bench().slack.send(commandEnvelope('slow'))
    bench().slack.send({ type: 'disconnect', reason: 'warning' })
    await eventually(() => expect(bench().slack.sockets.size).toBe(2))
    const [, renewed] = bench().slack.sockets
    renewed?.send(JSON.stringify(commandEnvelope('quick')))
    await eventually(() =>
      expect(bench().slack.acks).toEqual([{ envelope_id: 'quick', payload: { text: 'kept' } }]),
    )
    held.resolve()
    await eventually(() =>
      expect(bench().slack.acks).toContainEqual({ envelope_id: 'slow', payload: { text: 'kept' } }),
    )
    await eventually(() => expect(bench().slack.sockets.size).toBe(1))
  })

  it('is opened again at once when it is lost', async () => {
    const { connection } = bench().connect()
    await connection.start()
    for (const socket of bench().slack.sockets) socket.terminate()
    await eventually(() => expect(bench().opens()).toBe(2))
    await eventually(() => expect(connection.isConnected()).toBe(true))
  })

  it('is tried again, ever more slowly, while Slack fails', async () => {
    const waits: number[] = []
    const { connection, fatal } = bench().connect((delayMs, run) => {
      waits.push(delayMs)
      return systemClock.after(delayMs / 100, run)
    })
    await connection.start()
    let failures = 0
    bench().slack.on('apps.connections.open', (_call, response) => {
      failures += 1
      if (failures === 1) return response.writeHead(503).end()
      if (failures === 2) return response.destroy()
      if (failures < 6) return { ok: false, error: 'internal_error' }
      return { ok: true, url: bench().slack.apiUrl.replace('http', 'ws') }
    })
    for (const socket of bench().slack.sockets) socket.terminate()
    await eventually(() => expect(failures).toBe(6))
    await eventually(() => expect(connection.isConnected()).toBe(true))
    // Other timers of the connection have other delays.
    expect(waits.filter((wait) => [500, 4_000, 8_000].includes(wait))).toEqual([500, 4_000, 8_000])
    expect(fatal).toEqual([])
  })

  it('waits as long as Slack asks when it is rate-limited', async () => {
    const waits: number[] = []
    const { connection } = bench().connect((delayMs, run) => {
      waits.push(delayMs)
      return systemClock.after(delayMs / 100, run)
    })
    await connection.start()
    let limited = false
    bench().slack.on('apps.connections.open', (_call, response) => {
      if (limited) return { ok: true, url: bench().slack.apiUrl.replace('http', 'ws') }
      limited = true
      return response.writeHead(429, { 'retry-after': '37' }).end()
    })
    for (const socket of bench().slack.sockets) socket.terminate()
    await eventually(() => expect(waits).toContain(37_000))
    await eventually(() => expect(connection.isConnected()).toBe(true))
  })

  it('reports a token that is refused later, once, instead of dying of it', async () => {
    const { connection, fatal } = bench().connect()
    await connection.start()
    bench().slack.on('apps.connections.open', () => ({ ok: false, error: 'invalid_auth' }))
    for (const socket of bench().slack.sockets) socket.terminate()
    await eventually(() => expect(fatal.length).toBe(1))
    expect(fatal[0]?.message).toMatch(/^Slack refuses SLACK_APP_TOKEN/)
    expect(connection.isConnected()).toBe(false)
    expect(bench().opens()).toBe(2)
  })

  it('survives frames that nobody expects', async () => {
    const { connection } = bench().connect()
    await connection.start()
    connection.app.command('/claim', async ({ ack }) => ack('still here'))
    const garbage = [
      'null',
      '[]',
      '7',
      '{',
      '""',
      { type: 'events_api' },
      { type: 'events_api', envelope_id: 'e', payload: null },
      { type: 'events_api', envelope_id: 'e', payload: { event: null } },
      { type: 'events_api', envelope_id: 'e', payload: { event: { type: 7 } } },
      { type: 'interactive', envelope_id: 'e', payload: { type: 'block_actions', actions: [] } },
      { type: 'interactive', envelope_id: 'e', payload: { type: 'view_submission', view: null } },
      { type: 'interactive', envelope_id: 'e', payload: {} },
      { type: 'error' },
      { type: 'close', envelope_id: 7 },
    ]
    for (const frame of garbage) bench().slack.send(frame)
    for (const socket of bench().slack.sockets) socket.send(Buffer.from([0, 1, 2]))
    bench().slack.send({ type: 'events_api', envelope_id: 'limited', payload: { type: 'app_rate_limited' } })
    bench().slack.send(commandEnvelope('real'))
    await eventually(() => {
      expect(bench().slack.acks).toContainEqual({ envelope_id: 'real', payload: { text: 'still here' } })
      expect(bench().slack.acks).toContainEqual({ envelope_id: 'limited', payload: {} })
    })
    expect(connection.isConnected()).toBe(true)
    expect(bench().opens()).toBe(1)
  })
})

describe('one Socket Mode connection', () => {
  it('is given up soon after its pings stay unanswered', async () => {
    const link = await openSocketLink({
      appToken: new Secret(appToken),
      apiUrl: bench().slack.apiUrl,
      logger: boltLogger(createLogger({ level: 'silent', secrets: [] })),
      after: hurried,
      signal: new AbortController().signal,
      onEnvelope: async () => {},
      pingTimeoutMs: 60,
    })
    expect(link.isOpen()).toBe(true)
    for (const socket of bench().slack.sockets) socket.pause()
    await link.closed
    for (const socket of bench().slack.sockets) socket.resume()
  })
})

describe('the stop in socket mode', () => {
  it('closes the socket before it resolves', async () => {
    const { connection } = bench().connect()
    await connection.start()
    await connection.stop({ deadlineMs: 100 })
    expect(connection.isConnected()).toBe(false)
    await eventually(() => expect(bench().slack.sockets.size).toBe(0))
    expect(bench().opens()).toBe(1)
  })

  it('closes a socket whose other end does not answer', async () => {
    const { connection } = bench().connect()
    await connection.start()
    for (const socket of bench().slack.sockets) socket.pause()
    await connection.stop({ deadlineMs: 100 })
    for (const socket of bench().slack.sockets) socket.resume()
    await eventually(() => expect(bench().slack.sockets.size).toBe(0))
  })

  it('waits for running listeners, whose answers still arrive', async () => {
    const { connection } = bench().connect()
    await connection.start()
    const held = Promise.withResolvers<void>()
    const began = Promise.withResolvers<void>()
    connection.app.command('/claim', async ({ ack }) => {
      began.resolve()
      await held.promise
      await ack('kept')
    })
    bench().slack.send(commandEnvelope('running'))
    await began.promise
    const stopped = connection.stop({ deadlineMs: 10_000 })
    expect(connection.isStopping()).toBe(true)
    held.resolve()
    await stopped
    await eventually(() =>
      expect(bench().slack.acks).toEqual([{ envelope_id: 'running', payload: { text: 'kept' } }]),
    )
  })

  it('does not wait longer than it may', async () => {
    const { connection, lines } = bench().connect()
    await connection.start()
    const held = Promise.withResolvers<void>()
    const began = Promise.withResolvers<void>()
    connection.app.command('/claim', async () => {
      began.resolve()
      await held.promise
    })
    bench().slack.send(commandEnvelope('stuck'))
    await began.promise
    await connection.stop({ deadlineMs: 20 })
    expect(lines.join()).toContain('still running')
    held.resolve()
  })

  it('ends a reconnect that is under way, whatever it waits for', async () => {
    for (const hindrance of ['an answer', 'a hello', 'the next try'] as const) {
      const { connection } = bench().connect()
      await connection.start()
      const before = bench().opens()
      if (hindrance === 'an answer') bench().slack.on('apps.connections.open', () => 'hang')
      if (hindrance === 'a hello') bench().slack.hello = false
      if (hindrance === 'the next try') {
        bench().slack.on('apps.connections.open', (_call, response) => response.writeHead(503).end())
      }
      for (const socket of bench().slack.sockets) socket.terminate()
      await eventually(() => expect(bench().opens()).toBe(before + 1))
      if (hindrance === 'a hello') await eventually(() => expect(bench().slack.sockets.size).toBe(1))
      await connection.stop({ deadlineMs: 100 })
      expect(connection.isConnected()).toBe(false)
      bench().slack.hello = true
      const { apiUrl } = bench().slack
      bench().slack.on('apps.connections.open', () => ({ ok: true, url: apiUrl.replace('http', 'ws') }))
    }
  })

  it('can be asked for before the start and twice', async () => {
    const { connection } = bench().connect()
    await connection.stop({ deadlineMs: 10 })
    const other = bench().connect().connection
    await other.start()
    await Promise.all([other.stop({ deadlineMs: 10 }), other.stop({ deadlineMs: 10 })])
  })
})
