import type { Answer, CommandHandler, CommandRequest } from '../surface.ts'
import { listText } from '../text-lists.ts'
import { unknownCommandText, usageText } from '../text-surface.ts'
import { textMessage } from '../views/message.ts'
import { findCommand, listCommand } from './chat-lists.ts'
import type { ListenerContext } from './context.ts'
import { historyCommand } from './history.ts'
import { asReply } from './reading.ts'

/** What `/chats <word>` does; `text` is what follows the word, trimmed. */
type ChatsWord = (context: ListenerContext, request: CommandRequest, text: string) => Promise<Answer>

const words: ReadonlyMap<string, ChatsWord> = new Map([
  ['', listCommand('start')],
  ['mine', listCommand('mine')],
  ['waiting', listCommand('waiting')],
  ['all', listCommand('all')],
  ['find', findCommand],
  ['history', historyCommand],
  ['help', usage],
])

/** `/chats`, alone or with one of these words. */
export const chatsCommand =
  (context: ListenerContext): CommandHandler =>
  async (request) => {
    const [word = ''] = request.text.split(/\s+/, 1)
    const act = words.get(word.toLowerCase())
    return act === undefined
      ? asReply(textMessage(unknownCommandText(request.command, request.text)))
      : act(context, request, request.text.slice(word.length).trim())
  }

async function usage(): Promise<Answer> {
  return asReply(textMessage(`${listText.hint} ${usageText('chats')}`))
}
