import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openAuditTrail } from '../fixtures/audit-trail.ts'
import { type Scene, startScene } from '../fixtures/start-scene.ts'

const IVAN = '79001234567'

describe('Bad input costs nothing, at the address that Slack posts to', () => {
  let scene: Scene
  beforeEach(async () => {
    scene = await startScene({ mode: 'http' })
    await scene.slack.as('ann').command('/baton', 'link')
    scene.wamm.customerWrites(IVAN, { name: 'Ivan', text: 'Hello?' })
    await scene.baton.pollNow()
  })
  afterEach(() => scene.close())

  const command = () =>
    new URLSearchParams({
      command: '/claim',
      text: 'ivan',
      user_id: 'U0ANN',
      team_id: scene.slack.team.id,
      channel_id: 'C0SUPPORT',
      trigger_id: 'x.y',
    }).toString()

  const seconds = (ago = 0) => String(Math.floor(Date.now() / 1_000) - ago)
  const sign = (secret: string, at: string, body: string) =>
    `v0=${createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex')}`

  const post = (
    body: string,
    headers: Readonly<Record<string, string>>,
    path = '/slack/events',
  ): Promise<Response> =>
    fetch(`${scene.baton.url()}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body,
    })

  const signed = (body: string, { secret = scene.slack.signingSecret, ago = 0 } = {}) => {
    const at = seconds(ago)
    return { 'x-slack-request-timestamp': at, 'x-slack-signature': sign(secret, at, body) }
  }

  const decisions = () => {
    const trail = openAuditTrail(scene.databaseFile)
    try {
      return trail.history(IVAN).filter(({ via }) => via === 'slack')
    } finally {
      trail.close()
    }
  }

  it('carries out what Slack has signed', async () => {
    const body = command()
    const response = await post(body, signed(body))
    expect(response.status).toBe(200)
    expect(await response.text()).toContain('You have the chat with Ivan')
    expect(decisions()).toHaveLength(1)
  })

  it.each([
    ['no signature', () => ({})],
    ['a signature of another secret', () => signed(command(), { secret: 'another-secret' })],
    ['a signature of another body', () => signed('command=%2Frelease')],
    ['a request recorded six minutes ago', () => signed(command(), { ago: 360 })],
    ['a time that is no number', () => ({ ...signed(command()), 'x-slack-request-timestamp': 'now' })],
    [
      'a signature without a time',
      () => ({ 'x-slack-signature': sign(scene.slack.signingSecret, '', command()) }),
    ],
    ['an empty signature', () => ({ ...signed(command()), 'x-slack-signature': '' })],
  ])('refuses %s with 401', async (_name, headers) => {
    const response = await post(command(), headers())
    expect(response.status).toBe(401)
    expect(await response.text()).toBe('')
    expect(decisions()).toEqual([])
  })

  it('refuses more than a megabyte with 413', async () => {
    const body = `${command()}&more=${'x'.repeat(1_100_000)}`
    expect((await post(body, signed(body))).status).toBe(413)
    expect(decisions()).toEqual([])
  })

  it.each([
    ['JSON that is none', '{"type":', 'application/json', 400],
    ['JSON that is no object', '[]', 'application/json', 400],
    ['a payload that is no JSON', 'payload=%7B', 'application/x-www-form-urlencoded', 400],
    ['no content type that Slack uses', 'x', 'text/plain', 400],
    ['nothing', '', 'application/json', 400],
    ['an object that says nothing', '{}', 'application/json', 400],
  ])('refuses %s, though signed', async (_name, body, type, status) => {
    const response = await post(body, { ...signed(body), 'content-type': type })
    expect(response.status).toBe(status)
    expect(decisions()).toEqual([])
  })

  it('knows other methods and paths by no more than their refusal, and stays up', async () => {
    const url = scene.baton.url()
    expect((await fetch(`${url}/slack/events`)).status).toBe(405)
    expect((await fetch(`${url}/%`)).status).toBe(404)
    expect((await post(command(), signed(command()), '/slack/other')).status).toBe(404)
    expect((await fetch(`${url}/healthz`)).status).toBe(200)
    expect((await fetch(`${url}/readyz`)).status).toBe(200)
  })
})
