import { describe, expect, it } from 'vitest'
import type { ContactValues } from '../../src/providers/contract.ts'
import { chatKey } from '../../src/routing/ids.ts'
import { answerWith } from '../fixtures/answer-with.ts'
import { doneValue } from '../fixtures/done-value.ts'
import { ivan, ivanPhone, startAelystAdapter } from '../fixtures/start-aelyst-adapter.ts'

const known = { key: ivan, phone: ivanPhone }
const newPhone = '+60121112222'
const added = { key: null, phone: newPhone }
const zoe: ContactValues = { 'first-name': 'Zoe', email: 'z@l.my' }

describe('the contact form of Aelyst', () => {
  it('has names and address for everybody, and the conversation for those who are there', async () => {
    const { contacts } = await startAelystAdapter()
    const shown = (fields: typeof contacts.newFields) =>
      fields?.map(({ id, kind, required }) => `${id} ${kind}${required ? ' required' : ''}`)
    expect(shown(contacts.fields)).toEqual([
      'first-name line required',
      'last-name line',
      'email email',
      'conversation choice',
    ])
    expect(shown(contacts.newFields)).toEqual(['first-name line required', 'last-name line', 'email email'])
    expect(contacts.fields.at(-1)?.choices).toEqual(['open', 'closed'])
  })

  it('shows what Aelyst has, by id or by number', async () => {
    const { aelyst, contacts } = await startAelystAdapter()
    const values = { 'first-name': 'Ivan', 'last-name': 'Petrov', email: '', conversation: 'open' }
    expect(await contacts.read(known)).toEqual({ kind: 'done', value: values })
    aelyst.closeConversation(ivan)
    expect(doneValue(await contacts.read({ key: null, phone: ivanPhone }))).toEqual({
      ...values,
      conversation: 'closed',
    })
    expect(await contacts.read(added)).toMatchObject({ kind: 'refused', problem: 'chat-not-found' })
    expect(await contacts.read({ key: null, phone: null })).toMatchObject({ problem: 'invalid-chat-key' })
  })

  it.each([
    ['open', 'open'],
    ['close', 'closed'],
    ['closed', 'closed'],
    ['blocked', undefined],
    [null, undefined],
  ])('reads the status %j as %j', async (status, conversation) => {
    const { aelyst, contacts } = await startAelystAdapter()
    answerWith(aelyst, { id: 501, firstName: 'Ivan', status })
    expect(doneValue(await contacts.read(known)).conversation).toBe(conversation)
  })
})

describe('saving a contact', () => {
  it('changes what differs, clears what is empty and leaves what is absent', async () => {
    const { aelyst, contacts } = await startAelystAdapter()
    const updated = { kind: 'done', value: { kind: 'updated', key: ivan } }
    expect(await contacts.save(known, { 'first-name': 'Ivan', email: 'i@p.ru' })).toEqual(updated)
    expect(aelyst.state.contacts.get(ivan)).toMatchObject({ lastName: 'Petrov', email: 'i@p.ru' })
    expect(await contacts.save(known, { 'last-name': '', conversation: 'closed' })).toEqual(updated)
    expect(aelyst.state.contacts.get(ivan)).toMatchObject({
      firstName: 'Ivan',
      lastName: null,
      email: 'i@p.ru',
      status: 'closed',
    })
  })

  it('writes nothing when Aelyst has it so already', async () => {
    const { aelyst, contacts } = await startAelystAdapter()
    await contacts.save(known, {
      'first-name': 'Ivan',
      'last-name': 'Petrov',
      email: '',
      conversation: 'open',
    })
    expect(aelyst.calls.map(({ method }) => method)).toEqual(['getcontact'])
  })

  it('says that something was sent when only the second of two changes fails', async () => {
    const { aelyst, contacts } = await startAelystAdapter()
    const method = 'updateconversationstatus'
    aelyst.faults.add({ fault: { kind: 'rate-limit', retryAfter: '7' }, method, times: 2 })
    const values: ContactValues = { 'first-name': 'Vanya', conversation: 'closed' }
    const limited = { kind: 'retry', problem: 'rate-limited', afterMs: 7_000 }
    expect(await contacts.save(known, values)).toMatchObject({ ...limited, sent: true })
    expect(await contacts.save(known, values)).toMatchObject({ ...limited, sent: false })
    expect(await contacts.save(known, values)).toMatchObject({ kind: 'done' })
    expect(aelyst.calls.filter((call) => call.method === 'updatecontact')).toHaveLength(1)
  })

  it.each([
    [400, 'Validation error.', 'value-invalid'],
    [400, 'User not found', 'value-invalid'],
    [409, 'Conflict', 'contact-exists'],
    [403, 'The contact already exists', 'contact-exists'],
    [403, 'Forbidden', 'not-allowed'],
  ])('takes %i "%s" for %s', async (code, message, problem) => {
    const { aelyst, contacts } = await startAelystAdapter()
    const body = JSON.stringify({ code, message })
    const fault = { kind: 'answer', status: code, body } as const
    aelyst.faults.add({ fault, method: 'updatecontact' })
    aelyst.faults.add({ fault, method: 'createcontact' })
    const refused = { kind: 'refused', problem, detail: `answered ${code}` }
    expect(await contacts.save(known, { 'first-name': 'Vanya' })).toEqual(refused)
    expect(await contacts.save(added, zoe)).toEqual(refused)
  })

  it('refuses a customer without key and number', async () => {
    const { aelyst, contacts } = await startAelystAdapter()
    expect(await contacts.save({ key: null, phone: null }, zoe)).toMatchObject({
      problem: 'invalid-chat-key',
    })
    expect(aelyst.calls).toEqual([])
  })
})

