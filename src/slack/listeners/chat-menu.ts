import type { ActionHandler } from '../surface.ts'
import { surfaceText } from '../text-surface.ts'
import { parseMenuEntry } from '../values.ts'
import { textMessage } from '../views/message.ts'
import { contactFormFor } from './contact.ts'
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
        return contactFormFor(context, chat, user)
      case 'history':
        return historyOf(context, chat, user)
      default:
        return entry satisfies never
    }
  }
