import { chatKey, type Instant, providerUserId } from '../../routing/ids.ts'
import type { ProviderChat, ProviderUser } from '../contract.ts'
import { chatRow, userRow } from './answers.ts'

/** What reads the texts of rows. */
export interface RowReaders {
  /** WAMM's date, in its time zone. */
  readonly time: (text: string) => Instant | null
  /** Digits as the E.164 number that they are, if any. */
  readonly phone: (digits: string) => string | null
}

/**
 * The chats of user_chats' rows. A row that cannot be read is counted and skipped. Group chats are left
 * out, since WAMM lets nobody be responsible for one. A customer who writes on two channels has two rows
 * under one key, the only thing by which WAMM assigns: the one with the newest message stands for both.
 */
export const chatsOf = (
  rows: readonly unknown[],
  read: RowReaders,
): { readonly chats: readonly ProviderChat[]; readonly broken: number } => {
  const chats = new Map<string, ProviderChat>()
  let broken = 0
  for (const raw of rows) {
    const row = chatRow.safeParse(raw).data
    if (row === undefined) {
      broken += 1
      continue
    }
    if (isGroup(row)) continue
    const lastMessageAt = row.date_msg == null ? null : read.time(row.date_msg)
    const other = chats.get(row.phone)
    if (other !== undefined && (other.lastMessageAt ?? 0) >= (lastMessageAt ?? 0)) continue
    chats.set(row.phone, {
      key: chatKey(row.phone),
      name: row.chat_name ?? null,
      phone: phoneOf(row, read),
      holder: row.user_id,
      lastMessageAt,
    })
  }
  return { chats: [...chats.values()], broken }
}

/** Everybody whose row has an id; a person without a name is called by e-mail address or id. */
export const usersOf = (rows: readonly unknown[]): readonly ProviderUser[] =>
  rows.flatMap((raw) => {
    const row = userRow.safeParse(raw).data
    if (row === undefined) return []
    const email = row.email?.toLowerCase() ?? null
    return [
      {
        id: providerUserId(row.user_id),
        name: row.name ?? email ?? row.user_id,
        email,
        active: row.lock !== true && row.deleted !== true,
      },
    ]
  })

interface Addressed {
  readonly phone: string
  readonly phone_real?: string | null | undefined
  readonly tip?: string | null | undefined
}

/**
 * contact_get says so (`tip`), user_chats does not: there only WhatsApp's group and broadcast ids
 * (`79001234567-1398765432`, `…@g.us`, `…@broadcast`) can be told from a person's. A negative id is left
 * in: it is a group on Telegram, but what it is on WAMM's other channels is not documented.
 */
export const isGroup = (chat: Addressed): boolean =>
  chat.tip === 'group' || /^\d+-\d+$|@(?:g\.us|broadcast|newsletter)$/.test(chat.phone)

/**
 * `phone_real` is given when `phone` is a chat id, and is a number or a nickname; a chat id then is not
 * tried as a number, however much it looks like one.
 */
export const phoneOf = (chat: Addressed, read: Pick<RowReaders, 'phone'>): string | null =>
  read.phone(chat.phone_real == null ? chat.phone : chat.phone_real.replace(/^\+|[ ().-]/g, ''))
