import type { types } from '@slack/bolt'
import type { Chat } from '../../routing/chat.ts'
import type { ChatId, SlackUserId } from '../../routing/ids.ts'
import { whyNotAs } from '../../routing/permissions.ts'
import type { Answer, OptionsHandler } from '../surface.ts'
import type { ChatFacts } from '../views/chat-facts.ts'
import { chatOptions } from '../views/chat-options.ts'
import type { ListenerContext } from './context.ts'
import { asReply } from './reading.ts'

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

/** Who wants to give a chat away; `seen` is its version on the button, null where none has led here. */
export interface Giver {
  readonly by: SlackUserId
  readonly seen: number | null
  readonly channel: string | null
}

/** Opens the form about this chat, or says why the person may not give it away. */
export async function formToGiveAway(
  context: ListenerContext,
  id: ChatId,
  { by, seen }: Giver,
  form: (chat: Chat, facts: ChatFacts) => Promise<types.ModalView>,
): Promise<Answer> {
  const chat = await context.store.chat(id)
  const refusal = await context.desk.whyNotGiveAway(by, id, seen)
  if (refusal !== null || chat === null)
    return asReply(await context.answers.refusal(refusal ?? { kind: 'chat-unknown' }, chat, by))
  return { kind: 'open', view: await form(chat, await context.present.chat(chat, by)) }
}
