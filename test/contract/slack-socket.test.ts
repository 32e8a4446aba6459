import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { after as realAfter } from '../../src/timer.ts'
import { appToken, botToken, type ConnectionUnderTest, connectTo } from '../fixtures/connection.ts'
import { type FakeSlack, startFakeSlack } from '../fixtures/fake-slack.ts'

const eventually = <T>(check: () => T): Promise<T> => vi.waitFor(check, { timeout: 10_000, interval: 5 })

const command = (text: string) => ({
  envelope_id: text,
  type: 'slash_commands',
  accepts_response_payload: true,
  payload: { command: '/claim', text, user_id: 'U1', team_id: 'T1', channel_id: 'C1', trigger_id: '1' },
})

let slack: FakeSlack
let opened: ConnectionUnderTest[]
const unhandled: unknown[] = []
const onUnhandled = (reason: unknown): void => void unhandled.push(reason)

const connect = (after = realAfter): ConnectionUnderTest => {
  const made = connectTo(slack, 'socket', after)
  opened.push(made)
  return made
}

/** Timers as usual, but waits of seconds take milliseconds. */
const hurried: typeof realAfter = (delayMs, run) => realAfter(delayMs / 100, run)

const opens = (): number => slack.calls.filter((call) => call.method === 'apps.connections.open').length

beforeEach(async () => {
  slack = await startFakeSlack()
  opened = []
  unhandled.length = 0
  process.on('unhandledRejection', onUnhandled)
})

afterEach(async () => {
  for (const { connection } of opened) await connection.stop({ deadlineMs: 100 })
  await eventually(() => expect(slack.sockets.size).toBe(0))
  await slack.close()
  process.off('unhandledRejection', onUnhandled)
  expect(unhandled).toEqual([])
})

describe('the start in socket mode', () => {
  it('checks the bot token, then connects with the app token', async () => {
    const { connection } = connect()
    expect(connection.isConnected()).toBe(false)
    await connection.start()
    expect(connection.isConnected()).toBe(true)
    expect(connection.identity()).toMatchObject({ teamId: 'T1', botUserId: 'UBOT', botId: 'BBOT' })
    expect(slack.calls.map(({ method, token }) => [method, token])).toEqual([
      ['auth.test', botToken],
      ['apps.connections.open', appToken],
    ])
  })

  it.each(['invalid_auth', 'not_authed', 'token_revoked', 'account_inactive'])(
    'says in one sentence which token is wrong when auth.test answers %s',
    async (error) => {
      slack.on('auth.test', () => ({ ok: false, error }))
      const start = connect().connection.start()
      await expect(start).rejects.toThrow(
        new RegExp(`^Slack refuses SLACK_BOT_TOKEN \\(${error}\\): [^\\n]+\\.$`),
      )
      await expect(start).rejects.toHaveProperty('name', 'StartError')
    },
  )

  it.each([
    ['invalid_auth', /^Slack refuses SLACK_APP_TOKEN/],
    ['not_allowed_token_type', /^SLACK_APP_TOKEN is not an app-level token/],
    ['missing_scope', /^SLACK_APP_TOKEN lacks the scope connections:write/],
    ['something_new', /^Slack refused to open Socket Mode \(something_new\)/],
  ])('says in one sentence what is wrong when apps.connections.open answers %s', async (error, sentence) => {
    slack.on('apps.connections.open', () => ({ ok: false, error }))
    const start = connect().connection.start()
    await expect(start).rejects.toThrow(sentence)
    await expect(start).rejects.toHaveProperty('name', 'StartError')
  })

  it('refuses the token of a person and of an organisation-wide installation', async () => {
    slack.on('auth.test', () => ({ ok: true, team_id: 'T1', user_id: 'U1' }))
    await expect(connect().connection.start()).rejects.toThrow('is not the token of a bot')
    slack.on('auth.test', () => ({
      ok: true,
      team_id: 'T1',
      user_id: 'U1',
      bot_id: 'B1',
      is_enterprise_install: true,
    }))
    await expect(connect().connection.start()).rejects.toThrow('organisation-wide')
  })

  it.each(['auth.test', 'apps.connections.open'])('says so when %s fails otherwise', async (method) => {
    slack.on(method, (_call, response) => response.writeHead(503).end('<html>'))
    await expect(connect().connection.start()).rejects.toThrow(/cannot be reached .*\(status 503\)/)
    slack.on(method, (_call, response) => response.writeHead(200).end('<html>secret page</html>'))
    await expect(connect().connection.start()).rejects.toThrow('the answer is not one of Slack')
    slack.on(method, (_call, response) => response.writeHead(429, { 'retry-after': '7' }).end())
    await expect(connect().connection.start()).rejects.toThrow('wait 7 s')
    slack.on(method, (_call, response) => response.destroy())
    await expect(connect().connection.start()).rejects.toThrow(/cannot be reached at http:\/\/127/)
  })

  it('says so when the socket is closed or refused before the hello', async () => {
    slack.hello = false
    const starting = expect(connect().connection.start()).rejects.toThrow('cannot be reached')
    await eventually(() => expect(slack.sockets.size).toBe(1))
    for (const socket of slack.sockets) socket.close()
    await starting
    slack.on('apps.connections.open', () => ({ ok: true, url: 'ws://127.0.0.1:1/' }))
    await expect(connect().connection.start()).rejects.toThrow('cannot be reached')
  })

  it('gives up when no hello comes', async () => {
    slack.hello = false
    await expect(connect(hurried).connection.start()).rejects.toThrow('cannot be reached')
  })

  it('warns of scopes that the token lacks', async () => {
    slack.on('auth.test', (_call, response) =>
      response
        .writeHead(200, { 'x-oauth-scopes': 'commands,chat:write,users:read' })
        .end(JSON.stringify({ ok: true, team_id: 'T1', user_id: 'UBOT', bot_id: 'BBOT' })),
    )
    const { connection, lines } = connect()
    await connection.start()
    expect(lines.join()).toContain('"scopes":["im:write","users:read.email"]')
  })
})

