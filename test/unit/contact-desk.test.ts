import { describe, expect, it } from 'vitest'
import type {
  ContactBook,
  ContactValues,
  Outcome,
  ProviderAdapter,
  SavedContact,
} from '../../src/providers/contract.ts'
import { createContactDesk } from '../../src/routing/contact-desk.ts'
import { type ChatId, chatKey } from '../../src/routing/ids.ts'
import type { Store } from '../../src/store/contract.ts'
import { ANN, BO, listed, NOW, ownedChat, WAMM } from '../fixtures/chats.ts'
import { fakeAccount } from '../fixtures/fake-account.ts'
import { manualClock } from '../fixtures/manual-clock.ts'
import { temporaryStore } from '../fixtures/temporary-store.ts'

const IVAN = ownedChat()
const NEW_KEY = chatKey('7')
const updated: Outcome<SavedContact> = { kind: 'done', value: { kind: 'updated', key: IVAN.key } }
const added: Outcome<SavedContact> = { kind: 'done', value: { kind: 'added', key: NEW_KEY } }
const exists: Outcome<never> = { kind: 'refused', problem: 'contact-exists', detail: '' }
const away: Outcome<never> = { kind: 'retry', problem: 'unreachable', detail: '', sent: false }
const first = { attempt: 1, last: false }

/** Ivan's chat at a provider with these contacts. */
async function scene(
  contacts: Partial<ContactBook> = {},
  { can = {}, over = {} }: { readonly can?: Partial<ProviderAdapter>; readonly over?: Partial<Store> } = {},
) {
  const store = { ...temporaryStore(), ...over }
  const clock = manualClock(NOW)
  const book: ContactBook = {
    fields: [],
    read: async () => ({ kind: 'done', value: {} }),
    save: async () => updated,
    ...contacts,
  }
  const accounts = new Map([[WAMM, fakeAccount('wamm', { contacts: book, ...can })]])
  const desk = createContactDesk({ store, accounts, clock })
  await store.change({ account: WAMM, key: IVAN.key }, [], () => ({ result: null, chat: IVAN }))
  const jobsOf = (pool: string) =>
    store.takeJobs({ now: clock.now(), leaseUntil: clock.now(), pools: [{ pool, limit: 9 }] })
  return {
    store,
    clock,
    desk,
    /** Resolves with the job's payload once the edit is on disk; `ended` is what the person is told in the form. */
    async save(values: ContactValues, { by = ANN.slackUser, chat = IVAN.id as ChatId | null } = {}) {
      const ended = desk.save({ account: WAMM, chat, phone: '+79001234567', by, values })
      const job = (await jobsOf(WAMM)).find(({ key }) => key.startsWith(`contact:${chat ?? 'new'}`))
      return { payload: job?.payload as { readonly edit: number }, ended }
    },
    toldLater: async () =>
      (await jobsOf('slack')).filter(({ kind }) => kind === 'notice').map(({ key }) => key.split(':').at(-1)),
    endings: async () =>
      (await store.history(IVAN.id)).map(({ actor, facts }) => [actor, facts.kind] as const),
    nameOf: async (key: string) =>
      (await store.findChats({ state: 'any', exactly: { phones: [], keys: [chatKey(key)] }, limit: 1 }))[0]
        ?.name,
  }
}

describe('reading', () => {
  it.each([
    [
      { kind: 'done', value: { name: 'Ivan' } },
      { kind: 'told', values: { name: 'Ivan' } },
    ],
    [{ kind: 'refused', problem: 'chat-not-found', detail: '' }, { kind: 'unknown' }],
    [{ kind: 'refused', problem: 'invalid-chat-key', detail: '' }, { kind: 'unknown' }],
    [{ kind: 'refused', problem: 'token-refused', detail: '' }, { kind: 'not-told' }],
    [away, { kind: 'not-told' }],
  ] as const)('understands %o', async (answer, read) => {
    const { desk } = await scene({ read: async () => answer })
    expect(await desk.read(IVAN)).toEqual(read)
  })

  it('waits only as long as a form can wait, whatever the provider does later', async () => {
    const late = Promise.withResolvers<Outcome<ContactValues>>()
    const { clock, desk } = await scene({ read: () => late.promise })
    const read = desk.read(IVAN)
    await clock.advance(1_500)
    expect(await read).toEqual({ kind: 'not-told' })
    late.reject(new Error('too late for anybody'))
  })
})

