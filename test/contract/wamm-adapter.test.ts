import { describe, expect, it } from 'vitest'
import type { ProviderAdapter } from '../../src/providers/contract.ts'
import { chatKey, providerUserId } from '../../src/routing/ids.ts'
import { answerWith } from '../fixtures/answer-with.ts'
import { doneValue } from '../fixtures/done-value.ts'
import { offered } from '../fixtures/offered.ts'
import { anna, boris, ivan, startWammAdapter, telegram } from '../fixtures/start-wamm-adapter.ts'

const listChats = (adapter: ProviderAdapter) => offered(adapter.listChats)()
const readChat = (adapter: ProviderAdapter, key = ivan) => offered(adapter.readChat)(key)
const listUsers = (adapter: ProviderAdapter) => offered(adapter.listUsers)()

describe('what the adapter asks', () => {
  it.each(['', '.', '..', '\ud800'])(
    'never asks for the key %j, which would change the path',
    async (key) => {
      const { wamm, adapter } = await startWammAdapter()
      const refused = { kind: 'refused', problem: 'invalid-chat-key' }
      expect(await adapter.assign(chatKey(key), anna)).toMatchObject(refused)
      expect(await adapter.assign(ivan, providerUserId(key))).toMatchObject(refused)
      expect(await offered(adapter.unassign)(chatKey(key))).toMatchObject(refused)
      expect(await readChat(adapter, chatKey(key))).toMatchObject(refused)
      const contact = { key: chatKey(key), phone: '+79001234567' }
      expect(await offered(adapter.contacts).read(contact)).toMatchObject(refused)
      expect(await offered(adapter.contacts).save(contact, { name: 'Ivan' })).toMatchObject(refused)
      expect(wamm.calls).toEqual([])
    },
  )
})

describe('assign and unassign', () => {
  it('make the user responsible, hand over to another, and free the chat', async () => {
    const { wamm, adapter } = await startWammAdapter()
    expect(await adapter.assign(ivan, anna)).toEqual({ kind: 'done', value: 'confirmed' })
    expect(wamm.holder(ivan)).toBe('100')
    expect(await adapter.assign(ivan, boris)).toEqual({ kind: 'done', value: 'confirmed' })
    expect(await offered(adapter.unassign)(ivan)).toEqual({ kind: 'done', value: 'confirmed' })
    expect(wamm.writesOf(ivan).map(({ from, to }) => [from, to])).toEqual([
      [null, '100'],
      ['100', '101'],
      ['101', null],
    ])
  })

  it('work with a negative Telegram id', async () => {
    const { wamm, adapter } = await startWammAdapter()
    wamm.customerWrites(telegram, { text: 'hi' })
    expect(await adapter.assign(telegram, anna)).toEqual({ kind: 'done', value: 'confirmed' })
    expect(wamm.holder(telegram)).toBe('100')
  })

  it('tell why WAMM refuses', async () => {
    const { wamm, adapter } = await startWammAdapter()
    wamm.addUser({ id: '102', name: 'Blocked' })
    wamm.blockUser('102')
    expect(await adapter.assign(chatKey('79009999999'), anna)).toMatchObject({ problem: 'chat-not-found' })
    expect(await adapter.assign(chatKey('a b'), anna)).toMatchObject({ problem: 'invalid-chat-key' })
    expect(await adapter.assign(ivan, providerUserId('999'))).toMatchObject({ problem: 'user-not-found' })
    expect(await adapter.assign(ivan, providerUserId('102'))).toMatchObject({ problem: 'user-not-active' })
    expect(wamm.writes).toEqual([])
  })

  it('call an answer without a result unreadable, and sent', async () => {
    const { wamm, adapter } = await startWammAdapter()
    answerWith(wamm, { err: 0 })
    expect(await adapter.assign(ivan, anna)).toMatchObject({
      kind: 'retry',
      problem: 'unreadable-answer',
      sent: true,
    })
  })
})

