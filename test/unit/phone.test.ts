import fc from 'fast-check'
import { getCountries, getExampleNumber } from 'libphonenumber-js/max'
import examples from 'libphonenumber-js/mobile/examples'
import { describe, expect, it } from 'vitest'
import {
  type CountryCode,
  maskKey,
  maskNumbersIn,
  parsePhone,
  parsePhones,
  partsOfPhone,
  phoneFromDigits,
  spellPhone,
} from '../../src/routing/phone.ts'

describe('parsePhone and parsePhones', () => {
  it.each<[string, CountryCode, string | null]>([
    ['+79001234567', 'RU', '+79001234567'],
    ['+79001234567', 'US', '+79001234567'],
    ['79001234567', 'RU', '+79001234567'],
    ['79001234567', 'US', '+79001234567'],
    ['89001234567', 'RU', '+79001234567'],
    ['9001234567', 'RU', '+79001234567'],
    ['8 (900) 123-45-67', 'RU', '+79001234567'],
    ['+7 900 123 45 67', 'RU', '+79001234567'],
    ['+7\u00a0900\u00a0123\u00a045\u00a067', 'RU', '+79001234567'],
    ['\u202a+7 900 123-45-67\u202c', 'RU', '+79001234567'],
    ['+7\u200b900\u200b1234567', 'RU', '+79001234567'],
    ['+7 900 123–45—67', 'RU', '+79001234567'],
    ['+7 900 123\u201145\u201167', 'RU', '+79001234567'],
    ['+7.900.123.45.67', 'RU', '+79001234567'],
    ['＋７９００１２３４５６７', 'RU', '+79001234567'],
    ['+٧٩٠٠١٢٣٤٥٦٧', 'RU', '+79001234567'],
    ['+۷۹۰۰۱۲۳۴۵۶۷', 'RU', '+79001234567'],
    ['+७९००१२३४५६७', 'RU', '+79001234567'],
    ['+७९०० १२३ ४५६७', 'IN', '+79001234567'],
    ['0079001234567', 'RU', '+79001234567'],
    ['0079001234567', 'DE', '+79001234567'],
    ['810 1 213 373 4253', 'RU', '+12133734253'],
    ['+7 900 123-45-67 ext. 5', 'RU', '+79001234567'],
    ['(213) 373-4253', 'US', '+12133734253'],
    ['+1 (213) 373-4253', 'RU', '+12133734253'],
    ['+44 7400 123456', 'RU', '+447400123456'],
    ['07400 123456', 'GB', '+447400123456'],
    // A range that the metadata does not know, of a length that it does.
    ['+7 512 345 67 89', 'RU', '+75123456789'],
    ['+7 900 123-45-67 is late', 'RU', null],
    ['call +7 900 123-45-67', 'RU', null],
    ['+7900', 'RU', null],
    ['4567', 'RU', null],
    ['+7900123456789', 'RU', null],
    ['-1001234567890', 'RU', null],
    ['Ivan', 'RU', null],
    ['', 'RU', null],
    ['+', 'RU', null],
    ['9'.repeat(4000), 'RU', null],
  ])('reads %j in %s as %j', (text, country, expected) => {
    expect(parsePhone(text, country)).toBe(expected)
  })

  it.each<[string, CountryCode, readonly string[]]>([
    ['79001234567', 'DE', ['+4979001234567', '+79001234567']],
    ['79001234567', 'RU', ['+79001234567']],
    ['6111234', 'IS', ['+3546111234']],
    ['030 1234', 'DE', ['+49301234']],
    // Of the right length, but in no range that is known: only with a plus or two zeros.
    ['5123456789', 'RU', []],
    ['8 512 345-67-89', 'RU', []],
    ['+7 512 345 67 89', 'RU', ['+75123456789']],
    ['(007) 512 345 67 89', 'RU', ['+75123456789']],
    ['9'.repeat(4000), 'DE', []],
  ])('reads %j in %s as any of %j', (text, country, expected) => {
    expect(parsePhones(text, country)).toEqual(expected)
  })

  it('gives E.164 alone for any text, and never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
        const phones = [parsePhone(text, 'RU') ?? [], parsePhones(text, 'RU')].flat()
        for (const phone of phones) expect(phone).toMatch(/^\+\d{4,16}$/)
      }),
      { numRuns: 500 },
    )
  })

  it('reads its own result again, whatever the default country', () => {
    for (const country of getCountries()) {
      const e164 = getExampleNumber(country, examples)?.number ?? ''
      expect(parsePhones(e164, 'US')).toEqual([e164])
      expect(parsePhones(e164, 'RU')).toEqual([e164])
    }
  })
})

