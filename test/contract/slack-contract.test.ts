import { LogLevel, WebAPIPlatformError, WebClient } from '@slack/web-api'
import { createEmulator } from 'emulate'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { recordOrEmpty, stringOrEmpty } from '../../sandbox/slack/json.ts'
import { startSlack } from '../../sandbox/slack/start-slack.ts'

/**
 * What the sandbox's Slack and an independent emulation of Slack must agree on, asked through Slack's own
 * client. It keeps the sandbox from being right only in its author's eyes.
 */
interface SlackUnderTest {
  readonly apiUrl: string
  readonly token: string
  /** A public channel with everybody in it. */
  readonly channel: string
  readonly botUser: string
  readonly ann: string
  readonly carla: string
  readonly annEmail: string
  /** What a click or command of Ann would carry; `viewId` when done in that modal. */
  readonly trigger: (viewId?: string) => Promise<string>
  readonly letSecondsPass: (seconds: number) => void
  readonly close: () => Promise<void>
}

const quiet = { retryConfig: { retries: 0 }, timeout: 5_000, logLevel: LogLevel.ERROR }

const startSandbox = async (): Promise<SlackUnderTest> => {
  let offsetMs = 0
  const slack = await startSlack({ clock: () => Date.now() + offsetMs })
  return {
    apiUrl: slack.apiUrl,
    token: slack.botToken,
    channel: 'C0SUPPORT',
    botUser: slack.app.botUserId,
    ann: 'U0ANN',
    carla: 'U0CARLA',
    annEmail: 'ann@acme.test',
    trigger: async (viewId) => slack.trigger('ann', viewId),
    letSecondsPass: (seconds) => {
      offsetMs += seconds * 1000
    },
    close: slack.close,
  }
}

const botToken = {
  token: 'xoxb-1',
  type: 'bot',
  user_id: 'UBOT',
  app_id: 'A1',
  bot_id: 'B1',
  bot_user_id: 'UBOT',
  scopes: ['chat:write', 'users:read', 'users:read.email', 'im:write', 'channels:read'],
}

const startEmulator = async (): Promise<SlackUnderTest> => {
  const emulator = await createEmulator({
    service: 'slack',
    port: 0,
    seed: {
      slack: {
        users: [
          { name: 'ann', email: 'ann@acme.test' },
          { name: 'carla', email: 'carla@acme.test', presence: 'away' },
        ],
        channels: [{ name: 'support' }],
        oauth_apps: [
          {
            app_id: 'A1',
            client_id: '1.2',
            client_secret: 's',
            name: 'Baton',
            redirect_uris: ['http://localhost/x'],
            scopes: botToken.scopes,
            bot_id: 'B1',
            bot_user_id: 'UBOT',
            bot_name: 'baton',
          },
        ],
        tokens: [botToken],
      },
    },
  })
  const apiUrl = `${emulator.url.replace('localhost', '127.0.0.1')}/api/`
  const client = new WebClient(botToken.token, { slackApiUrl: apiUrl, ...quiet })
  const { members = [] } = await client.users.list({})
  const idOf = (name: string) => members.find((member) => member.name === name)?.id ?? ''
  const { channels = [] } = await client.conversations.list({})
  const ann = idOf('ann')
  vi.useFakeTimers({ toFake: ['Date'] })
  return {
    apiUrl,
    token: botToken.token,
    channel: channels.find(({ name }) => name === 'support')?.id ?? '',
    botUser: 'UBOT',
    ann,
    carla: idOf('carla'),
    annEmail: 'ann@acme.test',
    trigger: async (viewId) => {
      const made = await client.apiCall('views.generateTriggerId', { user_id: ann, view_id: viewId ?? '' })
      return stringOrEmpty(recordOrEmpty(made).trigger_id)
    },
    letSecondsPass: (seconds) => {
      vi.setSystemTime(Date.now() + seconds * 1000)
    },
    close: async () => {
      vi.useRealTimers()
      await emulator.close()
    },
  }
}

const errorOf = async (call: Promise<unknown>): Promise<string> => {
  try {
    await call
  } catch (error) {
    if (error instanceof WebAPIPlatformError) return error.data.error
    throw error
  }
  return 'no error'
}

const text = (value: string) => ({ type: 'plain_text' as const, text: value })
const section = (value: string) => ({ type: 'section' as const, block_id: 'one', text: text(value) })
const modal = (title: string) => ({ type: 'modal' as const, title: text(title), blocks: [section(title)] })
const home = (value: string) => ({ type: 'home' as const, blocks: [section(value)] })

