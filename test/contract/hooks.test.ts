import { once } from 'node:events'
import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import {
  aelystEvent,
  type Hooks,
  intakeSecret,
  signedByAelyst,
  signedForIntake,
  startHooks,
  wammMessage,
  wammSecret,
} from '../fixtures/start-hooks.ts'

const wammPath = `/hooks/wamm/${wammSecret}`
const intakeBody = JSON.stringify({ event_id: '42', reference: 'c-1', customer: { name: 'Omar' } })
const seconds = (hooks: Hooks): number => Math.floor(hooks.clock.now() / 1_000)
const tellWamm = (hooks: Hooks, fields = {}): Promise<number> => hooks.post(wammPath, wammMessage(fields))

describe('what is told to Baton', () => {
  it('is received by account, and answered with 200', async () => {
    const hooks = await startHooks()
    const opened = aelystEvent('conversation.opened')
    expect(await tellWamm(hooks)).toBe(200)
    expect(await hooks.post('/hooks/aelyst', opened, signedByAelyst(opened))).toBe(200)
    expect(
      await hooks.post('/intake/saleschat', intakeBody, signedForIntake(intakeBody, seconds(hooks))),
    ).toBe(200)
    expect(hooks.received.map(({ account, event }) => [account, event.kind, event.id, event.key])).toEqual([
      ['wamm', 'message', 'msg:1234567', '79001234567'],
      ['aelyst', 'changed', 'cc5f231a-633c-4ffc-bf61-d970fe5e0085', '1'],
      ['saleschat', 'message', 'intake:42', 'c-1'],
    ])
    expect(hooks.logLines).toEqual([])
  })

  it.each([
    ['an account that does not exist', '/hooks/nobody', 404],
    ['an account without a webhook', '/hooks/saleschat', 404],
    ['an account without an intake', '/intake/wamm', 404],
    ['a name of every object', '/hooks/__proto__', 404],
    ['no account', '/hooks', 404],
    ['more than a secret', `${wammPath}/more`, 404],
    ['a secret that is missing', '/hooks/wamm', 401],
    ['a secret that is wrong', '/hooks/wamm/b7e2f0c94d1a48f7', 401],
    ['a secret that only begins right', `/hooks/wamm/${wammSecret.slice(0, 15)}`, 401],
    ['a very long secret', `/hooks/wamm/${'x'.repeat(8_000)}`, 401],
    ['no signature of Aelyst', '/hooks/aelyst', 401],
    ['no signature for the intake', '/intake/saleschat', 401],
    ['a path that cannot be decoded', '/hooks/%zz', 400],
  ])('is refused for %s', async (_, path, status) => {
    const hooks = await startHooks()
    expect(await hooks.post(path, wammMessage())).toBe(status)
    expect(hooks.received).toEqual([])
  })

  it('is refused alike where there is no account and where there is no webhook', async () => {
    const hooks = await startHooks()
    const answers = await Promise.all(
      ['/hooks/nobody', '/hooks/saleschat', '/intake/nobody', '/intake/wamm'].map(async (path) =>
        (await fetch(`${hooks.url}${path}`, { method: 'POST', body: intakeBody })).text(),
      ),
    )
    expect(new Set(answers)).toEqual(new Set(['{"error":"unknown account"}']))
  })

  it.each([
    ['nothing', ''],
    ['no JSON', '{"tip":"msg"'],
    ['no UTF-8', Buffer.from([0x22, 0xff, 0x22])],
    ['another shape', '[]'],
    ['a message without its fields', '{"tip":"msg"}'],
  ])('is refused with 400 when it is %s', async (_, body) => {
    const hooks = await startHooks()
    expect(await hooks.post(wammPath, body)).toBe(400)
    expect(hooks.received).toEqual([])
  })

  it('may be of 1 MB and begin with a byte order mark', async () => {
    const hooks = await startHooks()
    expect(await hooks.post(wammPath, `\ufeff${wammMessage()}`)).toBe(200)
    const left = 1024 * 1024 - wammMessage({ msg_text: '' }).length
    expect(await tellWamm(hooks, { msg_text: 'x'.repeat(left) })).toBe(200)
    expect(await tellWamm(hooks, { msg_text: 'x'.repeat(left + 1) })).toBe(413)
    expect(hooks.received).toHaveLength(2)
  })

  it('is refused when it is compressed, or not a POST', async () => {
    const hooks = await startHooks()
    expect(await hooks.post(wammPath, wammMessage(), { 'content-encoding': 'gzip' })).toBe(415)
    for (const path of [wammPath, '/intake/saleschat']) {
      const answer = await fetch(`${hooks.url}${path}`)
      expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST'])
    }
  })

  it('is of any content type: what the providers send is not documented', async () => {
    const hooks = await startHooks()
    expect(await hooks.post(wammPath, wammMessage(), { 'content-type': 'text/html' })).toBe(200)
  })

  it('is answered once it has been received, not before', async () => {
    const hooks = await startHooks()
    const disk = Promise.withResolvers<void>()
    const begun = Promise.withResolvers<void>()
    hooks.receiving = () => {
      begun.resolve()
      return disk.promise
    }
    let answered = false
    const answer = tellWamm(hooks).finally(() => {
      answered = true
    })
    await begun.promise
    expect((await fetch(`${hooks.url}/healthz`)).status).toBe(200)
    expect(answered).toBe(false)
    disk.resolve()
    expect(await answer).toBe(200)
  })

  it('is to be told again after 8 s, when it has failed, and while Baton stops', async () => {
    const hooks = await startHooks()
    const begun = Promise.withResolvers<void>()
    const disk = Promise.withResolvers<void>()
    hooks.receiving = () => {
      begun.resolve()
      return disk.promise
    }
    const late = tellWamm(hooks)
    await begun.promise
    await hooks.clock.advance(8_000)
    expect(await late).toBe(503)
    disk.reject(new Error('the disk is full'))

    hooks.receiving = () => Promise.reject(new Error('the disk is full'))
    expect(await tellWamm(hooks)).toBe(503)

    hooks.receiving = async () => undefined
    hooks.stopping = true
    hooks.received.length = 0
    expect(await tellWamm(hooks)).toBe(503)
    expect(hooks.received).toEqual([])

    hooks.stopping = false
    expect(await tellWamm(hooks)).toBe(200)
  })

  it('survives who goes away in the middle', async () => {
    const hooks = await startHooks()
    const socket = connect({ port: Number(new URL(hooks.url).port), host: '127.0.0.1' })
    socket.write(`POST ${wammPath} HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n{"tip":`)
    await once(socket, 'connect')
    socket.destroy()
    await expect.poll(() => hooks.logLines.join()).toContain('body not taken')
    expect(await tellWamm(hooks)).toBe(200)
  })
})