describe('phoneFromDigits', () => {
  it.each([
    ['79001234567', '+79001234567'],
    ['6581234567', '+6581234567'],
    ['5123456789', null],
    ['-1001234567890', null],
    ['+79001234567', null],
    ['ivan', null],
    ['', null],
  ])('takes %j for %j', (digits, expected) => {
    expect(phoneFromDigits(digits)).toBe(expected)
  })
})

describe('partsOfPhone', () => {
  it.each([
    ['+79001234567', '7', '9001234567'],
    ['+390612345678', '39', '0612345678'],
    ['+2250123456789', '225', '0123456789'],
    ['+12133734253', '1', '2133734253'],
  ])('takes %j for country %s and %s', (phone, country, national) => {
    expect(partsOfPhone(phone)).toEqual({ country, national })
  })

  it('makes the number of every country whole again, and nothing of what is none', () => {
    for (const country of getCountries()) {
      const e164 = getExampleNumber(country, examples)?.number
      if (e164 === undefined) continue
      const parts = partsOfPhone(e164)
      expect(`+${parts?.country}${parts?.national}`).toBe(e164)
    }
    for (const text of ['', '+', '+1', 'garbage']) expect(partsOfPhone(text)).toBeNull()
  })
})

describe('spellPhone', () => {
  it.each([
    ['+79001234567', '+7 900 ••• •• 67'],
    ['+12133734253', '+1 213 ••• ••53'],
    ['+6581234567', '+65 •••• ••67'],
    ['+447400123456', '+44 •••• ••••56'],
    ['+37012', '+370 12'],
    ['garbage', '••••ge'],
    ['', '••••'],
  ])('shows %j as %j', (phone, expected) => {
    expect(spellPhone(phone).masked).toBe(expected)
  })

  it('hides in the groups in which the number is spelt', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\+(?:7|1|34|49|44)[2-9]\d{7,9}$/), (phone) => {
        const masked = spellPhone(phone).masked
        const spelt = spellPhone(phone).full
        expect(masked.replace(/[\d•]/g, '0')).toBe(spelt.replace(/\d/g, '0'))
        expect(spelt.replace(/[^\d+]/g, '')).toBe(phone)
      }),
    )
  })

  it('hides at least five digits of every number that is long enough to be dialled from abroad', () => {
    for (const country of getCountries()) {
      const example = getExampleNumber(country, examples)
      if (example === undefined) continue
      const { number, nationalNumber, countryCallingCode } = example
      const masked = spellPhone(number).masked
      expect(masked.startsWith(`+${countryCallingCode} `)).toBe(true)
      expect(masked.endsWith(nationalNumber.slice(-2))).toBe(true)
      const hidden = masked.split('•').length - 1
      expect(hidden, `${country} ${masked}`).toBeGreaterThanOrEqual(Math.min(5, nationalNumber.length - 2))
      const shown = masked.replace(/\D/g, '').slice(countryCallingCode.length)
      expect(nationalNumber.startsWith(shown.slice(0, -2))).toBe(true)
      expect(shown.length + hidden).toBe(nationalNumber.length)
    }
  })

  it('shows none of the middle digits of any number', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\+7[3-9]\d{9}$/), (phone) => {
        const masked = spellPhone(phone).masked
        expect(masked.replace(/\D/g, '').length).toBeLessThanOrEqual(6)
        expect(masked.split('•').length - 1).toBeGreaterThanOrEqual(5)
      }),
    )
  })
})

describe('maskKey', () => {
  it.each([
    ['-1001234567823', '••••23'],
    ['123456', '••••56'],
    ['12345', '••••'],
    ['', '••••'],
  ])('shows %j as %j', (key, expected) => {
    expect(maskKey(key)).toBe(expected)
  })

  it('shows at most two characters of any key', () => {
    fc.assert(
      fc.property(fc.string(), (key) => {
        expect([...maskKey(key).replaceAll('•', '')].length).toBeLessThanOrEqual(2)
      }),
    )
  })
})

