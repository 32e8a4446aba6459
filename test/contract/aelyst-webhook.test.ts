import { describe, expect, it } from 'vitest'
import { createAelystWebhook } from '../../src/providers/aelyst/aelyst-webhook.ts'
import { instant } from '../../src/routing/ids.ts'
import {
  aelystEvent,
  aelystKeys,
  type Hooks,
  onlyMessage,
  signedByAelyst,
  startHooks,
} from '../fixtures/start-hooks.ts'

const id = 'cc5f231a-633c-4ffc-bf61-d970fe5e0085'
const tell = async (body: string): Promise<Hooks> => {
  const hooks = await startHooks()
  expect(await hooks.post('/hooks/aelyst', body, signedByAelyst(body))).toBe(200)
  return hooks
}
const message = {
  messageId: 1262965213,
  channelMessageId: 123,
  contactId: 1,
  channelId: 123,
  traffic: 'incoming',
  message: { type: 'text', text: 'Hello' },
  timestamp: 1662965213,
}
const channel = { id: 1, name: 'Shop', source: 'whatsapp_cloud', meta: '{}', created_at: 1663274081 }

describe("the signature of Aelyst's webhooks", () => {
  const isGenuine = (keys: readonly string[], body: string, signature: string | undefined): boolean =>
    createAelystWebhook({ keys, now: () => instant(0) }).isGenuine({
      secret: null,
      header: (name) => (name === 'x-webhook-signature' ? signature : undefined),
      body: Buffer.from(body),
    })

  it.each([
    ['secret-key', '{"some":"payload"}', 'Bq1g+eoWPzyDxcVsyqSfJaTHxwAIVJPuJ/kAf+Ef0QA='],
    ['secret', '{"event":"message","data":"test"}', 'UtAE5LaeNjrL33PUEQfh69YKw7UhrrkOL9tQN0+xIrI='],
  ])('is that of clients of respond.io, with any of the keys: %s', (key, body, signature) => {
    expect(isGenuine(['another-key', key], body, signature)).toBe(true)
    expect(isGenuine(['another-key'], body, signature)).toBe(false)
    expect(isGenuine([key], `${body} `.replace('a', 'b'), signature)).toBe(false)
    for (const wrong of [
      undefined,
      '',
      signature.slice(0, -1),
      `sha256=${signature}`,
      signature.toLowerCase(),
    ])
      expect(isGenuine([key], body, wrong)).toBe(false)
  })

  it('may be of the JSON written anew', () => {
    const [signature] = Object.values(signedByAelyst('{"some":"payload"}', 'secret-key'))
    expect(isGenuine(['secret-key'], '{ "some" :\n"payload" }', signature)).toBe(true)
    expect(isGenuine(['secret-key'], '{ "some" : "payload" ', signature)).toBe(false)
    expect(isGenuine(['secret-key'], '['.repeat(400_000) + ']'.repeat(400_000), signature)).toBe(false)
  })

  it('is asked of every request, by the keys of the settings', async () => {
    const hooks = await startHooks()
    const body = aelystEvent('contact.updated')
    expect(await hooks.post('/hooks/aelyst', body, signedByAelyst(body, aelystKeys[1]))).toBe(200)
    expect(await hooks.post('/hooks/aelyst/anything', body, signedByAelyst(body))).toBe(200)
    expect(await hooks.post('/hooks/aelyst', body, signedByAelyst(body, 'guessed'))).toBe(401)
    expect(hooks.received).toHaveLength(2)
  })
})

