import { describe, expect, it } from 'vitest'
import { readableText } from '../../sandbox/slack/elements.ts'
import type { JsonRecord } from '../../sandbox/slack/json.ts'
import { call, card, connect, plain, postCard, postJson, start } from './bare-slack-app.ts'

describe('A click', () => {
  it('carries the payload that Slack documents', async () => {
    const slack = await start()
    const app = await connect(slack)
    const message = await postCard(slack)
    const clicked = await slack.as('ann').click(message, 'Claim Chat', { value: '8' })
    expect(app.payloads()[1]).toEqual({
      type: 'block_actions',
      user: { id: 'U0ANN', username: 'ann', name: 'ann', team_id: 'T0ACME' },
      api_app_id: 'A0BATON',
      token: 'sandbox-verification-token',
      container: { type: 'message', message_ts: message.ts, channel_id: 'C0SUPPORT', is_ephemeral: false },
      trigger_id: clicked.triggerId,
      team: { id: 'T0ACME', domain: 'acme' },
      enterprise: null,
      is_enterprise_install: false,
      channel: { id: 'C0SUPPORT', name: 'support' },
      message: expect.objectContaining({ type: 'message', ts: message.ts, text: 'Anna waits', blocks: card }),
      state: { values: { second: { to: { type: 'users_select', selected_user: null } } } },
      response_url: clicked.responseUrl,
      actions: [
        {
          type: 'button',
          action_id: 'claim',
          block_id: 'second',
          text: plain('Claim Chat'),
          value: '8',
          action_ts: expect.any(String),
        },
      ],
    })
    expect(app.envelopes[1]).toMatchObject({ type: 'interactive', accepts_response_payload: false })
  })

  it('can choose an overflow option by its text and a person in a select', async () => {
    const slack = await start()
    const app = await connect(slack)
    const message = await postCard(slack)
    await slack.as('ann').click(message, 'History')
    await slack.as('ann').click(message, 'to', { value: 'U0BEN' })
    const [, history, chosen] = app.payloads()
    expect(history).toMatchObject({ actions: [{ type: 'overflow', selected_option: { value: 'history' } }] })
    expect(chosen).toMatchObject({ actions: [{ type: 'users_select', selected_user: 'U0BEN' }] })
  })

  it('is refused when it is ambiguous, not there, or not visible to the person', async () => {
    const slack = await start()
    await connect(slack)
    const message = await postCard(slack)
    await expect(slack.as('ann').click(message, 'claim')).rejects.toThrow('fits several elements')
    await expect(slack.as('ann').click(message, 'release')).rejects.toThrow('Nothing like "release"')
    await expect(slack.as('sid').click(message, 'History')).rejects.toThrow('cannot see')
    expect(slack.interactions).toEqual([])
  })

  it('leaves the message out when that is ephemeral', async () => {
    const slack = await start()
    const app = await connect(slack)
    const whisper = { channel: 'C0SUPPORT', user: 'U0ANN', text: 'x', blocks: card }
    await call(slack, 'chat.postEphemeral', whisper)
    const [message] = slack.as('ann').sees('support')
    if (message === undefined) throw new Error('not seen')
    await slack.as('ann').click(message, 'History')
    expect(app.payloads()[1]).toMatchObject({ container: { is_ephemeral: true } })
    expect(app.payloads()[1]).not.toHaveProperty('message')
  })
})

describe('What a person can read in a message', () => {
  it('is every text of its blocks, buttons and options too', async () => {
    const { blocks } = await postCard(await start())
    expect(readableText(blocks).split('\n')).toEqual([
      'Claim Chat',
      'Claim Chat',
      'History',
      'Contact',
      'Who',
    ])
  })
})

