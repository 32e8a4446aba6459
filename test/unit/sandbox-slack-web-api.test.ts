import {
  LogLevel,
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebClient,
} from '@slack/web-api'
import { afterEach, describe, expect, it } from 'vitest'
import type { Fault } from '../../sandbox/slack/faults.ts'
import { type SandboxSlack, type SlackOptions, startSlack } from '../../sandbox/slack/start-slack.ts'

const running: SandboxSlack[] = []
afterEach(async () => {
  for (const slack of running.splice(0)) await slack.close()
})

const start = async (options: SlackOptions = {}) => {
  const slack = await startSlack(options)
  running.push(slack)
  const clientOf = (token: string) =>
    new WebClient(token, {
      slackApiUrl: slack.apiUrl,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      logLevel: LogLevel.ERROR,
    })
  return { slack, client: clientOf(slack.botToken), clientOf }
}

const errorOf = async (call: Promise<unknown>): Promise<string> => {
  try {
    await call
  } catch (error) {
    if (error instanceof WebAPIPlatformError) return error.data.error
    if (error instanceof WebAPIHTTPError) return `HTTP ${error.statusCode}`
    if (error instanceof WebAPIRateLimitedError) return `429 after ${error.retryAfter} s`
    return 'request failed'
  }
  return 'no error'
}

const modal = { type: 'modal' as const, title: { type: 'plain_text' as const, text: 'T' }, blocks: [] }

describe('The Web API of the sandbox', () => {
  it('knows a wrong token, a token of the wrong kind and a missing scope', async () => {
    const { slack, client, clientOf } = await start({ scopes: ['chat:write'] })
    expect(await errorOf(clientOf('xoxb-other').auth.test())).toBe('invalid_auth')
    expect(await errorOf(clientOf(slack.appToken).auth.test())).toBe('not_allowed_token_type')
    expect(await errorOf(client.apps.connections.open({}))).toBe('not_allowed_token_type')
    await expect(client.users.info({ user: 'U0ANN' })).rejects.toMatchObject({
      data: { error: 'missing_scope', needed: 'users:read' },
    })
    const { client: ofPublic } = await start({ scopes: ['channels:read'] })
    expect(await errorOf(ofPublic.conversations.info({ channel: 'C0SUPPORT' }))).toBe('no error')
    expect(await errorOf(ofPublic.conversations.info({ channel: 'C0SALES' }))).toBe('missing_scope')
    expect(await errorOf(client.chat.postMessage({ channel: 'C0SUPPORT', text: 'x' }))).toBe('no error')
  })

  it('refuses what the bot may not write to', async () => {
    const { slack, client } = await start()
    const post = (channel: string) => errorOf(client.chat.postMessage({ channel, text: 'x' }))
    expect(await post('C0RANDOM')).toBe('not_in_channel')
    expect(await post('C0SECRET')).toBe('channel_not_found')
    expect(await post('C0OLD')).toBe('is_archived')
    expect(await post('C0SALES')).toBe('no error')
    const whisper = { channel: 'C0SALES', text: 'x', user: 'U0BEN' }
    expect(await errorOf(client.chat.postEphemeral(whisper))).toBe('user_not_in_channel')
    await client.conversations.join({ channel: 'C0RANDOM' })
    expect(await post('C0RANDOM')).toBe('no error')

    const { ts } = slack.as('ann').say('support', 'hello')
    const change = { channel: 'C0SUPPORT', ts, text: 'x' }
    expect(await errorOf(client.chat.update(change))).toBe('cant_update_message')
    expect(await errorOf(client.chat.delete(change))).toBe('cant_delete_message')
    const long = { channel: 'C0SUPPORT', ts: '', text: 'x'.repeat(4_001) }
    const posted = await client.chat.postMessage(long)
    expect(await errorOf(client.chat.update({ ...long, ts: posted.ts ?? '' }))).toBe('msg_too_long')
  })

  it('tells guests, strangers, bots, admins and deactivated people apart', async () => {
    const { slack, client } = await start()
    slack.addUser({ name: 'sue', isUltraRestricted: true, isRestricted: true })
    const info = async (name: string) => (await client.users.info({ user: slack.as(name).id })).user
    expect(await info('gus')).toMatchObject({ is_restricted: true, is_ultra_restricted: false })
    expect(await info('sue')).toMatchObject({ is_restricted: true, is_ultra_restricted: true })
    expect(await info('dora')).toMatchObject({ is_admin: true, is_owner: false })
    expect(await info('olaf')).toMatchObject({ deleted: true })
    expect(await info('sid')).toMatchObject({ is_stranger: true, team_id: 'T0OTHER' })
    expect(await info('baton')).toMatchObject({ is_bot: true })
    expect(await errorOf(client.conversations.open({ users: 'U0OLAF' }))).toBe('user_disabled')
    expect(await errorOf(client.users.lookupByEmail({ email: 'olaf@acme.test' }))).toBe('users_not_found')
    const { members = [] } = await client.users.list({})
    expect(members.map(({ name }) => name)).toEqual(expect.arrayContaining(['olaf', 'gus']))
    expect(members.some(({ name }) => name === 'sid')).toBe(false)
  })

  it('lists groups, their people and the rooms of the bot', async () => {
    const { client } = await start()
    expect(await client.usergroups.list({ include_users: true })).toMatchObject({
      usergroups: [{ id: 'S0SUPPORT', handle: 'support-team', users: ['U0ANN', 'U0BEN'] }],
    })
    expect(await client.usergroups.users.list({ usergroup: 'S0SUPPORT' })).toMatchObject({
      users: ['U0ANN', 'U0BEN'],
    })
    expect(await errorOf(client.usergroups.users.list({ usergroup: 'S404' }))).toBe('no_such_subteam')
    const { channels = [] } = await client.users.conversations({ types: 'public_channel,private_channel' })
    expect(channels.map(({ name }) => name)).toEqual(['general', 'support', 'sales', 'old', 'shared'])
    const { members = [] } = await client.conversations.members({ channel: 'C0SALES' })
    expect(members).toEqual(['U0ANN', 'U0DORA', 'U0BATON'])
    expect((await client.conversations.info({ channel: 'C0SHARED' })).channel).toMatchObject({
      is_ext_shared: true,
      is_member: true,
    })
  })

  it('answers a method or an argument that does not exist as Slack does', async () => {
    const { client } = await start()
    expect(await errorOf(client.apiCall('chat.shout', {}))).toBe('unknown_method')
    expect(await errorOf(client.apiCall('toString', {}))).toBe('unknown_method')
    await expect(client.apiCall('users.info', {})).rejects.toMatchObject({
      data: {
        error: 'invalid_arguments',
        response_metadata: { messages: ['[ERROR] missing required field: user'] },
      },
    })
    expect(await errorOf(client.apiCall('views.publish', { user_id: 'U0ANN', view: modal }))).toBe(
      'invalid_arguments',
    )
  })

  it('keeps a record of calls without the token', async () => {
    const { slack, client } = await start()
    await client.chat.postMessage({ token: slack.botToken, channel: 'C0SUPPORT', text: 'x' })
    await errorOf(client.chat.postMessage({ channel: 'C404', text: 'x' }))
    expect(slack.callsTo('chat.postMessage')).toMatchObject([
      { args: { channel: 'C0SUPPORT', text: 'x' }, status: 200, error: null },
      { status: 200, error: 'channel_not_found' },
    ])
    expect(JSON.stringify(slack.calls)).not.toContain(slack.botToken)
  })

  it('answers 429 with Retry-After beyond the rate tiers, and takes calls again later', async () => {
    let now = 1_800_000_000_000
    const { slack, client } = await start({ enforceTiers: true, clock: () => now })
    const post = (channel: string) => errorOf(client.chat.postMessage({ channel, text: 'x' }))
    for (let count = 0; count < 3; count += 1) expect(await post('C0SUPPORT')).toBe('no error')
    expect(await post('C0SUPPORT')).toBe('429 after 1 s')
    expect(await post('C0GENERAL')).toBe('no error')
    now += 1_000
    expect(await post('C0SUPPORT')).toBe('no error')
    for (let count = 0; count < 20; count += 1) await client.users.list({})
    expect(await errorOf(client.users.list({}))).toBe('429 after 3 s')
    expect(slack.rateLimitedCalls).toBe(2)
  })
})

