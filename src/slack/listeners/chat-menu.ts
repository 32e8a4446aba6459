import type { ChatId, SlackUserId } from '../../routing/ids.ts'
import type { ActionHandler, Answer } from '../surface.ts'
import { surfaceText } from '../text-surface.ts'
import { parseMenuEntry } from '../values.ts'
import { textMessage } from '../views/message.ts'
import { numberMessage } from '../views/number.ts'
import { contactFormOf } from './contact.ts'
import type { ListenerContext } from './context.ts'
import { historyOf } from './history.ts'
import { asReply } from './reading.ts'

/** An entry of a chat's menu. */
export const chatMenuChosen =
  (context: ListenerContext): ActionHandler =>
  async ({ value, user }) => {
    const [entry, chat] = parseMenuEntry(value) ?? []
    if (entry === undefined || chat === undefined) return asReply(textMessage(surfaceText.unknownControl))
    switch (entry) {
      case 'contact':
        return contactFormOf(context, chat, user)
      case 'history':
        return historyOf(context, chat, user)
      case 'number':
        return showNumber(context, chat, user)
      default:
        return entry satisfies never
    }
  }

async function showNumber(context: ListenerContext, id: ChatId, by: SlackUserId): Promise<Answer> {
  const answer = await context.desk.showNumber(by, id)
  if (answer.kind === 'refused')
    return asReply(await context.answers.refusal(answer.refusal, answer.chat, by))
  const facts = await context.present.chat(answer.chat, by)
  return asReply(numberMessage(facts, context.present.number(answer.chat)))
}
