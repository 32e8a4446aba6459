import { execFile, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { manualClock } from '../fixtures/manual-clock.ts'
import {
  type Hooks,
  intakeSecret,
  onlyMessage,
  signedForIntake,
  startHooks,
} from '../fixtures/start-hooks.ts'

const seconds = (hooks: Hooks): number => Math.floor(hooks.clock.now() / 1_000)
const post = (
  hooks: Hooks,
  body: string,
  atSeconds = seconds(hooks),
  secret = intakeSecret,
): Promise<number> => hooks.post('/intake/saleschat', body, signedForIntake(body, atSeconds, secret))
const told = (fields: Readonly<Record<string, unknown>> = {}): string =>
  JSON.stringify({
    event_id: '42',
    reference: 'c-117',
    customer: { phone: '050 123 4567', name: ' Omar ' },
    text: 'Hello',
    ...fields,
  })
const tell = async (fields: Readonly<Record<string, unknown>> = {}): Promise<Hooks> => {
  const hooks = await startHooks()
  expect(await post(hooks, told(fields))).toBe(200)
  return hooks
}

describe('the signed intake', () => {
  it('takes a message of a customer, whose number may be one of the default country', async () => {
    const hooks = await tell()
    expect(hooks.received).toEqual([
      {
        account: 'saleschat',
        event: {
          kind: 'message',
          id: 'intake:42',
          key: 'c-117',
          message: {
            direction: 'in',
            at: hooks.clock.now(),
            byStaff: false,
            name: 'Omar',
            phone: '+971501234567',
            text: 'Hello',
            messenger: null,
          },
        },
      },
    ])
  })

  it('takes what staff answered elsewhere, and that a chat was closed', async () => {
    expect(onlyMessage(await tell({ event: 'answered' }))).toMatchObject({ direction: 'out', byStaff: true })
    const closed = await tell({ event: 'closed', at: 1_700_000_000 })
    expect(closed.received[0]?.event).toEqual({
      kind: 'closed',
      id: 'intake:42',
      key: 'c-117',
      at: 1_700_000_000_000,
    })
  })

  it('needs no more than an id and a reference', async () => {
    const hooks = await tell({ customer: undefined, text: undefined, more: { unknown: true } })
    expect(onlyMessage(hooks)).toMatchObject({ name: null, phone: null, text: null })
    expect(onlyMessage(await tell({ customer: { phone: 'the same as before', name: null } }))).toMatchObject({
      name: null,
      phone: null,
    })
  })

  it.each([
    ['an ISO date-time', '2026-11-20T11:00:00+03:00', Date.UTC(2026, 10, 20, 8)],
    ['seconds', 1_700_000_000, 1_700_000_000_000],
    ['a time to come, as now', '2026-11-21T00:00:00Z', Date.UTC(2026, 10, 20, 9)],
  ])('takes %s', async (_, at, expected) => {
    expect(onlyMessage(await tell({ at })).at).toBe(expected)
  })

  it.each([
    ['no id', { event_id: undefined }],
    ['an empty id', { event_id: '' }],
    ['an id of 101 characters', { event_id: 'x'.repeat(101) }],
    ['a number for an id', { event_id: 42 }],
    ['no reference', { reference: undefined }],
    ['a blank reference', { reference: ' ' }],
    ['a reference that would change the path of a call', { reference: '..' }],
    ['an endless reference', { reference: 'x'.repeat(201) }],
    ['half a character for a reference', { reference: '\udc00' }],
    ['an unknown event', { event: 'opened' }],
    ['a time without an offset', { at: '2026-11-20T09:00:00' }],
    ['a time in milliseconds', { at: 1_700_000_000_000 }],
    ['a time before 1970', { at: -1 }],
    ['a customer that is none', { customer: 'Omar' }],
    ['a text that is none', { text: ['Hello'] }],
  ])('refuses %s', async (_, fields) => {
    const hooks = await startHooks()
    expect(await post(hooks, told(fields))).toBe(400)
    expect(hooks.received).toEqual([])
  })

  it('is signed with the secret, over the body as it came, at most 5 minutes ago or ahead', async () => {
    const hooks = await startHooks()
    const now = seconds(hooks)
    for (const at of [now - 300, now, now + 300]) expect(await post(hooks, told(), at)).toBe(200)
    expect(hooks.received).toHaveLength(3)
    for (const at of [now - 301, now + 301, 0]) expect(await post(hooks, told(), at)).toBe(401)
    expect(await post(hooks, told(), now, 'another-secret-1')).toBe(401)

    const signed = signedForIntake(told(), now)
    const send = (body: string, headers: object): Promise<number> =>
      hooks.post('/intake/saleschat', body, { ...signed, ...headers })
    expect(await send(told({ text: 'Bye' }), {})).toBe(401)
    expect(await send(told(), { 'x-baton-timestamp': String(now + 1) })).toBe(401)
    expect(await send(told(), { 'x-baton-timestamp': `${now}.0` })).toBe(401)
    expect(await send(told(), { 'x-baton-timestamp': '' })).toBe(401)
    expect(await send(told(), { 'x-baton-signature': signed['x-baton-signature']?.slice(3) ?? '' })).toBe(401)
    expect(hooks.received).toHaveLength(3)
  })
})

const hasTools = spawnSync('sh', ['-c', 'command -v curl && command -v openssl']).status === 0

it.skipIf(!hasTools)("takes what the README's lines for a shell send", async () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
  const lines = /```sh\n(body=.*?)```/s.exec(readme)?.[1] ?? ''
  const hooks = await startHooks({ clock: manualClock(Date.now()) })
  const shell = await promisify(execFile)('sh', ['-ec', lines], {
    env: { ...process.env, BATON_URL: hooks.url, SALESCHAT_INTAKE_SECRET: intakeSecret },
  })
  expect(shell.stdout).toBe('{"status":"received"}')
  expect(onlyMessage(hooks)).toMatchObject({ name: 'Omar', phone: '+971501234567', text: 'Hello' })
})