describe('a running Socket Mode connection', () => {
  it('is renewed before Slack ends it, without a moment in which nothing can come', async () => {
    const { connection } = connect()
    await connection.start()
    connection.app.command('/claim', async ({ ack, body }) => ack(`done ${body.text}`))
    const [first] = slack.sockets
    slack.on('apps.connections.open', () => {
      // The old connection still works while the new one is opened.
      slack.send(command('meanwhile'))
      return { ok: true, url: `${slack.apiUrl.replace('http', 'ws')}link?ticket=t-2` }
    })
    slack.send({ type: 'disconnect', reason: 'refresh_requested' })
    await eventually(() => expect(slack.sockets.has(first ?? expect.fail())).toBe(false))
    expect(slack.sockets.size).toBe(1)
    expect(connection.isConnected()).toBe(true)
    slack.send(command('after'))
    await eventually(() =>
      expect(slack.acks).toEqual([
        { envelope_id: 'meanwhile', payload: { text: 'done meanwhile' } },
        { envelope_id: 'after', payload: { text: 'done after' } },
      ]),
    )
    expect(opens()).toBe(2)
  })

  it('lets a listener on the old connection finish before it is closed', async () => {
    const { connection } = connect()
    await connection.start()
    const held = Promise.withResolvers<void>()
    connection.app.command('/claim', async ({ ack }) => {
      await held.promise
      await ack('late')
    })
    slack.send(command('slow'))
    slack.send({ type: 'disconnect', reason: 'warning' })
    await eventually(() => expect(slack.sockets.size).toBe(2))
    held.resolve()
    await eventually(() => expect(slack.acks).toEqual([{ envelope_id: 'slow', payload: { text: 'late' } }]))
    await eventually(() => expect(slack.sockets.size).toBe(1))
  })

  it('is opened again at once when it is lost', async () => {
    const { connection } = connect()
    await connection.start()
    for (const socket of slack.sockets) socket.terminate()
    await eventually(() => expect(opens()).toBe(2))
    await eventually(() => expect(connection.isConnected()).toBe(true))
  })

  it('is tried again, ever more slowly, while Slack fails', async () => {
    const waits: number[] = []
    const { connection, fatal } = connect((delayMs, run) => {
      waits.push(delayMs)
      return realAfter(delayMs / 100, run)
    })
    await connection.start()
    let failures = 0
    slack.on('apps.connections.open', (_call, response) => {
      failures += 1
      if (failures === 1) return response.writeHead(503).end()
      if (failures === 2) return response.destroy()
      if (failures < 6) return { ok: false, error: 'internal_error' }
      return { ok: true, url: slack.apiUrl.replace('http', 'ws') }
    })
    for (const socket of slack.sockets) socket.terminate()
    await eventually(() => expect(failures).toBe(6))
    await eventually(() => expect(connection.isConnected()).toBe(true))
    // Other timers of the connection have other delays.
    expect(waits.filter((wait) => [500, 4_000, 8_000].includes(wait))).toEqual([500, 4_000, 8_000])
    expect(fatal).toEqual([])
  })

  it('waits as long as Slack asks when it is rate-limited', async () => {
    const waits: number[] = []
    const { connection } = connect((delayMs, run) => {
      waits.push(delayMs)
      return realAfter(delayMs / 100, run)
    })
    await connection.start()
    let limited = false
    slack.on('apps.connections.open', (_call, response) => {
      if (limited) return { ok: true, url: slack.apiUrl.replace('http', 'ws') }
      limited = true
      return response.writeHead(429, { 'retry-after': '37' }).end()
    })
    for (const socket of slack.sockets) socket.terminate()
    await eventually(() => expect(waits).toContain(37_000))
    await eventually(() => expect(connection.isConnected()).toBe(true))
  })

  it('reports a token that is refused later, once, instead of dying of it', async () => {
    const { connection, fatal } = connect()
    await connection.start()
    slack.on('apps.connections.open', () => ({ ok: false, error: 'invalid_auth' }))
    for (const socket of slack.sockets) socket.terminate()
    await eventually(() => expect(fatal.length).toBe(1))
    expect(fatal[0]?.message).toMatch(/^Slack refuses SLACK_APP_TOKEN/)
    expect(connection.isConnected()).toBe(false)
    expect(opens()).toBe(2)
  })

  it('survives frames that nobody expects', async () => {
    const { connection } = connect()
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
    for (const frame of garbage) slack.send(frame)
    for (const socket of slack.sockets) socket.send(Buffer.from([0, 1, 2]))
    slack.send({ type: 'events_api', envelope_id: 'limited', payload: { type: 'app_rate_limited' } })
    slack.send(command('real'))
    await eventually(() => {
      expect(slack.acks).toContainEqual({ envelope_id: 'real', payload: { text: 'still here' } })
      expect(slack.acks).toContainEqual({ envelope_id: 'limited', payload: {} })
    })
    expect(connection.isConnected()).toBe(true)
    expect(opens()).toBe(1)
  })
})

