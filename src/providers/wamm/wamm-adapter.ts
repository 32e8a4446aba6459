import { remember } from '../../remember.ts'
import type { ChatKey, Instant } from '../../routing/ids.ts'
import { phoneFromDigits } from '../../routing/phone.ts'
import { unreadable } from '../answer.ts'
import type { Assigned, Outcome, ProviderAdapter, ProviderChat, ProviderUser } from '../contract.ts'
import { fitsInPath } from '../fits-in-path.ts'
import type { HttpClient } from '../http-client.ts'
import { createLocalTimeReader } from '../local-time.ts'
import { actionAnswer, channelRow, contactAnswer, listAnswer } from './answers.ts'
import { createCallWamm, invalidKey } from './call-wamm.ts'
import { isFailGetData } from './problems.ts'
import { chatsOf, isGroup, phoneOf, usersOf } from './rows.ts'
import { createWammContacts, keyOfPhone } from './wamm-contacts.ts'
import { createWammWebhook } from './wamm-webhook.ts'

/** WAMM's page of user_chats: "no more than 900", and no paging. */
const maxListedChats = 900

/**
 * WAMM.chat (`https://wamm.chat/api2/{method}/{token}/…`, all GET; the token is part of the path, so no
 * address may reach a log).
 *
 * @param options.baseUrl without `/api2`, such as `https://wamm.chat`
 * @param options.timeZone IANA name of the zone of WAMM's dates, which its pages do not state; throws
 *   RangeError for one that does not exist
 * @param options.webhookSecret last part of the address to which WAMM tells; without it there is no webhook
 */
export const createWammAdapter = (options: {
  readonly token: string
  readonly baseUrl: string
  readonly timeZone: string
  readonly webhookSecret?: string | undefined
  readonly whatsappWindow?: boolean
  readonly http: HttpClient
  readonly now: () => Instant
}): ProviderAdapter => {
  const { now, webhookSecret, whatsappWindow = false } = options
  const call = createCallWamm(options)
  const readTime = createLocalTimeReader(options.timeZone)
  const phone = remember(phoneFromDigits)

  const setHolder = async (chat: ChatKey, holder: string): Promise<Outcome<Assigned>> => {
    if (!fitsInPath(chat) || !fitsInPath(holder)) return invalidKey
    const answer = await call('contact_to_user', [chat, holder])
    if (answer.kind !== 'answer') return answer
    return actionAnswer.safeParse(answer.body).success
      ? { kind: 'done', value: 'confirmed' }
      : unreadable('contact_to_user answered no result')
  }

  return {
    label: 'WAMM',

    assign: (chat, user) => setHolder(chat, user),

    unassign: (chat) => setHolder(chat, 'none'),

    async readChat(chat): Promise<Outcome<ProviderChat>> {
      if (!fitsInPath(chat)) return invalidKey
      const answer = await call('contact_get', [chat])
      if (answer.kind !== 'answer') return answer
      const contact = contactAnswer.safeParse(answer.body).data?.data
      if (contact === undefined) return unreadable('contact_get answered no contact')
      if (isGroup(contact)) return groupRefused
      return {
        kind: 'done',
        value: {
          key: chat,
          name: contact.name ?? null,
          phone: phoneOf(contact, { phone }),
          holder: contact.user_id,
          // contact_get has no date.
          lastMessageAt: null,
        },
      }
    },

    async listChats() {
      const answer = await call('user_chats')
      if (isFailGetData(answer)) return { kind: 'done', value: { chats: [], complete: true } }
      if (answer.kind !== 'answer') return answer
      const rows = listAnswer.safeParse(answer.body).data?.data
      if (rows === undefined) return unreadable('user_chats answered no list')
      const at = now()
      const { chats, broken } = chatsOf(rows, { time: (text) => readTime(text, at), phone })
      return {
        kind: 'done',
        value: { chats, complete: rows.length < maxListedChats && broken === 0 },
      }
    },

    keyOfPhone,

    async listUsers(): Promise<Outcome<readonly ProviderUser[]>> {
      const answer = await call('user_list')
      // Not an empty list: an account always has the administrator who made the token.
      if (isFailGetData(answer))
        return { kind: 'retry', problem: 'server-error', detail: 'fail get data', sent: true }
      if (answer.kind !== 'answer') return answer
      const rows = listAnswer.safeParse(answer.body).data?.data
      const users = rows === undefined ? [] : usersOf(rows)
      return users.length === 0 ? unreadable('user_list answered no users') : { kind: 'done', value: users }
    },

    contacts: createWammContacts(call),

    ...(webhookSecret === undefined
      ? {}
      : { webhook: createWammWebhook({ secret: webhookSecret, whatsappWindow, readTime, phone, now }) }),

    async health(): Promise<Outcome<null>> {
      const answer = await call('channel_list', ['one'])
      if (isFailGetData(answer)) return channelRefused('no channel of this token')
      if (answer.kind !== 'answer') return answer
      const rows = listAnswer.safeParse(answer.body).data?.data
      if (rows === undefined) return unreadable('channel_list answered no list')
      if (rows.length === 0) return channelRefused('no channel of this token')
      const state = channelRow.safeParse(rows[0]).data?.state
      if (state === undefined) return unreadable('channel_list answered no state')
      return state === 'authorized' ? { kind: 'done', value: null } : channelRefused(`state ${state}`)
    },
  }
}

const channelRefused = (detail: string): Outcome<never> => ({
  kind: 'refused',
  problem: 'channel-not-authorized',
  detail: detail.slice(0, 200),
})

/** WAMM's help on responsible users: "only for personal chats". */
const groupRefused: Outcome<never> = {
  kind: 'refused',
  problem: 'refused-otherwise',
  detail: 'a group chat cannot have a responsible user',
}
