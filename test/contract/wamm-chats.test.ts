import { describe, expect, it } from 'vitest'
import type { ProviderAdapter } from '../../src/providers/contract.ts'
import { answerWith } from '../fixtures/answer-with.ts'
import { doneValue } from '../fixtures/done-value.ts'
import { offered } from '../fixtures/offered.ts'
import { connectWamm, ivan, nowMs, startWammAdapter, telegram } from '../fixtures/start-wamm-adapter.ts'

const listChats = (adapter: ProviderAdapter) => offered(adapter.listChats)()

describe('listChats', () => {
  it('gives every open chat, whoever holds it', async () => {
    const { wamm, adapter } = await startWammAdapter()
    wamm.customerWrites(telegram, { text: 'hi', name: 'Зоя' })
    wamm.assignInProvider(telegram, '101')
    wamm.customerWrites('79005555555', { text: 'bye' })
    wamm.closeChat('79005555555')
    expect(await listChats(adapter)).toEqual({
      kind: 'done',
      value: {
        complete: true,
        chats: [
          {
            key: ivan,
            name: 'Ivan Petrov',
            phone: '+79001234567',
            holder: null,
            lastMessageAt: nowMs,
          },
          { key: telegram, name: 'Зоя', phone: null, holder: '101', lastMessageAt: nowMs },
        ],
      },
    })
  })

  it('is empty and complete when WAMM finds none', async () => {
    const { wamm, adapter } = await startWammAdapter()
    wamm.closeChat(ivan)
    expect(doneValue(await listChats(adapter))).toEqual({ chats: [], complete: true })
  })

  it('is not complete at 900 rows', async () => {
    const { wamm, adapter } = await startWammAdapter()
    for (let index = 1; index < 899; index += 1) wamm.customerWrites(`7900${1_000_000 + index}`, { text: '' })
    expect(doneValue(await listChats(adapter))).toMatchObject({ complete: true })
    wamm.customerWrites('79005555555', { text: '' })
    const { chats, complete } = doneValue(await listChats(adapter))
    expect(chats).toHaveLength(900)
    expect(complete).toBe(false)
  })

  it("reads the trailing commas of WAMM's own page, and leaves commas in names alone", async () => {
    const { wamm, adapter } = await startWammAdapter()
    wamm.customerWrites(ivan, { text: '', name: 'a,] "b",} \\' })
    wamm.setTrailingCommas(true)
    expect(doneValue(await listChats(adapter)).chats[0]?.name).toBe('a,] "b",} \\')
  })

  it('skips a broken row, keeps the others, and is not complete', async () => {
    const { wamm, adapter } = await startWammAdapter()
    const row = { phone: '79001234567', user_id: '', chat_name: 'Ivan', date_msg: '2026-11-20 10:00:00' }
    for (const broken of [null, 7, {}, { ...row, phone: '' }, { ...row, user_id: {} }]) {
      answerWith(wamm, { err: 0, data: [broken, row] })
      const { chats, complete } = doneValue(await listChats(adapter))
      expect(chats.map(({ key }) => key)).toEqual([ivan])
      expect(complete).toBe(false)
    }
  })

  it('is not upset by odd names, dates, numbers and unknown fields', async () => {
    const { wamm, adapter } = await startWammAdapter()
    answerWith(wamm, {
      err: '0',
      more: 1,
      data: [{ phone: -100123, user_id: 101, chat_name: ['x'], date_msg: 5, api_id: {}, new_field: true }],
    })
    expect(doneValue(await listChats(adapter))).toEqual({
      complete: true,
      chats: [{ key: telegram, name: null, phone: null, holder: '101', lastMessageAt: null }],
    })
  })

  it('leaves out what can be told to be a group', async () => {
    const { wamm, adapter } = await startWammAdapter()
    const rows = ['79001234567-1398765432', '1203630@g.us', 'status@broadcast'].map((phone) => ({ phone }))
    answerWith(wamm, { err: 0, data: [...rows, { phone: '555000111', tip: 'group' }, { phone: ivan }] })
    const { chats, complete } = doneValue(await listChats(adapter))
    expect(chats.map(({ key }) => key)).toEqual([ivan])
    expect(complete).toBe(true)
  })

  it('lists a customer of two channels once, as the newest message has it', async () => {
    const { wamm, adapter } = await startWammAdapter()
    const row = (date_msg: string, user_id: string) => ({ phone: ivan, date_msg, user_id })
    const older = row('2026-11-20 10:00:00', '100')
    const newer = row('2026-11-20 11:00:00', '101')
    for (const data of [
      [older, newer],
      [newer, older],
    ]) {
      answerWith(wamm, { err: 0, data })
      expect(doneValue(await listChats(adapter)).chats.map(({ holder }) => holder)).toEqual(['101'])
    }
  })
})

