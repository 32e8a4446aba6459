import type { types } from '@slack/bolt'
import { providerLabel } from '../../routing/accounts.ts'
import type { SlackUserId } from '../../routing/ids.ts'
import type { LookedUp } from '../../routing/look-up.ts'
import type { ChatRequest } from '../../routing/request.ts'
import { insiderOnly } from '../insiders-only.ts'
import type {
  ActionHandler,
  Answer,
  CommandHandler,
  CommandRequest,
  OptionsHandler,
  SubmissionHandler,
} from '../surface.ts'
import { notAskedText } from '../text-problems.ts'
import { notFoundText, surfaceText, type Tried, usageText } from '../text-surface.ts'
import { parseChatRef, parseForm } from '../values.ts'
import { chatOptions, MOST_OPTIONS } from '../views/chat-options.ts'
import { type ClaimPicker, claimPicker, claimTitle } from '../views/claim-picker.ts'
import { ANY_ACCOUNT } from '../views/home.ts'
import { textMessage } from '../views/message.ts'
import { answerModal } from '../views/modal.ts'
import { ask, askFromButton } from './ask.ts'
import { claimNext } from './claim-next.ts'
import type { ListenerContext } from './context.ts'
import { notRead } from './not-read.ts'
import { asReply, chosen } from './reading.ts'
import { severalMatch } from './several-match.ts'

/** Of the options of the menu, so many are kept for chats that were left behind, where there are so many. */
const LEFT_PLACES = 20

/** `/claim`, `/claim next`, `/claim next 3`, `/claim <who>` */
export const claimCommand =
  (context: ListenerContext): CommandHandler =>
  async (request): Promise<Answer> => {
    const { text, user: by, responseUrl } = request
    // Where a claim is all there is, its decision asks who that is.
    const reading = (read: () => Promise<Answer>) => insiderOnly(context, by, read)
    if (text === '') return reading(() => claimPickerOf(context, by, request.channel))
    if (/^(help|\?)$/i.test(text)) return asReply(textMessage(usageText('claim')))
    const next = /^next(?:\s+(\d+))?$/i.exec(text)
    if (next !== null) return claimNext(context, by, next[1] ?? '1', responseUrl)

    const { who, chats } = await context.find.byWho(text, by, 'waiting')
    const [chat, another] = chats
    if (another !== undefined) return reading(() => severalMatch(context, text, chats, by))
    if (chat !== undefined) return ask(context, { kind: 'claim', by, chat: chat.id, responseUrl })
    return reading(async () =>
      claimUnlisted(context, request, await context.lookUp(who, by), { kind: who.kind, text }),
    )
  }

export async function claimPickerOf(
  context: ListenerContext,
  by: SlackUserId,
  channel: string | null,
): Promise<Answer> {
  return { kind: 'open', view: await pickerOf(context, by, { channel, problem: null }) }
}

async function pickerOf(
  context: ListenerContext,
  by: SlackUserId,
  rest: Pick<ClaimPicker, 'channel' | 'problem'>,
): Promise<types.ModalView> {
  const waiting = await context.store.countWaiting()
  const { count: left } = await context.find.leftBehind(by, { limit: 0 })
  return claimPicker({ waiting, left, stale: await notRead(context), ...rest })
}

/** A customer whom no list of open chats has shown. */
async function claimUnlisted(
  context: ListenerContext,
  { user: by, responseUrl }: Pick<CommandRequest, 'user' | 'responseUrl'>,
  looked: LookedUp,
  tried: Tried,
): Promise<Answer> {
  switch (looked.kind) {
    case 'key': {
      const { account, key, phone } = looked
      return ask(context, { kind: 'claim-unlisted', by, account, key, phone, responseUrl })
    }
    case 'known': {
      const [chat, another] = looked.chats
      if (chat !== undefined && another === undefined)
        return ask(context, { kind: 'claim', by, chat: chat.id, responseUrl })
      return severalMatch(context, tried.text, looked.chats, by)
    }
    case 'not-asked': {
      const provider = providerLabel(context.accounts, looked.account)
      return asReply(textMessage(notAskedText(tried.text, looked.problem, provider)))
    }
    case 'nobody':
      return asReply(textMessage(notFoundText(tried)))
    default:
      return looked satisfies never
  }
}

/** Claim Chat, on a card or in a private list. On its card the chat itself is the answer. */
export const claimClicked =
  (context: ListenerContext): ActionHandler =>
  async ({ value, user: by, responseUrl, ...where }) => {
    const ref = parseChatRef(value)
    if (ref === null) return asReply(textMessage(surfaceText.unknownControl))
    const request = { kind: 'claim', by, chat: ref.chat, responseUrl } as const
    return askFromButton(context, request, where)
  }

/** Claim Next, on the message about many chats at once, or in the Home tab: the longest-waiting one of its account. */
export const claimNextClicked =
  (context: ListenerContext): ActionHandler =>
  async ({ value, user: by, responseUrl }) => {
    const account = value === ANY_ACCOUNT ? null : [...context.accounts.keys()].find((id) => id === value)
    if (account === undefined) return asReply(textMessage(surfaceText.unknownControl))
    return ask(context, { kind: 'claim-next', by, account, count: 1, claimed: [], responseUrl })
  }

/** The waiting chats, then those that were left behind, as the person types; the latter have a place in any case. */
export const waitingChatOptions =
  (context: ListenerContext): OptionsHandler =>
  async ({ user, text }) => {
    const now = context.clock.now()
    const left = await context.find.leftBehind(user, { text, limit: MOST_OPTIONS })
    const places = MOST_OPTIONS - Math.min(left.chats.length, LEFT_PLACES)
    const waiting = await context.find.waiting({ text, limit: places, now })
    return chatOptions(await context.present.chats([...waiting, ...left.chats], null), now)
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
    const channel = parseForm(submission.privateMetadata)?.channel ?? null
    return { kind: 'update', view: await pickerOf(context, submission.user, { channel, problem: view.text }) }
  }
