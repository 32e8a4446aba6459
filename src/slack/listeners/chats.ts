import type { Answer, CommandHandler, CommandRequest } from '../surface.ts'
import { unknownCommandText, usageText } from '../text-surface.ts'
import { textMessage } from '../views/message.ts'
import type { ListenerContext } from './context.ts'
import { historyCommand } from './history.ts'
import { asReply } from './reading.ts'

/** What `/chats <word>` does; `text` is what follows the word, trimmed. */
type ChatsWord = (context: ListenerContext, request: CommandRequest, text: string) => Promise<Answer>

const words: ReadonlyMap<string, ChatsWord> = new Map([
  ['history', historyCommand],
  ['help', usage],
  ['', usage],
])

/** `/chats history <who>` */
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
  return asReply(textMessage(usageText('chats')))
}
