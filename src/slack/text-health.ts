import type { ProviderProblem } from '../providers/contract.ts'
import { needsAdmin, type Way } from '../routing/account-health.ts'
import type { Instant } from '../routing/ids.ts'
import { slackDate } from './mrkdwn.ts'
import { isPassing, problemText, whyText } from './text-problems.ts'

/** What Baton says of an account that does not work, to admins and to those who choose from its chats. */

export type HealthNotice =
  | {
      readonly kind: 'account-trouble'
      readonly way: Way
      readonly problem: ProviderProblem
      readonly since: Instant
    }
  | { readonly kind: 'account-recovered'; readonly way: Way }

/** To an admin, once when it begins and once when it is over. `provider` names the account where there are several. */
export const healthText = (notice: HealthNotice, provider: string): string => {
  switch (notice.kind) {
    case 'account-trouble':
      return `${whatFails(notice.way, notice.since, provider)} ${whatToDo(notice.problem, provider)} You hear when it works again.`
    case 'account-recovered':
      return notice.way === 'read'
        ? `Baton can read ${provider} again, and shows what is new there. There is nothing left to do.`
        : `${provider} does what people decide in Slack again. There is nothing left to do.`
    default:
      return notice satisfies never
  }
}

const whatFails = (way: Way, since: Instant, provider: string): string =>
  way === 'read'
    ? `Baton has not been able to read ${provider} since ${slackDate(since)}, so what is new there does not show here.`
    : `${provider} refuses what people decide in Slack, since ${slackDate(since)}: chats stay as they are there.`

const whatToDo = (problem: ProviderProblem, provider: string): string => {
  if (needsAdmin(problem)) return problemText(problem, provider)
  const why = isPassing(problem)
    ? `${whyText(problem, provider)}.`
    : `${provider} refuses without a reason that Baton knows.`
  return `${why} Baton keeps trying. If ${provider} itself works, check its address and token in Baton's settings.`
}

/** Where people choose from chats that may be out of date. */
export const notReadText = (provider: string, since: Instant): string =>
  `${provider} has not been read since ${slackDate(since)}: what has changed there since then does not show.`
