import { getCountries, getExampleNumber } from 'libphonenumber-js/max'
import examples from 'libphonenumber-js/mobile/examples'
import { describe, expect, it } from 'vitest'
import type { ContactValues } from '../../src/providers/contract.ts'
import { answerWith } from '../fixtures/answer-with.ts'
import {
  connectSalesChat,
  ivan,
  olga,
  phone,
  startSalesChatAdapter,
} from '../fixtures/start-saleschat-adapter.ts'

const contact = { key: ivan, phone }
const rome = '+390612345678'
const added = { 'crm-id': 'crm-8', 'opt-in-date': '2026-11-20' }
const updated = { kind: 'done', value: { kind: 'updated', key: ivan } }

describe('the fields', () => {
  it('are what SalesChat keeps of a customer, with its limits', async () => {
    const { adapter } = await startSalesChatAdapter()
    const crmId = { id: 'crm-id', kind: 'line', required: true, maxLength: 128 }
    const names = ['first-name', 'last-name'].map((id) => ({
      id,
      kind: 'line',
      required: false,
      maxLength: 128,
      forbidden: '*',
    }))
    expect(adapter.contacts?.fields).toEqual([
      crmId,
      ...names,
      { id: 'stage', kind: 'line', required: false },
      { id: 'disposition', kind: 'line', required: false },
    ])
    expect(adapter.contacts?.newFields).toEqual([
      crmId,
      { id: 'opt-in-date', kind: 'date', required: true },
      ...names,
    ])
  })

  it('offer the configured stages', async () => {
    const { connect } = await startSalesChatAdapter()
    const stages = ['Lead', 'Customer']
    expect(connect({ stages }).contacts?.fields).toContainEqual({
      id: 'stage',
      kind: 'choice',
      required: false,
      choices: stages,
    })
  })
})

describe('reading', () => {
  it('tells what the contact of the number is called, and neither stage nor disposition', async () => {
    const { saleschat, adapter } = await startSalesChatAdapter()
    saleschat.addContact({ id: olga, phone, firstName: 'Olga' })
    expect(await adapter.contacts?.read(contact)).toEqual({
      kind: 'done',
      value: { 'crm-id': 'crm-7', 'first-name': 'Ivan', 'last-name': 'Petrov' },
    })
    expect(await adapter.contacts?.read({ key: olga, phone })).toMatchObject({
      value: { 'first-name': 'Olga', 'last-name': '' },
    })
  })

  it('tells nothing without a number, or of somebody new, and asks for nothing', async () => {
    const { saleschat, adapter } = await startSalesChatAdapter()
    const nothing = { kind: 'done', value: {} }
    expect(await adapter.contacts?.read({ key: ivan, phone: null })).toEqual(nothing)
    expect(await adapter.contacts?.read({ key: null, phone })).toEqual(nothing)
    expect(saleschat.calls).toEqual([])
  })

  it('does not take another contact of the number for the one that is meant', async () => {
    const { adapter } = await startSalesChatAdapter()
    const gone = { kind: 'refused', problem: 'chat-not-found' }
    expect(await adapter.contacts?.read({ key: olga, phone })).toMatchObject(gone)
    expect(await adapter.contacts?.save({ key: olga, phone }, { 'last-name': 'P.' })).toMatchObject(gone)
  })
})

