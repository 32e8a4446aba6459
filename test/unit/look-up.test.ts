import { describe, expect, it } from 'vitest'
import type { Outcome, ProviderAdapter, ProviderChat } from '../../src/providers/contract.ts'
import { accountId, chatKey } from '../../src/routing/ids.ts'
import { createLookUp } from '../../src/routing/look-up.ts'
import { parseWho } from '../../src/routing/who.ts'
import { ANN, listed, waitingChat } from '../fixtures/chats.ts'
import { fakeAccount } from '../fixtures/fake-account.ts'
import { manualClock } from '../fixtures/manual-clock.ts'
import { temporaryStore } from '../fixtures/temporary-store.ts'

const PHONE = '+79001234567'
const unknown: Outcome<never> = { kind: 'refused', problem: 'chat-not-found', detail: '' }
const away: Outcome<never> = { kind: 'retry', problem: 'unreachable', detail: '', sent: false }

/** The number is the key, and the one chat can be read: WAMM. */
const byNumber = (read: Outcome<ProviderChat>): Partial<ProviderAdapter> => ({
  keyOfPhone: (phone) => chatKey(phone.slice(1)),
  readChat: async () => read,
})
/** Customers are searched: SalesChat, Aelyst. */
const bySearch = (found: Outcome<readonly ProviderChat[]>): Partial<ProviderAdapter> => ({
  findChats: async () => found,
})
const found = (...chats: readonly ProviderChat[]) => ({ kind: 'done', value: chats }) as const
const customer = (key: string) => listed({ key: chatKey(key), phone: PHONE })

function scene(can: Readonly<Record<string, Partial<ProviderAdapter>>>) {
  const store = temporaryStore()
  const accounts = new Map(
    Object.entries(can).map(([name, adapter]) => [accountId(name), fakeAccount(name, adapter)]),
  )
  const lookUp = createLookUp({ store, accounts, clock: manualClock() })
  const context = { defaultCountry: 'RU', accounts: [...accounts.keys()] } as const
  return { store, lookUp: (text: string) => lookUp(parseWho(text, context), ANN.slackUser) }
}

describe('a customer whom no list has shown', () => {
  it('is known by the words alone where they make the key of the only account, or of the one that is named', async () => {
    const only = scene({ wamm: byNumber(away) })
    expect(await only.lookUp(PHONE)).toEqual({
      kind: 'key',
      account: 'wamm',
      key: '79001234567',
      phone: PHONE,
    })
    expect(await only.lookUp('id:77')).toEqual({ kind: 'key', account: 'wamm', key: '77', phone: null })
    const two = scene({ wamm: byNumber(away), aelyst: bySearch(away) })
    expect(await two.lookUp(`wamm: ${PHONE}`)).toMatchObject({ kind: 'key', account: 'wamm' })
    expect(await two.lookUp('aelyst: id:5')).toMatchObject({ kind: 'key', account: 'aelyst', key: '5' })
  })

  it('is asked for everywhere, and becomes a chat in no queue', async () => {
    const { store, lookUp } = scene({ wamm: byNumber(unknown), aelyst: bySearch(found(customer('5'))) })
    const looked = await lookUp(PHONE)
    expect(looked).toMatchObject({
      kind: 'known',
      chats: [{ account: 'aelyst', key: '5', name: 'Ivan Petrov', status: 'unlisted', owner: null }],
    })
    expect(await store.countWaiting()).toBe(0)
    expect(await store.findChats({ state: 'any', limit: 9 })).toHaveLength(1)
    expect(await lookUp(PHONE)).toEqual(looked)
  })

  it('may be several: in two accounts, or twice in one', async () => {
    const { lookUp } = scene({
      wamm: byNumber({ kind: 'done', value: customer('79001234567') }),
      aelyst: bySearch(found(customer('5'), customer('6'))),
    })
    const looked = await lookUp(PHONE)
    expect(looked.kind === 'known' && looked.chats.map(({ key }) => key)).toEqual(['79001234567', '5', '6'])
  })

  it('is found by e-mail address where the provider can search, and by nothing that is only a part', async () => {
    const { lookUp } = scene({ wamm: byNumber(away), aelyst: bySearch(found(customer('5'))) })
    expect(await lookUp('ivan@example.com')).toMatchObject({ kind: 'known' })
    for (const part of ['Ivan', 'id:5', '']) expect(await lookUp(part)).toEqual({ kind: 'nobody' })
  })

  it('keeps the chat that the store has', async () => {
    const { store, lookUp } = scene({ wamm: {}, aelyst: bySearch(found(customer('5'))) })
    const chat = waitingChat({ account: accountId('aelyst'), key: chatKey('5'), name: 'As the list says' })
    await store.change({ account: chat.account, key: chat.key }, [], () => ({ result: null, chat }))
    expect(await lookUp(PHONE)).toEqual({ kind: 'known', chats: [chat] })
  })

  it('is nobody only when every provider has said so', async () => {
    const both = (adapter: Partial<ProviderAdapter>) => scene({ wamm: byNumber(unknown), aelyst: adapter })
    expect(await both(bySearch(found())).lookUp(PHONE)).toEqual({ kind: 'nobody' })
    expect(await both(bySearch(away)).lookUp(PHONE)).toEqual({
      kind: 'not-asked',
      account: 'aelyst',
      problem: 'unreachable',
    })
    const oneIsAway = scene({ wamm: byNumber(away), aelyst: bySearch(found(customer('5'))) })
    expect(await oneIsAway.lookUp(PHONE)).toMatchObject({ kind: 'known' })
  })
})
