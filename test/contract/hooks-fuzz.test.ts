import Sqlite from 'better-sqlite3'
import fc from 'fast-check'
import { Pool } from 'undici'
import { expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import {
  aelystEvent,
  aelystKeys,
  signedByAelyst,
  signedForIntake,
  startHooks,
  wammMessage,
  wammSecret,
} from '../fixtures/start-hooks.ts'
import { memory, temporaryFile, temporaryStore } from '../fixtures/temporary-store.ts'

/** In every text that comes in. */
const marker = 'MARKER'
const requests = 20_000

const message = {
  messageId: 7,
  contactId: 1,
  traffic: 'incoming',
  message: { type: 'text', text: marker },
  timestamp: 1662965213,
}
const doors = ['wamm', 'aelyst', 'saleschat'] as const
type Door = (typeof doors)[number]

/** What each door takes: new to Baton, as `id` was never told before. */
const tellings: Readonly<Record<Door, (id: number) => readonly string[]>> = {
  wamm: (id) => [
    wammMessage({ msg_id: id, phone: String(79_000_000_000 + id), msg_text: marker, chat_name: marker }),
  ],
  aelyst: (id) => {
    const contact = { id, firstName: marker, lastName: null, phone: '+60123456789', assignee: { id: 2 } }
    const fields = { event_id: `event-${id}`, contact }
    return [
      ...['message.received', 'message.sent'].map((type) =>
        aelystEvent(type, {
          ...fields,
          message,
          channel: { source: 'whatsapp' },
          sender: { source: 'user' },
        }),
      ),
      ...['contact.assignee.updated', 'conversation.opened'].map((type) => aelystEvent(type, fields)),
      aelystEvent('conversation.closed', { ...fields, conversation: { closedTime: 1662965213 } }),
    ]
  },
  saleschat: (id) => [
    JSON.stringify({
      event_id: `${marker}${id}`,
      reference: `c-${id}`,
      customer: { phone: '+971501234567', name: marker },
      text: marker,
      at: '2026-11-20T09:00:00Z',
    }),
    JSON.stringify({ event_id: `e${id}`, reference: `c-${id}`, event: 'closed', at: 1_700_000_000 }),
  ],
}

interface Way {
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
}
type MakeWay = (body: string | Buffer, junk: string, seconds: number) => Way
const byIntake = (headers: Way['headers'] = {}): Way => ({ path: '/intake/saleschat', headers })

/** How each door is told: first as it is to be, then as it is not. `junk` is nobody's key. */
const ways: Readonly<Record<Door, readonly [MakeWay, MakeWay, MakeWay, MakeWay, MakeWay]>> = {
  wamm: [
    () => ({ path: `/hooks/wamm/${wammSecret}` }),
    () => ({ path: '/hooks/wamm', headers: { 'x-webhook-signature': wammSecret } }),
    (_body, junk) => ({ path: `/hooks/wamm/${encodeURIComponent(junk)}` }),
    () => ({ path: `/hooks/wamm/${wammSecret.slice(0, -1)}` }),
    () => ({ path: `/hooks/wamm/${wammSecret}x` }),
  ],
  aelyst: [
    (body) => ({ path: '/hooks/aelyst', headers: signedByAelyst(body) }),
    () => ({ path: `/hooks/aelyst/${aelystKeys[0]}` }),
    (_body, junk) => ({ path: '/hooks/aelyst', headers: { 'x-webhook-signature': junk } }),
    (body, junk) => ({ path: '/hooks/aelyst', headers: signedByAelyst(body, junk) }),
    (body) => ({ path: '/hooks/aelyst', headers: signedByAelyst(`${body}.`) }),
  ],
  saleschat: [
    (body, _junk, seconds) => byIntake(signedForIntake(body, seconds)),
    () => byIntake(),
    (body, junk, seconds) => byIntake(signedForIntake(body, seconds, junk)),
    (body, _junk, seconds) => byIntake(signedForIntake(`${body}.`, seconds)),
    (body, _junk, seconds) => byIntake(signedForIntake(body, seconds - 301)),
  ],
}

const door = fc.constantFrom(...doors)
// Without a bias to small numbers, hardly any comes twice.
const whole = fc
  .tuple(door, fc.noBias(fc.nat()))
  .chain(([of, id]) => fc.record({ of: fc.constant(of), body: fc.constantFrom(...tellings[of](id)) }))
/** What is of no interest is received as well, and forgotten. */
const idle = fc.constantFrom<Told>(
  { of: 'wamm', body: '{"tip":"msg_state","msg_data":{"msg_id":1}}' },
  { of: 'aelyst', body: aelystEvent('contact.tag.updated') },
)
interface Told {
  readonly of: Door
  readonly body: string | Buffer
}

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

const strange = fc.oneof(
  {
    weight: 25,
    arbitrary: fc
      .tuple(whole, fc.integer({ min: 1, max: 20 }), odd)
      .map(([{ of, body }, at, value]) => ({ of, body: mutated(body, at, value) })),
  },
  {
    weight: 10,
    arbitrary: fc.tuple(whole, fc.nat(600)).map(([{ of, body }, end]) => ({ of, body: body.slice(0, end) })),
  },
  { weight: 2, arbitrary: idle },
  { weight: 5, arbitrary: fc.record({ of: door, body: fc.json() }) },
  { weight: 5, arbitrary: fc.record({ of: door, body: fc.string({ unit: 'binary' }) }) },
  { weight: 5, arbitrary: fc.record({ of: door, body: fc.uint8Array().map((bytes) => Buffer.from(bytes)) }) },
  { weight: 1, arbitrary: fc.record({ of: door, body: nested }) },
)
const withKind = (kind: 'whole' | 'strange') => (told: Told) => ({ ...told, kind })
const request = fc.record({
  told: fc.oneof(
    { weight: 1, arbitrary: whole.map(withKind('whole')) },
    { weight: 5, arbitrary: strange.map(withKind('strange')) },
  ),
  /** Of the door's ways. */
  way: fc.oneof(
    { weight: 3, arbitrary: fc.constant(0 as const) },
    { weight: 1, arbitrary: fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const) },
  ),
  junk: fc.string({ unit: fc.constantFrom(...'aZ09+/=v-_.~'), minLength: 1 }),
})

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

