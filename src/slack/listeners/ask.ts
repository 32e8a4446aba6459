import { pointerJob } from '../../jobs/catalogue.ts'
import type { ChatId } from '../../routing/ids.ts'
import type { ChatRequest } from '../../routing/request.ts'
import type { ActionRequest, Answer, MessageRef, Reply } from '../surface.ts'
import type { ListenerContext } from './context.ts'
import { asReply } from './reading.ts'

/** Asks the desk, and replies with what became of it. */
export const ask = async (context: ListenerContext, request: ChatRequest): Promise<Reply> =>
  asReply(await context.answers.answer(request, await context.desk.ask(request)))

/** The same for a chat's button: on its card and in the Home tab, a request that went through shows by itself. */
export async function askFromButton(
  context: ListenerContext,
  request: ChatRequest & { readonly chat: ChatId },
  { message, view }: Pick<ActionRequest, 'message' | 'view'>,
): Promise<Answer> {
  const answer = await context.desk.ask(request)
  const shows = message === null ? view?.type === 'home' : await isCard(context, request.chat, message)
  if (answer.kind === 'done' && shows) return { kind: 'nothing' }
  return asReply(await context.answers.answer(request, answer))
}

/**
 * Whether the message is the chat's card. After a lost answer two messages may stand for one chat: both
 * work, and the one that does not live on is turned into a pointer now that somebody has touched it.
 */
async function isCard(context: ListenerContext, chat: ChatId, message: MessageRef): Promise<boolean> {
  const card = await context.store.card(chat)
  if (card === null || card.channel !== message.channel) return false
  if (card.ts === message.ts) return true
  await context.store.change({ chat }, [], () => ({
    result: null,
    jobs: [pointerJob(chat, message, context.clock.now())],
  }))
  return false
}
