import { ownersOf } from '../../routing/find-chats.ts'
import type { SlackUserId } from '../../routing/ids.ts'
import { type ListLook, MOST_SOUGHT, parseList } from '../list-look.ts'
import type { ActionHandler, Answer, CommandRequest } from '../surface.ts'
import { leftBehindText } from '../text-absence.ts'
import { MOST_COUNTED } from '../text-home.ts'
import { listText } from '../text-lists.ts'
import { surfaceText } from '../text-surface.ts'
import { chatListMessage, LIST_PAGE, type ListPart, START_ROWS } from '../views/chat-list.ts'
import { type MessageView, textMessage } from '../views/message.ts'
import type { ListenerContext } from './context.ts'
import { notRead } from './not-read.ts'
import { asReply } from './reading.ts'

/** `/chats`, `/chats mine`, `/chats waiting`, `/chats all` */
export const listCommand =
  (list: 'start' | 'mine' | 'waiting' | 'all') =>
  async (context: ListenerContext, { user }: CommandRequest): Promise<Answer> =>
    asReply(await shown(context, user, { list, page: 0 }))

/** `/chats find <text>`: open and closed chats, by whatever is known of them. */
export async function findCommand(
  context: ListenerContext,
  { user }: CommandRequest,
  text: string,
): Promise<Answer> {
  const sought = [...text].slice(0, MOST_SOUGHT).join('').slice(0, MOST_SOUGHT)
  return asReply(
    context.find.canFind(sought)
      ? await shown(context, user, { list: 'find', page: 0, text: sought })
      : textMessage(listText.findUsage),
  )
}

/** Another page, another list, or the same anew, in the place of the one whose button it was. */
export const listClicked =
  (context: ListenerContext): ActionHandler =>
  async ({ value, user }) => {
    const look = parseList(value)
    if (look === null) return asReply(textMessage(surfaceText.unknownControl))
    return { ...asReply(await shown(context, user, look)), inPlace: true }
  }

async function shown(context: ListenerContext, reader: SlackUserId, look: ListLook): Promise<MessageView> {
  const parts: readonly ListPart[] =
    look.list === 'start'
      ? [
          await read(context, reader, { list: 'mine', page: 0 }, START_ROWS),
          await read(context, reader, { list: 'waiting', page: 0 }, START_ROWS),
        ]
      : [await read(context, reader, look, LIST_PAGE)]
  const { count: left } = await context.find.leftBehind(reader, { limit: 0 })
  const notes = left > 0 && parts.some((part) => part.look.list === 'waiting') ? [leftBehindText(left)] : []
  return chatListMessage({ look, parts, notes: [...notes, ...(await notRead(context))] })
}

/** One more than the page shows tells whether there is another. */
async function read(
  context: ListenerContext,
  reader: SlackUserId,
  look: ListPart['look'],
  rows: number,
): Promise<ListPart> {
  const { store, find, present } = context
  const page = { offset: look.page * rows, limit: rows + 1 }
  const most = { limit: MOST_COUNTED + 1 }
  const part = async (
    chats: Awaited<ReturnType<typeof store.findChats>>,
    count: number | null,
  ): Promise<ListPart> => ({
    look,
    chats: await present.chats(chats.slice(0, rows), reader),
    count,
    hasNext: chats.length > rows,
  })
  switch (look.list) {
    case 'mine': {
      const mine = { state: 'held', owners: ownersOf(await store.links(reader)) } as const
      return part(
        await store.findChats({ ...mine, unanswered: 'first', ...page }),
        await store.countChats({ ...mine, ...most }),
      )
    }
    case 'waiting':
      return part(
        await find.waiting({ now: context.clock.now(), ...page }),
        await store.countChats({ state: 'waiting', ...most }),
      )
    case 'all':
      return part(
        await store.findChats({ state: 'open', ...page }),
        await store.countChats({ state: 'open', ...most }),
      )
    case 'find':
      return part(await find.anywhere(look.text, page), null)
    default:
      return look satisfies never
  }
}
