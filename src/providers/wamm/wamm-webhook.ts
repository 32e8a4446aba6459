import { z } from 'zod'
import { chatKey, type Instant } from '../../routing/ids.ts'
import { sameSecret } from '../../secret.ts'
import type { ProviderEvent, Webhook } from '../contract.ts'
import { looseText, presentId } from './answers.ts'
import { isGroup, phoneOf } from './rows.ts'

const bit = z.union([
  z.literal([0, '0', false]).transform(() => false),
  z.literal([1, '1', true]).transform(() => true),
])

const shortId = presentId.refine((value) => value.length <= 200 && value.isWellFormed())

/**
 * A number, or the id of a chat, of which no page says how it is spelled on each of WAMM's channels. What is none would be a
 * chat about which WAMM can be told and asked nothing.
 */
const isKey = (text: string): boolean => /^[^\s\p{C}<>"'`\\]*$/u.test(text) && /\d/.test(text)

const told = z.object({ tip: z.string(), msg_data: z.unknown().optional() })

const message = z.object({
  msg_id: shortId,
  from_me: bit,
  /** Whether it was sent by the API. */
  from_api: bit.nullish().catch(null),
  phone: shortId,
  phone_real: looseText.optional(),
  chat_name: looseText.optional(),
  msg_text: looseText.optional(),
  date_ins: looseText.optional(),
})

/**
 * WAMM's webhook (1mhub.ru/en/help/poluchenie-soobschenii-cherez-webhook): one event in a request, to and from the
 * customer, in order; awaits 200 for 10 s and tries 5 times more. It is not signed, so the address has a secret part.
 */
export const createWammWebhook = (options: {
  /** Reads a number's digits as E.164; null for what is none. */
  readonly phone: (digits: string) => string | null
  readonly secret: string
  /** Whether the account's numbers are on the WhatsApp Business Platform, whose chats may be answered for 24 hours. */
  readonly whatsappWindow: boolean
  readonly readTime: (text: string, now: Instant) => Instant | null
  readonly now: () => Instant
}): Webhook => ({
  isGenuine: ({ secret }) => sameSecret(secret ?? '', options.secret),

  read(body): readonly ProviderEvent[] | null {
    const event = told.safeParse(body).data
    if (event === undefined) return null
    // `msg_state`: sent, delivered, viewed, which says nothing about who answers whom.
    if (event.tip !== 'msg') return []
    const read = message.safeParse(event.msg_data).data
    if (read === undefined) return null
    if (isGroup(read)) return []
    if (!isKey(read.phone)) return null
    const { msg_id, phone, from_me, from_api, chat_name, msg_text, date_ins } = read
    const now = options.now()
    const number = phoneOf(read, options)
    return [
      {
        kind: 'message',
        id: `msg:${msg_id}`,
        key: chatKey(phone),
        message: {
          direction: from_me ? 'out' : 'in',
          at: (date_ins == null ? null : options.readTime(date_ins, now)) ?? now,
          byStaff: from_me && from_api === false,
          name: chat_name ?? null,
          phone: number,
          text: msg_text ?? null,
          messenger: options.whatsappWindow ? messengerOf(read, number) : null,
        },
      },
    ]
  },
})

/**
 * A chat's key is a number in WhatsApp, and a chat id in Telegram and MAX. Which messenger a channel is, its `api_tip`
 * in channel_list tells too, but a webhook does not name its channel, and no page says how its number is connected:
 * only on the WhatsApp Business Platform, not by a linked app, have answers an end. So the settings say it.
 */
const messengerOf = (chat: z.output<typeof message>, number: string | null) =>
  chat.phone_real == null && number !== null ? 'whatsapp' : 'other'
