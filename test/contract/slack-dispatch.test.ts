import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { useDispatch } from '../fixtures/dispatch.ts'
import {
  clickBody,
  commandBody,
  eventBody,
  inMessage,
  shortcutBody,
  submitBody,
  suggestBody,
} from '../fixtures/payloads.ts'
import { signedPost } from '../fixtures/signed-post.ts'

describe('the dispatcher over HTTP', () => {
  const bench = useDispatch('http')

  it('survives any payload, and goes on working', async () => {
    const bases = () => [
      commandBody('/claim'),
      clickBody('claim', inMessage),
      submitBody('close'),
      suggestBody('chats'),
      shortcutBody('claim'),
      eventBody('app_home_opened'),
    ]
    const junk = fc.oneof(fc.constant(null), fc.integer(), fc.string(), fc.array(fc.string()), fc.object())
    await fc.assert(
      fc.asyncProperty(fc.nat(5), fc.nat(20), junk, async (which, field, value) => {
        const base: Record<string, unknown> = { ...bases()[which] }
        const names = Object.keys(base)
        base[names[field % names.length] ?? ''] = value
        const body = JSON.stringify(bench().addressed(base))
        const answer = await signedPost(bench().serverUrl, body, { type: 'application/json' })
        expect([200, 400]).toContain(answer.status)
      }),
      { numRuns: 300 },
    )
    expect(await bench().send(commandBody('/claim'))).toMatchObject({ text: 'claimed' })
  })

  it('refuses politely what arrives during the stop', async () => {
    const slow = bench().send(clickBody('slow', inMessage))
    await vi.waitFor(() => expect(bench().timers.length).toBe(1))
    const stopped = bench().connection.stop({ deadlineMs: 5_000 })
    expect(await bench().send(commandBody('/claim'))).toMatchObject({ text: 'RESTARTING' })
    bench().finish()
    await slow
    await stopped
    expect(bench().told()).toEqual(['claimed in the end'])
  })

  it('logs nothing of what people wrote, even at the lowest level', async () => {
    const text = 'Ivan Petrov +971501234567'
    await bench().send(commandBody('/claim', { text }))
    await bench().send(commandBody('/fail', { text }))
    await bench().send(commandBody('/claim', { text, user_id: text }))
    await bench().send(clickBody('fail', { ...inMessage, message: { ts: '1', text } }))
    expect(bench().lines.length).toBeGreaterThan(1)
    expect(bench().lines.join()).not.toMatch(/Ivan|97150|response/)
  })

  it('keeps requests of different people apart', async () => {
    const people = Array.from({ length: 50 }, (_, index) => `U${index}`)
    await Promise.all(people.map((user) => bench().send(commandBody('/claim', { user_id: user }))))
    const { received } = bench()
    expect(received.map((request) => request.user).toSorted()).toEqual(people.toSorted())
  })
})

describe('the dispatcher over Socket Mode', () => {
  const bench = useDispatch('socket')

  it('answers a command in the acknowledgement', async () => {
    bench().sendOverSocket('e1', 'slash_commands', commandBody('/claim'))
    await vi.waitFor(() =>
      expect(bench().slack.acks).toEqual([
        { envelope_id: 'e1', payload: { response_type: 'ephemeral', text: 'claimed' } },
      ]),
    )
  })

  it('acknowledges a click, a form, a menu and an event', async () => {
    bench().sendOverSocket('click', 'interactive', clickBody('claim', inMessage))
    bench().sendOverSocket('form', 'interactive', submitBody('errors'))
    bench().sendOverSocket('menu', 'interactive', suggestBody('chats'))
    bench().sendOverSocket('event', 'events_api', eventBody('app_home_opened'))
    await vi.waitFor(() => expect(bench().slack.acks.length).toBe(4))
    const payloads = Object.fromEntries(bench().slack.acks.map((ack) => [ack.envelope_id, ack.payload]))
    expect(payloads).toMatchObject({
      click: {},
      form: { response_action: 'errors' },
      menu: { options: [{ value: 'chat-1' }] },
      event: {},
    })
  })

  it('delivers the answer by response_url when the connection is lost before the acknowledgement', async () => {
    bench().sendOverSocket('e1', 'slash_commands', commandBody('/slow'))
    await vi.waitFor(() => expect(bench().timers.length).toBe(1))
    for (const socket of bench().slack.sockets) socket.terminate()
    await vi.waitFor(() =>
      expect(bench().slack.calls.filter((c) => c.method === 'apps.connections.open').length).toBe(2),
    )
    bench().finish()
    await vi.waitFor(() => expect(bench().told()).toEqual(['claimed in the end']))
  })
})