describe('the stop in socket mode', () => {
  it('closes the socket before it resolves', async () => {
    const { connection } = connect()
    await connection.start()
    await connection.stop({ deadlineMs: 100 })
    expect(connection.isConnected()).toBe(false)
    await eventually(() => expect(slack.sockets.size).toBe(0))
    expect(opens()).toBe(1)
  })

  it('closes a socket whose other end does not answer', async () => {
    const { connection } = connect()
    await connection.start()
    for (const socket of slack.sockets) socket.pause()
    await connection.stop({ deadlineMs: 100 })
    for (const socket of slack.sockets) socket.resume()
    await eventually(() => expect(slack.sockets.size).toBe(0))
  })

  it('waits for running listeners, whose answers still arrive', async () => {
    const { connection } = connect()
    await connection.start()
    const held = Promise.withResolvers<void>()
    const began = Promise.withResolvers<void>()
    connection.app.command('/claim', async ({ ack }) => {
      began.resolve()
      await held.promise
      await ack('kept')
    })
    slack.send(command('running'))
    await began.promise
    const stopped = connection.stop({ deadlineMs: 10_000 })
    expect(connection.isStopping()).toBe(true)
    held.resolve()
    await stopped
    await eventually(() =>
      expect(slack.acks).toEqual([{ envelope_id: 'running', payload: { text: 'kept' } }]),
    )
  })

  it('does not wait longer than it may', async () => {
    const { connection, lines } = connect()
    await connection.start()
    const held = Promise.withResolvers<void>()
    const began = Promise.withResolvers<void>()
    connection.app.command('/claim', async () => {
      began.resolve()
      await held.promise
    })
    slack.send(command('stuck'))
    await began.promise
    await connection.stop({ deadlineMs: 20 })
    expect(lines.join()).toContain('still running')
    held.resolve()
  })

  it('ends a reconnect that is under way, whatever it waits for', async () => {
    for (const hindrance of ['an answer', 'a hello', 'the next try'] as const) {
      const { connection } = connect()
      await connection.start()
      const before = opens()
      if (hindrance === 'an answer') slack.on('apps.connections.open', () => 'hang')
      if (hindrance === 'a hello') slack.hello = false
      if (hindrance === 'the next try') {
        slack.on('apps.connections.open', (_call, response) => response.writeHead(503).end())
      }
      for (const socket of slack.sockets) socket.terminate()
      await eventually(() => expect(opens()).toBe(before + 1))
      if (hindrance === 'a hello') await eventually(() => expect(slack.sockets.size).toBe(1))
      await connection.stop({ deadlineMs: 100 })
      expect(connection.isConnected()).toBe(false)
      slack.hello = true
      const { apiUrl } = slack
      slack.on('apps.connections.open', () => ({ ok: true, url: apiUrl.replace('http', 'ws') }))
    }
  })

  it('can be asked for before the start and twice', async () => {
    const { connection } = connect()
    await connection.stop({ deadlineMs: 10 })
    const other = connect().connection
    await other.start()
    await Promise.all([other.stop({ deadlineMs: 10 }), other.stop({ deadlineMs: 10 })])
  })
})
