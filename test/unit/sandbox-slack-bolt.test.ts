import { App, HTTPReceiver, LogLevel, SocketModeReceiver } from '@slack/bolt'
import { afterEach, describe, expect, it } from 'vitest'
import { type SandboxSlack, type SlackOptions, startSlack } from '../../sandbox/slack/start-slack.ts'

const plain = (text: string) => ({ type: 'plain_text' as const, text })
const claimButton = (value: string) => ({
  type: 'actions' as const,
  block_id: `card-${value}`,
  elements: [{ type: 'button' as const, action_id: 'claim', text: plain('Claim Chat'), value }],
})

const form = {
  type: 'modal' as const,
  callback_id: 'handoff',
  private_metadata: 'chat-1',
  title: plain('Hand off'),
  submit: plain('Hand Off'),
  blocks: [
    {
      type: 'input' as const,
      block_id: 'to',
      label: plain('To'),
      element: { type: 'external_select' as const, action_id: 'colleague', min_query_length: 1 },
    },
    {
      type: 'input' as const,
      block_id: 'note',
      label: plain('Note'),
      element: { type: 'plain_text_input' as const, action_id: 'text', max_length: 20 },
    },
  ],
}

const addListeners = (app: App) => {
  app.command('/claim', async ({ command, ack }) => {
    await ack(`Looking for ${command.text}`)
  })
  app.command('/broken', async () => {
    throw new Error('on purpose')
  })
  app.command('/silent', async () => {})
  app.command('/handoff', async ({ ack, body, client }) => {
    await ack()
    await client.views.open({ trigger_id: body.trigger_id, view: form })
  })
  app.action('claim', async ({ ack, body, action, respond }) => {
    await ack()
    const value = action.type === 'button' ? action.value : ''
    await respond({ replace_original: true, text: `Chat ${value} claimed by <@${body.user.id}>` })
  })
  app.options<'block_suggestion'>(
    { type: 'block_suggestion', action_id: 'colleague' },
    async ({ ack, options }) => {
      await ack({ options: [{ text: plain(`Ben (${options.value})`), value: 'ben' }] })
    },
  )
  app.view('handoff', async ({ ack, view }) => {
    const note = view.state.values.note?.text?.value
    if (note === 'bad') await ack({ response_action: 'errors', errors: { note: 'Say more.' } })
    else if (note === 'next')
      await ack({ response_action: 'update', view: { ...form, title: plain('Done'), callback_id: 'done' } })
    else await ack()
  })
  app.event('app_home_opened', async ({ event, client }) => {
    await client.views.publish({ user_id: event.user, view: { type: 'home', blocks: [claimButton('home')] } })
  })
}

const running: { stop: () => Promise<unknown> }[] = []
afterEach(async () => {
  for (const each of running.splice(0).reverse()) await each.stop()
})

const start = async (mode: 'socket' | 'http', options: SlackOptions = {}): Promise<SandboxSlack> => {
  const slack = await startSlack({ mode, ...options })
  running.push({ stop: slack.close })
  const clientOptions = { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } }
  const receiver =
    mode === 'socket'
      ? new SocketModeReceiver({
          appToken: slack.appToken,
          clientPingTimeout: 100,
          logLevel: LogLevel.ERROR,
          installerOptions: { clientOptions: { slackApiUrl: slack.apiUrl } },
        })
      : new HTTPReceiver({ signingSecret: slack.signingSecret, logLevel: LogLevel.ERROR })
  const app = new App({
    receiver,
    clientOptions,
    convoStore: false,
    logLevel: LogLevel.ERROR,
    authorize: async () => ({
      botToken: slack.botToken,
      botId: slack.app.botId,
      botUserId: slack.app.botUserId,
    }),
  })
  app.error(async () => {})
  addListeners(app)
  if (receiver instanceof SocketModeReceiver) {
    await app.start()
    running.push({ stop: () => receiver.client.disconnect() })
  } else {
    const server = await app.start({ port: 0, host: '127.0.0.1' })
    const address = 'address' in server ? server.address() : null
    const port = typeof address === 'object' ? address?.port : null
    slack.setRequestUrl(`http://127.0.0.1:${port}/slack/events`)
    running.push({ stop: () => app.stop() })
  }
  return slack
}

