import { describe, expect, it, vi } from 'vitest'
import { modal, useDispatch } from '../fixtures/dispatch.ts'
import { inView, submitBody, suggestBody } from '../fixtures/payloads.ts'

const bench = useDispatch('http')

describe('a form', () => {
  it('is closed, kept open with errors, or replaced', async () => {
    expect(await bench().send(submitBody('close'))).toBeNull()
    expect(await bench().send(submitBody('errors'))).toEqual({
      response_action: 'errors',
      errors: { note: 'too long' },
    })
    expect(await bench().send(submitBody('update'))).toEqual({ response_action: 'update', view: modal })
    expect(bench().methods()).toEqual([])
  })

  it('gives what was entered', async () => {
    const values = {
      note: { text: { type: 'plain_text_input', value: 'be kind' } },
      empty: { text: { type: 'plain_text_input', value: null } },
      to: { person: { type: 'users_select', selected_user: 'U2' } },
      chat: { chat: { type: 'external_select', selected_option: { value: 'chat-1' } } },
    }
    const { view } = inView('modal', 'close')
    await bench().send(submitBody('close', { view: { ...view, state: { values } } }))
    expect(bench().received[0]).toMatchObject({
      callbackId: 'close',
      privateMetadata: 'meta',
      view: { id: 'V1', hash: 'h1' },
      values: {
        note: { text: ['be kind'] },
        empty: { text: [] },
        to: { person: ['U2'] },
        chat: { chat: ['chat-1'] },
      },
    })
  })

  it('may be followed by a private message', async () => {
    expect(await bench().send(submitBody('tell'))).toBeNull()
    await vi.waitFor(() => expect(bench().methods()).toEqual(['chat.postMessage']))
    expect(bench().lastForm()).toMatchObject({ channel: 'U1', text: 'handed off' })
  })

  it('whose handler fails is closed, and told so', async () => {
    expect(await bench().send(submitBody('fail'))).toBeNull()
    await vi.waitFor(() =>
      expect(bench().lastForm()).toMatchObject({ channel: 'U1', text: 'WENT WRONG incident-1' }),
    )
  })

  it.each([
    ['slow-tell', 'handed off'],
    ['slow-errors', 'too long'],
    ['slow-update', 'TOO LATE TO OPEN'],
  ])('that takes long is closed in time, and its outcome follows: %s', async (callback, outcome) => {
    const answer = bench().send(submitBody(callback))
    await bench().timeIsUp()
    expect(await answer).toBeNull()
    await vi.waitFor(() => expect(bench().lastForm()).toMatchObject({ channel: 'U1', text: 'STILL WORKING' }))
    bench().finish()
    await vi.waitFor(() => expect(bench().lastForm()).toMatchObject({ channel: 'U1', text: outcome }))
  })

  it('of another version, another workspace or malformed is closed and told so', async () => {
    await bench().send(submitBody('gone'))
    await vi.waitFor(() => expect(bench().lastForm()).toMatchObject({ channel: 'U1', text: 'OLDER VERSION' }))
    await bench().send(submitBody('close', { team: { id: 'T2' } }))
    await vi.waitFor(() =>
      expect(bench().lastForm()).toMatchObject({ channel: 'U1', text: 'OTHER WORKSPACE' }),
    )
    const { view } = inView('modal', 'close')
    await bench().send(submitBody('close', { view: { ...view, state: { values: 7 } } }))
    await vi.waitFor(() => expect(bench().lastForm()).toMatchObject({ channel: 'U1', text: 'MALFORMED' }))
    expect(bench().received).toEqual([])
  })

  it('that was only closed needs nothing', async () => {
    expect(await bench().send({ ...submitBody('close'), type: 'view_closed' })).toBeNull()
    expect(bench().received).toEqual([])
  })
})

describe('a menu', () => {
  it('gets its options', async () => {
    expect(await bench().send(suggestBody('chats'))).toEqual({
      options: [{ text: { type: 'plain_text', text: 'Ivan' }, value: 'chat-1' }],
    })
    expect(bench().received[0]).toMatchObject({ actionId: 'chats', text: 'iv', view: { callbackId: 'form' } })
  })

  it('that is unknown, fails, is not ours or takes long says so', async () => {
    const saying = (text: string) => ({ options: [{ text: { text }, value: 'nothing-to-choose' }] })
    expect(await bench().send(suggestBody('gone'))).toMatchObject(saying('OLDER VERSION'))
    expect(await bench().send(suggestBody('fail'))).toMatchObject(saying('WENT WRONG incident-1'))
    expect(await bench().send(suggestBody('chats', { team: { id: 'T2' } }))).toMatchObject(
      saying('OTHER WORKSPACE'),
    )
    const slow = bench().send(suggestBody('slow'))
    await bench().timeIsUp()
    expect(await slow).toMatchObject(saying('STILL WORKING'))
  })
})
