import type { ActionHandler } from '../surface.ts'
import { surfaceText } from '../text-surface.ts'
import { undoTitle } from '../text-undo.ts'
import { parseUndo } from '../values.ts'
import { textMessage } from '../views/message.ts'
import { answerModal } from '../views/modal.ts'
import type { ListenerContext } from './context.ts'
import { asReply } from './reading.ts'

/** Undo, in the answer to what somebody has just decided or at the top of their Home tab. */
export const undoClicked =
  (context: ListenerContext): ActionHandler =>
  async ({ value, user: by, responseUrl, view }) => {
    const [event] = parseUndo(value) ?? []
    if (event === undefined) return asReply(textMessage(surfaceText.unknownControl))
    const chat = (await context.store.event(event))?.chat ?? null
    if (chat === null) return asReply(await context.answers.refusal({ kind: 'chat-unknown' }, null, by))
    const request = { kind: 'undo', by, chat, event, responseUrl } as const
    const answer = await context.desk.ask(request)
    if (answer.kind === 'done' && view?.type === 'home') return { kind: 'nothing' }
    const reply = await context.answers.answer(request, answer)
    return view?.type === 'modal' ? { kind: 'update', view: answerModal(undoTitle, reply) } : asReply(reply)
  }
