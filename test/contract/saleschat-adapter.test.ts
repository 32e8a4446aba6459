import { describe, expect, it } from 'vitest'
import { chatKey, groupHolder } from '../../src/routing/ids.ts'
import { answerWith } from '../fixtures/answer-with.ts'
import {
  anna,
  boris,
  ivan,
  olga,
  phone,
  sales,
  startSalesChatAdapter,
} from '../fixtures/start-saleschat-adapter.ts'

const accepted = { kind: 'done', value: 'accepted' }

describe('what the adapter offers', () => {
  it('leaves out what SalesChat cannot do', async () => {
    const { adapter } = await startSalesChatAdapter()
    const { unassign, readChat, listChats, listUsers, keyOfPhone, comment, pool } = adapter
    expect([unassign, readChat, listChats, listUsers, keyOfPhone, comment, pool]).toEqual(
      Array(7).fill(undefined),
    )
  })

  it('lists the users and groups of its settings, without a call', async () => {
    const { saleschat, connect } = await startSalesChatAdapter()
    const users = [{ id: 'user-anna', name: 'Anna', email: 'Anna@Example.com' }]
    const groups = [{ id: 'group-sales', name: 'Sales' }]
    const listed = [
      { id: anna, name: 'Anna', email: 'anna@example.com', active: true },
      { id: sales, name: 'Sales', email: null, active: true },
    ]
    expect(await connect({ users, groups }).listUsers?.()).toEqual({ kind: 'done', value: listed })
    expect(await connect({ groups }).listUsers?.()).toEqual({ kind: 'done', value: listed.slice(1) })
    expect(saleschat.calls).toEqual([])
  })

  it('has a pool where one is configured: a user, or a group', async () => {
    const { connect } = await startSalesChatAdapter()
    const user = { kind: 'user', id: 'queue', name: 'Queue' } as const
    expect(connect({ pool: user }).pool).toEqual({ id: 'queue', name: 'Queue' })
    const group = { kind: 'group', id: 'group-sales', name: 'Sales' } as const
    expect(connect({ pool: group }).pool).toEqual({ id: groupHolder('group-sales'), name: 'Sales' })
  })
})

describe('assign', () => {
  it('is accepted before it has taken effect', async () => {
    const { saleschat, adapter } = await startSalesChatAdapter()
    expect(await adapter.assign(ivan, anna)).toEqual(accepted)
    expect(saleschat.holder(ivan)).toBeNull()
    saleschat.settle()
    expect(saleschat.holder(ivan)).toBe(anna)
  })

  it('names the business account and its number where they are configured', async () => {
    const { saleschat, connect } = await startSalesChatAdapter()
    const adapter = connect({ wabaId: 'waba-1', phoneId: 'phone-1' })
    expect(await adapter.assign(ivan, anna)).toEqual(accepted)
    expect(saleschat.calls.map(({ body }) => body)).toEqual([
      {
        user_id: 'user-anna',
        assign_on_handover: false,
        remote_waba_id: 'waba-1',
        remote_phone_id: 'phone-1',
      },
    ])
  })

  it('to a group gives the chat to one of its members', async () => {
    const { saleschat, adapter } = await startSalesChatAdapter()
    expect(await adapter.assign(ivan, sales)).toEqual(accepted)
    saleschat.settle()
    expect([anna, boris]).toContain(saleschat.holder(ivan))
  })

  it('on reply takes effect when the customer answers', async () => {
    const { saleschat, adapter } = await startSalesChatAdapter()
    expect(await adapter.assignOnReply?.(ivan, anna)).toEqual(accepted)
    saleschat.settle()
    expect(saleschat.holder(ivan)).toBeNull()
    saleschat.customerReplies(ivan)
    expect(saleschat.holder(ivan)).toBe(anna)
  })

  it('tells that SalesChat does not know the user or the group', async () => {
    const { saleschat, adapter, clock } = await startSalesChatAdapter()
    const unknown = { kind: 'refused', problem: 'user-not-found' }
    expect(await adapter.assign(ivan, groupHolder('none'))).toMatchObject(unknown)
    clock.jump(10_000)
    expect(await adapter.assign(ivan, groupHolder(''))).toMatchObject(unknown)
    expect(saleschat.writes).toEqual([])
  })

  it.each([
    [200, ''],
    [204, ''],
    [202, '{"status":"ok"}'],
    [202, 'OK'],
  ])('takes %i with %j for accepted', async (status, body) => {
    const { saleschat, adapter } = await startSalesChatAdapter()
    answerWith(saleschat, body, status)
    expect(await adapter.assign(ivan, anna)).toEqual(accepted)
  })

  it('of one contact waits 10 s after the last one, and the newer then goes', async () => {
    const { saleschat, adapter, clock } = await startSalesChatAdapter()
    saleschat.addContact({ id: olga, phone: '+79002222222' })
    expect(await adapter.assign(ivan, anna)).toEqual(accepted)
    clock.jump(4_000)
    const paced = { kind: 'retry', problem: 'paced', sent: false }
    expect(await adapter.assign(ivan, boris)).toMatchObject({ ...paced, afterMs: 6_000 })
    expect(await adapter.assignOnReply?.(ivan, boris)).toMatchObject({ ...paced, afterMs: 6_000 })
    expect(await adapter.assign(olga, boris)).toEqual(accepted)
    clock.jump(6_000)
    expect(await adapter.assign(ivan, boris)).toEqual(accepted)
    saleschat.settle()
    expect(saleschat.holder(ivan)).toBe(boris)
    expect(saleschat.calls).toHaveLength(3)
    expect(saleschat.state.breaches).toEqual([])
  })

  it('comes again after 10 s when SalesChat has counted one that this process did not send', async () => {
    const { saleschat, adapter, connect, clock } = await startSalesChatAdapter()
    expect(await adapter.assign(ivan, anna)).toEqual(accepted)
    const restarted = connect()
    expect(await restarted.assign(ivan, boris)).toEqual({
      kind: 'retry',
      problem: 'rate-limited',
      detail: 'answered 429',
      sent: false,
      afterMs: 10_000,
    })
    clock.jump(10_000)
    expect(await restarted.assign(ivan, boris)).toEqual(accepted)
    expect(saleschat.writesOf(ivan).map(({ to }) => to)).toEqual([{ user: anna }, { user: boris }])
  })
})