describe('saving a known contact', () => {
  it.each<[string, ContactValues, unknown[]]>([
    [
      'a new name, beside the id that SalesChat wants with it',
      { 'first-name': 'Vanya' },
      [{ method: 'updateContact', body: { crm_id: 'crm-7', first_name: 'Vanya' } }],
    ],
    [
      'all of them when one has changed',
      { 'crm-id': 'crm-9', 'first-name': 'Ivan', 'last-name': '' },
      [{ method: 'updateContact', body: { crm_id: 'crm-9', first_name: 'Ivan', last_name: '' } }],
    ],
    ['nothing when nothing has changed', { 'crm-id': 'crm-7', 'last-name': 'Petrov', stage: '' }, []],
    [
      'the stage after the name',
      { 'last-name': 'P.', stage: 'Lead', disposition: 'Warm' },
      [
        { method: 'updateContact', body: { crm_id: 'crm-7', last_name: 'P.' } },
        { method: 'updateContactDispositionV2', body: { stage: 'Lead', disposition: 'Warm' } },
      ],
    ],
    [
      'the stage alone when the rest is as it was',
      { 'crm-id': 'crm-7', 'first-name': 'Ivan', stage: 'Lead', disposition: '' },
      [{ method: 'updateContactDispositionV2', body: { stage: 'Lead' } }],
    ],
  ])('writes %s', async (_what, values, writes) => {
    const { saleschat, adapter } = await startSalesChatAdapter()
    expect(await adapter.contacts?.save(contact, values)).toEqual(updated)
    const sent = saleschat.calls.filter(({ method }) => method !== 'getContactByPhoneV2')
    expect(sent.map(({ method, body }) => ({ method, body }))).toEqual(writes)
  })

  it('looks nothing up where only the stage is given, or the number is not known', async () => {
    const { saleschat, adapter } = await startSalesChatAdapter()
    await adapter.contacts?.save(contact, { stage: 'Lead' })
    await adapter.contacts?.save({ key: ivan, phone: null }, { 'crm-id': 'crm-7', 'last-name': 'Petrov' })
    expect(saleschat.calls.map(({ method }) => method)).toEqual([
      'updateContactDispositionV2',
      'updateContact',
    ])
  })

  it.each<[string, ContactValues, string | null, string]>([
    ['a disposition without a stage', { 'last-name': 'P.', disposition: 'Warm' }, phone, 'stage'],
    ['an empty id of the CRM', { 'crm-id': '', 'last-name': 'P.' }, phone, 'crm-id'],
    ['a name without an id that is known', { 'last-name': 'P.' }, null, 'crm-id'],
  ])('writes nothing of %s, and says what is missing', async (_what, values, phone, field) => {
    const { saleschat, adapter } = await startSalesChatAdapter()
    expect(await adapter.contacts?.save({ key: ivan, phone }, values)).toMatchObject({
      kind: 'refused',
      problem: 'value-missing',
      field,
    })
    expect(saleschat.state.contacts.get(ivan)).toMatchObject({ lastName: 'Petrov', disposition: null })
  })

  it('when repeated, does what was left and nothing twice', async () => {
    const { saleschat, adapter } = await startSalesChatAdapter()
    const values = { 'last-name': 'P.', stage: 'Lead' }
    saleschat.faults.add({
      fault: { kind: 'status', status: 503 },
      method: 'updateContactDispositionV2',
      times: 1,
    })
    expect(await adapter.contacts?.save(contact, values)).toMatchObject({ problem: 'server-error' })
    expect(await adapter.contacts?.save(contact, values)).toEqual(updated)
    expect(saleschat.calls.filter(({ method }) => method === 'updateContact')).toHaveLength(1)
    expect(saleschat.state.contacts.get(ivan)).toMatchObject({ lastName: 'P.', stage: 'Lead' })
  })
})

