import { describe, expect, it } from 'vitest'
import { numberRefusals } from '../../sandbox/wamm/wamm-state.ts'
import type { ContactBook, ProviderAdapter } from '../../src/providers/contract.ts'
import { chatKey } from '../../src/routing/ids.ts'
import { answerWith } from '../fixtures/answer-with.ts'
import { doneValue } from '../fixtures/done-value.ts'
import { offered } from '../fixtures/offered.ts'
import { ivan, startWammAdapter, telegram } from '../fixtures/start-wamm-adapter.ts'

const book = (adapter: ProviderAdapter): ContactBook => offered(adapter.contacts)
const ofIvan = { key: ivan, phone: null }
const zoe = { key: null, phone: '+447400123456' }
const values = { name: 'Ivan Petrov', note: 'New client\nWants: 2', email: 'ivan@example.com', web: 'x.com' }

describe("WAMM's contacts", () => {
  it('are updated, and read again as they were written', async () => {
    const { wamm, adapter } = await startWammAdapter()
    expect(doneValue(await book(adapter).read(ofIvan))).toEqual({
      name: 'Ivan Petrov',
      note: '',
      email: '',
      web: '',
    })
    expect(await book(adapter).save(ofIvan, values)).toEqual({
      kind: 'done',
      value: { kind: 'updated', key: ivan },
    })
    expect(doneValue(await book(adapter).read(ofIvan))).toEqual(values)
    expect(wamm.writes).toEqual([])
  })

  it('keep what is not named, and lose what is named empty', async () => {
    const { adapter } = await startWammAdapter()
    await book(adapter).save(ofIvan, values)
    await book(adapter).save(ofIvan, { name: 'Ivan', email: '' })
    expect(doneValue(await book(adapter).read(ofIvan))).toEqual({ ...values, name: 'Ivan', email: '' })
  })

  it('are added under the digits of the number, once, with no open chat', async () => {
    const { wamm, adapter } = await startWammAdapter()
    const key = chatKey('447400123456')
    expect(offered(adapter.keyOfPhone)(zoe.phone)).toBe(key)
    expect(doneValue(await book(adapter).save(zoe, { name: 'Zoë' }))).toEqual({ kind: 'added', key })
    expect(doneValue(await book(adapter).save(zoe, { name: 'Zoë B' }))).toEqual({ kind: 'updated', key })
    expect(doneValue(await book(adapter).read(zoe))).toMatchObject({ name: 'Zoë B' })
    expect(doneValue(await offered(adapter.listChats)()).chats.map((chat) => chat.key)).toEqual([ivan])
    wamm.customerWrites(key, { text: 'hi' })
    expect(doneValue(await offered(adapter.listChats)()).chats.at(-1)).toMatchObject({ key, name: 'Zoë B' })
  })

  it('need a key or a number, and ask nobody without', async () => {
    const { wamm, adapter } = await startWammAdapter()
    const refused = { kind: 'refused', problem: 'invalid-chat-key' }
    expect(await book(adapter).read({ key: null, phone: null })).toMatchObject(refused)
    expect(await book(adapter).save({ key: null, phone: null }, values)).toMatchObject(refused)
    expect(wamm.calls).toEqual([])
  })

  it.each([
    [{ name: '' }, 'value-missing', 'name'],
    [{}, 'value-missing', 'name'],
    [{ name: 'я'.repeat(251) }, 'value-too-long', 'name'],
    [{ name: 'Ivan', email: `${'a'.repeat(150)}@b.c` }, 'value-too-long', 'email'],
    [{ name: 'Ivan', web: `https://${'a'.repeat(150)}` }, 'value-too-long', 'web'],
  ])(
    'are not changed by values that WAMM refuses (row %#), and the field is told',
    async (bad, problem, field) => {
      const { adapter } = await startWammAdapter()
      expect(await book(adapter).save(ofIvan, bad)).toMatchObject({ kind: 'refused', problem, field })
      expect(doneValue(await book(adapter).read(ofIvan))).toMatchObject({
        name: 'Ivan Petrov',
        email: '',
        web: '',
      })
    },
  )

  it('take values of exactly the documented length', async () => {
    const { adapter } = await startWammAdapter()
    for (const { id, maxLength } of book(adapter).fields) {
      if (maxLength === undefined) continue
      const saved = { name: 'Ivan', [id]: 'я'.repeat(maxLength) }
      expect(await book(adapter).save(ofIvan, saved)).toMatchObject({ kind: 'done' })
      expect(doneValue(await book(adapter).read(ofIvan))).toMatchObject(saved)
    }
  })

  it.each(numberRefusals)('are not added while WAMM says "%s"', async (refusal) => {
    const { wamm, adapter } = await startWammAdapter()
    wamm.setNumber('447400123456', refusal)
    const passes = refusal.endsWith('please retry')
    expect(await book(adapter).save(zoe, values)).toMatchObject(
      passes
        ? { kind: 'retry', problem: 'number-not-checked' }
        : { kind: 'refused', problem: 'no-account-on-number' },
    )
    expect(await book(adapter).read(zoe)).toMatchObject({ problem: 'chat-not-found' })
    expect(await book(adapter).save(zoe, values)).toMatchObject({ kind: passes ? 'done' : 'refused' })
    wamm.setNumber('447400123456', null)
    expect(await book(adapter).save(zoe, values)).toMatchObject({ kind: 'done' })
  })

  it('are refused for a key that WAMM cannot have, and while the channel is not authorized', async () => {
    const { wamm, adapter } = await startWammAdapter()
    const odd = { key: chatKey('a b'), phone: null }
    expect(await book(adapter).save(odd, values)).toMatchObject({ problem: 'invalid-chat-key' })
    wamm.setChannelState('notAuthorized')
    expect(await book(adapter).save(ofIvan, values)).toMatchObject({ problem: 'channel-not-authorized' })
  })

  it('are read tolerantly: what is no text is not told', async () => {
    const { wamm, adapter } = await startWammAdapter()
    answerWith(wamm, { err: 0, data: { name: 7, notes: ['x'], email: null, web: '', tags: {} } })
    expect(doneValue(await book(adapter).read({ key: telegram, phone: null }))).toEqual({
      name: '7',
      web: '',
    })
  })
})
