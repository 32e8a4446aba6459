import type { JobPayload } from '../jobs/catalogue.ts'
import type { JobOutcome, Try } from '../jobs/worker.ts'
import type { Accounts } from '../routing/accounts.ts'
import { type Desk, whoIsUnlinked } from '../routing/desk.ts'
import type { Enrolment } from '../routing/enrol.ts'
import type { EventId } from '../routing/ids.ts'
import type { Meet } from '../routing/meet.ts'
import type { ChatRequest } from '../routing/request.ts'
import type { Store } from '../store/contract.ts'
import type { AnswerViews } from './answer-views.ts'
import type { Tell } from './tell.ts'
import type { MessageView } from './views/message.ts'

/** At most the person who asked and the person who is to get the chat. */
const MOST_LINKS = 2

/**
 * The end of a request of somebody who was not known or linked: look them up, link whoever must be, carry the request
 * out, and tell the person. Safe to repeat: a request that has been carried out comes back with the event of its
 * decision, and is only told.
 */
export function createLateAnswers(deps: {
  readonly desk: Desk
  readonly store: Pick<Store, 'event' | 'chat'>
  readonly meet: Meet
  readonly enrolment: Enrolment
  readonly accounts: Accounts
  readonly answers: AnswerViews
  readonly tell: Tell
}) {
  const { desk, store, enrolment, accounts, answers } = deps

  /** What Slack does not take is told by the next try; until then nobody has heard of a refusal, so it is decided anew. */
  const tell = async (request: ChatRequest, view: MessageView, { last }: Try): Promise<JobOutcome> => {
    const { by, responseUrl } = request
    const isTold = await deps.tell({ user: by, channel: null, responseUrl }, { kind: 'reply', ...view })
    return isTold || last ? { kind: 'done' } : { kind: 'retry', reason: 'Slack took the answer in no way' }
  }

  const end = async (request: ChatRequest, view: MessageView, attempt: Try): Promise<JobOutcome> =>
    tell(request, await answers.withClaimed(request, view), attempt)

  async function tellDecided(request: ChatRequest, id: EventId, attempt: Try): Promise<JobOutcome> {
    const event = await store.event(id)
    const chat = event?.chat == null ? null : await store.chat(event.chat)
    if (event === null || chat === null) return { kind: 'done' }
    if (request.kind === 'claim-next' && request.count > 1)
      return tell(request, await answers.claimed(request, null), attempt)
    // The chat may have moved on; the answer is about the decision.
    const asDecided = event.facts.kind === 'handed-off' ? { ...chat, owner: event.facts.to } : chat
    return tell(request, await answers.answer(request, { kind: 'done', chat: asDecided, event: id }), attempt)
  }

  return async (
    { account: id, request, decided }: JobPayload<'enrol'>,
    attempt: Try,
  ): Promise<JobOutcome> => {
    if (decided !== null) return tellDecided(request, decided, attempt)
    const met = await deps.meet(request.by)
    if (met.kind === 'retry' && !attempt.last) return met
    for (let linked = 0; ; linked++) {
      const answer = await desk.ask(request, { linkFirst: false })
      if (answer.kind === 'done') return { kind: 'done' }
      const missing =
        answer.kind === 'refused' && linked < MOST_LINKS ? whoIsUnlinked(answer.refusal, request.by) : null
      if (missing === null) return end(request, await answers.answer(request, answer), attempt)
      // The next chat may be of another account than the one before.
      const account = accounts.get(
        answer.kind === 'refused' && answer.chat !== null ? answer.chat.account : id,
      )
      if (account === undefined) return { kind: 'failed', reason: 'the account is no longer configured' }
      const link = await enrolment.byEmail(account, missing, request.by)
      switch (link.kind) {
        case 'linked':
          break
        case 'problem':
          return end(
            request,
            missing === request.by
              ? answers.linkProblem(link.problem, account.id)
              : await answers.answer(request, answer),
            attempt,
          )
        case 'retry':
          if (!attempt.last) return link
          return end(
            request,
            answers.link({ kind: 'provider-failed', reason: link.reason }, account.id),
            attempt,
          )
        default:
          return link satisfies never
      }
    }
  }
}