/** What a provider's webhook never is, however it is read. */
const isObject = (body: string | Buffer): boolean => {
  try {
    const read: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(body)))
    return typeof read === 'object' && read !== null
  } catch {
    return false
  }
}

/** All that a line about a refused request may say. */
const logLine = z.strictObject({
  level: z.literal(40),
  time: z.iso.datetime(),
  path: z.enum(['/hooks', '/intake']),
  account: z.enum(doors).nullable(),
  reason: z.enum(['not genuine', 'not readable', 'body not taken']),
  unlogged: z.literal(0),
  msg: z.literal('Something told by HTTP was refused'),
})

it(`Bad input costs nothing: of ${requests} strange requests, what is refused changes nothing, and what is received is valid`, {
  timeout: 180_000,
}, async () => {
  const file = temporaryFile(memory)
  const store = temporaryStore(file)
  const hooks = await startHooks({ store })
  const beside = new Sqlite(file, { readonly: true })
  // One at a time, so that what has changed is known to be of this request.
  const pool = new Pool(hooks.url, { connections: 1 })
  onTestFinished(async () => {
    await pool.close()
    beside.close()
  })
  /** Another one whenever anything at all was written: https://sqlite.org/pragma.html#pragma_data_version */
  const version = beside.prepare('PRAGMA data_version').pluck()
  const state = (): unknown => version.get()
  const seconds = Math.floor(hooks.clock.now() / 1_000)
  const post = async ({ path, headers = {} }: Way, body: string | Buffer): Promise<number> => {
    const answer = await pool.request({ method: 'POST', path, body, headers })
    await answer.body.dump()
    return answer.statusCode
  }
  const counts = { 200: 0, 400: 0, 401: 0, 'strange and received': 0 }

  for (const { told, way, junk } of fc.sample(request, { numRuns: requests, seed: 20_261_120 })) {
    const { of, body, kind } = told
    const chosen = ways[of][way](body, junk, seconds)
    const before = state()
    const known = hooks.received.length
    const status = await post(chosen, body)
    const hasChanged = state() !== before
    const news = hooks.received.slice(known)

    const fitting = way > 0 ? [401] : kind === 'whole' ? [200] : isObject(body) ? [200, 400] : [400]
    const isRight =
      fitting.includes(status) &&
      news.every(({ account, event }) => account === of && readable.safeParse(event).success) &&
      (status !== 200 || news.length === 0 ? !hasChanged && news.length === 0 : true) &&
      (status === 200 && kind === 'whole' ? hasChanged : true)
    if (!isRight) throw new Error(JSON.stringify({ chosen, told, status, hasChanged, news }))
    if (status === 200 || status === 400 || status === 401) counts[status] += 1
    if (kind === 'strange') counts['strange and received'] += news.length
  }

  // Each happened often, so nothing above was passed by.
  for (const [what, count] of Object.entries(counts)) expect(count, what).toBeGreaterThan(1_000)

  for (const megabytes of [2, 10]) {
    const before = state()
    const body = Buffer.alloc(megabytes * 1024 * 1024, wammMessage())
    expect(await post({ path: `/hooks/wamm/${wammSecret}` }, body)).toBe(413)
    expect(state()).toBe(before)
  }
  expect((await fetch(`${hooks.url}/healthz`)).status).toBe(200)

  // What is in the store is what was received, and can be read.
  const rows = z.array(z.object({ account: z.string(), id: z.string() }))
  const kept = rows.parse(beside.prepare('SELECT account, id FROM seen_events').all())
  const idsOf = (events: readonly (readonly [string, string])[]) => new Set(events.map(String))
  expect(idsOf(kept.map(({ account, id }) => [account, id]))).toEqual(
    idsOf(hooks.received.map(({ account, event }) => [account, event.id])),
  )
  const keys = idsOf(hooks.received.map(({ account, event }) => [account, event.key]))
  const chats = await store.findChats({ state: 'any', limit: requests })
  expect(chats.length).toBeGreaterThan(1_000)
  expect(chats.filter(({ account, key }) => !keys.has(String([account, key])))).toEqual([])
  expect(beside.pragma('integrity_check', { simple: true })).toBe('ok')

  const log = hooks.logLines.map((line) => logLine.parse(JSON.parse(line)))
  expect(new Set(log.map(({ path, account, reason }) => `${path} ${account} ${reason}`)).size).toBe(
    log.length,
  )
})