describe('A response_url', () => {
  it('works five times, then answers 404 used_url', async () => {
    const slack = await start()
    await connect(slack)
    const { responseUrl } = await slack.as('ann').command('/claim', '', { channel: 'support' })
    const respond = (body: JsonRecord) => postJson(responseUrl ?? '', body)
    for (let count = 1; count <= 5; count += 1) {
      expect(
        (await respond({ text: `${count}`, ...(count === 5 ? { response_type: 'in_channel' } : {}) })).ok,
      ).toBe(true)
    }
    const sixth = await respond({ text: '6' })
    expect(sixth.status).toBe(404)
    expect(await sixth.json()).toEqual({ ok: false, error: 'used_url' })
    expect(slack.as('ann').sees('support')).toHaveLength(5)
    expect(
      slack
        .as('ben')
        .sees('support')
        .map(({ text }) => text),
    ).toEqual(['5'])
  })

  it('answers 404 expired_url after 30 minutes', async () => {
    let now = 1_800_000_000_000
    const slack = await start({ clock: () => now })
    await connect(slack)
    const { responseUrl } = await slack.as('ann').command('/claim')
    now += 30 * 60_000
    const late = await postJson(responseUrl ?? '', { text: 'x' })
    expect([late.status, await late.json()]).toEqual([404, { ok: false, error: 'expired_url' }])
  })

  it('replaces or deletes the message whose button was used, ephemeral or not', async () => {
    const slack = await start()
    await connect(slack)
    const ann = slack.as('ann')
    const message = await postCard(slack)
    const { responseUrl } = await ann.click(message, 'History')
    await postJson(responseUrl ?? '', { replace_original: true, text: 'Ann has Anna' })
    expect(slack.message(message.channel, message.ts)).toMatchObject({ text: 'Ann has Anna', blocks: [] })
    await postJson(responseUrl ?? '', { text: 'in thread', thread_ts: message.ts })
    expect(ann.sees('support')[1]).toMatchObject({ threadTs: message.ts, ephemeralTo: 'U0ANN' })
    await postJson(responseUrl ?? '', { delete_original: true })
    expect(slack.message(message.channel, message.ts)).toBeNull()
  })

  it('can be cut off like any method', async () => {
    const slack = await start()
    await connect(slack)
    const { responseUrl } = await slack.as('ann').command('/claim')
    slack.faults.inject('response_url', { kind: 'outage' }, 1)
    expect((await postJson(responseUrl ?? '', { text: 'x' })).status).toBe(503)
  })
})

describe('A form', () => {
  const view = {
    type: 'modal',
    callback_id: 'form',
    title: plain('Form'),
    submit: plain('Send'),
    notify_on_close: true,
    blocks: [
      {
        type: 'input',
        block_id: 'why',
        label: plain('Why'),
        element: { type: 'plain_text_input', action_id: 'w' },
      },
    ],
  }

  const opened = async (answer: (payload: JsonRecord) => unknown) => {
    const slack = await start()
    const app = await connect(slack, (payload) =>
      payload.type === 'view_submission' ? answer(payload) : null,
    )
    const ann = slack.as('ann')
    const { triggerId } = await ann.shortcut('start')
    await call(slack, 'views.open', { trigger_id: triggerId, view })
    const modal = ann.modal()
    if (modal === null) throw new Error('not open')
    return { slack, app, ann, modal }
  }

  it('closes when its submission is acknowledged with nothing', async () => {
    const { ann, app, modal } = await opened(() => null)
    const sent = await ann.submit(modal, { why: 'busy' })
    expect(sent).toMatchObject({ acknowledged: true, errors: {}, view: null })
    expect(app.payloads().at(-1)).toMatchObject({
      type: 'view_submission',
      view: { id: modal.id, state: { values: { why: { w: { type: 'plain_text_input', value: 'busy' } } } } },
      response_urls: [],
    })
  })

  it('can be pushed upon and cleared', async () => {
    const answers: unknown[] = [{ response_action: 'push', view }, { response_action: 'clear' }]
    const { ann, modal } = await opened(() => answers.shift())
    const pushed = await ann.submit(modal, { why: 'one' })
    expect(ann.modals()).toHaveLength(2)
    expect(pushed.view).toMatchObject({ previousViewId: modal.id })
    await expect(ann.submit(modal, { why: 'below' })).rejects.toThrow('does not have')
    if (pushed.view !== null) await ann.submit(pushed.view, { why: 'two' })
    expect(ann.modals()).toEqual([])
  })

  it('records an error for a field that does not exist as a breach', async () => {
    const { slack, ann, modal } = await opened(() => ({ response_action: 'errors', errors: { who: 'No.' } }))
    expect(await ann.submit(modal, { why: 'x' })).toMatchObject({ error: 'invalid_answer', errors: {} })
    expect(slack.breaches).toMatchObject([{ where: 'view_submission', error: 'error_for_unknown_block:who' }])
  })

  it('tells the app when it is closed, if it asked for that', async () => {
    const { ann, app, modal } = await opened(() => null)
    await ann.close(modal)
    expect(ann.modals()).toEqual([])
    expect(app.payloads().at(-1)).toMatchObject({
      type: 'view_closed',
      is_cleared: false,
      view: { id: modal.id },
    })
  })

  it('keeps what was typed when the app updates it', async () => {
    const { slack, ann, modal } = await opened(() => null)
    ann.fill(modal, { why: 'typed' })
    await call(slack, 'views.update', { view_id: modal.id, view: { ...view, title: plain('Again') } })
    const updated = ann.modal()
    expect(updated).toMatchObject({ title: 'Again', values: { why: { w: { value: 'typed' } } } })
  })
})
