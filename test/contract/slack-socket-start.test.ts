import { describe, expect, it } from 'vitest'
import { appToken, botToken } from '../fixtures/connection.ts'
import { eventually, hurried, useSocketMode } from '../fixtures/socket-mode.ts'

const bench = useSocketMode()

describe('the start in socket mode', () => {
  it('checks the bot token, then connects with the app token', async () => {
    const { connection } = bench().connect()
    expect(connection.isConnected()).toBe(false)
    await connection.start()
    expect(connection.isConnected()).toBe(true)
    expect(connection.identity()).toMatchObject({ teamId: 'T1', botUserId: 'UBOT', botId: 'BBOT' })
    expect(bench().slack.calls.map(({ method, token }) => [method, token])).toEqual([
      ['auth.test', botToken],
      ['apps.connections.open', appToken],
    ])
  })

  it.each(['invalid_auth', 'not_authed', 'token_revoked', 'account_inactive'])(
    'says in one sentence which token is wrong when auth.test answers %s',
    async (error) => {
      bench().slack.on('auth.test', () => ({ ok: false, error }))
      const start = bench().connect().connection.start()
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
    bench().slack.on('apps.connections.open', () => ({ ok: false, error }))
    const start = bench().connect().connection.start()
    await expect(start).rejects.toThrow(sentence)
    await expect(start).rejects.toHaveProperty('name', 'StartError')
  })

  it('refuses the token of a person and of an organisation-wide installation', async () => {
    bench().slack.on('auth.test', () => ({ ok: true, team_id: 'T1', user_id: 'U1' }))
    await expect(bench().connect().connection.start()).rejects.toThrow('is not the token of a bot')
    bench().slack.on('auth.test', () => ({
      ok: true,
      team_id: 'T1',
      user_id: 'U1',
      bot_id: 'B1',
      is_enterprise_install: true,
    }))
    await expect(bench().connect().connection.start()).rejects.toThrow('organisation-wide')
  })

  it.each(['auth.test', 'apps.connections.open'])('says so when %s fails otherwise', async (method) => {
    bench().slack.on(method, (_call, response) => response.writeHead(503).end('<html>'))
    await expect(bench().connect().connection.start()).rejects.toThrow(/cannot be reached .*\(status 503\)/)
    bench().slack.on(method, (_call, response) => response.writeHead(200).end('<html>secret page</html>'))
    await expect(bench().connect().connection.start()).rejects.toThrow('the answer is not one of Slack')
    bench().slack.on(method, (_call, response) => response.writeHead(429, { 'retry-after': '7' }).end())
    await expect(bench().connect().connection.start()).rejects.toThrow('wait 7 s')
    bench().slack.on(method, (_call, response) => response.destroy())
    await expect(bench().connect().connection.start()).rejects.toThrow(/cannot be reached at http:\/\/127/)
  })

  it('says so when the socket is closed or refused before the hello', async () => {
    bench().slack.hello = false
    const starting = expect(bench().connect().connection.start()).rejects.toThrow('cannot be reached')
    await eventually(() => expect(bench().slack.sockets.size).toBe(1))
    for (const socket of bench().slack.sockets) socket.close()
    await starting
    bench().slack.on('apps.connections.open', () => ({ ok: true, url: 'ws://127.0.0.1:1/' }))
    await expect(bench().connect().connection.start()).rejects.toThrow('cannot be reached')
  })

  it('gives up when no hello comes', async () => {
    bench().slack.hello = false
    await expect(bench().connect(hurried).connection.start()).rejects.toThrow('cannot be reached')
  })

  it('warns of scopes that the token lacks', async () => {
    bench().slack.on('auth.test', (_call, response) =>
      response
        .writeHead(200, { 'x-oauth-scopes': 'commands,chat:write,users:read' })
        .end(JSON.stringify({ ok: true, team_id: 'T1', user_id: 'UBOT', bot_id: 'BBOT' })),
    )
    const { connection, lines } = bench().connect()
    await connection.start()
    expect(lines.join()).toContain(
      '"scopes":["channels:read","groups:read","im:write","usergroups:read","users:read.email"]',
    )
  })
})
