interface DateToShow {
  readonly timestampSeconds: number
  /** With Slack's tokens in braces, such as `{date_short_pretty} {time}`; others are shown as they are. */
  readonly format: string
  readonly nowMs: number
  /** Null for the reader's own. */
  readonly locale: string | null
  readonly timeZone: string | null
}

const dayMs = 86_400_000

/**
 * A date in the reader's zone and language, or null when there is no such date. The tokens are those of
 * docs.slack.dev/messaging/formatting-message-text and of the rich text date element. As in Slack, a "today"
 * with which the text starts has a capital.
 */
export const formatSlackDate = ({ timestampSeconds, format, nowMs, locale, timeZone }: DateToShow) => {
  const date = new Date(timestampSeconds * 1000)
  if (Number.isNaN(date.getTime())) return null
  const language = locale ?? undefined
  const zone = timeZone === null ? {} : { timeZone }

  const shown = (options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(language, { ...options, ...zone })
      .formatToParts(date)
      .map(({ type, value }) =>
        type === 'day' && options.month === 'long' ? ordinal(value, language) : value,
      )
      .join('')

  const time = { hour: 'numeric', minute: '2-digit' } as const
  const long = { month: 'long', day: 'numeric' } as const
  const year = { year: 'numeric' } as const
  const today = calendarDay(nowMs, timeZone)
  const day = calendarDay(date.getTime(), timeZone)
  const yearUnlessThis = day.slice(0, 4) === today.slice(0, 4) ? {} : year
  const daysAhead = Math.round((Date.parse(day) - Date.parse(today)) / dayMs)
  const near =
    Math.abs(daysAhead) > 1
      ? null
      : new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(daysAhead, 'day')

  const tokens: Readonly<Record<string, () => string>> = {
    date_num: () => day,
    date_slash: () => shown({ day: '2-digit', month: '2-digit', ...year }),
    date: () => shown({ ...long, ...yearUnlessThis }),
    date_short: () => shown({ month: 'short', day: 'numeric', ...year }),
    date_long: () => shown({ weekday: 'long', ...long, ...year }),
    date_long_full: () => shown({ ...long, ...year }),
    date_pretty: () => near ?? shown({ ...long, ...yearUnlessThis }),
    date_short_pretty: () => near ?? shown({ month: 'short', day: 'numeric', ...year }),
    date_long_pretty: () => near ?? shown({ weekday: 'long', ...long, ...year }),
    day_divider_pretty: () => near ?? shown({ weekday: 'long', ...long, ...yearUnlessThis }),
    time: () => shown(time),
    time_secs: () => shown({ ...time, second: '2-digit' }),
    ago: () => ago(date.getTime() - nowMs, language),
  }
  const text = format.replace(/\{(\w+)\}/g, (token, name: string) =>
    Object.hasOwn(tokens, name) ? (tokens[name]?.() ?? token) : token,
  )
  return format.startsWith('{') ? text.charAt(0).toLocaleUpperCase(language) + text.slice(1) : text
}

/** `2026-11-20` in the zone. */
const calendarDay = (atMs: number, timeZone: string | null): string => {
  const parts = new Intl.DateTimeFormat('en-US', {
    calendar: 'gregory',
    numberingSystem: 'latn',
    ...{ year: 'numeric', month: '2-digit', day: '2-digit' },
    ...(timeZone === null ? {} : { timeZone }),
  }).formatToParts(atMs)
  const part = (wanted: string) => parts.find(({ type }) => type === wanted)?.value ?? ''
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`
}

/** English dates say "the 18th"; other languages have their own ways, which Intl knows. */
const ordinal = (day: string, language: string | undefined): string => {
  const { locale } = new Intl.DateTimeFormat(language).resolvedOptions()
  if (!locale.startsWith('en')) return day
  const endings: Readonly<Record<string, string>> = { one: 'st', two: 'nd', few: 'rd' }
  return `${day}${endings[new Intl.PluralRules('en', { type: 'ordinal' }).select(Number(day))] ?? 'th'}`
}

const units = [
  { unit: 'day', ms: dayMs },
  { unit: 'hour', ms: 3_600_000 },
  { unit: 'minute', ms: 60_000 },
  { unit: 'second', ms: 1000 },
] as const

const ago = (aheadMs: number, language: string | undefined): string => {
  const distanceMs = Math.abs(aheadMs)
  const { unit, ms } = units.find((each) => distanceMs >= each.ms) ?? { unit: 'second', ms: 1000 }
  const count = Math.floor(distanceMs / ms)
  // Minus zero is "0 seconds ago", zero is "in 0 seconds".
  return new Intl.RelativeTimeFormat(language).format(aheadMs > 0 ? count : -count, unit)
}
