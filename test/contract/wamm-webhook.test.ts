import { expect, it } from 'vitest'
import { wamm } from '../../src/providers/wamm/wamm.ts'
import { manualClock } from '../fixtures/manual-clock.ts'
import { openHttp } from '../fixtures/open-http.ts'
import { type Hooks, onlyMessage, startHooks, wammMessage, wammSecret } from '../fixtures/start-hooks.ts'

const tell = async (body: string): Promise<Hooks> => {
  const hooks = await startHooks()
  expect(await hooks.post(`/hooks/wamm/${wammSecret}`, body)).toBe(200)
  return hooks
}

it("reads the message of WAMM's page, with its date in the account's time zone", async () => {
  const hooks = await tell(wammMessage())
  expect(hooks.received).toEqual([
    {
      account: 'wamm',
      event: {
        kind: 'message',
        id: 'msg:1234567',
        key: '79001234567',
        message: {
          direction: 'in',
          at: Date.UTC(2023, 4, 24, 9, 35, 29),
          byStaff: false,
          name: 'Ivan Petrov',
          phone: '+79001234567',
          text: 'Good afternoon',
          messenger: null,
        },
      },
    },
  ])
})

it.each([
  ['a member of staff', { from_me: 1, from_api: 0 }, 'out', true],
  ['the same, in texts', { from_me: '1', from_api: '0' }, 'out', true],
  ['the API', { from_me: 1, from_api: 1 }, 'out', false],
  ['whoever, where that is not told', { from_me: 1, from_api: undefined }, 'out', false],
  ['the customer', { from_me: false, from_api: 'x' }, 'in', false],
])('knows what was written by %s', async (_, fields, direction, byStaff) => {
  expect(onlyMessage(await tell(wammMessage(fields)))).toMatchObject({ direction, byStaff })
})

it('reads ids as numbers and as texts, to the same end', async () => {
  const hooks = await tell(wammMessage({ msg_id: '1234567', phone: 79001234567 }))
  expect(hooks.received[0]?.event).toMatchObject({ id: 'msg:1234567', key: '79001234567' })
})

it.each([
  ['phone_real is a number', { phone: '123456789', phone_real: '+7 900 123-45-67' }, '+79001234567'],
  ['phone_real is a nickname', { phone: '79001234567', phone_real: '@ivan' }, null],
  ['the key is a chat id', { phone: '-100123' }, null],
  ['the key is a chat id of letters, too', { phone: 'u2i-nXyZ~Ab_9=' }, null],
])('knows the number where %s', async (_, fields, phone) => {
  const hooks = await tell(wammMessage(fields))
  expect(onlyMessage(hooks).phone).toBe(phone)
  expect(hooks.received[0]?.event.key).toBe(fields.phone)
})

it.each([
  ['a number is the key', {}, true, 'whatsapp'],
  [
    'the key is a chat id beside a number',
    { phone: '123456789', phone_real: '+7 900 123-45-67' },
    true,
    'other',
  ],
  ['the key is no number', { phone: '-100123' }, true, 'other'],
  ['the settings say nothing of it', {}, false, null],
] as const)('knows whether WhatsApp limits answers where %s', (_, fields, whatsappWindow, messenger) => {
  const values = { token: 'wamm-token', channel: 'C0WAMM', webhookSecret: wammSecret, whatsappWindow }
  const read = wamm.read(values)
  if (read.kind === 'invalid') throw new Error(JSON.stringify(read.problems))
  const { webhook } = read.settings.connect({ ...manualClock(), http: openHttp() })
  expect(webhook?.read(JSON.parse(wammMessage(fields)))).toMatchObject([{ message: { messenger } }])
})

it('takes a picture as a message without a text, and a broken date as now', async () => {
  const hooks = await tell(wammMessage({ tip_msg: 'imageMessage', msg_text: null, date_ins: '0000-00-00' }))
  expect(onlyMessage(hooks)).toMatchObject({ text: null, at: hooks.clock.now() })
})

it.each([
  ['a group chat', wammMessage({ phone: '79001234567-1398765432' })],
  ['a group chat in its other spelling', wammMessage({ phone: '1203630@g.us' })],
  ['what people show to all their contacts', wammMessage({ phone: 'status@broadcast' })],
  ['the state of a message', '{"tip":"msg_state","msg_data":{"msg_id":1,"phone":"7","state":"viewed"}}'],
  ['the state of a message in an unknown shape', '{"tip":"msg_state"}'],
  ['a kind of event that its page does not have', '{"tip":"call","msg_data":{}}'],
])('has no use for %s', async (_, body) => {
  expect((await tell(body)).received).toEqual([])
})

it.each([
  ['no id', { msg_id: undefined }],
  ['an empty id', { msg_id: '' }],
  ['no customer', { phone: null }],
  ['half a character for a customer', { phone: '\ud800' }],
  ['a customer who would change the path of a call', { phone: '..' }],
  ['a customer who is no number and no id', { phone: 'nonsense' }],
  ['a customer who is a sentence', { phone: '7 900 and more' }],
  ['a customer who is markup', { phone: '<!channel>1' }],
  ['a customer who is a control character', { phone: '7900\u00001' }],
  ['an endless customer', { phone: '7'.repeat(201) }],
  ['no direction', { from_me: undefined }],
  ['a third direction', { from_me: 2 }],
])('refuses a message with %s', async (_, fields) => {
  const hooks = await startHooks()
  expect(await hooks.post(`/hooks/wamm/${wammSecret}`, wammMessage(fields))).toBe(400)
  expect(hooks.received).toEqual([])
})
