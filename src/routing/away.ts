import { type Instant, instant, later } from './ids.ts'

/** Somebody is not here: nobody can offer them a chat. What they have stays theirs. */
export interface Away {
  readonly since: Instant
  /** Null: until they say that they are back. */
  readonly until: Instant | null
}

/** Null once it is over. */
export const awayNow = (away: Away | undefined, now: Instant): Away | null =>
  away === undefined || (away.until !== null && away.until <= now) ? null : away

/** How long, as people type it; `until`: the next time that the clocks show it where the person is. */
export type AwayLength =
  | { readonly kind: 'open' }
  | { readonly kind: 'for'; readonly ms: number }
  | { readonly kind: 'until'; readonly minuteOfDay: number }

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const units: Readonly<Record<string, number>> = { m: MINUTE, h: HOUR, d: DAY, w: 7 * DAY }
const LONGEST_MS = 366 * DAY

/** ``, `for 45 min`, `2h 30m`, `until 14:30`, `until 2pm`; null for anything else. */
export function parseAwayLength(text: string): AwayLength | null {
  const words = text.trim().toLowerCase()
  if (words === '') return { kind: 'open' }
  const until = /^(?:until|till|til) (\d{1,2})(?:[:.](\d\d))? ?(am|pm)?$/.exec(words)
  if (until !== null) return timeOfDay(Number(until[1]), Number(until[2] ?? 0), until[3])
  const length = /^(?:for )?((?:\d{1,3} ?(?:m|h|d|w)[a-z]*[ ,]*)+)$/.exec(words)?.[1] ?? ''
  const parts = [...length.matchAll(/(\d+) ?([mhdw])([a-z]*)/g)]
  const known = parts.every(([, , unit = '', rest = '']) => spellings[unit]?.includes(rest))
  const ms = parts.reduce((sum, [, count, unit = '']) => sum + Number(count) * (units[unit] ?? 0), 0)
  return known && ms > 0 && ms <= LONGEST_MS ? { kind: 'for', ms } : null
}

/** What may follow the first letter. */
const spellings: Readonly<Record<string, readonly string[]>> = {
  m: ['', 'in', 'ins', 'inute', 'inutes'],
  h: ['', 'r', 'rs', 'our', 'ours'],
  d: ['', 'ay', 'ays'],
  w: ['', 'eek', 'eeks'],
}

function timeOfDay(hour: number, minute: number, half: string | undefined): AwayLength | null {
  const fits = half === undefined ? hour <= 23 : hour >= 1 && hour <= 12
  if (!fits || minute > 59) return null
  const hours = half === undefined ? hour : (hour % 12) + (half === 'pm' ? 12 : 0)
  return { kind: 'until', minuteOfDay: hours * 60 + minute }
}

/** When it ends; `timeZone` is the person's, an IANA name. */
export function awayUntil(length: AwayLength, now: Instant, timeZone: string): Instant | null {
  switch (length.kind) {
    case 'open':
      return null
    case 'for':
      return later(now, length.ms)
    case 'until': {
      const thisMinute = Math.floor(now / MINUTE) * MINUTE
      const ahead = (from: number): number => {
        const shown = minuteOfDay(from, timeZone)
        return (length.minuteOfDay - shown + 24 * 60) % (24 * 60)
      }
      const guess = thisMinute + (ahead(thisMinute) || 24 * 60) * MINUTE
      // The clocks may have been changed in between.
      const off = ahead(guess)
      return instant(guess + (off > 12 * 60 ? off - 24 * 60 : off) * MINUTE)
    }
    default:
      return length satisfies never
  }
}

function minuteOfDay(at: number, timeZone: string): number {
  const wall = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    hour: 'numeric',
    minute: 'numeric',
  })
  const parts = new Map(wall.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
  return (parts.get('hour') ?? 0) * 60 + (parts.get('minute') ?? 0)
}
