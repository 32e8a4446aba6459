import type { EventId, SlackUserId } from '../../routing/ids.ts'
import type { Answer } from '../surface.ts'
import { claimCountText, MOST_CLAIMED } from '../text-several.ts'
import { textMessage } from '../views/message.ts'
import { ask } from './ask.ts'
import type { ListenerContext } from './context.ts'
import { asReply } from './reading.ts'

/**
 * `/claim next` and `/claim next 3`: as many decisions, one after the other, and one answer. Where the person has to be
 * linked first, those that are left go on by themselves.
 */
export async function claimNext(
  context: ListenerContext,
  by: SlackUserId,
  asked: string,
  responseUrl: string | null,
): Promise<Answer> {
  const { desk, answers } = context
  const count = Number(asked)
  if (count < 1 || count > MOST_CLAIMED) return asReply(textMessage(claimCountText(asked)))
  const request = { kind: 'claim-next', by, account: null, count, claimed: [], responseUrl } as const
  if (count === 1) return ask(context, request)
  const claimed: EventId[] = []
  while (claimed.length < count) {
    const left = { ...request, count: count - claimed.length }
    const answer = await desk.ask(left)
    if (answer.kind !== 'done') {
      const end = await answers.answer(left, answer)
      return asReply(await answers.withClaimed({ ...request, claimed }, end))
    }
    claimed.push(answer.event)
  }
  return asReply(await answers.claimed({ ...request, claimed }, null))
}
