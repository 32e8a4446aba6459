import { unlistedKey } from '../../routing/find-chats.ts'
import type { ChatRequest } from '../../routing/request.ts'
import type { ActionHandler, Answer, CommandHandler, OptionsHandler, SubmissionHandler } from '../surface.ts'
import { notFoundText, severalMatchText, surfaceText, usageText } from '../text-surface.ts'
import { parseChatRef, parseForm } from '../values.ts'
import { chatOptions } from '../views/chat-options.ts'
import { claimPicker, claimTitle } from '../views/claim-picker.ts'
import { textMessage } from '../views/message.ts'
import { answerModal } from '../views/modal.ts'
import { chatListReply } from '../views/reply.ts'
import { ask, askFromMessage } from './ask.ts'
import type { ListenerContext } from './context.ts'
import { asReply, chosen } from './reading.ts'

/** `/claim`, `/claim next`, `/claim <who>` */
export const claimCommand =
  (context: ListenerContext): CommandHandler =>
  async (request): Promise<Answer> => {
    const { text, user: by, responseUrl } = request
    if (text === '') {
      const waiting = await context.store.countWaiting()
      return { kind: 'open', view: claimPicker({ waiting, channel: request.channel, problem: null }) }
    }
    if (/^(help|\?)$/i.test(text)) return asReply(textMessage(usageText('claim')))
    if (/^next$/i.test(text)) return ask(context, { kind: 'claim-next', by, account: null, responseUrl })

    const { who, chats } = await context.find.byWho(text, by, 'waiting')
    const [chat, another] = chats
    if (another !== undefined) {
      return asReply(
        chatListReply(severalMatchText(text, chats.length), await context.present.chats(chats, by)),
      )
    }
    if (chat !== undefined) return ask(context, { kind: 'claim', by, chat: chat.id, responseUrl })
    const unlisted = unlistedKey(who, [...context.accounts.keys()])
    if (unlisted !== null) return ask(context, { kind: 'claim-unlisted', by, ...unlisted, responseUrl })
    return asReply(textMessage(notFoundText({ kind: who.kind, text })))
  }

/** Claim Chat, on a card or in a private list. On its card the chat itself is the answer. */
export const claimClicked =
  (context: ListenerContext): ActionHandler =>
  async ({ value, user: by, responseUrl, message }) => {
    const ref = parseChatRef(value)
    if (ref === null) return asReply(textMessage(surfaceText.unknownControl))
    const request = { kind: 'claim', by, chat: ref.chat, responseUrl } as const
    return askFromMessage(context, request, message)
  }

/** The waiting chats, as the person types. */
export const waitingChatOptions =
  (context: ListenerContext): OptionsHandler =>
  async ({ text }) => {
    const chats = await context.store.findChats({ state: 'waiting', text, limit: 100 })
    return chatOptions(await context.present.chats(chats, null), context.clock.now())
  }

export const claimPickerSubmitted =
  (context: ListenerContext): SubmissionHandler =>
  async (submission) => {
    const ref = parseChatRef(chosen(submission, 'chat', 'waitingChat'))
    if (ref === null) return { kind: 'errors', errors: { chat: surfaceText.chooseChat } }
    const request: ChatRequest = {
      kind: 'claim',
      by: submission.user,
      chat: ref.chat,
      responseUrl: submission.responseUrl,
    }
    const answer = await context.desk.ask(request)
    const view = await context.answers.answer(request, answer)
    if (answer.kind !== 'refused') return { kind: 'update', view: answerModal(claimTitle, view) }
    const waiting = await context.store.countWaiting()
    const channel = parseForm(submission.privateMetadata)?.channel ?? null
    return { kind: 'update', view: claimPicker({ waiting, channel, problem: view.text }) }
  }
