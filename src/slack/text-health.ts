import type { ProviderProblem } from '../providers/contract.ts'
import { needsAdmin, type Way } from '../routing/account-health.ts'
import type { EventFacts } from '../routing/audit.ts'
import type { AccountId, Instant } from '../routing/ids.ts'
import { slackDate } from './mrkdwn.ts'
import { channelSharedText, channelUsableText } from './text-channel.ts'
import { isPassing, problemText, whyText } from './text-problems.ts'
import { notInChannelText } from './text-surface.ts'

/** What Baton says of an account that does not work, to admins and to those who choose from its chats. */

const noticeKinds = [
  'account-trouble',
  'account-recovered',
  'webhook-silent',
  'webhook-heard',
  'channel-shut',
  'channel-open',
  'channel-shared',
  'channel-usable',
] as const

export type HealthNotice = Extract<EventFacts, { readonly kind: (typeof noticeKinds)[number] }>

export const isHealthNotice = (facts: EventFacts): facts is HealthNotice =>
  noticeKinds.some((kind) => kind === facts.kind)

/**
 * To an admin, once when it begins and once when it is over. `provider` names the account where there are several;
 * `account` is its part of the webhook's address.
 */
export const healthText = (notice: HealthNotice, provider: string, account: AccountId): string => {
  switch (notice.kind) {
    case 'account-trouble':
      return `${whatFails(notice.way, notice.since, provider)} ${whatToDo(notice.problem, provider)} You hear when it works again.`
    case 'account-recovered':
      return notice.way === 'read'
        ? `Baton can read ${provider} again, and shows what is new there. There is nothing left to do.`
        : `${provider} does what people decide in Slack again. There is nothing left to do.`
    case 'webhook-silent':
      return `${provider} has told Baton nothing by webhook since ${slackDate(notice.since)}: new messages show here only when Baton asks for them. Set the webhook up in ${provider} as Baton's README says: it leads to the path \`/hooks/${account}\`, which the internet must reach. You hear when it works.`
    case 'webhook-heard':
      return `${provider} tells Baton of new messages by webhook now, so they show here at once. There is nothing left to do.`
    case 'channel-shut':
      return `${notInChannelText(notice.channel)} Until then, nobody sees the chats of ${provider}. You hear when it works.`
    case 'channel-open':
      return `Baton posts the chats of ${provider} in their channel now. There is nothing left to do.`
    case 'channel-shared':
      return channelSharedText(notice.channel, provider)
    case 'channel-usable':
      return channelUsableText(notice.channel, provider)
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
