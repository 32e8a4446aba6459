import { z } from 'zod'
import { Secret } from '../secret.ts'

/** What settings are made of, in the environment and in the accounts file. Messages follow the setting's name. */

/** A text that has to be given; `what` says which, for whoever left it out. */
export const needed = (what: string) =>
  z.string({
    error: ({ input }) =>
      input === undefined ? `is missing: ${what}` : 'must be a text, in quotation marks',
  })

export const secret = (what: string, pattern = /^[^\s/?#]{6,}$/) =>
  needed(what)
    .regex(pattern, `must be ${what}`)
    .transform((value) => new Secret(value))

/** One that people make up themselves, for what comes in: it may be part of an address. */
export const madeUpSecret = z
  .string('must be a text, in quotation marks')
  .refine(
    (value) => /^[\w.~-]{16,200}$/.test(value) && new Set(value).size >= 6,
    'must be at least 16 random letters and digits, such as `openssl rand -hex 16` prints',
  )
  .transform((value) => new Secret(value))

/** Tokens travel to it, so plain HTTP is for this machine only. Without a slash at the end. */
export const baseUrl = z
  .string()
  .refine((value) => {
    if (!URL.canParse(value)) return false
    const url = new URL(value)
    if (url.username || url.password || url.search || url.hash) return false
    const local = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
    return url.protocol === 'https:' || (url.protocol === 'http:' && local)
  }, 'must be an https:// address (http:// only on this machine), without user, query or fragment')
  .transform((url) => url.replace(/\/+$/, ''))

export const slackChannel = (provider: string) =>
  needed(`the id of the Slack channel for the chats of ${provider}`).regex(
    /^[CG][A-Z0-9_]{2,}$/,
    'must be the id of a Slack channel (C… or G…), not its name',
  )

/** What an account of any provider may be told. */
export const ofEveryAccount = (provider: string) => ({
  channel: slackChannel(provider),
  preview: z.boolean('must be true or false').default(false),
  allowSharedChannel: z.boolean('must be true or false').default(false),
  intakeSecret: madeUpSecret.optional(),
  /** How many days after the end of a chat its customer is erased; not given: never. */
  retentionDays: wholeNumber(1, 36_500).optional(),
})

export const timeZone = z.string().refine((zone) => {
  try {
    return /^[A-Za-z]/.test(zone) && new Intl.DateTimeFormat('en', { timeZone: zone }) !== null
  } catch {
    return false
  }
}, 'must be a time zone name, such as UTC or Europe/Berlin')

export const wholeNumber = (min: number, max: number) => {
  const expected = `must be a whole number from ${min} to ${max}`
  return z
    .union([z.string().regex(/^\d+$/).transform(Number), z.number().int()], expected)
    .pipe(z.number().min(min, expected).max(max, expected))
}