describe('assign, and contacts', () => {
  it.each(['', '.', '..', '\ud800'])(
    'never ask for the key %j, which would change the path',
    async (text) => {
      const { saleschat, adapter } = await startSalesChatAdapter()
      const key = chatKey(text)
      const refused = { kind: 'refused', problem: 'invalid-chat-key' }
      expect(await adapter.assign(key, anna)).toMatchObject(refused)
      expect(await adapter.contacts?.save({ key, phone: null }, { 'crm-id': 'x' })).toMatchObject(refused)
      expect(await adapter.contacts?.save({ key, phone: null }, { stage: 'x' })).toMatchObject(refused)
      expect(saleschat.calls).toEqual([])
    },
  )
})

describe('findChats', () => {
  const chat = { phone, holder: null, lastMessageAt: null }

  it('gives every contact with the number, newest first, without expired ones', async () => {
    const { saleschat, adapter, clock } = await startSalesChatAdapter()
    clock.jump(60_000)
    saleschat.addContact({ id: 'gone', phone })
    saleschat.expireContact('gone')
    saleschat.addContact({ id: olga, phone, crmId: 'crm-8' })
    saleschat.addContact({ id: 'other', phone: '+79002222222' })
    expect(await adapter.findChats?.({ phone })).toEqual({
      kind: 'done',
      value: [
        { ...chat, key: olga, name: 'crm-8' },
        { ...chat, key: ivan, name: 'Ivan Petrov' },
      ],
    })
  })

  it('gives none for a number that nobody has', async () => {
    const { adapter } = await startSalesChatAdapter()
    expect(await adapter.findChats?.({ phone: '+79009999999' })).toEqual({ kind: 'done', value: [] })
  })

  it('gives none for an e-mail address, without a call', async () => {
    const { saleschat, adapter } = await startSalesChatAdapter()
    expect(await adapter.findChats?.({ email: 'ivan@example.com' })).toEqual({ kind: 'done', value: [] })
    expect(saleschat.calls).toEqual([])
  })

  it.each([400, 422])('tells by %i that SalesChat does not accept the number', async (status) => {
    const { saleschat, adapter } = await startSalesChatAdapter()
    answerWith(saleschat, '', status)
    expect(await adapter.findChats?.({ phone })).toMatchObject({
      kind: 'refused',
      problem: 'invalid-chat-key',
    })
  })

  it('reads dates in seconds and as text, and puts what has none last', async () => {
    const { saleschat, adapter } = await startSalesChatAdapter()
    answerWith(saleschat, [
      { id: 'none' },
      { id: 'odd', create_date: 'yesterday' },
      { id: '2023', create_date: 1_700_000_000 },
      { id: '2025', create_date: '2025-12-06T03:12:31.740Z' },
      { id: '2024', create_date: '1710000000.123' },
      { id: '2026', create_date: 1_767_300_000.5 },
    ])
    expect(await adapter.findChats?.({ phone })).toMatchObject({
      value: ['2026', '2025', '2024', '2023', 'none', 'odd'].map((key) => ({ key })),
    })
  })

  it('is not upset by odd fields, and skips only the row that has no id', async () => {
    const { saleschat, adapter } = await startSalesChatAdapter()
    answerWith(saleschat, [
      null,
      { crm_id: 'no id' },
      { id: 7, crm_id: 8, first_name: ' ', last_name: [], is_expired: 'no', governance_level: {}, more: 1 },
      { id: 'b', first_name: null, last_name: ' Petrov ', is_expired: null },
      { id: 'c' },
    ])
    expect(await adapter.findChats?.({ phone })).toEqual({
      kind: 'done',
      value: [
        { ...chat, key: '7', name: '8' },
        { ...chat, key: 'b', name: 'Petrov' },
        { ...chat, key: 'c', name: null },
      ],
    })
  })
})

describe('health', () => {
  it.each(['[]', '[{"id":"somebody"}]'])(
    'is done when the number that nobody has answers %s',
    async (body) => {
      const { saleschat, adapter } = await startSalesChatAdapter()
      answerWith(saleschat, body)
      expect(await adapter.health()).toEqual({ kind: 'done', value: null })
    },
  )

  it.each([400, 422])('is done when SalesChat refuses the number by %i', async (status) => {
    const { saleschat, adapter } = await startSalesChatAdapter()
    answerWith(saleschat, '', status)
    expect(await adapter.health()).toEqual({ kind: 'done', value: null })
  })

  it('tells that the token is of another organisation', async () => {
    const { connect } = await startSalesChatAdapter()
    expect(await connect({ orgId: 'org-2' }).health()).toMatchObject({ problem: 'not-allowed' })
  })
})
