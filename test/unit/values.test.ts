import fc from 'fast-check'
import { expect, it } from 'vitest'
import { accountId, chatId, providerUserId } from '../../src/routing/ids.ts'
import {
  encodeChatRef,
  encodeContactForm,
  encodeForm,
  encodeMenuEntry,
  encodeReceiver,
  parseChatRef,
  parseContactForm,
  parseForm,
  parseMenuEntry,
  parseReceiver,
} from '../../src/slack/values.ts'

const parsers = [parseChatRef, parseReceiver, parseForm, parseContactForm, parseMenuEntry]
const ref = { chat: chatId('0b9d3c52-6a75-4c0e-9f3c-0d8c2f5a1e77'), version: 7 }

it('reads back what it wrote', () => {
  expect(parseChatRef(encodeChatRef(ref))).toEqual(ref)
  const receiver = { account: accountId('wamm'), user: providerUserId('100') }
  expect(parseReceiver(encodeReceiver(receiver))).toEqual(receiver)
  expect(parseForm(encodeForm({ chat: ref, channel: 'C1' }))).toEqual({ chat: ref, channel: 'C1' })
  expect(parseForm(encodeForm({ chat: null, channel: null }))).toEqual({ chat: null, channel: null })
  for (const chat of [ref.chat, null]) {
    const form = { account: accountId('wamm'), chat, filled: ['name', 'opt-in-date'] }
    expect(parseContactForm(encodeContactForm(form))).toEqual(form)
  }
  expect(parseMenuEntry(encodeMenuEntry('contact', ref.chat))).toEqual(['contact', ref.chat])
})

it('fits the value of an option even with the longest id and version', () => {
  const longest = encodeChatRef({ chat: chatId('x'.repeat(36)), version: Number.MAX_SAFE_INTEGER })
  expect(longest.length).toBeLessThanOrEqual(75)
  expect(parseChatRef(longest)?.version).toBe(Number.MAX_SAFE_INTEGER)
  expect(encodeMenuEntry('contact', chatId('x'.repeat(36))).length).toBeLessThanOrEqual(75)
})

it('drops what a caller carries besides the reference', () => {
  expect(encodeChatRef({ ...ref, ...{ customer: 'Ivan' } })).not.toContain('Ivan')
})

it.each([
  undefined,
  null,
  7,
  '',
  '{}',
  'null',
  '{"chat":"a"}',
  '{"chat":"","version":1}',
  '{"chat":"a b","version":1}',
  '{"chat":"a","version":-1}',
  '{"chat":"a","version":1.5}',
  '{"chat":"a","version":"1"}',
  '{"chat":"a","version":1,"more":1}',
  `{"chat":"${'x'.repeat(37)}","version":1}`,
  '{"user":"U1; DROP"}',
  '{"user":"<@U1>"}',
  '{"chat":null,"channel":"<!channel>"}',
  '["contact"]',
  '["Delete","a"]',
  '["contact","a b"]',
  '["contact","a","b"]',
  `["contact","${'x'.repeat(37)}"]`,
  '{"account":"wamm","chat":null}',
  '{"account":"wamm","filled":[]}',
  '{"account":"WAMM","chat":null,"filled":[]}',
  '{"account":"wamm","chat":"a b","filled":[]}',
  '{"account":"wamm","chat":null,"filled":"name"}',
  '{"account":"wamm","chat":null,"filled":[7]}',
  `{"account":"wamm","chat":null,"filled":["${'x'.repeat(31)}"]}`,
  `{"account":"wamm","chat":null,"filled":${JSON.stringify(Array(21).fill('name'))}}`,
  `{"account":"wamm","chat":null,"filled":[]${' '.repeat(3000)}}`,
  '{"account":"wamm","chat":null,"filled":[],"phone":"+79001234567"}',
])('reads %j as nothing', (text) => {
  expect(parsers.map((parse) => parse(text))).toEqual(parsers.map(() => null))
})

it('never throws, whatever comes back', () => {
  fc.assert(
    fc.property(fc.oneof(fc.anything(), fc.json()), (value) => {
      for (const parse of parsers) expect(() => parse(value)).not.toThrow()
    }),
  )
})
