import { describe, expect, it } from 'vitest'
import type { Outcome, ProviderAdapter } from '../../src/providers/contract.ts'
import { chatKey } from '../../src/routing/ids.ts'
import { anna, ivan, phone, sales, startSalesChatAdapter } from '../fixtures/start-saleschat-adapter.ts'

const accepted = { kind: 'done', value: 'accepted' }

describe('what the adapter asks', () => {
  it.each<[string, (adapter: ProviderAdapter) => Promise<Outcome<unknown>> | undefined, string, unknown]>([
    [
      'assign, to a user',
      (adapter) => adapter.assign(ivan, anna),
      'POST /v3/orgs/org%201/contacts/contact-ivan/assign',
      { user_id: 'user-anna', assign_on_handover: false },
    ],
    [
      'assign, to a group',
      (adapter) => adapter.assign(ivan, sales),
      'POST /v3/orgs/org%201/contacts/contact-ivan/assign',
      { group_id: 'group-sales', assign_on_handover: false },
    ],
    [
      'assignOnReply',
      (adapter) => adapter.assignOnReply?.(ivan, anna),
      'POST /v3/orgs/org%201/contacts/contact-ivan/assign',
      { user_id: 'user-anna', assign_on_handover: true },
    ],
    [
      'assign, of a contact of any name',
      (adapter) => adapter.assign(chatKey('a/b?d#ё'), anna),
      'POST /v3/orgs/org%201/contacts/a%2Fb%3Fd%23%D1%91/assign',
      { user_id: 'user-anna', assign_on_handover: false },
    ],
    [
      'findChats',
      (adapter) => adapter.findChats?.({ phone }),
      'GET /v2/org/org%201/contact/pn/%2B79001234567',
      null,
    ],
    ['health', (adapter) => adapter.health(), 'GET /v2/org/org%201/contact/pn/%2B10000000000', null],
    [
      'contacts.read',
      (adapter) => adapter.contacts?.read({ key: ivan, phone }),
      'GET /v2/org/org%201/contact/pn/%2B79001234567',
      null,
    ],
    [
      'contacts.save, of the name',
      (adapter) => adapter.contacts?.save({ key: ivan, phone: null }, { 'crm-id': 'c', 'first-name': 'I' }),
      'PUT /v1/orgs/org%201/contact/contact-ivan',
      { crm_id: 'c', first_name: 'I' },
    ],
    [
      'contacts.save, of the stage',
      (adapter) => adapter.contacts?.save({ key: ivan, phone }, { stage: 'Lead', disposition: 'Warm' }),
      'PUT /v2/orgs/org%201/contact/contact-ivan/disposition',
      { stage: 'Lead', disposition: 'Warm' },
    ],
    [
      'contacts.save, of somebody new',
      (adapter) =>
        adapter.contacts?.save({ key: null, phone }, { 'crm-id': 'c', 'opt-in-date': '2026-11-20' }),
      'POST /v2/org/org%201/contact',
      {
        crm_id: 'c',
        opt_in_date: '2026-11-20T00:00:00.000Z',
        phone_number: {
          countryCode: 7,
          nationalNumber: 9001234567,
          rawInput: phone,
          countryCodeSource: 'FROM_NUMBER_WITH_PLUS_SIGN',
        },
      },
    ],
  ])('for %s is one request, as documented', async (_action, act, ask, body) => {
    const { saleschat, adapter, asked } = await startSalesChatAdapter()
    await act(adapter)
    expect(asked).toEqual([ask])
    expect(saleschat.calls.map((call) => call.body)).toEqual([body])
  })

  it('names the business account and its number where they are configured, and takes any base address', async () => {
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
    const slashed = connect({ baseUrl: `${saleschat.url}/`, judge: false })
    expect(await slashed.health()).toMatchObject({ kind: 'done' })
  })

  it.each(['', '.', '..', '\ud800'])(
    'is nothing for the key %j, which would change the path',
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
