import { createPace } from '../../pace.ts'
import {
  type ChatKey,
  chatKey,
  groupHolder,
  groupIdOf,
  type Instant,
  type ProviderUserId,
  providerUserId,
} from '../../routing/ids.ts'
import type { Assigned, Outcome, ProviderAdapter, ProviderChat, ProviderUser } from '../contract.ts'
import type { HttpClient } from '../http-client.ts'
import { atOnce } from '../in-turn.ts'
import type { ContactRow } from './answers.ts'
import { assignPaceMs } from './problems.ts'
import { createSalesChatClient } from './saleschat-client.ts'
import { createSalesChatContacts, type PhoneFormat } from './saleschat-contacts.ts'

/** In the form of a number, and nobody's: no area code of North America begins with a 0. */
const nobodysNumber = '+10000000000'

export interface SalesChatOptions {
  /** A JWT of the role ADMIN; how long it lives is not documented. */
  readonly token: string
  readonly orgId: string
  /** Such as `https://apis.saleschat.pro` */
  readonly baseUrl: string
  /** Who can be given a chat: SalesChat has no method that lists them. */
  readonly users: readonly { readonly id: string; readonly name: string; readonly email: string | null }[]
  readonly groups: readonly { readonly id: string; readonly name: string }[]
  /** Who gets released chats. Of a group, SalesChat chooses a member at once. */
  readonly pool?: { readonly kind: 'user' | 'group'; readonly id: string; readonly name: string } | undefined
  /** `object` when absent. */
  readonly phoneFormat?: PhoneFormat | undefined
  /** The WhatsApp business account and its number by which assigned chats go, where there are several. */
  readonly wabaId?: string | undefined
  readonly phoneId?: string | undefined
  readonly stages?: readonly string[] | undefined
  readonly http: HttpClient
  readonly now: () => Instant
}

/**
 * SalesChat.pro (docs.saleschat.pro/api-documentation/contact; `Authorization: Bearer`). A chat's key is the id
 * of its contact. No documented method tells who has a chat, lists chats or frees one, so the adapter offers
 * none of these, and an assignment is `accepted` (202) but never confirmed. A contact may be assigned once in
 * 10 s; sooner, nothing is sent (`paced`).
 */
export const createSalesChatAdapter = (options: SalesChatOptions): ProviderAdapter => {
  const { pool, wabaId, phoneId, now } = options
  const client = createSalesChatClient(options)
  const pace = createPace({ most: 1, perMs: assignPaceMs, now })
  const people = peopleOf(options)

  const assign = async (chat: ChatKey, to: ProviderUserId, onReply: boolean): Promise<Outcome<Assigned>> => {
    const group = groupIdOf(to)
    const answer = await atOnce({ pace, key: chat }, () =>
      client.assignChatroom(chat, {
        ...(group === null ? { user_id: to } : { group_id: group }),
        ...(wabaId === undefined ? {} : { remote_waba_id: wabaId }),
        ...(phoneId === undefined ? {} : { remote_phone_id: phoneId }),
        assign_on_handover: onReply,
      }),
    )
    return answer.kind === 'answer' ? { kind: 'done', value: 'accepted' } : answer
  }

  return {
    label: 'SalesChat',

    assign: (chat, to) => assign(chat, to, false),

    assignOnReply: (chat, to) => assign(chat, to, true),

    ...(pool === undefined
      ? {}
      : {
          pool: {
            id: pool.kind === 'group' ? groupHolder(pool.id) : providerUserId(pool.id),
            name: pool.name,
          },
        }),

    /** Newest first, without expired ones. Nobody is found by e-mail, which SalesChat's contacts do not have. */
    async findChats(by): Promise<Outcome<readonly ProviderChat[]>> {
      if (!('phone' in by)) return { kind: 'done', value: [] }
      const found = await client.getContactByPhone(by.phone)
      if (found.kind !== 'done') return found
      return { kind: 'done', value: chatsOf(found.value, by.phone) }
    },

    ...(people.length === 0 ? {} : { listUsers: async () => ({ kind: 'done', value: people }) }),

    contacts: createSalesChatContacts({
      client,
      stages: options.stages ?? [],
      phoneFormat: options.phoneFormat ?? 'object',
    }),

    /**
     * Looks for a number that nobody has: the only method that changes nothing and needs no contact. "None",
     * and that the number is wrong, both prove the token and that it may see the organisation; not that it
     * may assign, for which it needs the role ADMIN.
     */
    async health(): Promise<Outcome<null>> {
      const found = await client.getContactByPhone(nobodysNumber)
      const known = found.kind === 'done' || found.problem === 'invalid-chat-key'
      return known ? { kind: 'done', value: null } : found
    },
  }
}

const peopleOf = (options: Pick<SalesChatOptions, 'users' | 'groups'>): readonly ProviderUser[] => [
  ...options.users.map(({ id, name, email }) => ({
    id: providerUserId(id),
    name,
    email: email?.toLowerCase() ?? null,
    active: true,
  })),
  ...options.groups.map(({ id, name }) => ({ id: groupHolder(id), name, email: null, active: true })),
]

const chatsOf = (contacts: readonly ContactRow[], phone: string): readonly ProviderChat[] =>
  contacts
    .filter((contact) => contact.is_expired !== true)
    .sort((one, other) => (other.create_date ?? 0) - (one.create_date ?? 0))
    .map((contact) => ({
      key: chatKey(contact.id),
      name: nameOf(contact),
      phone,
      holder: null,
      lastMessageAt: null,
    }))

const nameOf = ({ first_name, last_name, crm_id }: ContactRow): string | null =>
  [first_name, last_name].filter((name) => name != null).join(' ') || (crm_id ?? null)
