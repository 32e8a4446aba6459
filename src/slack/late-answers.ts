import type { JobPayload } from '../jobs/catalogue.ts'
import type { JobOutcome, Try } from '../jobs/worker.ts'
import type { Accounts } from '../routing/accounts.ts'
import { type Desk, whoIsUnlinked } from '../routing/desk.ts'
import type { Enrolment } from '../routing/enrol.ts'
import type { ChatRequest } from '../routing/request.ts'
import type { AnswerViews } from './answer-views.ts'
import type { Tell } from './tell.ts'
import type { MessageView } from './views/message.ts'

/** At most the person who asked and the person who is to get the chat. */
const MOST_LINKS = 2

/**
 * The end of a request of somebody who was not linked: link whoever must be, carry the request out, and
 * tell the person. Repeated after a crash it changes nothing more: the chat is theirs already, or with whom they
 * gave it to, and that is what they read.
 */
export function createLateAnswers(deps: {
  readonly desk: Desk
  readonly enrolment: Enrolment
  readonly accounts: Accounts
  readonly answers: AnswerViews
  readonly tell: Tell
}) {
  const { desk, enrolment, accounts, answers } = deps

  const tell = async (request: ChatRequest, view: MessageView): Promise<JobOutcome> => {
    const { by, responseUrl } = request
    await deps.tell({ user: by, channel: null, responseUrl }, { kind: 'reply', ...view })
    return { kind: 'done' }
  }

  return async ({ account: id, request }: JobPayload<'enrol'>, attempt: Try): Promise<JobOutcome> => {
    const account = accounts.get(id)
    if (account === undefined) return { kind: 'failed', reason: 'the account is no longer configured' }
    for (let linked = 0; ; linked++) {
      const answer = await desk.ask(request, { linkFirst: false })
      const missing =
        answer.kind === 'refused' && linked < MOST_LINKS ? whoIsUnlinked(answer.refusal, request.by) : null
      if (missing === null) return tell(request, await answers.answer(request, answer))
      const link = await enrolment.byEmail(account, missing)
      switch (link.kind) {
        case 'linked':
          break
        case 'problem':
          return tell(
            request,
            missing === request.by
              ? answers.linkProblem(link.problem, id)
              : await answers.answer(request, answer),
          )
        case 'retry':
          if (!attempt.last) return link
          return tell(request, answers.link({ kind: 'provider-failed', reason: link.reason }, id))
        default:
          return link satisfies never
      }
    }
  }
}
