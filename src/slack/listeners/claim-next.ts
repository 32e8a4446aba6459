import type { Chat } from '../../routing/chat.ts'
import type { EventId, SlackUserId } from '../../routing/ids.ts'
import type { ChatRequest } from '../../routing/request.ts'
import type { Answer } from '../surface.ts'
import { claimCountText, claimedSeveralText, MOST_CLAIMED } from '../text-several.ts'
import { textMessage } from '../views/message.ts'
import { claimedSeveral } from '../views/several.ts'
import { ask } from './ask.ts'
import type { ListenerContext } from './context.ts'
import { asReply } from './reading.ts'

/** `/claim next` and `/claim next 3`: as many decisions, one after the other, and one answer. */
export async function claimNext(
  context: ListenerContext,
  by: SlackUserId,
  asked: string,
  responseUrl: string | null,
): Promise<Answer> {
  const count = Number(asked)
  if (count < 1 || count > MOST_CLAIMED) return asReply(textMessage(claimCountText(asked)))
  const request: ChatRequest = { kind: 'claim-next', by, account: null, responseUrl }
  if (count === 1) return ask(context, request)
  const claimed: { readonly chat: Chat; readonly event: EventId }[] = []
  while (claimed.length < count) {
    const answer = await context.desk.ask(request)
    if (answer.kind === 'done') {
      claimed.push(answer)
      continue
    }
    const end = await context.answers.answer(request, answer)
    return claimed.length === 0 ? asReply(end) : report(end.text)
  }
  return report(null)

  /** `end`: why there are not as many as were asked for. */
  async function report(end: string | null): Promise<Answer> {
    const chats = await context.present.chats(
      claimed.map(({ chat }) => chat),
      by,
    )
    const sentence = claimedSeveralText(claimed.length, count)
    const events = claimed.map(({ event }) => event)
    return asReply(claimedSeveral(end === null ? sentence : `${sentence}\n${end}`, chats, events))
  }
}