describe.each([
  ['the sandbox', startSandbox],
  ['emulate', startEmulator],
])('Slack as %s', (_name, start) => {
  let slack: SlackUnderTest
  let client: WebClient
  beforeEach(async () => {
    slack = await start()
    client = new WebClient(slack.token, { slackApiUrl: slack.apiUrl, ...quiet })
  })
  afterEach(() => slack.close())

  const post = (value: string) =>
    client.chat.postMessage({ channel: slack.channel, text: value, blocks: [section(value)] })

  it('tells whose token it is', async () => {
    expect(await client.auth.test()).toMatchObject({ ok: true, user_id: slack.botUser })
  })

  it('wants a token', async () => {
    const nobody = new WebClient(undefined, { slackApiUrl: slack.apiUrl, ...quiet })
    expect(await errorOf(nobody.users.list({}))).toBe('not_authed')
  })

  it('takes arguments as JSON too', async () => {
    const answer = await fetch(`${slack.apiUrl}chat.postMessage`, {
      method: 'POST',
      headers: { authorization: `Bearer ${slack.token}`, 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify({ channel: slack.channel, text: 'hi', blocks: [section('hi')] }),
    })
    expect(await answer.json()).toMatchObject({
      ok: true,
      message: { text: 'hi', blocks: [{ type: 'section' }] },
    })
  })

  it('posts a message and gives it a rising id', async () => {
    const first = await post('Anna waits')
    const second = await post('Otto waits')
    expect(first).toMatchObject({
      channel: slack.channel,
      message: { type: 'message', text: 'Anna waits', user: slack.botUser, blocks: [{ block_id: 'one' }] },
    })
    expect(first.ts).toMatch(/^\d{10}\.\d{6}$/)
    expect(Number(second.ts)).toBeGreaterThan(Number(first.ts))
  })

  it('refuses a message without a place or without content', async () => {
    expect(await errorOf(client.chat.postMessage({ channel: 'C404', text: 'hi' }))).toBe('channel_not_found')
    expect(await errorOf(client.chat.postMessage({ channel: slack.channel, text: '' }))).toBe('no_text')
  })

  it('opens the private conversation when it posts to a person', async () => {
    const opened = await client.conversations.open({ users: slack.ann })
    const posted = await client.chat.postMessage({ channel: slack.ann, text: 'psst' })
    expect(posted.channel).toMatch(/^D/)
    expect(posted.channel).toBe(opened.channel?.id)
    expect(await client.conversations.open({ users: slack.ann })).toMatchObject({ already_open: true })
  })

  it('refuses to open a conversation with nobody', async () => {
    expect(await errorOf(client.conversations.open({ users: '' }))).toBe('users_list_not_supplied')
    expect(await errorOf(client.conversations.open({ users: 'U404' }))).toBe('user_not_found')
  })

  it('updates a message in place; text alone removes the blocks', async () => {
    const { ts = '' } = await post('Anna waits')
    const both = await client.chat.update({
      channel: slack.channel,
      ts,
      text: 'Ben has Anna',
      blocks: [section('Ben')],
    })
    expect(both).toMatchObject({ ts, text: 'Ben has Anna', message: { blocks: [{ text: { text: 'Ben' } }] } })
    const { message } = await client.chat.update({ channel: slack.channel, ts, text: 'Closed' })
    expect(message).toMatchObject({ text: 'Closed' })
    expect(message?.blocks).toBeUndefined()
  })

  it('does not know a message that was deleted or never there', async () => {
    const { ts = '' } = await post('Anna waits')
    expect(await client.chat.delete({ channel: slack.channel, ts })).toMatchObject({ ts })
    const update = { channel: slack.channel, text: 'x' }
    expect(await errorOf(client.chat.update({ ...update, ts }))).toBe('message_not_found')
    expect(await errorOf(client.chat.delete({ channel: slack.channel, ts }))).toBe('message_not_found')
    expect(await errorOf(client.chat.update({ ...update, ts: '1700000000.000001' }))).toBe(
      'message_not_found',
    )
  })

  it('shows a message to one person only, which chat.update cannot reach', async () => {
    const whisper = { channel: slack.channel, text: 'only you' }
    const { message_ts = '' } = await client.chat.postEphemeral({ ...whisper, user: slack.ann })
    expect(message_ts).toMatch(/^\d{10}\.\d{6}$/)
    const update = { channel: slack.channel, ts: message_ts, text: 'x' }
    expect(await errorOf(client.chat.update(update))).toBe('message_not_found')
    expect(await errorOf(client.chat.postEphemeral({ ...whisper, user: 'U404' }))).toBe('user_not_found')
  })

  it('links to a message', async () => {
    const { ts = '' } = await post('Anna waits')
    const { permalink } = await client.chat.getPermalink({ channel: slack.channel, message_ts: ts })
    expect(permalink).toContain(`/archives/${slack.channel}/p${ts.replace('.', '')}`)
  })

  it('lists people page by page', async () => {
    const names: string[] = []
    let cursor = ''
    do {
      const { members = [], response_metadata } = await client.users.list({ limit: 1, cursor })
      expect(members).toHaveLength(1)
      names.push(members[0]?.name ?? '')
      cursor = response_metadata?.next_cursor ?? ''
    } while (cursor !== '')
    expect(names).toEqual(expect.arrayContaining(['ann', 'carla']))
    expect(new Set(names).size).toBe(names.length)
  })

  it('finds people by id and by mail address', async () => {
    const { user } = await client.users.info({ user: slack.ann })
    expect(user).toMatchObject({ id: slack.ann, name: 'ann', is_admin: false, is_bot: false, deleted: false })
    expect(user?.profile?.email).toBe(slack.annEmail)
    const found = await client.users.lookupByEmail({ email: slack.annEmail })
    expect(found.user?.id).toBe(slack.ann)
    expect(await errorOf(client.users.info({ user: 'U404' }))).toBe('user_not_found')
    expect(await errorOf(client.users.lookupByEmail({ email: 'no@acme.test' }))).toBe('users_not_found')
  })

  it('tells who is away', async () => {
    expect(await client.users.getPresence({ user: slack.ann })).toMatchObject({ presence: 'active' })
    expect(await client.users.getPresence({ user: slack.carla })).toMatchObject({ presence: 'away' })
  })

  it('opens a modal with a trigger, once', async () => {
    const trigger_id = await slack.trigger()
    const { view } = await client.views.open({ trigger_id, view: modal('Claim') })
    expect(view).toMatchObject({ type: 'modal', title: { text: 'Claim' }, previous_view_id: null })
    expect(view?.root_view_id).toBe(view?.id)
    expect(await errorOf(client.views.open({ trigger_id, view: modal('Claim') }))).toBe(
      'exchanged_trigger_id',
    )
  })

  it('opens no modal with a trigger that is too old or unknown', async () => {
    const trigger_id = await slack.trigger()
    slack.letSecondsPass(4)
    expect(await errorOf(client.views.open({ trigger_id, view: modal('Claim') }))).toBe('expired_trigger_id')
    const unknown = { trigger_id: '1.2.3', view: modal('Claim') }
    expect(await errorOf(client.views.open(unknown))).toBe('invalid_trigger_id')
  })

  it('stacks three modals and no more', async () => {
    const root = await client.views.open({ trigger_id: await slack.trigger(), view: modal('1') })
    let top = root.view?.id ?? ''
    for (const title of ['2', '3']) {
      const pushed = await client.views.push({ trigger_id: await slack.trigger(top), view: modal(title) })
      expect(pushed.view).toMatchObject({ previous_view_id: top, root_view_id: root.view?.id })
      top = pushed.view?.id ?? ''
    }
    const fourth = client.views.push({ trigger_id: await slack.trigger(top), view: modal('4') })
    expect(await errorOf(fourth)).toBe('push_limit_reached')
  })

  it('updates a view only while its hash is the one that was seen', async () => {
    const opened = await client.views.open({ trigger_id: await slack.trigger(), view: modal('Loading') })
    const { id: view_id = '', hash = '' } = opened.view ?? {}
    const updated = await client.views.update({ view_id, hash, view: modal('Ready') })
    expect(updated.view).toMatchObject({ id: view_id, title: { text: 'Ready' } })
    expect(updated.view?.hash).not.toBe(hash)
    expect(await errorOf(client.views.update({ view_id, hash, view: modal('Late') }))).toBe('hash_conflict')
    expect(await errorOf(client.views.update({ view_id: 'V404', view: modal('x') }))).toBe('not_found')
  })

  it('finds a view by an external id, which is unique', async () => {
    const named = { ...modal('Claim'), external_id: 'claim-1' }
    await client.views.open({ trigger_id: await slack.trigger(), view: named })
    const updated = await client.views.update({
      external_id: 'claim-1',
      view: { ...named, title: text('Again') },
    })
    expect(updated.view).toMatchObject({ external_id: 'claim-1', title: { text: 'Again' } })
    const twice = client.views.open({ trigger_id: await slack.trigger(), view: named })
    expect(await errorOf(twice)).toBe('duplicate_external_id')
  })

  it('publishes a Home tab again and again under one id', async () => {
    const first = await client.views.publish({ user_id: slack.ann, view: home('Empty') })
    const second = await client.views.publish({ user_id: slack.ann, view: home('One chat') })
    expect(second.view).toMatchObject({ id: first.view?.id, type: 'home' })
    const late = { user_id: slack.ann, hash: first.view?.hash ?? '', view: home('Late') }
    expect(await errorOf(client.views.publish(late))).toBe('hash_conflict')
    expect(await errorOf(client.views.publish({ user_id: 'U404', view: home('x') }))).toBe('user_not_found')
  })
})
