import { describe, expect, it, vi } from 'vitest'
import { modal, useDispatch } from '../fixtures/dispatch.ts'
import { commandBody, eventBody, shortcutBody } from '../fixtures/payloads.ts'

const bench = useDispatch('http')

describe('a command', () => {
  it('is answered in the acknowledgement, with no further call', async () => {
    expect(await bench().send(commandBody('/claim'))).toEqual({ response_type: 'ephemeral', text: 'claimed' })
    expect(bench().received).toEqual([
      {
        command: '/claim',
        text: 'next',
        user: 'U1',
        teamId: 'T1',
        channel: 'C1',
        triggerId: 'trigger-1',
        responseUrl: bench().slack.responseUrl,
      },
    ])
    expect(bench().methods()).toEqual([])
    expect(bench().told()).toEqual([])
  })

  it('opens a form', async () => {
    expect(await bench().send(commandBody('/form'))).toBeNull()
    await vi.waitFor(() => expect(bench().methods()).toEqual(['views.open']))
    expect(bench().lastForm()).toEqual({ trigger_id: 'trigger-1', view: JSON.stringify(modal) })
  })

  it('may need no answer', async () => {
    expect(await bench().send(commandBody('/quiet'))).toBeNull()
  })

  it('whose handler fails is answered with the incident that the log names', async () => {
    expect(await bench().send(commandBody('/fail'))).toMatchObject({ text: 'WENT WRONG incident-1' })
    const logged = bench()
      .lines.map((line) => JSON.parse(line))
      .find((line) => line.incident === 'incident-1')
    expect(logged).toMatchObject({ what: '/fail', err: { message: 'handler failed' } })
  })

  it('that takes long is told so in time, and gets its answer later', async () => {
    const answer = bench().send(commandBody('/slow'))
    await bench().timeIsUp()
    expect(await answer).toMatchObject({ text: 'STILL WORKING' })
    expect(bench().told()).toEqual([])
    bench().finish()
    await vi.waitFor(() => expect(bench().told()).toEqual(['claimed in the end']))
  })

  it('that takes too long for its form is told so', async () => {
    bench().slack.on('views.open', () => ({ ok: false, error: 'expired_trigger_id' }))
    const answer = bench().send(commandBody('/slow-form'))
    await bench().timeIsUp()
    expect(await answer).toMatchObject({ text: 'STILL WORKING' })
    bench().finish()
    await vi.waitFor(() => expect(bench().told()).toEqual(['TOO LATE TO OPEN']))
  })

  it.each(['/unknown', '/constructor', 'toString', '__proto__'])('%s is unknown', async (name) => {
    expect(await bench().send(commandBody(name))).toMatchObject({ text: 'OLDER VERSION' })
  })

  it('of another workspace or of an organisation-wide installation is refused', async () => {
    const refused = { text: 'OTHER WORKSPACE' }
    expect(await bench().send(commandBody('/claim', { team_id: 'T2' }))).toMatchObject(refused)
    expect(await bench().send(commandBody('/claim', { is_enterprise_install: 'true' }))).toMatchObject(
      refused,
    )
    expect(bench().received).toEqual([])
  })

  it('that is malformed is refused', async () => {
    const { user_id: _user, ...anonymous } = commandBody('/claim')
    expect(await bench().send(anonymous)).toMatchObject({ text: 'MALFORMED' })
    expect(await bench().send(commandBody('/claim', { user_id: '<!channel>' }))).toMatchObject({
      text: 'MALFORMED',
    })
  })
})

describe('a shortcut', () => {
  it('is answered like a click', async () => {
    expect(await bench().send(shortcutBody('claim'))).toBeNull()
    await vi.waitFor(() => expect(bench().told()).toEqual(['claimed']))
    expect(bench().received[0]).toMatchObject({ callbackId: 'claim', message: { channel: 'C1', ts: '17.1' } })
    await bench().send(shortcutBody('gone'))
    await vi.waitFor(() => expect(bench().told()[1]).toBe('OLDER VERSION'))
  })

  it('without a message opens a form or answers directly', async () => {
    const global = { type: 'shortcut', response_url: undefined, channel: undefined, message: undefined }
    await bench().send(shortcutBody('form', global))
    await bench().send(shortcutBody('claim', global))
    await vi.waitFor(() => expect(bench().methods().toSorted()).toEqual(['chat.postMessage', 'views.open']))
    expect(bench().received.at(-1)).toMatchObject({ channel: null, message: null, responseUrl: null })
  })
})

describe('an event', () => {
  it('reaches its handler', async () => {
    expect(await bench().send(eventBody('app_home_opened'))).toBeNull()
    expect(bench().received).toEqual([
      {
        type: 'app_home_opened',
        eventId: 'Ev1',
        teamId: 'T1',
        user: 'U1',
        channel: 'D1',
        body: { type: 'app_home_opened', user: 'U1', channel: 'D1', tab: 'home' },
      },
    ])
  })

  it('that nobody handles, that is broken or of another workspace does nothing', async () => {
    await bench().send(eventBody('something_new'))
    await bench().send(eventBody('constructor'))
    await bench().send(eventBody('app_home_opened', { event_id: 7 }))
    await bench().send(eventBody('app_home_opened', { team_id: 'T2', authorizations: [{ team_id: 'T2' }] }))
    expect(bench().received).toEqual([])
  })

  it('whose handler fails is in the log', async () => {
    await bench().send(eventBody('fail'))
    await vi.waitFor(() => expect(bench().lines.join()).toContain('handler failed'))
  })
})
