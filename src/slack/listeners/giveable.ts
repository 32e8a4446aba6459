import type { Chat } from '../../routing/chat.ts'
import type { SlackUserId } from '../../routing/ids.ts'
import { whyNotAs } from '../../routing/permissions.ts'
import type { OptionsHandler } from '../surface.ts'
import { chatOptions } from '../views/chat-options.ts'
import type { ListenerContext } from './context.ts'

/** Chats that the person may hand off or release: their own, and for leads everybody's after them. */
export async function giveable(
  context: ListenerContext,
  by: SlackUserId,
  { text, limit }: { readonly text: string; readonly limit: number },
): Promise<readonly Chat[]> {
  const mine = await context.find.mine(by, { text, limit })
  const met = await context.meet(by)
  if (met.kind !== 'met' || whyNotAs('lead', met.standing) !== null) return mine
  const own = new Set(mine.map((chat) => chat.id))
  const held = await context.store.findChats({ state: 'held', text, limit })
  return [...mine, ...held.filter((chat) => !own.has(chat.id))].slice(0, limit)
}

export const giveableChatOptions =
  (context: ListenerContext): OptionsHandler =>
  async ({ user, text }) => {
    const chats = await giveable(context, user, { text, limit: 100 })
    return chatOptions(await context.present.chats(chats, null), context.clock.now())
  }
