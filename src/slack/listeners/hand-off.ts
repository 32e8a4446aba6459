import type { ProviderAdapter } from '../../providers/contract.ts'
import { type Account, accountName } from '../../routing/accounts.ts'
import { awayNow } from '../../routing/away.ts'
import {
  type AccountId,
  type ChatId,
  groupIdOf,
  type ProviderUserId,
  type SlackUserId,
  slackUserId,
} from '../../routing/ids.ts'
import type { ChatRequest } from '../../routing/request.ts'
import { blockIds } from '../ids.ts'
import type {
  ActionHandler,
  Answer,
  CommandHandler,
  OptionsHandler,
  SubmissionAnswer,
  SubmissionHandler,
} from '../surface.ts'
import { cannotAskText } from '../text-offer.ts'
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
import { formToGiveAway, type Giver, giveable } from './giveable.ts'
import { asReply, chosen, unreadableForm } from './reading.ts'

/** `<@U123|ann>`, as Slack writes a mention in a command; with a question mark behind it they are asked. */
const MENTION = /<@([UW][A-Z0-9]+)(?:\|[^>]*)?>(\s*\?)?/

/** `/handoff`, `/handoff <who> @colleague [note]`, `/handoff <who> @colleague? [note]` */
export const handOffCommand =
  (context: ListenerContext): CommandHandler =>
  async (request): Promise<Answer> => {
    const { text, user: by, responseUrl } = request
    if (text === '') return emptyHandOffForm(context, by, request.channel)
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
    const what = {
      by,
      chat: chat.id,
      to: { slackUser: slackUserId(mention[1]) },
      note: note === '' ? null : note,
      seen: null,
      responseUrl,
    }
    return mention[2] === undefined
      ? ask(context, { kind: 'hand-off', onReply: false, ...what })
      : ask(context, { kind: 'offer', ...what })
  }

/** The button on a card: the form, if the person may give the chat away at all. */
export const handOffClicked =
  (context: ListenerContext): ActionHandler =>
  async ({ value, user, channel }) => {
    const ref = parseChatRef(value)
    if (ref === null) return asReply(textMessage(surfaceText.unknownControl))
    return handOffFormOf(context, ref.chat, { by: user, seen: ref.version, channel })
  }

/** The form for this chat, or why the person may not give it away. */
export const handOffFormOf = (context: ListenerContext, id: ChatId, giver: Giver): Promise<Answer> =>
  formToGiveAway(context, id, giver, async (chat, facts) =>
    handOffForm({
      chat: { kind: 'fixed', facts },
      hasReceivers: await hasReceivers(context, chat.account),
      channel: giver.channel,
      ...abilities(context, [chat.account]),
    }),
  )

/** The form in which one of the person's chats is chosen first. */
export async function emptyHandOffForm(
  context: ListenerContext,
  by: SlackUserId,
  channel: string | null,
): Promise<Answer> {
  const accounts = [...context.accounts.keys()]
  const chats = await giveable(context, by, { text: '', limit: 1 })
  const receivers = await Promise.all(accounts.map((account) => hasReceivers(context, account)))
  const view = handOffForm({
    chat: chats.length === 0 ? { kind: 'none' } : { kind: 'choose' },
    hasReceivers: receivers.includes(true),
    channel,
    ...abilities(context, accounts),
  })
  return { kind: 'open', view }
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
      const users = (await context.store.providerUsers(account)).filter(
        ({ id, name, email, active }) =>
          active &&
          (name.toLowerCase().includes(words) || (email?.includes(words) ?? false)) &&
          (id !== mine || (chat !== null && chat.owner !== mine)),
      )
      const absent = await context.store.absences(
        account,
        users.map(({ id }) => id),
      )
      const isAway = await awayAmong(context, account, users)
      const accountLabel = accounts.length > 1 ? accountName(context.accounts, account) : null
      for (const { id, name } of users) {
        if (!absent.has(id)) receivers.push({ account, user: id, name, away: isAway(id), accountLabel })
      }
    }
    return receiverOptions(receivers)
  }

/** Which of the provider's users have said in Slack that they are away. */
async function awayAmong(
  { store, clock }: ListenerContext,
  account: AccountId,
  users: readonly { readonly id: ProviderUserId }[],
): Promise<(user: ProviderUserId) => boolean> {
  const linked = await store.slackUsers(
    account,
    users.map(({ id }) => id),
  )
  const away = await store.away([...linked.values()])
  return (user) => {
    const slackUser = linked.get(user)
    return slackUser !== undefined && awayNow(away.get(slackUser), clock.now()) !== null
  }
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
    const how = chosen(submission, 'how', 'how') ?? 'now'
    const account = context.accounts.get(receiver.account)
    if (how === 'on-reply' && account !== undefined && account.adapter.assignOnReply === undefined) {
      return { kind: 'errors', errors: { [blockIds.how]: cannotWaitText(account.adapter.label) } }
    }
    const linked = (await context.store.slackUsers(receiver.account, [receiver.user])).get(receiver.user)
    const { user: by, responseUrl } = submission
    const note = chosen(submission, 'note', 'note')
    const what = { by, chat: ref.chat, note, seen: ref.version, responseUrl }
    if (how === 'ask') {
      const asked =
        linked === undefined
          ? await findInSlack(context, account, receiver.user)
          : ({ kind: 'found', slackUser: linked } as const)
      return asked.kind === 'problem'
        ? { kind: 'errors', errors: { [blockIds.receiver]: asked.sentence } }
        : submitted(context, { kind: 'offer', to: { slackUser: asked.slackUser }, ...what })
    }
    const to = linked === undefined ? { providerUser: receiver.user } : { slackUser: linked }
    return submitted(context, { kind: 'hand-off', to, onReply: how === 'on-reply', ...what })
  }

async function submitted(context: ListenerContext, request: ChatRequest): Promise<SubmissionAnswer> {
  const answer = await context.desk.ask(request)
  // About the choice of the receiver: another one may do.
  if (answer.kind === 'refused' && answer.refusal.kind === 'receiver-away')
    return { kind: 'errors', errors: { [blockIds.receiver]: cannotAskText.away } }
  const view = await context.answers.answer(request, answer)
  return { kind: 'update', view: answerModal(handOffTitle, view) }
}

type Found =
  | { readonly kind: 'found'; readonly slackUser: SlackUserId }
  | { readonly kind: 'problem'; readonly sentence: string }

/** Only somebody in Slack can be asked: links whoever has the provider user's e-mail address there. */
async function findInSlack(
  { enrolment }: ListenerContext,
  account: Account | undefined,
  user: ProviderUserId,
): Promise<Found> {
  if (account === undefined || groupIdOf(user) !== null)
    return { kind: 'problem', sentence: cannotAskText.group }
  const found = await enrolment.byProviderUser(account, user)
  if (found.kind === 'linked') return { kind: 'found', slackUser: found.slackUser }
  return { kind: 'problem', sentence: cannotAskText[found.kind === 'retry' ? 'not-now' : 'not-found'] }
}
