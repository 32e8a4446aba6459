import type { Several } from '../../jobs/several-jobs.ts'
import type { EventId, SlackUserId } from '../../routing/ids.ts'
import type { ActionHandler, Reply } from '../surface.ts'
import { surfaceText } from '../text-surface.ts'
import { undoTitle } from '../text-undo.ts'
import { parseUndo } from '../values.ts'
import { type MessageView, textMessage } from '../views/message.ts'
import { answerModal } from '../views/modal.ts'
import type { ListenerContext } from './context.ts'
import { asReply } from './reading.ts'
import { beginSeveral } from './several.ts'

/** Undo, in the answer to what somebody has just decided or at the top of their Home tab. */
export const undoClicked =
  (context: ListenerContext): ActionHandler =>
  async ({ value, user: by, responseUrl, view }) => {
    const events = [...new Set(parseUndo(value))]
    const [event, another] = events
    if (event === undefined) return asReply(textMessage(surfaceText.unknownControl))
    if (another !== undefined) return undoSeveral(context, by, events)
    const chat = (await context.store.event(event))?.chat ?? null
    if (chat === null) return asReply(await context.answers.refusal({ kind: 'chat-unknown' }, null, by))
    const request = { kind: 'undo', by, chat, event, responseUrl } as const
    const answer = await context.desk.ask(request)
    if (answer.kind === 'done' && view?.type === 'home') return { kind: 'nothing' }
    const reply: MessageView = await context.answers.answer(request, answer)
    return view?.type === 'modal' ? { kind: 'update', view: answerModal(undoTitle, reply) } : asReply(reply)
  }

async function undoSeveral(
  context: ListenerContext,
  by: SlackUserId,
  events: readonly EventId[],
): Promise<Reply> {
  const decisions = await Promise.all(events.map((event) => context.store.event(event)))
  const todo: Several['todo'] = decisions.flatMap((event) =>
    event?.chat == null ? [] : [{ chat: event.chat, seen: event.id }],
  )
  if (todo.length === 0) return asReply(await context.answers.refusal({ kind: 'chat-unknown' }, null, by))
  const several: Several = {
    id: `undo:${events[0]}`,
    by,
    what: { kind: 'undo' },
    todo,
    decided: [],
    refused: [],
  }
  return asReply(textMessage(await beginSeveral(context, several)))
}