describe("Aelyst's events", () => {
  it('a customer writes', async () => {
    const hooks = await tell(aelystEvent('message.received', { message, channel }))
    expect(hooks.received).toEqual([
      {
        account: 'aelyst',
        event: {
          kind: 'message',
          id,
          key: '1',
          message: {
            direction: 'in',
            at: 1662965213_000,
            byStaff: false,
            name: 'John Doe',
            phone: '+60123456789',
            text: 'Hello',
            messenger: 'whatsapp',
          },
        },
      },
    ])
  })

  it.each([
    ['a member of staff', { message: { ...message, sender: { source: 'user', userId: 2 } } }, true],
    ['the same, told elsewhere', { message, sender: { source: 'user' } }, true],
    ['a workflow', { message: { ...message, sender: { source: 'workflow' } } }, false],
    ['the API', { message: { ...message, sender: { source: 'api' } } }, false],
    ['whoever, where that is not told', { message }, false],
  ])('%s writes to the customer', async (_, fields, byStaff) => {
    const hooks = await tell(aelystEvent('message.sent', fields))
    expect(onlyMessage(hooks)).toMatchObject({ direction: 'out', byStaff })
  })

  it.each(['conversation.opened', 'contact.assignee.updated', 'contact.created', 'contact.updated'])(
    '%s: only asking tells what is different',
    async (type) => {
      expect((await tell(aelystEvent(type))).received).toEqual([
        { account: 'aelyst', event: { kind: 'changed', id, key: '1' } },
      ])
    },
  )

  it.each([
    [{ closedTime: 1662965213 }, 1662965213_000],
    [{ closedTime: null }, null],
    [undefined, null],
  ])('conversation.closed with %j', async (conversation, at) => {
    const closed = await tell(aelystEvent('conversation.closed', { conversation }))
    expect(closed.received[0]?.event).toEqual({ kind: 'closed', id, key: '1', at })
  })

  it.each([
    'contact.tag.updated',
    'contact.lifecycle.updated',
    'comment.created',
    'call.ended',
    'something.new',
    'constructor',
  ])('%s is of no use here', async (type) => {
    expect((await tell(aelystEvent(type, { event_id: undefined, contact: null }))).received).toEqual([])
  })

  it.each([
    ['seconds', 1662965213, 1662965213_000],
    ['milliseconds', 1662965213_123, 1662965213_123],
    ['microseconds', 1662965213_123_456, 1662965213_123],
    ['digits', '1662965213', 1662965213_000],
    ['ISO', '2022-09-12T06:46:53Z', 1662965213_000],
  ])('takes times in %s', async (_, timestamp, at) => {
    const hooks = await tell(aelystEvent('message.received', { message: { ...message, timestamp } }))
    expect(onlyMessage(hooks).at).toBe(at)
  })

  it.each([['yesterday'], [-1], [null], [9e30], [4e9]])('takes the time %j as now', async (timestamp) => {
    const hooks = await tell(aelystEvent('message.received', { message: { ...message, timestamp } }))
    expect(onlyMessage(hooks).at).toBe(hooks.clock.now())
  })

  it.each([
    [{ source: 'telegram' }, 'other'],
    [{ source: 'whatsapp' }, 'whatsapp'],
    [{}, null],
    ['whatsapp', null],
  ])('knows the messenger of the channel %j', async (of, messenger) => {
    const hooks = await tell(aelystEvent('message.received', { message, channel: of }))
    expect(onlyMessage(hooks).messenger).toBe(messenger)
  })

  it('reads a text that is not inside another message, and none of an attachment', async () => {
    const flat = await tell(aelystEvent('message.sent', { message: { type: 'text', text: 'Hi' } }))
    expect(onlyMessage(flat).text).toBe('Hi')
    const attachment = { ...message, message: { type: 'attachment', attachment: { type: 'image' } } }
    const picture = await tell(aelystEvent('message.received', { message: attachment }))
    expect(onlyMessage(picture).text).toBeNull()
  })

  it("knows a message by its own id where the event's is missing", async () => {
    const hooks = await tell(aelystEvent('message.received', { event_id: undefined, message }))
    expect(hooks.received[0]?.event.id).toBe('1262965213')
  })

  it.each([
    ['no type', {}, { event_type: undefined }],
    ['no id', { event_id: undefined }, {}],
    ['no contact', { contact: undefined }, {}],
    ['a contact that is no number', { contact: { id: 'x' } }, {}],
    ['an endless id', { event_id: 'x'.repeat(201) }, {}],
  ])('refuses an event with %s', async (_, fields, more) => {
    const hooks = await startHooks()
    const body = aelystEvent('contact.updated', { ...fields, ...more })
    expect(await hooks.post('/hooks/aelyst', body, signedByAelyst(body))).toBe(400)
    expect(hooks.received).toEqual([])
  })
})