describe('dates', () => {
  const read = async (date_msg: string, timeZone: string, at = nowMs): Promise<string | null> => {
    const { wamm, adapter } = await startWammAdapter({ timeZone, nowMs: at })
    answerWith(wamm, { err: 0, data: [{ phone: ivan, date_msg }] })
    const time = doneValue(await listChats(adapter)).chats[0]?.lastMessageAt
    return time == null ? null : new Date(time).toISOString()
  }

  it.each([
    ['2024-10-09 10:28:45', 'UTC', '2024-10-09T10:28:45.000Z'],
    ['2024-10-09 10:28:45', 'Europe/Moscow', '2024-10-09T07:28:45.000Z'],
    ['2024-10-09T10:28:45', 'Asia/Kolkata', '2024-10-09T04:58:45.000Z'],
    ['2024-10-09 00:00:00', 'Pacific/Kiritimati', '2024-10-08T10:00:00.000Z'],
    ['2024-01-15 12:00:00', 'America/New_York', '2024-01-15T17:00:00.000Z'],
    ['2024-07-15 12:00:00', 'America/New_York', '2024-07-15T16:00:00.000Z'],
    // The clocks go from 02:00 to 03:00 on 31 March 2024 in Berlin.
    ['2024-03-31 01:59:59', 'Europe/Berlin', '2024-03-31T00:59:59.000Z'],
    ['2024-03-31 02:30:00', 'Europe/Berlin', '2024-03-31T01:30:00.000Z'],
    ['2024-03-31 03:00:00', 'Europe/Berlin', '2024-03-31T01:00:00.000Z'],
    // And from 03:00 back to 02:00 on 27 October 2024; long past, the later of the two is meant.
    ['2024-10-27 01:59:59', 'Europe/Berlin', '2024-10-26T23:59:59.000Z'],
    ['2024-10-27 02:30:00', 'Europe/Berlin', '2024-10-27T01:30:00.000Z'],
    ['2024-10-27 03:00:00', 'Europe/Berlin', '2024-10-27T02:00:00.000Z'],
  ])('read %s in %s as %s', async (text, timeZone, expected) => {
    expect(await read(text, timeZone)).toBe(expected)
  })

  it('read a time that comes twice as the one that has been', async () => {
    const firstPass = Date.UTC(2024, 9, 27, 0, 35)
    expect(await read('2024-10-27 02:30:00', 'Europe/Berlin', firstPass)).toBe('2024-10-27T00:30:00.000Z')
    const secondPass = Date.UTC(2024, 9, 27, 1, 20)
    expect(await read('2024-10-27 02:15:00', 'Europe/Berlin', secondPass)).toBe('2024-10-27T01:15:00.000Z')
    expect(await read('2024-10-27 02:45:00', 'Europe/Berlin', secondPass)).toBe('2024-10-27T00:45:00.000Z')
  })

  it('take a time to come for now', async () => {
    expect(await read('2026-11-20 12:00:30', 'UTC')).toBe('2026-11-20T12:00:00.000Z')
    expect(await read('2099-01-01 00:00:00', 'UTC')).toBe('2026-11-20T12:00:00.000Z')
  })

  it.each([
    '',
    'yesterday',
    '0000-00-00 00:00:00',
    '2024-02-30 10:00:00',
    '2024-13-01 10:00:00',
    '2024-10-09 25:00:00',
    '2024-10-09',
    '1728462525',
  ])('are unknown when they are %j', async (text) => {
    expect(await read(text, 'Europe/Berlin')).toBeNull()
  })

  it('need a time zone that exists', () => {
    expect(() => connectWamm('http://127.0.0.1:1', { timeZone: 'Mars/Olympus' })).toThrow(RangeError)
  })
})
