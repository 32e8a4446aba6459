import { createHmac } from 'node:crypto'
import { z } from 'zod'
import { chatKey, type Instant, instant } from '../../routing/ids.ts'
import { parsePhone } from '../../routing/phone.ts'
import { sameSecret } from '../../secret.ts'
import { parseJson } from '../answer.ts'
import type { ProviderEvent, SeenMessage, Webhook } from '../contract.ts'
import { contact, looseText } from './answers.ts'
import { nameOf } from './rows.ts'

const kinds = {
  'message.received': 'message',
  'message.sent': 'message',
  'conversation.opened': 'changed',
  'contact.assignee.updated': 'changed',
  'contact.created': 'changed',
  'contact.updated': 'changed',
  'conversation.closed': 'closed',
} as const

/** Clients have met seconds, milliseconds, microseconds and ISO; in milliseconds, or null. */
const time = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^\d+$/)
      .transform((digits) => Number(digits)),
    z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)),
  ])
  .transform((value) => (value < 1e11 ? value * 1_000 : value < 1e14 ? value : value / 1_000))
  .refine((ms) => ms > 0 && ms < 8.64e15)
  .nullish()
  .catch(null)
/** As with the time, nothing depends on these: whatever else they are counts as absent. */
const source = z.object({ source: looseText }).nullish().catch(null)
const content = z.object({ text: looseText }).nullish().catch(null)

const envelope = z.object({ event_type: z.string() })
const told = z.object({
  event_type: z.enum(Object.keys(kinds) as (keyof typeof kinds)[]),
  event_id: looseText,
  contact: contact.pick({ id: true, firstName: true, lastName: true, phone: true }),
  timestamp: time,
  sender: source,
  channel: source,
  /** With the text in `message`, and in a client's types of message.sent without that. */
  message: z
    .object({ messageId: looseText, timestamp: time, sender: source, text: looseText, message: content })
    .nullish()
    .catch(null),
  conversation: z.object({ closedTime: time }).nullish().catch(null),
})

/**
 * Aelyst's webhooks (developers.aelyst.ai/guides/webhooks/). That page names the events and the header
 * `X-Webhook-Signature`; how it is made (base64 of the body's HMAC-SHA256) and what the bodies hold is known from
 * clients of respond.io, of which one signs the body as it came and one its JSON written anew. Whether a request
 * is repeated is not known.
 *
 * @param options.keys each webhook in Aelyst has its own
 */
export const createAelystWebhook = (options: {
  readonly keys: readonly string[]
  readonly now: () => Instant
}): Webhook => {
  const { keys } = options
  return {
    isGenuine({ header, body }) {
      const signature = header('x-webhook-signature')?.trim()
      if (signature === undefined) return false
      const signs = (signed: Buffer | string): boolean =>
        keys.some((key) => sameSecret(signature, createHmac('sha256', key).update(signed).digest('base64')))
      if (signs(body)) return true
      const anew = writtenAnew(body)
      return anew !== null && signs(anew)
    },

    read(body): readonly ProviderEvent[] | null {
      const type = envelope.safeParse(body).data?.event_type
      if (type === undefined) return null
      // Tags, lifecycle, comments, calls.
      if (!Object.hasOwn(kinds, type)) return []
      const event = told.safeParse(body).data
      if (event === undefined) return null
      const kind = kinds[event.event_type]
      const id = event.event_id ?? (kind === 'message' ? event.message?.messageId : null)
      if (id == null || id.length > 200 || !id.isWellFormed()) return null
      const now = options.now()
      const key = chatKey(event.contact.id)
      switch (kind) {
        case 'message':
          return [{ kind, id, key, message: messageOf(event, now) }]
        case 'changed':
          return [{ kind, id, key }]
        case 'closed': {
          const closedTime = event.conversation?.closedTime
          return [{ kind, id, key, at: closedTime == null ? null : notAfter(now, closedTime) }]
        }
        default:
          return kind satisfies never
      }
    },
  }
}

const writtenAnew = (body: Buffer): string | null => {
  const value = parseJson(body.toString('utf8'))
  try {
    return value === undefined ? null : JSON.stringify(value)
  } catch {
    // Nested deeper than can be written.
    return null
  }
}

const notAfter = (now: Instant, ms: number): Instant => instant(Math.min(Math.floor(ms), now))

const messageOf = (event: z.output<typeof told>, now: Instant): SeenMessage => {
  const { contact, message } = event
  const out = event.event_type === 'message.sent'
  const at = message?.timestamp ?? event.timestamp
  const sender = message?.sender?.source ?? event.sender?.source
  const channel = event.channel?.source
  return {
    direction: out ? 'out' : 'in',
    at: at == null ? now : notAfter(now, at),
    // Else a workflow, a campaign, an AI agent or the API.
    byStaff: out && sender === 'user',
    name: nameOf(contact),
    phone: contact.phone == null ? null : parsePhone(contact.phone, null),
    text: message?.message?.text ?? message?.text ?? null,
    messenger: channel == null ? null : /whatsapp/i.test(channel) ? 'whatsapp' : 'other',
  }
}
