import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFindChats } from '../../src/routing/find-chats.ts'
import { type AccountId, accountId, chatId, chatKey } from '../../src/routing/ids.ts'
import type { CountryCode } from '../../src/routing/phone.ts'
import { parseWho } from '../../src/routing/who.ts'
import type { Store } from '../../src/store/contract.ts'
import { openSqliteStore } from '../../src/store/sqlite/open-sqlite-store.ts'
import { ANN, WAMM, waitingChat } from '../fixtures/chats.ts'
import {
  bothWays,
  countries,
  exampleOf,
  humanSpellings,
  internationalWays,
  notPhones,
  telegramKeys,
} from '../fixtures/phone-spellings.ts'

/** Where the key says nothing of the number. */
const CRM = accountId('crm')

const phones = new Set<string>([
  ...countries.map((country) => exampleOf(country).number),
  ...humanSpellings.map(([, phone]) => phone),
])

const homes = [null, 'RU', 'US', 'DE', 'GB', 'IT', 'SG', 'IN', 'BR', 'FI', 'ID'] as const

let directory: string
let store: Store
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'baton-phones-'))
  let made = 0
  const newChatId = () => chatId(`chat-${made++}`)
  store = openSqliteStore({ file: join(directory, 'baton.db'), newChatId })
  const add = (account: AccountId, key: string, phone: string | null) => {
    const chat = waitingChat({ id: newChatId(), account, key: chatKey(key), name: 'Zoe', phone })
    return store.change({ account, key: chat.key }, [], () => ({ result: null, chat, jobs: [] }))
  }
  for (const phone of phones) {
    await add(WAMM, phone.slice(1), phone)
    await add(CRM, `contact-${made}`, phone)
  }
  for (const key of telegramKeys) await add(WAMM, key, null)
})
afterAll(async () => {
  await store.close()
  rmSync(directory, { recursive: true })
})

const searchIn = (defaultCountry: CountryCode | null) =>
  createFindChats({ store, context: { defaultCountry, accounts: [WAMM, CRM] } })

/** The numbers of the chats that `text` finds, each with how many accounts have it. */
const found = async (text: string, defaultCountry: CountryCode | null): Promise<string> => {
  const { chats } = await searchIn(defaultCountry).byWho(text, ANN.slackUser, 'waiting')
  return chats
    .map(({ phone }) => phone)
    .sort()
    .join()
}
const inBothAccounts = (phone: string): string => `${phone},${phone}`

/** Those that do not find their chats, with what they find instead. */
const misses = async (
  spellings: readonly (readonly [defaultCountry: CountryCode | null, phone: string, text: string])[],
): Promise<readonly string[]> => {
  const missed: string[] = []
  for (const [defaultCountry, phone, text] of spellings) {
    const finds = await found(text, defaultCountry)
    if (finds !== inBothAccounts(phone)) missed.push(`${text} in ${defaultCountry} is not ${phone}: ${finds}`)
  }
  return missed
}

describe('a number finds its chats, and no other', () => {
  it.each(internationalWays)('written as %s, wherever it is read', async (_way, write) => {
    const spellings = countries.flatMap((country) => {
      const example = exampleOf(country)
      return [...homes, country].map((home) => [home, example.number, write(example)] as const)
    })
    expect(await misses(spellings)).toEqual([])
  })

  it.each(bothWays)('written with %s, in its own country', async (_way, write) => {
    const spellings = countries.map((country) => {
      const example = exampleOf(country)
      return [country, example.number, write(example)] as const
    })
    expect(await misses(spellings)).toEqual([])
  })

  it.each(humanSpellings)('as people in %s write %s: %j', async (country, phone, text) => {
    expect(await misses([[country, phone, text]])).toEqual([])
  })

  it.each([
    ['+7 912 345-67-89 wrong department', 'wrong department'],
    ['+7 912 345-67-89, wrong department', 'wrong department'],
    ['8 (912) 345-67-89: 2 orders', '2 orders'],
    ['<tel:+79123456789|+7 912 345-67-89>; asks for 5', 'asks for 5'],
  ])('with a reason behind it: %j', async (text, rest) => {
    const { chats, rest: reason } = await searchIn('RU').byWhoAndRest(text, ANN.slackUser)
    expect(chats.map(({ phone }) => phone)).toEqual(['+79123456789', '+79123456789'])
    expect(reason).toBe(rest)
  })
})

describe('no number', () => {
  it.each(notPhones.flatMap(([what, texts]) => texts.map((text) => [what, text] as const)))(
    'is %s: %j',
    (_what, text) => {
      for (const defaultCountry of homes) {
        const who = parseWho(text, { defaultCountry, accounts: [WAMM, CRM] })
        expect(who.kind, `in ${defaultCountry}`).not.toBe('phone')
      }
    },
  )

  it.each(telegramKeys)('hides the Telegram chat %s, even where there is such a number', async (key) => {
    for (const defaultCountry of homes) {
      const { chats } = await searchIn(defaultCountry).byWho(key, ANN.slackUser, 'waiting')
      const keys = chats.map((chat) => chat.key)
      expect(keys, `in ${defaultCountry}`).toEqual([key])
    }
  })
})