describe('the log of what is refused', () => {
  it('names the account and the reason, and nothing of what came', async () => {
    const hooks = await startHooks()
    await hooks.post('/hooks/MARKER-account/MARKER-secret', 'MARKER-body')
    await hooks.post('/hooks/wamm/MARKER-secret', 'MARKER-body')
    await hooks.post(wammPath, 'MARKER-body', { 'x-webhook-signature': 'MARKER-header' })
    await hooks.post(wammPath, 'MARKER-body'.repeat(200_000))
    const marked = { ...signedForIntake('MARKER-body', seconds(hooks)), 'user-agent': 'MARKER-agent' }
    await hooks.post('/intake/saleschat', 'MARKER-body', marked)
    hooks.receiving = () => Promise.reject(new Error('the disk is full'))
    await tellWamm(hooks, { msg_text: 'MARKER-text', chat_name: 'MARKER-name', phone: '79990001122' })
    expect(hooks.logLines.map((line) => JSON.parse(line))).toMatchObject([
      { path: '/hooks', account: null, reason: 'unknown account', unlogged: 0 },
      { path: '/hooks', account: 'wamm', reason: 'not genuine' },
      { path: '/hooks', account: 'wamm', reason: 'not readable' },
      { path: '/hooks', account: null, reason: 'body not taken' },
      { path: '/intake', account: 'saleschat', reason: 'not readable' },
      { path: '/hooks', account: 'wamm', reason: 'not received', err: { message: 'the disk is full' } },
    ])
    const log = hooks.logLines.join()
    for (const secret of ['MARKER', '79990001122', wammSecret, intakeSecret])
      expect(log).not.toContain(secret)
  })

  it('has one line in a minute of each kind, with how many there were', async () => {
    const hooks = await startHooks()
    for (let count = 0; count < 5; count += 1) await hooks.post('/hooks/wamm/wrong', 'x')
    for (let count = 0; count < 3; count += 1) await hooks.post(`/hooks/nobody-${count}`, 'x')
    expect(hooks.logLines).toHaveLength(2)
    await hooks.clock.advance(60_000)
    await hooks.post('/hooks/wamm/wrong', 'x')
    expect(hooks.logLines.map((line) => JSON.parse(line).unlogged)).toEqual([0, 0, 4])
  })
})
