import { createHmac } from 'node:crypto'
import { z } from 'zod'
import type { ProviderEvent, Webhook } from '../providers/contract.ts'
import { type AccountId, chatKey, type Instant, instant } from '../routing/ids.ts'
import { type CountryCode, parsePhone } from '../routing/phone.ts'
import { type Secret, sameSecret } from '../secret.ts'

const windowMs = 5 * 60_000

const line = z.string().refine((text) => text.isWellFormed())
const looseText = z
  .string()
  .transform((text) => text.trim() || null)
  .nullish()
  .transform((text) => text ?? null)
const time = z
  .union([
    z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)),
    // Milliseconds by mistake would be a time thousands of years ahead.
    z
      .int()
      .max(99_999_999_999)
      .transform((seconds) => seconds * 1_000),
  ])
  .refine((ms) => ms >= 0)

const told = z.object({
  event_id: line.min(1).max(100),
  event: z.enum(['message', 'answered', 'closed']).default('message'),
  /** Dots alone would change the path of a call at the provider, so no adapter takes them. */
  reference: line
    .trim()
    .min(1)
    .max(200)
    .refine((text) => !/^\.{1,2}$/.test(text)),
  customer: z.object({ phone: looseText, name: looseText }).default({ phone: null, name: null }),
  text: looseText,
  at: time.nullish(),
})

/**
 * What an account is told by `POST /intake/<account>`, in Baton's own format; for providers that do not tell of new
 * chats by themselves, so that a form, a CRM or an automation does.
 *
 * `X-Baton-Timestamp` is in seconds since 1970 and at most 5 minutes off; `X-Baton-Signature` is `v0=` and the hex
 * HMAC-SHA256 of `v0:<timestamp>:<body>`. Who repeats a request does no harm: its `event_id` is known.
 *
 * ```json
 * {"event_id": "42", "reference": "the provider's id of the chat", "customer": {"phone": "+971 50 123 4567", "name": "Omar"},
 *  "text": "Hello", "at": "2026-11-20T09:00:00Z", "event": "message"}
 * ```
 *
 * `event` is `message` (from the customer; so when absent), `answered` (by staff, to the customer) or `closed`; `at` an
 * ISO date-time with its offset or seconds since 1970, now when absent. All but `event_id` and `reference` may be absent,
 * and what is unknown is ignored, a number that cannot be read too.
 */
export const createSignedIntake = (options: {
  readonly secret: string
  /** Of numbers without a country code. */
  readonly defaultCountry: CountryCode | null
  readonly now: () => Instant
}): Webhook => {
  const { secret, defaultCountry, now } = options
  return {
    isGenuine({ header, body }) {
      const timestamp = header('x-baton-timestamp') ?? ''
      if (!/^\d{1,12}$/.test(timestamp) || Math.abs(Number(timestamp) * 1_000 - now()) > windowMs)
        return false
      const signature = createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest('hex')
      return sameSecret(header('x-baton-signature') ?? '', `v0=${signature}`)
    },

    read(body): readonly ProviderEvent[] | null {
      const read = told.safeParse(body).data
      if (read === undefined) return null
      const { event, customer, text } = read
      const id = `intake:${read.event_id}`
      const key = chatKey(read.reference)
      const at = instant(Math.min(read.at ?? now(), now()))
      if (event === 'closed') return [{ kind: 'closed', id, key, at }]
      const { name } = customer
      const phone = customer.phone === null ? null : parsePhone(customer.phone, defaultCountry)
      const byStaff = event === 'answered'
      const direction = byStaff ? 'out' : 'in'
      const message = { direction, at, byStaff, name, phone, text, messenger: null } as const
      return [{ kind: 'message', id, key, message }]
    },
  }
}

/** One for each account that has a secret for it. */
export const createSignedIntakes = (
  settings: {
    readonly accounts: readonly { readonly id: AccountId; readonly intakeSecret: Secret | null }[]
    readonly defaultCountry: CountryCode | null
  },
  now: () => Instant,
): ReadonlyMap<AccountId, Webhook> =>
  new Map(
    settings.accounts.flatMap(({ id, intakeSecret }): [AccountId, Webhook][] =>
      intakeSecret === null
        ? []
        : [[id, createSignedIntake({ ...settings, secret: intakeSecret.reveal(), now })]],
    ),
  )