describe('saving', () => {
  it('ends in the form where the job is quick, and privately where it is not', async () => {
    const { clock, desk, save, toldLater } = await scene()
    const quick = await save({ name: 'Ivan P.' })
    await desk.bring(quick.payload, first)
    expect(await quick.ended).toEqual({ kind: 'saved', added: false, chat: IVAN.id })
    expect(await toldLater()).toEqual([])

    const slow = await save({ name: 'Ivan P.' })
    await clock.advance(1_900)
    expect(await slow.ended).toEqual({ kind: 'delayed', problem: null })
    await desk.bring(slow.payload, first)
    expect(await toldLater()).toEqual([ANN.slackUser])
  })

  it('that may not be sent yet waits for its turn, which is no failure and needs no word at first', async () => {
    let turn = false
    const paced = { ...away, problem: 'paced', afterMs: 300 } as const
    const { desk, save } = await scene({ save: async () => (turn ? updated : paced) })
    const { payload, ended } = await save({ name: 'Ivan P.' })
    expect(await desk.bring(payload, { attempt: 36, last: true })).toEqual({
      kind: 'later',
      reason: 'paced',
      afterMs: 300,
    })
    turn = true
    await desk.bring(payload, first)
    expect(await ended).toMatchObject({ kind: 'saved' })
  })

  it('tells everybody whose edit waits behind one that is tried again', async () => {
    const { desk, save } = await scene({ save: async () => away })
    const anns = await save({ name: 'A' })
    const bos = await save({ name: 'B' }, { by: BO.slackUser })
    expect(await desk.bring(bos.payload, first)).toEqual({ kind: 'retry', reason: 'unreachable' })
    for (const { ended } of [anns, bos])
      expect(await ended).toEqual({ kind: 'delayed', problem: 'unreachable' })
  })

  it('gives up every edit of the chat with its last try', async () => {
    const { desk, save, store, endings } = await scene({ save: async () => away })
    const anns = await save({ name: 'A' })
    const bos = await save({ name: 'B' }, { by: BO.slackUser })
    await desk.bring(bos.payload, { attempt: 36, last: true })
    for (const { ended } of [anns, bos])
      expect(await ended).toEqual({ kind: 'refused', problem: 'unreachable', field: null })
    expect(await store.contactEdits(bos.payload.edit)).toEqual([])
    expect(await endings()).toEqual([
      [ANN.slackUser, 'contact-refused'],
      [BO.slackUser, 'contact-refused'],
    ])
  })

  it('ends every edit when the account keeps no contacts any more', async () => {
    const accounts = new Map([[WAMM, fakeAccount('wamm')]])
    const { store, clock, save } = await scene()
    await save({ name: 'A' })
    const { payload } = await save({ name: 'B' })
    const desk = createContactDesk({ store, accounts, clock })
    expect(await desk.bring(payload, first)).toEqual({ kind: 'done' })
    expect(await store.contactEdits(payload.edit)).toEqual([])
  })

  it('leaves nobody waiting when the store fails: the end is told once it is kept', async () => {
    let works = false
    const real = temporaryStore()
    const endContactEdit: Store['endContactEdit'] = async (...args) => {
      if (!works) throw new Error('the disk is full')
      return real.endContactEdit(...args)
    }
    const { desk, save, toldLater } = await scene({}, { over: { ...real, endContactEdit } })
    const { payload, ended } = await save({ name: 'Ivan P.' })
    await expect(desk.bring(payload, first)).rejects.toThrow('the disk is full')
    expect(await ended).toEqual({ kind: 'delayed', problem: null })
    works = true
    await desk.bring(payload, { attempt: 2, last: false })
    expect(await toldLater()).toEqual([ANN.slackUser])
  })
})

describe('the name that was saved', () => {
  it('shows at once', async () => {
    const { desk, save, nameOf } = await scene()
    await desk.bring((await save({ name: 'Ivan P.' })).payload, first)
    expect(await nameOf(IVAN.key)).toBe('Ivan P.')
    await desk.bring((await save({ 'first-name': 'Ivan', 'last-name': '' })).payload, first)
    expect(await nameOf(IVAN.key)).toBe('Ivan')
  })

  it('stays as it is where only a part of it was saved, or nothing of it', async () => {
    const { desk, save, nameOf } = await scene()
    for (const values of [{ 'first-name': 'Vanya' }, { note: 'x' }, { 'first-name': '', 'last-name': '' }]) {
      await desk.bring((await save(values)).payload, first)
      expect(await nameOf(IVAN.key)).toBe(IVAN.name)
    }
  })

  it('of somebody new is whatever was given of it', async () => {
    const { desk, save, nameOf } = await scene({ save: async () => added })
    const { payload, ended } = await save({ 'first-name': 'Maria' }, { chat: null })
    await desk.bring(payload, first)
    expect(await ended).toMatchObject({ kind: 'saved', added: true })
    expect(await nameOf(NEW_KEY)).toBe('Maria')
  })
})

describe('adding somebody whom the provider has already', () => {
  const tried = async (told: ContactValues) => {
    const findChats = async () => ({ kind: 'done', value: [listed({ key: NEW_KEY })] }) as const
    const read = async () => ({ kind: 'done', value: told }) as const
    const { desk, save } = await scene({ save: async () => exists, read }, { can: { findChats } })
    const { payload, ended } = await save({ 'crm-id': '1', 'first-name': 'Maria' }, { chat: null })
    await desk.bring(payload, first)
    return ended
  }

  it('is done when they are as they were to be: the answer of an earlier try was lost', async () => {
    expect(await tried({ 'crm-id': '1', 'first-name': 'Maria', 'last-name': '' })).toMatchObject({
      kind: 'saved',
      added: true,
    })
  })

  it.each([{}, { 'crm-id': '2', 'first-name': 'Maria' }, { 'crm-id': '1', 'first-name': 'Olga' }])(
    'is refused when they are %o',
    async (told) => {
      expect(await tried(told)).toEqual({ kind: 'refused', problem: 'contact-exists', field: null })
    },
  )
})
