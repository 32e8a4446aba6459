import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accountId } from '../../src/routing/ids.ts'
import { parseWho, whoCandidates } from '../../src/routing/who.ts'

const wamm = accountId('wamm')
const context = { defaultCountry: 'RU', accounts: [wamm, accountId('sales-2')] } as const
const who = (text: string) => parseWho(text, context)

const ivan = {
  kind: 'phone',
  account: null,
  phone: '+79001234567',
  otherPhones: [],
  keys: ['79001234567'],
}

describe('parseWho', () => {
  it.each([
    '+79001234567',
    '79001234567',
    '+7 900 123-45-67',
    '8 (900) 123-45-67',
    '<tel:+79001234567|+7 900 123-45-67>',
    '<tel:+79001234567>',
    ' \u202a+7\u00a0900\u00a0123\u201145\u201167\u202c ',
    '"+7 900 123 45 67"',
    '«+7 900 123 45 67»',
    '“79001234567”',
    'tel:+79001234567',
    'Tel.: +79001234567',
    '+7 (900) 123-45-67,',
    '(+7) 900 1234567;',
    'phone: +79001234567',
    '+٧٩٠٠١٢٣٤٥٦٧',
    '+७९००१२३४५६७',
  ])('reads %j as the phone number', (text) => {
    expect(who(text)).toEqual(ivan)
  })

  it('tries bare digits both as the number they spell and as a Telegram id', () => {
    expect(who('89001234567')).toEqual({ ...ivan, keys: ['79001234567', '89001234567'] })
    expect(who('9001234567')).toEqual({ ...ivan, keys: ['79001234567', '9001234567'] })
    // No number of Russia or of the world: such ranges need a plus.
    expect(who('5123456789')).toEqual({ kind: 'key', account: null, key: '5123456789' })
  })

  it.each([
    ['301234', 'name'],
    ['030 1234', 'phone'],
    ['(030) 1234', 'phone'],
    ['+49 30 1234', 'phone'],
    ['12345', 'name'],
  ])('reads %j, where numbers are so short, as a %s', (text, kind) => {
    expect(parseWho(text, { defaultCountry: 'DE', accounts: [] }).kind).toBe(kind)
  })

  it('knows every number that the same digits spell', () => {
    expect(parseWho('79001234567', { defaultCountry: 'DE', accounts: [] })).toEqual({
      kind: 'phone',
      account: null,
      phone: '+4979001234567',
      otherPhones: ['+79001234567'],
      keys: ['4979001234567', '79001234567'],
    })
  })

  it.each([
    ['-1001234567890', '-1001234567890'],
    ['\u22121001234567890', '-1001234567890'],
    ['–1001234567890', '-1001234567890'],
    ['-100123', '-100123'],
    ['123456789012345678', '123456789012345678'],
    ['12345678', '12345678'],
    ['-1001234567890,', '-1001234567890'],
  ])('reads %j as the Telegram id %s', (text, key) => {
    expect(who(text)).toEqual({ kind: 'key', account: null, key })
  })

  it.each([
    ['id:123', '123'],
    ['ID: -100123', '-100123'],
    ['id:ab_c', 'ab_c'],
    ['id:７９', '79'],
  ])('reads %j as the id %s', (text, id) => {
    expect(who(text)).toEqual({ kind: 'id', account: null, id })
  })

  it.each([
    'a@b.co',
    'A@B.CO',
    'email:a@b.co',
    'email: a@b.co',
    '<mailto:a@b.co|a@b.co>',
    'email:<mailto:a@b.co|a@b.co>',
    '"a@b.co"',
    'a@b.co,',
  ])('reads %j as the e-mail address', (text) => {
    expect(who(text)).toEqual({ kind: 'email', account: null, email: 'a@b.co' })
  })

  it.each([
    ['Ivan Petrov', 'Ivan Petrov'],
    ['  Иван\n Петров ', 'Иван Петров'],
    ['"Ivan Petrov"', 'Ivan Petrov'],
    ["O'Neil", "O'Neil"],
    ['Smith &amp; Sons', 'Smith & Sons'],
    ['a &amp;lt; b', 'a &lt; b'],
    ['\u200fمريم\u200f', 'مريم'],
    ['می\u200cخواهم', 'می\u200cخواهم'],
    ['Ivan: VIP', 'Ivan: VIP'],
    ['<https://shop.ru|shop.ru>', 'shop.ru'],
    ['<https://shop.ru>', 'https://shop.ru'],
    ['4567', '4567'],
    ['45-67', '4567'],
    ['+7 900', '7900'],
    ['Ivan 79001234567', 'Ivan 79001234567'],
    ['🔥', '🔥'],
    ['id:', 'id:'],
    ['Ivan, Petrov,', 'Ivan, Petrov,'],
    ['Phone 2', 'Phone 2'],
    ['4567,', '4567'],
    ['@nick', '@nick'],
  ])('reads %j as the fragment %j', (text, expected) => {
    expect(who(text)).toEqual({ kind: 'name', account: null, text: expected })
  })

  it.each([
    '',
    '   ',
    ',',
    '\u200b\u202e',
    '<@U123ABC>',
    '<@U123ABC|ann> <!channel>',
    '""',
    'wamm:',
    'wamm: ""',
  ])('finds nothing in %j', (text) => {
    expect(who(text)).toEqual({ kind: 'nothing' })
  })

  it('takes a prefix for an account only when there is one of that name', () => {
    expect(who('wamm:79001234567')).toEqual({ ...ivan, account: 'wamm' })
    expect(who('WAMM: <tel:+79001234567|+7 900 123-45-67>')).toEqual({ ...ivan, account: 'wamm' })
    expect(who('"wamm:79001234567"')).toEqual({ ...ivan, account: 'wamm' })
    expect(who('sales-2:"Ivan Petrov"')).toEqual({ kind: 'name', account: 'sales-2', text: 'Ivan Petrov' })
    expect(who('wamm:id:7')).toEqual({ kind: 'id', account: 'wamm', id: '7' })
    expect(who('aelyst:Ivan')).toEqual({ kind: 'name', account: null, text: 'aelyst:Ivan' })
  })

  it('clips a fragment that is longer than any name', () => {
    const read = who('я🔥'.repeat(2000))
    expect(read.kind === 'name' && [...read.text].length).toBe(250)
  })

  it('has a reading for any text, and never throws', () => {
    const fragments = fc.array(
      fc.oneof(
        fc.constantFrom(
          '<',
          '>',
          '|',
          'tel:',
          'mailto:',
          '@',
          ':',
          'id:',
          'wamm:',
          '"',
          '+',
          '-',
          '.',
          '\u202e',
        ),
        fc.string({ unit: 'binary' }),
        fc.nat().map(String),
      ),
    )
    fc.assert(
      fc.property(fragments, (parts) => {
        const text = parts.join('')
        const read = who(text)
        if (read.kind === 'name') expect(read.text.trim()).not.toBe('')
        for (const candidate of whoCandidates(text)) who(candidate.who)
      }),
      { numRuns: 1000 },
    )
  })

  it.each([
    ['links', '<'.repeat(4000)],
    ['quotes', '"'.repeat(4000)],
    ['an address', `a@${'.'.repeat(3990)} `],
    ['digits', '9'.repeat(4000)],
    ['spaces', `a${' '.repeat(3998)}b`],
    ['words', 'a '.repeat(2000)],
  ])('reads 4,000 characters of %s in a moment', (_what, text) => {
    const start = performance.now()
    who(text)
    for (const candidate of whoCandidates(text)) who(candidate.who)
    expect(performance.now() - start).toBeLessThan(500)
  })
})