describe('A fault of the sandbox', () => {
  const faults: readonly [Fault, string, number][] = [
    [{ kind: 'outage' }, 'HTTP 503', 0],
    [{ kind: 'reset' }, 'request failed', 0],
    [{ kind: 'lost-answer' }, 'request failed', 1],
    [{ kind: 'delay', delayMs: 20 }, 'no error', 1],
    [{ kind: 'rate-limited', retryAfterSeconds: 7 }, '429 after 7 s', 0],
    [{ kind: 'error', error: 'internal_error' }, 'internal_error', 0],
    [{ kind: 'html' }, '<html>Something went wrong</html>', 0],
  ]
  it.each(faults)('%j is seen as "%s" and leaves %d messages', async (fault, seen, count) => {
    const { slack, client } = await start()
    slack.faults.inject('chat.postMessage', fault, 1)
    const post = () => errorOf(client.chat.postMessage({ channel: 'C0SUPPORT', text: 'x' }))
    expect(await errorOf(client.auth.test())).toBe('no error')
    expect(await post()).toBe(seen)
    expect(slack.messages).toHaveLength(count)
    expect(await post()).toBe('no error')
    expect(slack.messages).toHaveLength(count + 1)
  })

  it('lasts until it is cleared, on every method', async () => {
    const { slack, client } = await start()
    slack.faults.inject('any', { kind: 'outage' })
    for (let count = 0; count < 3; count += 1) expect(await errorOf(client.auth.test())).toBe('HTTP 503')
    slack.faults.clear()
    expect(await errorOf(client.auth.test())).toBe('no error')
  })
})

describe('until', () => {
  it('rejects with what there is, when it does not become so', async () => {
    const { slack } = await start()
    slack.as('ann').say('support', 'only this')
    await expect(slack.until(() => slack.messages.length > 1, { timeoutMs: 30 })).rejects.toThrow(/only this/)
  })
})
