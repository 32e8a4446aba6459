import type { ProviderAdapter } from '../../providers/contract.ts'
import { accountName } from '../../routing/accounts.ts'
import { type AccountId, type SlackUserId, slackUserId } from '../../routing/ids.ts'
import type { ChatRequest } from '../../routing/request.ts'
import { blockIds } from '../ids.ts'
import type { ActionHandler, Answer, CommandHandler, OptionsHandler, SubmissionHandler } from '../surface.ts'
import {
  cannotWaitText,
  notFoundText,
  receiverMissingText,
  severalMatchText,
  surfaceText,
  usageText,
  whichOfYoursText,
} from '../text-surface.ts'
import { parseChatRef, parseForm, parseReceiver } from '../values.ts'
import { handOffForm, handOffTitle } from '../views/hand-off-form.ts'
import { textMessage } from '../views/message.ts'
import { answerModal } from '../views/modal.ts'
import { receiverOptions } from '../views/receiver-options.ts'
import { chatListReply } from '../views/reply.ts'
import { ask } from './ask.ts'
import type { ListenerContext } from './context.ts'
import { giveable } from './giveable.ts'
import { asReply, chosen, unreadableForm } from './reading.ts'

/** `<@U123|ann>`, as Slack writes a mention in a command. */
const MENTION = /<@([UW][A-Z0-9]+)(?:\|[^>]*)?>/

/** `/handoff`, `/handoff <who> @colleague [note]` */
export const handOffCommand =
  (context: ListenerContext): CommandHandler =>
  async (request): Promise<Answer> => {
    const { text, user: by, responseUrl } = request
    if (text === '') return { kind: 'open', view: await emptyForm(context, by, request.channel) }
    if (/^(help|\?)$/i.test(text)) return asReply(textMessage(usageText('handoff')))
    const mention = MENTION.exec(text)
    if (mention?.[1] === undefined) return asReply(textMessage(receiverMissingText))

    const words = text.slice(0, mention.index).trim()
    const note = text.slice(mention.index + mention[0].length).trim()
    const found =
      words === ''
        ? { who: { kind: 'nothing' } as const, chats: await context.find.mine(by, { limit: 20 }) }
        : await context.find.byWho(words, by, 'mine')
    const [chat, another] = found.chats
    if (another !== undefined) {
      const list = await context.present.chats(found.chats, by)
      return asReply(
        chatListReply(
          words === '' ? whichOfYoursText(found.chats.length) : severalMatchText(words, found.chats.length),
          list,
        ),
      )
    }
    if (chat === undefined) {
      const sentence =
        words === '' ? surfaceText.noChats : notFoundText({ kind: found.who.kind, text: words })
      return asReply(textMessage(sentence))
    }
    const handOff: ChatRequest = {
      kind: 'hand-off',
      by,
      chat: chat.id,
      to: { slackUser: slackUserId(mention[1]) },
      note: note === '' ? null : note,
      onReply: false,
      seen: null,
      responseUrl,
    }
    return ask(context, handOff)
  }

/** The button on a card: the form, if the person may give the chat away at all. */
export const handOffClicked =
  (context: ListenerContext): ActionHandler =>
  async ({ value, user, channel }) => {
    const ref = parseChatRef(value)
    if (ref === null) return asReply(textMessage(surfaceText.unknownControl))
    const chat = await context.store.chat(ref.chat)
    const refusal = await context.desk.whyNotGiveAway(user, ref.chat, ref.version)
    if (refusal !== null || chat === null) {
      return asReply(await context.answers.refusal(refusal ?? { kind: 'chat-unknown' }, chat, user))
    }
    return {
      kind: 'open',
      view: handOffForm({
        chat: { kind: 'fixed', facts: await context.present.chat(chat, user) },
        hasReceivers: await hasReceivers(context, chat.account),
        channel,
        ...abilities(context, [chat.account]),
      }),
    }
  }

async function emptyForm(context: ListenerContext, by: SlackUserId, channel: string | null) {
  const accounts = [...context.accounts.keys()]
  const chats = await giveable(context, by, { text: '', limit: 1 })
  const receivers = await Promise.all(accounts.map((account) => hasReceivers(context, account)))
  return handOffForm({
    chat: chats.length === 0 ? { kind: 'none' } : { kind: 'choose' },
    hasReceivers: receivers.includes(true),
    channel,
    ...abilities(context, accounts),
  })
}