describe('readChat', () => {
  it('gives the chat as it is now', async () => {
    const { wamm, adapter } = await startWammAdapter()
    expect(await readChat(adapter)).toEqual({
      kind: 'done',
      value: { key: ivan, name: 'Ivan Petrov', phone: '+79001234567', holder: null, lastMessageAt: null },
    })
    wamm.assignInProvider(ivan, '101')
    expect(doneValue(await readChat(adapter)).holder).toBe('101')
  })

  it.each<[unknown, string | null]>([
    ['', null],
    ['0', null],
    [0, null],
    [null, null],
    [undefined, null],
    ['none', null],
    [' ', null],
    ['101', '101'],
    [101, '101'],
  ])('reads the holder %j as %j', async (user_id, holder) => {
    const { wamm, adapter } = await startWammAdapter()
    answerWith(wamm, { err: 0, data: { phone: 79001234567, user_id } })
    expect(doneValue(await readChat(adapter))).toMatchObject({ holder, name: null, phone: '+79001234567' })
  })

  it.each([true, {}, ['101']])('does not take the holder %j for nobody', async (user_id) => {
    const { wamm, adapter } = await startWammAdapter()
    answerWith(wamm, { err: 0, data: { phone: '79001234567', user_id } })
    expect(await readChat(adapter)).toMatchObject({ kind: 'retry', problem: 'unreadable-answer', sent: true })
  })

  it('uses the real number behind a chat id, and takes no chat id with a nickname for a number', async () => {
    const { wamm, adapter } = await startWammAdapter()
    const looksLikeNumber = chatKey('6581234567')
    wamm.customerWrites(looksLikeNumber, { text: 'hi' })
    expect(doneValue(await readChat(adapter, looksLikeNumber)).phone).toBe('+6581234567')
    wamm.customerWrites(looksLikeNumber, { text: 'hi', phoneReal: 'ivan_p' })
    expect(doneValue(await readChat(adapter, looksLikeNumber)).phone).toBeNull()
    wamm.customerWrites(looksLikeNumber, { text: 'hi', phoneReal: '+7 900 123-45-67' })
    expect(doneValue(await readChat(adapter, looksLikeNumber)).phone).toBe('+79001234567')
  })

  it('refuses a group chat, which can have nobody responsible', async () => {
    const { wamm, adapter } = await startWammAdapter()
    const group = chatKey('555000111')
    wamm.customerWrites(group, { text: 'hi', tip: 'group' })
    expect(await readChat(adapter, group)).toMatchObject({ kind: 'refused', problem: 'refused-otherwise' })
  })
})

describe('listUsers', () => {
  it('gives everybody, blocked and deleted people too', async () => {
    const { wamm, adapter } = await startWammAdapter()
    wamm.addUser({ id: '102', name: 'Blocked' })
    wamm.blockUser('102')
    wamm.addUser({ id: '103', name: 'Gone' })
    wamm.deleteUser('103')
    expect(await listUsers(adapter)).toEqual({
      kind: 'done',
      value: [
        { id: '100', name: 'Anna', email: 'anna@example.com', active: true },
        { id: '101', name: 'Boris', email: null, active: true },
        { id: '102', name: 'Blocked', email: null, active: false },
        { id: '103', name: 'Gone', email: null, active: false },
      ],
    })
  })

  it('reads ids and flags of any type, and calls the nameless by address or id', async () => {
    const { wamm, adapter } = await startWammAdapter()
    answerWith(wamm, {
      err: 0,
      data: [
        { user_id: '1', name: '', email: ' A@B.co ', lock: '0', deleted: '0' },
        { user_id: 2, name: null, lock: '1' },
        { user_id: 3, name: 'C', lock: false, deleted: null },
        { name: 'no id' },
      ],
    })
    expect(doneValue(await listUsers(adapter))).toEqual([
      { id: '1', name: 'a@b.co', email: 'a@b.co', active: true },
      { id: '2', name: '2', email: null, active: false },
      { id: '3', name: 'C', email: null, active: true },
    ])
  })

  it('never takes a failure for an account without people', async () => {
    const { wamm, adapter } = await startWammAdapter()
    answerWith(wamm, { err: 'fail get data' })
    expect(await listUsers(adapter)).toMatchObject({ kind: 'retry', problem: 'server-error' })
  })
})

describe('health', () => {
  it('is done when the channel is authorized', async () => {
    const { adapter } = await startWammAdapter()
    expect(await adapter.health()).toEqual({ kind: 'done', value: null })
  })

  it.each(['notAuthorized', 'starting', 'blocked'] as const)(
    'tells that the channel is %s',
    async (state) => {
      const { wamm, adapter } = await startWammAdapter()
      wamm.setChannelState(state)
      expect(await adapter.health()).toEqual({
        kind: 'refused',
        problem: 'channel-not-authorized',
        detail: `state ${state}`,
      })
      expect(await listChats(adapter)).toMatchObject({ problem: 'channel-not-authorized' })
    },
  )

  it('tells that the token has no channel', async () => {
    const { wamm, adapter } = await startWammAdapter()
    for (const body of [{ err: 'fail get data' }, { err: 0, data: [] }]) {
      answerWith(wamm, body)
      expect(await adapter.health()).toMatchObject({ problem: 'channel-not-authorized' })
    }
  })
})

describe('a lost answer', () => {
  it('leaves the effect: after it a chat is held, without it not', async () => {
    const { wamm, adapter } = await startWammAdapter()
    wamm.faults.add({ fault: { kind: 'reset', handled: false }, times: 1 })
    wamm.faults.add({ fault: { kind: 'reset', handled: true }, times: 1 })
    await adapter.assign(ivan, anna)
    expect(wamm.holder(ivan)).toBeNull()
    await adapter.assign(ivan, anna)
    expect(wamm.holder(ivan)).toBe('100')
  })
})
