import { providerLabel } from '../../routing/accounts.ts'
import type { ChatId, SlackUserId } from '../../routing/ids.ts'
import type { HistoryPlace } from '../../store/contract.ts'
import type { ActionHandler, Answer, CommandRequest } from '../surface.ts'
import { notFoundText, surfaceText, usageText } from '../text-surface.ts'
import { type HistoryRef, parseHistoryRef } from '../values.ts'
import { type HistoryFacts, historyModal } from '../views/history.ts'
import { textMessage } from '../views/message.ts'
import type { ListenerContext } from './context.ts'
import { asReply } from './reading.ts'
import { severalMatch } from './several-match.ts'

/** With a note in each, still far below what Slack takes of a modal. */
const EVENTS_ON_PAGE = 20

/** `/chats history <who>`: of any chat that Baton has ever seen. */
export async function historyCommand(
  context: ListenerContext,
  { user }: CommandRequest,
  text: string,
): Promise<Answer> {
  if (text === '') return asReply(textMessage(usageText('chats')))
  const { who, chats } = await context.find.everByWho(text)
  const [chat, another] = chats
  if (chat === undefined) return asReply(textMessage(notFoundText({ kind: who.kind, text }, 'all')))
  if (another !== undefined) return severalMatch(context, text, chats, user)
  return historyOf(context, chat.id, user)
}

/** The newest page of a chat's history. */
export const historyOf = async (
  context: ListenerContext,
  chat: ChatId,
  reader: SlackUserId,
): Promise<Answer> => {
  const page = await pageOf(context, chat, 'newest', reader)
  return page === null ? gone(context, reader) : { kind: 'open', view: historyModal(page) }
}

export const historyOlderClicked = (context: ListenerContext): ActionHandler =>
  turned(context, ({ event }) => ({ before: event }))

export const historyNewerClicked = (context: ListenerContext): ActionHandler =>
  turned(context, ({ event }) => ({ after: event }))

const turned =
  (context: ListenerContext, placeOf: (ref: HistoryRef) => HistoryPlace): ActionHandler =>
  async ({ value, user }) => {
    const ref = parseHistoryRef(value)
    if (ref === null) return asReply(textMessage(surfaceText.unknownControl))
    const page = await pageOf(context, ref.chat, placeOf(ref), user)
    return page === null ? gone(context, user) : { kind: 'update', view: historyModal(page) }
  }

/** Null for a chat that Baton does not know. */
async function pageOf(
  context: ListenerContext,
  id: ChatId,
  place: HistoryPlace,
  reader: SlackUserId,
): Promise<HistoryFacts | null> {
  const chat = await context.store.chat(id)
  if (chat === null) return null
  const page = await context.store.historyPage(id, place, EVENTS_ON_PAGE)
  const lines = await Promise.all(page.events.map(context.lineOf))
  return {
    chat: await context.present.chat(chat, reader, 'names'),
    provider: providerLabel(context.accounts, chat.account),
    lines: lines.filter((line) => line !== null),
    newer: (page.hasNewer && page.events.at(0)?.id) || null,
    older: (page.hasOlder && page.events.at(-1)?.id) || null,
  }
}

const gone = async (context: ListenerContext, reader: SlackUserId): Promise<Answer> =>
  asReply(await context.answers.refusal({ kind: 'chat-unknown' }, null, reader))