const hasReceivers = async (context: ListenerContext, account: AccountId): Promise<boolean> =>
  (await context.store.providerUsers(account)).filter((user) => user.active).length > 1

/** Labels of the providers that can assign a chat once the customer has answered, and that keep the note. */
const abilities = (context: ListenerContext, accounts: readonly AccountId[]) => {
  const adapters = accounts.flatMap((id) => context.accounts.get(id)?.adapter ?? [])
  const labels = (can: (adapter: ProviderAdapter) => unknown): readonly string[] => [
    ...new Set(adapters.filter(can).map(({ label }) => label)),
  ]
  return {
    onReply: labels((adapter) => adapter.assignOnReply),
    comments: labels((adapter) => adapter.comment),
  }
}

/** Everybody who may have the chat, by name; of every account while none is chosen. Those linked in Slack are told by Baton. */
export const receiverMenuOptions =
  (context: ListenerContext): OptionsHandler =>
  async (request) => {
    const { user, text } = request
    const form = parseForm(request.view?.privateMetadata)
    const ref = form?.chat ?? parseChatRef(chosen(request, 'chat', 'myChat'))
    const chat = ref === null ? null : await context.store.chat(ref.chat)
    const accounts = chat === null ? [...context.accounts.keys()] : [chat.account]
    const words = text.toLowerCase()
    const receivers = []
    for (const account of accounts) {
      const mine = (await context.store.links(user)).find((link) => link.account === account)?.providerUser
      const users = (await context.store.providerUsers(account)).filter(({ active }) => active)
      const absent = await context.store.absences(
        account,
        users.map(({ id }) => id),
      )
      for (const { id, name, email } of users) {
        const fits = name.toLowerCase().includes(words) || (email?.includes(words) ?? false)
        if (fits && !absent.has(id) && (id !== mine || (chat !== null && chat.owner !== mine))) {
          receivers.push({
            account,
            user: id,
            name,
            accountLabel: accounts.length > 1 ? accountName(context.accounts, account) : null,
          })
        }
      }
    }
    return receiverOptions(receivers)
  }

export const handOffFormSubmitted =
  (context: ListenerContext): SubmissionHandler =>
  async (submission) => {
    const form = parseForm(submission.privateMetadata)
    if (form === null) return unreadableForm
    const ref = form.chat ?? parseChatRef(chosen(submission, 'chat', 'myChat'))
    if (ref === null) return { kind: 'errors', errors: { chat: surfaceText.chooseChat } }
    const receiver = parseReceiver(chosen(submission, 'receiver', 'receiver'))
    if (receiver === null) return { kind: 'errors', errors: { receiver: surfaceText.chooseReceiver } }
    const chat = await context.store.chat(ref.chat)
    if (chat !== null && chat.account !== receiver.account) {
      return { kind: 'errors', errors: { receiver: surfaceText.receiverOfOtherAccount } }
    }
    const offered = await context.store.providerUsers(receiver.account)
    if (!offered.some(({ id, active }) => active && id === receiver.user)) {
      return { kind: 'errors', errors: { receiver: surfaceText.chooseReceiver } }
    }
    const onReply = chosen(submission, 'onReply', 'onReply') !== null
    const adapter = context.accounts.get(receiver.account)?.adapter
    if (onReply && adapter !== undefined && adapter.assignOnReply === undefined) {
      return { kind: 'errors', errors: { [blockIds.onReply]: cannotWaitText(adapter.label) } }
    }
    const linked = (await context.store.slackUsers(receiver.account, [receiver.user])).get(receiver.user)
    const note = chosen(submission, 'note', 'note')
    const request: ChatRequest = {
      kind: 'hand-off',
      by: submission.user,
      chat: ref.chat,
      to: linked === undefined ? { providerUser: receiver.user } : { slackUser: linked },
      note,
      onReply,
      seen: ref.version,
      responseUrl: submission.responseUrl,
    }
    const view = await context.answers.answer(request, await context.desk.ask(request))
    return { kind: 'update', view: answerModal(handOffTitle, view) }
  }
