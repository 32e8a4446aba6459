import { type ChatKey, chatKey, providerUserId } from '../../routing/ids.ts'
import type { ProviderChat, ProviderUser } from '../contract.ts'
import { type Contact, contact, userRow } from './answers.ts'

/** Reads a number as E.164; null for what is none. */
export type ReadPhone = (text: string) => string | null

/** A contact has no time of its last message. */
export const chatOf = (row: Contact, readPhone: ReadPhone): ProviderChat => {
  const conversation = conversationOf(row)
  return {
    key: chatKey(row.id),
    name: nameOf(row),
    phone: row.phone == null ? null : readPhone(row.phone),
    holder: row.assignee,
    lastMessageAt: null,
    ...(conversation === null ? {} : { open: conversation === 'open' }),
  }
}

/**
 * The open chats among listcontacts' rows, each once: a contact may move to a later page while they are read. A row
 * that cannot be read is counted and skipped. One without a status is open, since only open ones were asked for.
 */
export const openChatsOf = (
  rows: readonly unknown[],
  readPhone: ReadPhone,
): { readonly chats: readonly ProviderChat[]; readonly broken: number } => {
  const chats = new Map<ChatKey, ProviderChat>()
  let broken = 0
  for (const raw of rows) {
    const row = contact.safeParse(raw).data
    if (row === undefined) broken += 1
    else if (row.status == null || conversationOf(row) === 'open')
      chats.set(chatKey(row.id), chatOf(row, readPhone))
  }
  return { chats: [...chats.values()], broken }
}

/** Read it is `closed`, written `close`, and clients have met both; null for `blocked` and whatever else there is. */
export const conversationOf = ({ status }: Contact): 'open' | 'closed' | null => {
  const read = status?.toLowerCase()
  return read === 'open' ? 'open' : read === 'closed' || read === 'close' ? 'closed' : null
}

export const usersOf = (rows: readonly unknown[]): readonly ProviderUser[] =>
  rows.flatMap((raw) => {
    const row = userRow.safeParse(raw).data
    if (row === undefined) return []
    const email = row.email?.toLowerCase() ?? null
    return [{ id: providerUserId(row.id), name: nameOf(row) ?? email ?? row.id, email, active: true }]
  })

export const nameOf = (row: Pick<Contact, 'firstName' | 'lastName'>): string | null =>
  [row.firstName, row.lastName].filter((part) => part != null).join(' ') || null
