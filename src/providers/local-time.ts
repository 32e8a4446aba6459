import { remember } from '../remember.ts'
import { type Instant, instant } from '../routing/ids.ts'

/** Reads `YYYY-MM-DD HH:MM:SS`; null when `text` is no such time. */
export type LocalTimeReader = (text: string, now: Instant) => Instant | null

const format = /^(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d)$/
const dayMs = 86_400_000
// Zones change their offset on a quarter of an hour, and asking Intl is the dearest part of reading a list.
const quarterHourMs = 900_000
const mostKnown = 10_000

/**
 * For providers that send local time without an offset.
 *
 * A time that the clocks show twice is the later one that is not yet to come; a time that they skip is read
 * with the offset before the skip. A time still to come, by a clock that is ahead of ours, is `now`.
 *
 * @param timeZone IANA name; throws RangeError at once for one that does not exist
 */
export const createLocalTimeReader = (timeZone: string): LocalTimeReader => {
  const offsetMs = createOffsetReader(timeZone)
  // Each list shows much the same times as the one before.
  const utc = remember(utcOf)
  return (text, now) => {
    const asUtc = utc(text)
    if (asUtc === null) return null
    const before = asUtc - offsetMs(asUtc - dayMs)
    const after = asUtc - offsetMs(asUtc + dayMs)
    const existing = [before, after].filter((time) => time + offsetMs(time) === asUtc)
    const candidates = existing.length === 0 ? [before] : existing
    const past = candidates.filter((time) => time <= now)
    return past.length === 0 ? now : instant(Math.max(...past))
  }
}

/** The time as if it were UTC, or null: garbage, `0000-00-00 00:00:00`, 30 February. */
const utcOf = (text: string): number | null => {
  const parts = format.exec(text.trim())
  if (parts === null) return null
  const iso = `${parts[1]}-${parts[2]}-${parts[3]}T${parts[4]}:${parts[5]}:${parts[6]}.000Z`
  const time = Date.parse(iso)
  // Date.parse rolls 30 February over into March.
  return time >= 0 && new Date(time).toISOString() === iso ? time : null
}

/** What to add to a UTC time, in milliseconds, for the time on the wall. */
const createOffsetReader = (timeZone: string): ((utc: number) => number) => {
  const wall = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  const read = (utc: number): number => {
    const parts = new Map(wall.formatToParts(utc).map(({ type, value }) => [type, Number(value)]))
    const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0
    const shown = Date.UTC(
      part('year'),
      part('month') - 1,
      part('day'),
      part('hour'),
      part('minute'),
      part('second'),
    )
    return shown - Math.floor(utc / 1000) * 1000
  }
  const known = new Map<number, number>()
  return (utc) => {
    const quarter = Math.floor(utc / quarterHourMs)
    const offset = known.get(quarter) ?? read(utc)
    if (known.size >= mostKnown) known.clear()
    known.set(quarter, offset)
    return offset
  }
}
