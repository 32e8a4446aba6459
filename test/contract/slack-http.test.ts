import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { createHttpApp } from '../../src/http/app.ts'
import { type HttpServer, listen } from '../../src/http/listen.ts'
import { createLogger } from '../../src/log.ts'
import type { SlackConnection } from '../../src/slack/connection.ts'
import { connectTo } from '../fixtures/connection.ts'
import { type FakeSlack, startFakeSlack } from '../fixtures/fake-slack.ts'
import { readinessOf } from '../fixtures/readiness-of.ts'
import { type PostOptions, sign, signedPost } from '../fixtures/signed-post.ts'

let slack: FakeSlack
let connection: SlackConnection
let server: HttpServer
let heard: string[]
const unhandled: unknown[] = []
const onUnhandled = (reason: unknown): void => void unhandled.push(reason)

beforeEach(async () => {
  unhandled.length = 0
  heard = []
  process.on('unhandledRejection', onUnhandled)
  slack = await startFakeSlack()
  connection = connectTo(slack, 'http').connection
  connection.app.command('/claim', async ({ ack, body }) => {
    heard.push(body.text)
    await ack({ text: `done ${body.text}` })
  })
  connection.app.event('app_home_opened', async ({ event }) => {
    heard.push(event.user)
  })
  const logger = createLogger({ level: 'silent', secrets: [] })
  const app = createHttpApp({
    readiness: readinessOf(connection.isConnected),
    metrics: async () => '',
    slack: connection.listener,
    routers: [],
    logger,
  })
  server = await listen({ app, host: '127.0.0.1', port: 0, after: systemClock.after, logger })
  await connection.start()
})

afterEach(async () => {
  await connection.stop({ deadlineMs: 100 })
  await server.close()
  await slack.close()
  process.off('unhandledRejection', onUnhandled)
  expect(unhandled).toEqual([])
})

const form = 'application/x-www-form-urlencoded'

const post = (body: string, options: PostOptions = {}): Promise<Response> =>
  signedPost(server.url, body, options)

const command = (text: string): string =>
  new URLSearchParams({
    command: '/claim',
    text,
    user_id: 'U1',
    team_id: 'T1',
    channel_id: 'C1',
    trigger_id: '1',
  }).toString()