describe('whoCandidates', () => {
  it('offers the longest beginning first, each with the rest', () => {
    expect(whoCandidates(' Ivan Petrov  wrong department ')).toEqual([
      { who: 'Ivan Petrov  wrong department', rest: '' },
      { who: 'Ivan Petrov  wrong', rest: 'department' },
      { who: 'Ivan Petrov', rest: 'wrong department' },
      { who: 'Ivan', rest: 'Petrov  wrong department' },
    ])
  })

  it('takes a quoted beginning for the only reading', () => {
    expect(whoCandidates('"Ivan Petrov" wrong "dep"')).toEqual([{ who: 'Ivan Petrov', rest: 'wrong "dep"' }])
    expect(whoCandidates('«Иван Петров»')).toEqual([{ who: 'Иван Петров', rest: '' }])
    expect(whoCandidates('"Ivan')).toEqual([{ who: '"Ivan', rest: '' }])
    expect(whoCandidates('"Ivan"ov x')[0]).toEqual({ who: '"Ivan"ov x', rest: '' })
  })

  it("takes Slack's link for one word", () => {
    expect(whoCandidates('<tel:+79001234567|+7 900 123-45-67> spam')).toEqual([
      { who: '<tel:+79001234567|+7 900 123-45-67> spam', rest: '' },
      { who: '<tel:+79001234567|+7 900 123-45-67>', rest: 'spam' },
    ])
  })

  it('keeps the line breaks of the rest', () => {
    expect(whoCandidates('Ivan\nline 1\nline 2').at(-1)).toEqual({ who: 'Ivan', rest: 'line 1\nline 2' })
  })

  it('offers at most 12, of at most 12 words, and all of the text in each', () => {
    const text = Array.from({ length: 500 }, (_, index) => `w${index}`).join(' ')
    const candidates = whoCandidates(text)
    expect(candidates).toHaveLength(12)
    expect(candidates.at(-1)?.who).toBe('w0')
    for (const { who: head, rest } of candidates) expect(`${head} ${rest}`).toBe(text)
  })

  it('offers nothing for nothing', () => {
    expect(whoCandidates(' \n ')).toEqual([])
  })

  it('finds the number among words that follow it', () => {
    const readings = whoCandidates('+7 900 123-45-67 wrong person').map(({ who: head }) => who(head))
    expect(readings.map(({ kind }) => kind)).toEqual(['name', 'name', 'phone', 'name', 'name'])
  })
})
