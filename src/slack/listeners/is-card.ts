import { pointerJob } from '../../jobs/catalogue.ts'
import type { ChatId } from '../../routing/ids.ts'
import type { MessageRef } from '../surface.ts'
import type { ListenerContext } from './context.ts'

/**
 * Whether the message is the chat's card. After a lost answer two messages may stand for one chat: both
 * work, and the one that does not live on is turned into a pointer now that somebody has touched it.
 */
export async function isCard(context: ListenerContext, chat: ChatId, message: MessageRef): Promise<boolean> {
  const card = await context.store.card(chat)
  if (card === null || card.channel !== message.channel) return false
  if (card.ts === message.ts) return true
  await context.store.change({ chat }, [], () => ({
    result: null,
    jobs: [pointerJob(chat, message, context.clock.now())],
  }))
  return false
}