describe('adding a contact', () => {
  it('gives the key that Aelyst made', async () => {
    const { aelyst, contacts } = await startAelystAdapter()
    expect(await contacts.save(added, zoe)).toEqual({
      kind: 'done',
      value: { kind: 'added', key: chatKey('502') },
    })
    expect(aelyst.state.contacts.get('502')).toMatchObject({
      firstName: 'Zoe',
      lastName: null,
      phone: newPhone,
      email: 'z@l.my',
    })
  })

  it('is queued until the contact appears, and adds no second one', async () => {
    const { aelyst, contacts } = await startAelystAdapter()
    aelyst.setQuirks({ addsSlowly: true })
    expect(await contacts.save(added, zoe)).toEqual({
      kind: 'retry',
      problem: 'queued',
      detail: 'added, but not there yet',
      sent: true,
    })
    aelyst.finishAdding()
    expect(doneValue(await contacts.save(added, zoe))).toEqual({ kind: 'added', key: '502' })
    expect(aelyst.calls.filter(({ method }) => method === 'createcontact')).toHaveLength(1)
  })

  it('knows the contact again though Aelyst spells it otherwise', async () => {
    const { contacts } = await startAelystAdapter()
    const values = { 'first-name': 'ivan ', 'last-name': 'Petrov' }
    const saved = await contacts.save({ key: null, phone: ivanPhone }, values)
    expect(doneValue(saved)).toEqual({ kind: 'added', key: ivan })
  })

  it('leaves a contact alone that is there with other values', async () => {
    const { aelyst, contacts } = await startAelystAdapter()
    const ref = { key: null, phone: ivanPhone }
    expect(await contacts.save(ref, zoe)).toMatchObject({ kind: 'refused', problem: 'contact-exists' })
    expect(aelyst.state.contacts.get(ivan)).toMatchObject({ firstName: 'Ivan', email: null })
  })

  it('knows that something was sent when the contact cannot be read afterwards', async () => {
    const { aelyst, contacts } = await startAelystAdapter()
    const hold = aelyst.faults.add({ fault: { kind: 'hold-answer' }, method: 'createcontact', times: 1 })
    const saved = contacts.save(added, zoe)
    await aelyst.until(() => hold.met === 1, { timeoutMs: 5000 })
    aelyst.faults.add({ fault: { kind: 'rate-limit', retryAfter: null }, method: 'getcontact', times: 1 })
    hold.clear()
    expect(await saved).toMatchObject({ kind: 'retry', problem: 'rate-limited', sent: true })
  })
})
