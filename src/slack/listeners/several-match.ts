import type { Chat } from '../../routing/chat.ts'
import type { SlackUserId } from '../../routing/ids.ts'
import type { Reply } from '../surface.ts'
import { severalMatchText } from '../text-surface.ts'
import { chatListReply } from '../views/reply.ts'
import type { ListenerContext } from './context.ts'
import { asReply } from './reading.ts'

/** The chats that `text` may mean, each with its buttons. */
export const severalMatch = async (
  context: ListenerContext,
  text: string,
  chats: readonly Chat[],
  reader: SlackUserId,
): Promise<Reply> =>
  asReply(chatListReply(severalMatchText(text, chats.length), await context.present.chats(chats, reader)))