describe('Slack over HTTP', () => {
  it('is ready once the token has been checked, until the stop', async () => {
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200)
    await connection.stop({ deadlineMs: 100 })
    expect((await fetch(`${server.url}/readyz`)).status).toBe(503)
  })

  it('answers a signed command in the acknowledgement', async () => {
    const answer = await post(command('زيد & Ünal'))
    expect([answer.status, await answer.json()]).toEqual([200, { text: 'done زيد & Ünal' }])
  })

  it('takes a content type with a charset, as proxies send it', async () => {
    expect((await post(command('x'), { type: `${form}; charset=UTF-8` })).status).toBe(200)
  })

  it('answers the question by which Slack checks the address', async () => {
    const body = JSON.stringify({ type: 'url_verification', challenge: 'c-1' })
    const answer = await post(body, { type: 'application/json' })
    expect(await answer.json()).toEqual({ challenge: 'c-1' })
    expect((await post('ssl_check=1')).status).toBe(200)
    expect((await post('ssl_check=1', { secret: 'forged-secret' })).status).toBe(401)
  })

  it('acknowledges events, also those that nobody wants', async () => {
    const event = (inner: object) =>
      JSON.stringify({ type: 'event_callback', event_id: 'E', team_id: 'T1', event: inner })
    const json = { type: 'application/json' }
    expect((await post(event({ type: 'app_home_opened', user: 'U7' }), json)).status).toBe(200)
    expect((await post(event({ type: 'something_new' }), json)).status).toBe(200)
    expect((await post(JSON.stringify({ type: 'app_rate_limited' }), json)).status).toBe(200)
    expect(heard).toEqual(['U7'])
  })

  it('refuses forged, stale and unsigned requests with 401', async () => {
    const now = Math.floor(Date.now() / 1000)
    const body = command('forged')
    const answers = await Promise.all([
      post(body, { secret: 'another-secret' }),
      post(body, { secret: ' ' }),
      post(body, { atSeconds: now - 301 }),
      post(body, { headers: { 'x-slack-signature': '' } }),
      post(body, { headers: { 'x-slack-signature': 'v0' } }),
      post(body, { headers: { 'x-slack-signature': sign(`${body}!`, now) } }),
      post(body, { headers: { 'x-slack-signature': sign(body, now).replace('v0', 'v1') } }),
      post(body, { headers: { 'x-slack-request-timestamp': 'yesterday' } }),
      post(body, { headers: { 'x-slack-request-timestamp': '' } }),
      fetch(`${server.url}/slack/events`, { method: 'POST', body }),
      fetch(`${server.url}/slack/events`, { method: 'POST' }),
    ])
    expect(answers.map((answer) => answer.status)).toEqual(answers.map(() => 401))
    expect(heard).toEqual([])
  })

  it('accepts a request that is just young enough', async () => {
    expect((await post(command('x'), { atSeconds: Math.floor(Date.now() / 1000) - 290 })).status).toBe(200)
  })

  it('refuses bodies above 1 MB with 413, signed or not, and compressed ones', async () => {
    const big = `text=${'x'.repeat(1024 * 1024)}`
    expect((await post(big)).status).toBe(413)
    expect((await post(big, { secret: 'forged-secret' })).status).toBe(413)
    expect((await post(command('x'), { headers: { 'content-encoding': 'gzip' } })).status).toBe(415)
    expect(heard).toEqual([])
  })

  it('refuses what is signed but cannot be read with 400, at once', async () => {
    const json = 'application/json'
    const bodies: readonly (readonly [string, string])[] = [
      ['', form],
      ['payload={', form],
      ['payload=null', form],
      ['payload=[1]', form],
      ['{', json],
      ['null', json],
      ['"text"', json],
      ['{}', json],
      ['{"event":null}', json],
      ['{"event":7}', json],
      ['{"type":"view_submission","view":null}', json],
      ['{"type":"view_submission","view":{"callback_id":7},"user":{"id":"U1"}}', json],
      ['{"type":"block_actions","actions":[]}', json],
      ['{"type":"block_actions","actions":[],"user":{"id":"U1"}}', json],
      ['{"type":"dialog_cancellation","user":{"id":"U1"}}', json],
      [command('x'), 'text/plain'],
      [command('x'), ''],
      [command('x'), json],
    ]
    const began = Date.now()
    for (const [body, type] of bodies) {
      expect((await post(body, { type })).status, `${type} ${body}`).toBe(400)
    }
    // Bolt's receivers answer some of these after 3 s each.
    expect(Date.now() - began).toBeLessThan(2_500)
    expect((await post(command('after'))).status).toBe(200)
  })

  it('refuses other methods and paths', async () => {
    expect((await fetch(`${server.url}/slack/events`)).status).toBe(405)
    expect((await fetch(`${server.url}/slack/events`, { method: 'PUT', body: 'x' })).status).toBe(405)
    expect((await fetch(`${server.url}/slack/install`)).status).toBe(404)
    expect((await fetch(`${server.url}//slack/events`, { method: 'POST' })).status).toBe(404)
  })

  it('refuses at once, with an error, what a listener failed to answer', async () => {
    connection.app.command('/broken', async () => {
      throw new Error('broken')
    })
    const body = command('x').replace('claim', 'broken')
    expect((await post(body)).status).toBe(400)
  })
})

describe('the clients', () => {
  it('send the token of their own client only', async () => {
    await connection.client.auth.test()
    await connection.interactiveClient.auth.test()
    expect(new Set(slack.calls.map((call) => call.token))).toEqual(new Set(['xoxb-1-right']))
    await expect(connection.app.client.auth.test()).resolves.toBeDefined()
    expect(slack.calls.at(-1)?.token).toBe('')
  })

  it('never repeat a call by themselves, and never wait for a rate limit', async () => {
    for (const client of [connection.client, connection.interactiveClient]) {
      slack.calls.length = 0
      slack.on('chat.postMessage', (_call, response) => response.writeHead(503).end())
      await expect(client.chat.postMessage({ channel: 'C1', text: 'x' })).rejects.toHaveProperty(
        'statusCode',
        503,
      )
      slack.on('chat.postMessage', (_call, response) =>
        response.writeHead(429, { 'retry-after': '30' }).end(),
      )
      await expect(client.chat.postMessage({ channel: 'C1', text: 'x' })).rejects.toHaveProperty(
        'retryAfter',
        30,
      )
      expect(slack.calls.length).toBe(2)
    }
  })

  it("never leave Slack's address, whatever a method is called", async () => {
    await expect(connection.client.apiCall('http://127.0.0.1:1/steal')).resolves.toBeDefined()
    expect(slack.calls.at(-1)?.method).toContain('steal')
  })

  it('ask who we are once, not for every payload', async () => {
    slack.calls.length = 0
    for (const text of ['a', 'b', 'c']) await post(command(text))
    expect(heard).toEqual(['a', 'b', 'c'])
    expect(slack.calls).toEqual([])
  })
})
