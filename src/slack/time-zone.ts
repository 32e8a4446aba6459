import { z } from 'zod'

/** docs.slack.dev/reference/objects/user-object */
const schema = z.object({ tz: z.string() })

/** The IANA name of a user's time zone; null where Slack does not say, or says what nobody knows. */
export function readTimeZone(user: unknown): string | null {
  const timeZone = schema.safeParse(user).data?.tz ?? null
  try {
    if (timeZone !== null) new Intl.DateTimeFormat('en-US', { timeZone })
    return timeZone
  } catch {
    return null
  }
}