describe('maskNumbersIn', () => {
  it.each([
    ['Ivan +7 (900) 123-45-67', 'Ivan +• (•••) •••-••-67'],
    // As iOS writes it: with a hyphen that breaks no line, between marks of direction.
    [
      '\u202a+7\u00a0(900)\u00a0123\u201145\u201167\u202c',
      '\u202a+•\u00a0(•••)\u00a0•••\u2011••\u201167\u202c',
    ],
    ['7 900 123–45–67', '• ••• •••–••–67'],
    ['790\u200b012\u200b345\u200b67', '•••\u200b•••\u200b•••\u200b67'],
    ['790\u3164012\u3164345\u316467', '•••\u3164•••\u3164•••\u316467'],
    ['+7/900/123/45/67', '+•/•••/•••/••/67'],
    ['7_900_123_45_67', '•_•••_•••_••_67'],
    ['7,900,123,45,67', '•,•••,•••,••,67'],
    ['7, 900, 123, 45, 67', '•, •••, •••, ••, 67'],
    ['7:900:123:45:67', '•:•••:•••:••:67'],
    ['7·900·123·45·67', '•·•••·•••·••·67'],
    ['+7 900 123 • 45 67', '+• ••• ••• • •• 67'],
    ['7|900|123=45~67 or 8*900*1234567', '•|•••|•••=••~67 or •*•••*•••••67'],
    ['7️⃣9️⃣0️⃣0️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣', '•️⃣•️⃣•️⃣•️⃣•️⃣•️⃣•️⃣•️⃣•️⃣6️⃣7️⃣'],
    ['⑦⑨⓪⓪①②③④⑤⑥⑦', '•••••••••⑥⑦'],
    ['+٧ ٩٠٠ ١٢٣ ٤٥ ٦٧', '+• ••• ••• •• ٦٧'],
    ['call 900 123 12:34', 'call ••• ••• ••:34'],
    ['06.12.10.11.12', '••.••.••.••.12'],
    ['06-12 10-11-12', '••-•• ••-••-12'],
    // Nobody can tell these from a number, and whoever has to know them finds them where they were written.
    ['from 1,500,000 to $2.000.000', 'from •,•••,•00 to $•.•••.•00'],
    ['sizes 1, 2, 3, 4, 5, 6, 7', 'sizes •, •, •, •, •, 6, 7'],
  ])('shows %j as %j', (name, expected) => {
    expect(maskNumbersIn(name)).toBe(expected)
  })

  it.each([
    'Table 12, 4 chairs',
    '1,500.00 to 2,000.00',
    '4, 5 or 6 people, 2 rooms, 7 nights',
    'on 2026-11-20 10:30',
    'on 20.11. 10:30, or 21.11. 9:00-12:00',
    '20/11/2026, 9:05; 11/20/2026',
    '20/11/26 10:30:00 – 11:45:00',
    '2026-11-20T10:30:00Z',
  ])('leaves %j as it is', (text) => {
    expect(maskNumbersIn(text)).toBe(text)
  })

  const mark = fc.oneof(
    fc.constantFrom(...'/_,:·•.-–|*~#=+()[] \n\u00a0\u200b\u202a\u2011\u3164'),
    fc.string({ unit: 'binary', maxLength: 3 }).filter((text) => !/[\p{L}\p{N}]/u.test(text)),
  )
  const spelledOut = fc
    .tuple(
      fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 9, maxLength: 9 }),
      fc.array(mark, { minLength: 10, maxLength: 10 }),
    )
    // It begins with what is neither a day nor an hour.
    .map(([digits, marks]) => [...`79${digits}`].map((digit, at) => `${digit}${marks[at] ?? ''}`).join(''))

  it('hides all but the last two digits, whatever stands between them', () => {
    fc.assert(
      fc.property(spelledOut, (number) => {
        const digits = number.replace(/\D/g, '')
        expect(maskNumbersIn(`Ivan ${number} (home)`).replace(/\D/g, '')).toBe(digits.slice(-2))
      }),
      { numRuns: 5_000 },
    )
  })

  it('changes only digits, none where fewer than seven are together, and no more of them the second time', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), spelledOut), (text) => {
        const masked = maskNumbersIn(text)
        expect(maskNumbersIn(masked)).toBe(masked)
        const marks = /[\p{Nd}\p{No}•]/gu
        expect(masked.replace(marks, '•')).toBe(text.replace(marks, '•'))
        const words = text.replace(/\p{Default_Ignorable_Code_Point}/gu, '').split(/\p{L}+/u)
        const long = words.some((word) => (word.match(/\p{N}/gu)?.length ?? 0) >= 7)
        if (!long) expect(masked).toBe(text)
      }),
      { numRuns: 5_000 },
    )
  })

  it('gets through a text that is made to slow it down', () => {
    for (const text of ['1'.repeat(6), '1,', '20.11.2026 10:30 ', '10:30-', '1 . 2\n'])
      expect(maskNumbersIn(`${text.repeat(20_000)}x`)).toHaveLength(text.length * 20_000 + 1)
  })
})
