import type { AccountId, ChatId, SlackUserId } from '../../routing/ids.ts'
import { releaseWay } from '../../routing/release-way.ts'
import type { ChatRequest } from '../../routing/request.ts'
import type { ActionHandler, Answer, CommandHandler, SubmissionHandler } from '../surface.ts'
import { releaseMeaningText } from '../text.ts'
import { notFoundText, surfaceText } from '../text-surface.ts'
import { parseChatRef, parseForm } from '../values.ts'
import { textMessage } from '../views/message.ts'
import { answerModal } from '../views/modal.ts'
import { releaseForm, releaseTitle } from '../views/release-form.ts'
import { ask, askFromButton } from './ask.ts'
import type { ListenerContext } from './context.ts'
import { formToGiveAway, type Giver, giveable } from './giveable.ts'
import { asReply, chosen, unreadableForm } from './reading.ts'
import { severalMatch } from './several-match.ts'

/** `/release`, `/release <who> [reason]` */
export const releaseCommand =
  (context: ListenerContext): CommandHandler =>
  async (request): Promise<Answer> => {
    const { text, user: by, responseUrl } = request
    if (text === '') return emptyReleaseForm(context, by, request.channel)
    const { who, chats, rest } = await context.find.byWhoAndRest(text, by)
    const [chat, another] = chats
    if (chat === undefined) return asReply(textMessage(notFoundText({ kind: who.kind, text })))
    if (another !== undefined) {
      return severalMatch(context, text, chats, by)
    }
    const reason = rest === '' ? null : rest
    const release: ChatRequest = { kind: 'release', by, chat: chat.id, reason, seen: null, responseUrl }
    return ask(context, release)
  }

/** The form in which one of the person's chats is chosen first. */
export async function emptyReleaseForm(
  context: ListenerContext,
  by: SlackUserId,
  channel: string | null,
): Promise<Answer> {
  const chats = await giveable(context, by, { text: '', limit: 1 })
  const chat = chats.length === 0 ? ({ kind: 'none' } as const) : ({ kind: 'choose' } as const)
  return { kind: 'open', view: releaseForm({ chat, channel, meanings: meaningsOf(context) }) }
}

/** The form for this chat, or why the person may not release it. */
export const releaseFormOf = (context: ListenerContext, id: ChatId, giver: Giver): Promise<Answer> =>
  formToGiveAway(context, id, giver, async ({ account }, facts) =>
    releaseForm({
      chat: { kind: 'fixed', facts },
      channel: giver.channel,
      meanings: meaningsOf(context, [account]),
    }),
  )

/** What a release means in those of the accounts where it is more than it seems. */
export const meaningsOf = (
  { accounts }: ListenerContext,
  of: readonly AccountId[] = [...accounts.keys()],
): readonly string[] => [
  ...new Set(
    of
      .flatMap((id) => accounts.get(id)?.adapter ?? [])
      .flatMap((adapter) => releaseMeaningText(releaseWay(adapter), adapter.label) ?? []),
  ),
]

/** The button on a card. What that means where the provider cannot unassign, Slack has asked before. */
export const releaseClicked =
  (context: ListenerContext): ActionHandler =>
  async ({ value, user: by, responseUrl, ...where }) => {
    const ref = parseChatRef(value)
    if (ref === null) return asReply(textMessage(surfaceText.unknownControl))
    const release = {
      kind: 'release',
      by,
      chat: ref.chat,
      reason: null,
      seen: ref.version,
      responseUrl,
    } as const
    return askFromButton(context, release, where)
  }

export const releaseFormSubmitted =
  (context: ListenerContext): SubmissionHandler =>
  async (submission) => {
    const form = parseForm(submission.privateMetadata)
    if (form === null) return unreadableForm
    const ref = form.chat ?? parseChatRef(chosen(submission, 'chat', 'myChat'))
    if (ref === null) return { kind: 'errors', errors: { chat: surfaceText.chooseChat } }
    const request: ChatRequest = {
      kind: 'release',
      by: submission.user,
      chat: ref.chat,
      reason: chosen(submission, 'reason', 'reason'),
      seen: ref.version,
      responseUrl: submission.responseUrl,
    }
    const view = await context.answers.answer(request, await context.desk.ask(request))
    return { kind: 'update', view: answerModal(releaseTitle, view) }
  }