describe('adding a contact', () => {
  it('gives its key, and it is found by its number then', async () => {
    const { saleschat, adapter } = await startSalesChatAdapter()
    const saved = await adapter.contacts?.save(
      { key: null, phone: rome },
      { ...added, 'first-name': 'Olga', 'last-name': '' },
    )
    expect(saved).toMatchObject({ kind: 'done', value: { kind: 'added' } })
    expect(saleschat.calls.map(({ body }) => body)).toEqual([
      {
        crm_id: 'crm-8',
        opt_in_date: '2026-11-20T00:00:00.000Z',
        phone_number: {
          countryCode: 39,
          nationalNumber: 612345678,
          italianLeadingZero: true,
          rawInput: rome,
          countryCodeSource: 'FROM_NUMBER_WITH_PLUS_SIGN',
        },
        first_name: 'Olga',
        last_name: '',
      },
    ])
    expect(await adapter.findChats?.({ phone: rome })).toMatchObject({
      value: [{ key: saved?.kind === 'done' ? saved.value.key : null, name: 'Olga' }],
    })
  })

  it('tells that another contact has the id already', async () => {
    const { adapter } = await startSalesChatAdapter()
    const values = { ...added, 'crm-id': 'crm-7' }
    expect(await adapter.contacts?.save({ key: null, phone: rome }, values)).toEqual({
      kind: 'refused',
      problem: 'contact-exists',
      detail: 'answered 409 4090001 UQ_CONSTRAINT_FAILED',
      field: 'crm-id',
    })
  })

  it.each<[string, string | null, ContactValues, object]>([
    ['no number', null, added, { problem: 'invalid-chat-key' }],
    ['what is no number', '+1', added, { problem: 'invalid-chat-key' }],
    ['no id', phone, { 'opt-in-date': '2026-11-20' }, { problem: 'value-missing', field: 'crm-id' }],
    ['no date', phone, { 'crm-id': 'crm-8' }, { problem: 'value-missing', field: 'opt-in-date' }],
  ])('with %s is refused without a call', async (_what, phone, values, expected) => {
    const { saleschat, adapter } = await startSalesChatAdapter()
    expect(await adapter.contacts?.save({ key: null, phone }, values)).toMatchObject(expected)
    expect(saleschat.calls).toEqual([])
  })

  it.each([
    ['+79001234567', { countryCode: 7, nationalNumber: 9001234567 }],
    ['+390612345678', { countryCode: 39, nationalNumber: 612345678, italianLeadingZero: true }],
    ['+393123456789', { countryCode: 39, nationalNumber: 3123456789 }],
    ['+2250123456789', { countryCode: 225, nationalNumber: 123456789, italianLeadingZero: true }],
    [
      '+3900123456',
      { countryCode: 39, nationalNumber: 123456, italianLeadingZero: true, numberOfLeadingZeros: 2 },
    ],
  ])("writes %s as Google's libphonenumber does", async (number, expected) => {
    const { saleschat, adapter } = await startSalesChatAdapter()
    await adapter.contacts?.save({ key: null, phone: number }, added)
    expect(saleschat.calls.map(({ body }) => body)).toEqual([
      expect.objectContaining({
        phone_number: {
          ...expected,
          rawInput: number,
          countryCodeSource: 'FROM_NUMBER_WITH_PLUS_SIGN',
        },
      }),
    ])
  })

  it('keeps the number of every country whole', async () => {
    const { saleschat, adapter } = await startSalesChatAdapter()
    const examplesOfAll = getCountries().map((country) => getExampleNumber(country, examples)?.number)
    // Some countries share one.
    const numbers = [...new Set(examplesOfAll)].flatMap((number) => number ?? [])
    for (const number of numbers)
      await adapter.contacts?.save({ key: null, phone: number }, { ...added, 'crm-id': number })
    const kept = [...saleschat.state.contacts.values()].slice(1)
    expect(kept.map((contact) => contact.phone)).toEqual(numbers)
    expect(numbers.length).toBeGreaterThan(200)
  })

  it('writes the number as a text where the account says so, as the example of the page does', async () => {
    const { saleschat } = await startSalesChatAdapter()
    // The definition and its own example differ.
    const adapter = connectSalesChat(saleschat.url, { phoneFormat: 'e164' })
    const saved = await adapter.contacts?.save({ key: null, phone: rome }, added)
    expect(saved).toMatchObject({ kind: 'done', value: { kind: 'added' } })
    expect(saleschat.calls.map(({ body }) => body)).toMatchObject([{ phone_number: rome }])
  })

  it('takes an id that is a number', async () => {
    const { saleschat, adapter } = await startSalesChatAdapter()
    answerWith(saleschat, { id: 42 })
    expect(await adapter.contacts?.save({ key: null, phone: rome }, added)).toMatchObject({
      value: { key: '42' },
    })
  })
})
