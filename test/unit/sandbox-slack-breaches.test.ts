import { describe, expect, it } from 'vitest'
import { call, connect, plain, postCard, postJson, start } from './bare-slack-app.ts'

const wordy = { type: 'section', text: plain('x'.repeat(3_001)) }
const titleless = { type: 'modal', blocks: [{ type: 'divider' }] }

describe('What Block Kit forbids', () => {
  it('is refused in a message with the place of each mistake, and recorded', async () => {
    const slack = await start()
    const answer = await call(slack, 'chat.postMessage', { channel: 'C0SUPPORT', text: 'x', blocks: [wordy] })
    expect(answer).toMatchObject({
      ok: false,
      error: 'invalid_blocks',
      errors: [expect.stringContaining('[json-pointer:/blocks/0/text/text]')],
      response_metadata: { messages: [expect.stringMatching(/^\[ERROR\] /)] },
    })
    expect(slack.messages).toEqual([])
    expect(slack.breaches).toMatchObject([{ where: 'chat.postMessage', error: 'invalid_blocks' }])
  })

  it('is refused in an update, which leaves the message as it was', async () => {
    const slack = await start()
    const { ts, channel } = await postCard(slack)
    const answer = await call(slack, 'chat.update', { channel, ts, text: 'x', blocks: [wordy] })
    expect(answer.error).toBe('invalid_blocks')
    expect(slack.message(channel, ts)?.text).toBe('Anna waits')
    expect(await call(slack, 'chat.update', { channel, ts, blocks: [] })).toMatchObject({ ok: true })
    expect(slack.breaches).toHaveLength(1)
  })

  it('is refused in a view, and uses up no trigger', async () => {
    const slack = await start()
    const trigger_id = slack.trigger('ann')
    const answer = await call(slack, 'views.open', { trigger_id, view: titleless })
    expect(answer).toMatchObject({ ok: false, error: 'invalid_arguments' })
    expect(slack.breaches).toMatchObject([{ where: 'views.open' }])
    const whole = { ...titleless, title: plain('Claim') }
    expect(await call(slack, 'views.open', { trigger_id, view: whole })).toMatchObject({ ok: true })
  })

  it('is refused in answers of all kinds', async () => {
    const slack = await start()
    await connect(slack, (payload) => (payload.command === undefined ? null : { text: 'x', blocks: [wordy] }))
    const sent = await slack.as('ann').command('/claim')
    expect(sent).toMatchObject({ acknowledged: true, error: 'invalid_answer', message: null })
    const late = await postJson(sent.responseUrl ?? '', { text: 'x', blocks: [wordy] })
    expect([late.status, await late.json()]).toEqual([
      400,
      expect.objectContaining({ error: 'invalid_blocks' }),
    ])
    expect(slack.breaches.map(({ where }) => where)).toEqual(['command', 'response_url'])
  })

  it('is recorded though posted when only people suffer from it', async () => {
    const slack = await start()
    expect(
      await call(slack, 'chat.postMessage', { channel: 'C0SUPPORT', blocks: [{ type: 'divider' }] }),
    ).toMatchObject({
      ok: true,
    })
    expect(slack.breaches).toMatchObject([{ error: 'no_text' }])
  })
})
