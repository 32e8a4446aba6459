import type { ChatRequest } from '../../routing/request.ts'
import type { ActionHandler, SubmissionHandler } from '../surface.ts'
import { surfaceText } from '../text-surface.ts'
import { parseOffer } from '../values.ts'
import { textMessage } from '../views/message.ts'
import { answerModal } from '../views/modal.ts'
import { declineForm, declineTitle } from '../views/offer.ts'
import { askFromButton } from './ask.ts'
import type { ListenerContext } from './context.ts'
import { asReply, chosen, unreadableForm } from './reading.ts'

/** Accept. In the message that had asked, the message itself becomes the answer; the Home tab shows it. */
export const acceptClicked =
  (context: ListenerContext): ActionHandler =>
  async ({ value, user: by, responseUrl, message, view }) => {
    const ref = parseOffer(value)
    if (ref === null) return asReply(textMessage(surfaceText.unknownControl))
    const request = { kind: 'accept', by, ...ref, responseUrl } as const
    const asked = await context.store.offerMessage(ref.offer)
    const answer = await context.desk.ask(request)
    const isAsked = message !== null && asked?.channel === message.channel && asked.ts === message.ts
    if (answer.kind === 'done' && (isAsked || view?.type === 'home')) return { kind: 'nothing' }
    return asReply(await context.answers.answer(request, answer))
  }

/** Decline: a form for the reason, if there is anything to decline. */
export const declineClicked =
  (context: ListenerContext): ActionHandler =>
  async ({ value, user }) => {
    const ref = parseOffer(value)
    if (ref === null) return asReply(textMessage(surfaceText.unknownControl))
    const refusal = await context.desk.whyNotAnswer(user, ref.chat, ref.offer)
    if (refusal === null) return { kind: 'open', view: declineForm(ref) }
    const chat = await context.store.chat(ref.chat)
    return asReply(await context.answers.refusal(refusal, chat, user))
  }

export const declineFormSubmitted =
  (context: ListenerContext): SubmissionHandler =>
  async (submission) => {
    const ref = parseOffer(submission.privateMetadata)
    if (ref === null) return unreadableForm
    const request: ChatRequest = {
      kind: 'decline',
      by: submission.user,
      ...ref,
      reason: chosen(submission, 'reason', 'reason'),
      responseUrl: submission.responseUrl,
    }
    const view = await context.answers.answer(request, await context.desk.ask(request))
    return { kind: 'update', view: answerModal(declineTitle, view) }
  }

/** Take Back, on the card or in the answer to whoever made the offer. */
export const takeBackClicked =
  (context: ListenerContext): ActionHandler =>
  async ({ value, user: by, responseUrl, ...where }) => {
    const ref = parseOffer(value)
    if (ref === null) return asReply(textMessage(surfaceText.unknownControl))
    return askFromButton(context, { kind: 'take-back', by, ...ref, responseUrl }, where)
  }
