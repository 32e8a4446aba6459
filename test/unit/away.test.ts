import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { awayNow, awayUntil, parseAwayLength } from '../../src/routing/away.ts'
import { instant } from '../../src/routing/ids.ts'

const MINUTE = 60_000
const now = instant(Date.UTC(2026, 10, 20, 10, 42, 30))
const until = (text: string, timeZone = 'UTC', at = now) => {
  const length = parseAwayLength(text)
  const end = length === null ? undefined : awayUntil(length, at, timeZone)
  return end == null ? end : new Date(end).toISOString().slice(0, 16)
}

describe('how long somebody is away', () => {
  it.each([
    ['for 45 min', 45],
    ['for 45m', 45],
    ['45 minutes', 45],
    ['2h', 120],
    ['for 2 hours', 120],
    ['for 1 hr', 60],
    ['for 1h 30m', 90],
    ['For 1 hour, 15 min', 75],
    ['for 3 days', 3 * 24 * 60],
    ['2 weeks', 14 * 24 * 60],
  ])('%s', (text, minutes) => {
    expect(parseAwayLength(text)).toEqual({ kind: 'for', ms: minutes * MINUTE })
  })

  it.each([
    ['until 14:30', '2026-11-20T14:30'],
    ['until 14.30', '2026-11-20T14:30'],
    ['till 2pm', '2026-11-20T14:00'],
    ['until 2:15 PM', '2026-11-20T14:15'],
    ['until 12am', '2026-11-21T00:00'],
    ['until 12pm', '2026-11-20T12:00'],
    ['until 10:43', '2026-11-20T10:43'],
    ['until 10:42', '2026-11-21T10:42'],
    ['until 9', '2026-11-21T09:00'],
  ])('%s', (text, end) => {
    expect(until(text)).toBe(end)
  })

  it('is until they say so where nothing is said', () => {
    expect(until('')).toBeNull()
  })

  it('reads a time of day where the person is', () => {
    expect(until('until 14:30', 'Asia/Dubai')).toBe('2026-11-21T10:30')
    expect(until('until 16:00', 'Asia/Kolkata')).toBe('2026-11-21T10:30')
    expect(until('until 6:00', 'America/New_York')).toBe('2026-11-20T11:00')
  })

  it('reads the time on the wall where the clocks are changed in between', () => {
    const evening = instant(Date.UTC(2026, 9, 24, 20, 0))
    expect(until('until 8:00', 'Europe/Berlin', evening)).toBe('2026-10-25T07:00')
    const spring = instant(Date.UTC(2026, 2, 28, 20, 0))
    expect(until('until 8:00', 'Europe/Berlin', spring)).toBe('2026-03-29T06:00')
  })

  it.each([
    'lunch',
    'for a while',
    'until tomorrow',
    'until 25:00',
    'until 14:60',
    'until 0pm',
    'until 13am',
    'for 0 min',
    'for 999 weeks',
    'for 5 mangos',
    'until',
    '5',
  ])('is asked for again after "%s"', (text) => {
    expect(parseAwayLength(text)).toBeNull()
  })

  it('is never in the past and never beyond a year, whatever is typed', () => {
    const word = fc.constantFrom('for', 'until', '2', '14:30', 'h', 'm', 'days', 'pm', ' ', '-1', '9999', 'x')
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), (words) => {
        const length = parseAwayLength(words.join(' '))
        const end = length === null ? null : awayUntil(length, now, 'Europe/Berlin')
        if (end === null) return
        expect(end).toBeGreaterThan(now)
        expect(end - now).toBeLessThanOrEqual(366 * 24 * 60 * MINUTE)
      }),
    )
  })
})

it('is over by itself at its end', () => {
  const away = { since: now, until: instant(now + MINUTE) }
  expect(awayNow(away, now)).toBe(away)
  expect(awayNow(away, instant(now + MINUTE))).toBeNull()
  expect(awayNow({ since: now, until: null }, instant(now * 2))).not.toBeNull()
  expect(awayNow(undefined, now)).toBeNull()
})
