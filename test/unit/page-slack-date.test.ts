import { describe, expect, it } from 'vitest'
import { formatSlackDate } from '../../sandbox/page/client/block-kit/slack-date.ts'

const nowMs = Date.UTC(2026, 10, 20, 10, 42)
const reader = { nowMs, locale: 'en-US', timeZone: 'Europe/Berlin' }

const shown = (format: string, atMs: number, options: { locale?: string; timeZone?: string } = {}) =>
  // Newer versions of ICU put a narrow space before AM and PM.
  formatSlackDate({ ...reader, ...options, format, timestampSeconds: atMs / 1000 })?.replace(/\u202f/g, ' ')

const tuesday = Date.UTC(2014, 1, 18, 14, 39, 42)

describe('a date in a text', () => {
  it.each([
    ['{date_num}', '2014-02-18'],
    ['{date_slash}', '02/18/2014'],
    ['{date}', 'February 18th, 2014'],
    ['{date_short}', 'Feb 18, 2014'],
    ['{date_long}', 'Tuesday, February 18th, 2014'],
    ['{date_long_full}', 'February 18th, 2014'],
    ['{date_pretty}', 'February 18th, 2014'],
    ['{date_short_pretty}', 'Feb 18, 2014'],
    ['{date_long_pretty}', 'Tuesday, February 18th, 2014'],
    ['{day_divider_pretty}', 'Tuesday, February 18th, 2014'],
    ['{time}', '3:39 PM'],
    ['{time_secs}', '3:39:42 PM'],
    ['at {time}, {nonsense} {constructor}', 'at 3:39 PM, {nonsense} {constructor}'],
  ])('%s is %s', (format, expected) => {
    expect(shown(format, tuesday)).toBe(expected)
  })

  it.each([
    [0, 'Today', 'today'],
    [-1, 'Yesterday', 'yesterday'],
    [1, 'Tomorrow', 'tomorrow'],
  ])('%i days from now has a name, with a capital where it starts the text', (days, first, inside) => {
    const at = nowMs + days * 86_400_000
    for (const token of [
      '{date_pretty}',
      '{date_short_pretty}',
      '{date_long_pretty}',
      '{day_divider_pretty}',
    ]) {
      expect(shown(`${token} {time}`, at)).toBe(`${first} 11:42 AM`)
      expect(shown(`since ${token}`, at)).toBe(`since ${inside}`)
    }
  })

  it("knows the day in the reader's zone, not in that of the server", () => {
    const lateInUtc = Date.UTC(2026, 10, 19, 23, 30)
    expect(shown('{date_pretty} {date_num}', lateInUtc)).toBe('Today 2026-11-20')
    expect(shown('{date_pretty} {date_num}', lateInUtc, { timeZone: 'UTC' })).toBe('Yesterday 2026-11-19')
  })

  it('leaves out the year where it is this one, and speaks the language of the reader', () => {
    const march = Date.UTC(2026, 2, 3, 9, 5)
    expect(shown('{date}', march)).toBe('March 3rd')
    expect(shown('{date_short}', march)).toBe('Mar 3, 2026')
    expect(shown('{date_pretty} um {time}', nowMs, { locale: 'de' })).toBe('Heute um 11:42')
    expect(shown('{date}', march, { locale: 'de' })).toBe('3. März')
  })

  it.each([
    [0, '0 seconds ago'],
    [42, '42 seconds ago'],
    [3 * 60 + 59, '3 minutes ago'],
    [4 * 3600, '4 hours ago'],
    [50 * 3600, '2 days ago'],
    [-120, 'In 2 minutes'],
  ])('{ago} of %i seconds is %s', (seconds, expected) => {
    expect(shown('{ago}', nowMs - seconds * 1000)).toBe(expected)
  })

  it('is nothing where there is no such date, so that the fallback is shown', () => {
    expect(shown('{date}', 1e18)).toBeUndefined()
  })
})
