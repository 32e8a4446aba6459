import fc from 'fast-check'
import { expect, it } from 'vitest'
import { maskNumbersIn } from '../../src/routing/phone.ts'
import { findDisclosures } from '../fixtures/find-disclosures.ts'

const number = '79001234567'
const found = (line: string): boolean =>
  findDisclosures({ slack: { calls: [], interactions: [] }, numbers: [number], log: [line], secrets: [] })
    .length > 0

it.each([
  number,
  '9001234567',
  '8 (900) 123-45-67',
  '+7/900/123/45/67',
  '7_900_123_45_67',
  '7,900,123,45,67',
  '7:900:123:45:67',
  '7·900·123·45·67',
  '+7 900 123 • 45 67',
  '7\n900\t123\u200b45\u316467',
  '٧٩٠٠١٢٣٤٥٦٧',
  '⑦⑨⓪⓪①②③④⑤⑥⑦',
  'in7900️⃣1234567words',
])('finds %j, in a text and in JSON', (written) => {
  for (const text of [written, JSON.stringify({ written }), JSON.stringify(JSON.stringify([written]))])
    expect([text, found(text)]).toEqual([text, true])
})

it.each(['+7 900 ••• •• 67', '••••67', '790012345', '7900 one 1234567', '2026-11-20 10:30'])(
  'does not find it in %j',
  (text) => {
    expect(found(text)).toBe(false)
  },
)

it('finds whatever is masked in names and notes, and nothing once it is', () => {
  const mark = fc.string({ unit: 'binary', maxLength: 3 }).filter((text) => !/[\p{L}\p{N}\\]/u.test(text))
  fc.assert(
    fc.property(fc.array(mark, { minLength: 11, maxLength: 11 }), (marks) => {
      const name = [...number].map((digit, at) => `${digit}${marks[at]}`).join('')
      expect(found(JSON.stringify({ name }))).toBe(true)
      expect(found(JSON.stringify({ name: maskNumbersIn(name) }))).toBe(false)
    }),
    { numRuns: 2_000 },
  )
})
