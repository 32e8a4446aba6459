import { describe, expect, it, vi } from 'vitest'
import { useDispatch } from '../fixtures/dispatch.ts'
import { clickBody, inMessage, inView } from '../fixtures/payloads.ts'

const bench = useDispatch('http')

describe('a click', () => {
  it('is acknowledged empty when its handler has finished, and answered privately without touching the card', async () => {
    expect(await bench().send(clickBody('claim', inMessage))).toBeNull()
    await vi.waitFor(() =>
      expect(bench().slack.responses).toEqual([
        { text: 'claimed', response_type: 'ephemeral', replace_original: false },
      ]),
    )
    expect(bench().received).toEqual([
      {
        actionId: 'claim',
        blockId: 'b1',
        value: 'chat-1',
        chosen: ['chat-1'],
        actionTs: '17.2',
        user: 'U1',
        teamId: 'T1',
        triggerId: 'trigger-1',
        responseUrl: bench().slack.responseUrl,
        channel: 'C1',
        message: { channel: 'C1', ts: '17.1' },
        view: null,
        values: {},
      },
    ])
  })

  it('is not acknowledged before its handler has finished', async () => {
    let acknowledged = false
    const answer = bench()
      .send(clickBody('slow', inMessage))
      .then(() => {
        acknowledged = true
      })
    await vi.waitFor(() => expect(bench().timers.length).toBe(1))
    await bench().send(clickBody('quiet', inMessage))
    expect(acknowledged).toBe(false)
    bench().finish()
    await answer
    await vi.waitFor(() => expect(bench().told()).toEqual(['claimed in the end']))
  })

  it('that takes long is told so in time, and gets its answer later', async () => {
    const answer = bench().send(clickBody('slow', inMessage))
    await bench().timeIsUp()
    expect(await answer).toBeNull()
    await vi.waitFor(() => expect(bench().told()).toEqual(['STILL WORKING']))
    bench().finish()
    await vi.waitFor(() => expect(bench().told()).toEqual(['STILL WORKING', 'claimed in the end']))
  })

  it('is answered by an ephemeral message when the response_url is dead', async () => {
    bench().slack.responseStatus = 404
    await bench().send(clickBody('claim', inMessage))
    await vi.waitFor(() => expect(bench().methods()).toEqual(['chat.postEphemeral']))
    expect(bench().lastForm()).toMatchObject({ channel: 'C1', user: 'U1', text: 'claimed' })
  })

  it('is answered by a direct message when nothing else works', async () => {
    bench().slack.responseStatus = 500
    bench().slack.on('chat.postEphemeral', () => ({ ok: false, error: 'not_in_channel' }))
    await bench().send(clickBody('claim', inMessage))
    await vi.waitFor(() => expect(bench().methods()).toEqual(['chat.postEphemeral', 'chat.postMessage']))
    expect(bench().lastForm()).toMatchObject({ channel: 'U1', text: 'claimed' })
  })

  it('whose answer cannot be delivered at all is in the log', async () => {
    bench().slack.responseStatus = 500
    bench().slack.on('chat.postEphemeral', () => ({ ok: false, error: 'not_in_channel' }))
    bench().slack.on('chat.postMessage', () => ({ ok: false, error: 'messages_tab_disabled' }))
    await bench().send(clickBody('claim', inMessage))
    await vi.waitFor(() => expect(bench().lines.join()).toContain('An answer could not be delivered'))
  })

  it('in a modal, which has no response_url, is answered directly', async () => {
    await bench().send(clickBody('claim', inView('modal')))
    await vi.waitFor(() => expect(bench().methods()).toEqual(['chat.postMessage']))
    expect(bench().lastForm()).toMatchObject({ channel: 'U1', text: 'claimed' })
    expect(bench().received[0]).toMatchObject({
      channel: null,
      message: null,
      view: { id: 'V1', type: 'modal', hash: 'h1', callbackId: '', privateMetadata: 'meta' },
    })
  })

  it('in the Home tab, where no message can be seen, is answered by a modal', async () => {
    await bench().send(clickBody('claim', inView('home')))
    await bench().send(clickBody('gone', inView('home')))
    await vi.waitFor(() => expect(bench().methods()).toEqual(['views.open', 'views.open']))
    expect(JSON.stringify(bench().lastForm())).toContain('OLDER VERSION')
    expect(bench().received[0]).toMatchObject({ channel: null, message: null, view: { type: 'home' } })
  })

  it('in the Home tab is answered directly when the modal cannot be opened', async () => {
    bench().slack.on('views.open', () => ({ ok: false, error: 'expired_trigger_id' }))
    await bench().send(clickBody('claim', inView('home')))
    await vi.waitFor(() => expect(bench().methods()).toEqual(['views.open', 'chat.postMessage']))
    expect(bench().lastForm()).toMatchObject({ channel: 'U1', text: 'claimed' })
  })

  it('opens a form, on top of the form that it is in', async () => {
    await bench().send(clickBody('form', inMessage))
    await bench().send(clickBody('form', inView('home')))
    await bench().send(clickBody('form', inView('modal')))
    await vi.waitFor(() => expect(bench().methods()).toEqual(['views.open', 'views.open', 'views.push']))
  })

  it('whose form cannot be opened is told so privately', async () => {
    bench().slack.on('views.open', () => ({ ok: false, error: 'expired_trigger_id' }))
    await bench().send(clickBody('form', inMessage))
    await vi.waitFor(() => expect(bench().told()).toEqual(['TOO LATE TO OPEN']))
    bench().slack.on('views.open', () => ({ ok: false, error: 'invalid_arguments' }))
    await bench().send(clickBody('form', inMessage))
    await vi.waitFor(() => expect(bench().told()[1]).toBe('WENT WRONG incident-1'))
  })

  it('whose handler fails is told so privately', async () => {
    await bench().send(clickBody('fail', inMessage))
    await vi.waitFor(() => expect(bench().told()).toEqual(['WENT WRONG incident-1']))
  })

  it('on a control of another version is told so privately', async () => {
    for (const name of ['gone', 'constructor', '__proto__']) await bench().send(clickBody(name, inMessage))
    await vi.waitFor(() =>
      expect(bench().told()).toEqual(['OLDER VERSION', 'OLDER VERSION', 'OLDER VERSION']),
    )
  })

  it('of a person of another workspace is refused', async () => {
    await bench().send(
      clickBody('claim', { ...inMessage, team: { id: 'T2' }, user: { id: 'U2', team_id: 'T2' } }),
    )
    await bench().send(clickBody('claim', { ...inMessage, team: null, is_enterprise_install: true }))
    // In a channel that two organisations share, Slack may name the place and the person's home.
    for (const [team, home] of [
      ['T1', 'T2'],
      ['T2', 'T1'],
    ])
      await bench().send(
        clickBody('claim', { ...inMessage, team: { id: team }, user: { id: 'U2', team_id: home } }),
      )
    await vi.waitFor(() => expect(bench().told()).toEqual(Array(4).fill('OTHER WORKSPACE')))
    expect(bench().received).toEqual([])
  })

  it('that is malformed is refused', async () => {
    await bench().send(clickBody('claim', { ...inMessage, trigger_id: 7 }))
    await bench().send({
      ...inMessage,
      type: 'interactive_message',
      user: { id: 'U1' },
      team: { id: 'T1' },
      actions: [{ name: 'x' }],
      callback_id: 'c',
    })
    await vi.waitFor(() => expect(bench().told()).toEqual(['MALFORMED', 'MALFORMED']))
    expect(bench().received).toEqual([])
  })

  it('gives what was chosen in each kind of menu', async () => {
    const chosenIn = async (action: object): Promise<unknown> => {
      const base = { action_id: 'quiet', block_id: 'b1', action_ts: '1' }
      await bench().send(clickBody('quiet', { ...inMessage, actions: [{ ...base, ...action }] }))
      const last = bench().received.at(-1)
      return last && 'chosen' in last ? last.chosen : null
    }
    expect(await chosenIn({ selected_option: { value: 'a' } })).toEqual(['a'])
    expect(await chosenIn({ selected_option: null })).toEqual([])
    expect(await chosenIn({ selected_options: [{ value: 'a' }, { value: 'b' }] })).toEqual(['a', 'b'])
    expect(await chosenIn({ selected_user: 'U2' })).toEqual(['U2'])
    expect(await chosenIn({ selected_users: ['U2', 'U3'] })).toEqual(['U2', 'U3'])
    expect(await chosenIn({ selected_conversation: 'C2' })).toEqual(['C2'])
    expect(await chosenIn({ selected_channels: ['C2'] })).toEqual(['C2'])
    expect(await chosenIn({ selected_date: '2026-11-20' })).toEqual(['2026-11-20'])
    expect(await chosenIn({ selected_date_time: 1_700_000_000 })).toEqual(['1700000000'])
    expect(await chosenIn({})).toEqual([])
  })
})