describe.each(['socket', 'http'] as const)('A Bolt app in %s mode', (mode) => {
  it('answers a command with a message that only the person sees', async () => {
    const slack = await start(mode)
    const ann = slack.as('ann')
    const sent = await ann.command('/claim', '@ben & co', { channel: 'support' })
    expect(sent).toMatchObject({ acknowledged: true, message: { ephemeralTo: ann.id } })
    expect(sent.error).toBeUndefined()
    expect(ann.sees('support').map(({ text }) => text)).toEqual(['Looking for <@U0BEN|ben> &amp; co'])
    expect(slack.as('ben').sees('support')).toEqual([])
  })

  it('updates the card through the response_url of a clicked button', async () => {
    const slack = await start(mode)
    const posted = await fetch(`${slack.apiUrl}chat.postMessage`, {
      method: 'POST',
      headers: { authorization: `Bearer ${slack.botToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ channel: 'C0SUPPORT', text: 'Anna waits', blocks: [claimButton('7')] }),
    })
    expect(await posted.json()).toMatchObject({ ok: true })
    const card = await slack.until(() => slack.as('ben').sees('support')[0])
    expect((await slack.as('ben').click(card, 'Claim Chat')).acknowledged).toBe(true)
    await slack.until(() => slack.message(card.channel, card.ts)?.text === 'Chat 7 claimed by <@U0BEN>')
    await expect(slack.as('ann').click(card, 'Claim Chat')).rejects.toThrow('Nothing like "Claim Chat"')
    expect((await slack.as('ann').click(card, 'Claim Chat', { forged: true })).acknowledged).toBe(true)
    await slack.until(() => slack.message(card.channel, card.ts)?.text === 'Chat 7 claimed by <@U0ANN>')
  })

  it('opens a form, offers options, refuses a field, and closes it when it is right', async () => {
    const slack = await start(mode)
    const ann = slack.as('ann')
    await ann.command('/handoff')
    const view = await slack.until(() => ann.modal())
    expect(view).toMatchObject({ title: 'Hand off', privateMetadata: 'chat-1' })

    expect((await ann.submit(view)).errors).toEqual({
      to: 'Please complete this required field.',
      note: 'Please complete this required field.',
    })
    const offered = await ann.options(view, 'colleague', 'be')
    expect(offered.options).toMatchObject([{ value: 'ben', text: { text: 'Ben (be)' } }])

    const refused = await ann.submit(view, { colleague: 'ben', note: 'bad' })
    expect(refused.errors).toEqual({ note: 'Say more.' })
    const updated = await ann.submit(view, { note: 'next' })
    expect(updated.view?.title).toBe('Done')
    expect(updated.view?.values.to?.colleague).toMatchObject({ selected_option: { value: 'ben' } })
    expect(ann.modals()).toHaveLength(1)
    await ann.close(view)
    expect(ann.modals()).toEqual([])
    expect(slack.breaches).toEqual([])
  })

  it('shows a Home tab when it is opened, with buttons that work', async () => {
    const slack = await start(mode)
    const ann = slack.as('ann')
    expect((await ann.openHome()).acknowledged).toBe(true)
    const home = await slack.until(() => ann.home())
    const clicked = await ann.click(home, 'claim')
    expect(clicked).toMatchObject({ acknowledged: true, responseUrl: null })
  })

  it('makes the person see operation_timeout when nothing acknowledges in time', async () => {
    const slack = await start(mode, { ackTimeoutMs: 150 })
    expect(await slack.as('ann').command('/silent')).toMatchObject({
      acknowledged: false,
      error: 'operation_timeout',
    })
  })

  it('makes the person see dispatch_failed when no app is there', async () => {
    const slack = await startSlack({ mode, requestUrl: 'http://127.0.0.1:9/slack/events' })
    running.push({ stop: slack.close })
    expect((await slack.as('ann').command('/claim')).error).toBe('dispatch_failed')
  })
})

describe('Socket Mode', () => {
  it.each(['warning', 'refresh_requested'] as const)('brings the app back after %s', async (reason) => {
    const slack = await start('socket')
    expect(slack.sockets.open).toBe(1)
    slack.sockets.refresh(reason)
    expect(slack.sockets.open).toBe(0)
    await slack.until(() => slack.sockets.open === 1)
    expect((await slack.as('ann').command('/claim', 'x')).acknowledged).toBe(true)
  })

  it('brings the app back after a cut connection', async () => {
    const slack = await start('socket')
    slack.sockets.drop()
    await slack.until(() => slack.sockets.open === 0)
    await slack.until(() => slack.sockets.open === 1)
    expect((await slack.as('ann').command('/claim', 'x')).acknowledged).toBe(true)
  })
})
