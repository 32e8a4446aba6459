import fc from 'fast-check'
import { Pool } from 'undici'
import { expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import {
  aelystEvent,
  intakeSecret,
  signedByAelyst,
  signedForIntake,
  startHooks,
  wammMessage,
  wammSecret,
} from '../fixtures/start-hooks.ts'

/** In every text that comes in, and in nothing that is logged. */
const marker = 'MARKER'
const requests = 20_000
const connections = 8

const message = {
  messageId: 7,
  contactId: 1,
  traffic: 'incoming',
  message: { type: 'text', text: marker },
  timestamp: 1662965213,
}
const doors = {
  wamm: [wammMessage({ msg_text: marker, chat_name: marker }), '{"tip":"msg_state","msg_data":{"msg_id":1}}'],
  aelyst: [
    ...['message.received', 'message.sent'].map((type) =>
      aelystEvent(type, { message, channel: { source: 'whatsapp' }, sender: { source: 'user' } }),
    ),
    ...['contact.assignee.updated', 'conversation.opened', 'contact.tag.updated'].map((type) =>
      aelystEvent(type),
    ),
    aelystEvent('conversation.closed', { conversation: { closedTime: 1662965213 } }),
  ],
  saleschat: [
    JSON.stringify({
      event_id: marker,
      reference: 'c-117',
      customer: { phone: '+971501234567', name: marker },
      text: marker,
      at: '2026-11-20T09:00:00Z',
    }),
    JSON.stringify({ event_id: 'e', reference: 'c-117', event: 'closed', at: 1_700_000_000 }),
  ],
} as const
type Door = keyof typeof doors

const door = fc.constantFrom<Door[]>('wamm', 'aelyst', 'saleschat')
const valid = door.chain((of) => fc.record({ of: fc.constant(of), body: fc.constantFrom(...doors[of]) }))

/** The same JSON with one of its values, at any depth, replaced or left out. */
const mutated = (body: string, at: number, value: unknown): string => {
  let place = -1
  return JSON.stringify(JSON.parse(body), (_key, old: unknown) => {
    place += 1
    return place === at ? value : old
  })
}
const odd = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(
    undefined,
    null,
    '',
    ' ',
    '0',
    0,
    -1,
    1e30,
    [],
    {},
    true,
    '\ud800',
    '\u0000',
    '9'.repeat(500),
  ),
)
const nested = fc
  .tuple(fc.integer({ min: 1, max: 20_000 }), fc.constantFrom(['[', ']'], ['{"a":', '}'], ['[', '']))
  .map(([depth, [open = '', close = '']]) => `${open.repeat(depth)}0${close.repeat(depth)}`)

const told = fc.oneof(
  {
    weight: 25,
    arbitrary: fc
      .tuple(valid, fc.integer({ min: 1, max: 20 }), odd)
      .map(([{ of, body }, at, value]) => ({ of, body: mutated(body, at, value) })),
  },
  {
    weight: 10,
    arbitrary: fc.tuple(valid, fc.nat(600)).map(([{ of, body }, end]) => ({ of, body: body.slice(0, end) })),
  },
  { weight: 5, arbitrary: valid },
  { weight: 5, arbitrary: fc.record({ of: door, body: fc.json() }) },
  { weight: 5, arbitrary: fc.record({ of: door, body: fc.string({ unit: 'binary' }) }) },
  { weight: 5, arbitrary: fc.record({ of: door, body: fc.uint8Array().map((bytes) => Buffer.from(bytes)) }) },
  { weight: 1, arbitrary: fc.record({ of: door, body: nested }) },
)
/** Whether it is told with the right secret or signature. */
const genuine = fc.oneof(
  { weight: 4, arbitrary: fc.constant(true) },
  { weight: 1, arbitrary: fc.constant(false) },
)
const request = fc.record({ told, genuine, junk: fc.string({ unit: fc.constantFrom(...'aZ09+/=v-_.~') }) })

const instant = z.int().min(0)
const chat = { id: z.string().min(1).max(210), key: z.string().min(1).max(500) }
const readable = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('message'),
    ...chat,
    message: z.strictObject({
      direction: z.enum(['in', 'out']),
      at: instant,
      byStaff: z.boolean(),
      name: z.string().min(1).nullable(),
      phone: z
        .string()
        .regex(/^\+\d{5,15}$/)
        .nullable(),
      text: z.string().min(1).nullable(),
      messenger: z.enum(['whatsapp', 'other']).nullable(),
    }),
  }),
  z.strictObject({ kind: z.literal('changed'), ...chat }),
  z.strictObject({ kind: z.literal('closed'), ...chat, at: instant.nullable() }),
])

it(`Bad input costs nothing: ${requests} strange requests are refused or do no harm`, {
  timeout: 180_000,
}, async () => {
  const hooks = await startHooks()
  const pool = new Pool(hooks.url, { connections })
  onTestFinished(() => pool.close())
  const seconds = Math.floor(hooks.clock.now() / 1_000)
  const post = async (path: string, body: string | Buffer, headers = {}): Promise<number> => {
    const answer = await pool.request({ method: 'POST', path, body, headers })
    await answer.body.dump()
    return answer.statusCode
  }
  const statuses = new Map<number, number>()

  const queue = fc.sample(request, { numRuns: requests, seed: 20_261_120 })
  const work = async (): Promise<void> => {
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      const { of, body } = next.told
      const path = { wamm: '/hooks/wamm', aelyst: '/hooks/aelyst', saleschat: '/intake/saleschat' }[of]
      const secret = { wamm: `/${wammSecret}`, aelyst: '', saleschat: '' }[of]
      const signed = {
        wamm: {},
        aelyst: signedByAelyst(body),
        saleschat: signedForIntake(body, seconds),
      }[of]
      const forged = {
        'x-webhook-signature': next.junk,
        'x-baton-signature': `v0=${next.junk}`,
        'x-baton-timestamp': String(seconds),
      }
      const status = next.genuine
        ? await post(`${path}${secret}`, body, signed)
        : await post(of === 'wamm' ? `${path}/${next.junk}` : path, body, forged)
      const allowed = next.genuine ? [200, 400] : [401, 404]
      if (!allowed.includes(status)) throw new Error(`${status} for ${JSON.stringify(next)}`)
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
    }
  }
  await Promise.all(Array.from({ length: connections }, work))

  // Each kind of answer was given often, so nothing above was passed by.
  for (const status of [200, 400, 401]) expect(statuses.get(status), `${status}`).toBeGreaterThan(1_000)
  expect(hooks.received.length).toBeGreaterThan(1_000)
  for (const { event } of hooks.received) readable.parse(event)

  for (const megabytes of [2, 10])
    expect(await post(`/hooks/wamm/${wammSecret}`, Buffer.alloc(megabytes * 1024 * 1024, marker))).toBe(413)
  expect((await fetch(`${hooks.url}/healthz`)).status).toBe(200)
  const log = hooks.logLines.map((line) => JSON.parse(line))
  expect(log.length).toBeLessThan(20)
  expect(log.every(({ level }) => level === 40)).toBe(true)
  for (const hidden of [marker, '9001234567', '60123456789', wammSecret, intakeSecret])
    expect(hooks.logLines.join()).not.toContain(hidden)
})
