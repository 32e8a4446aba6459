import type { types } from '@slack/bolt'
import { actionIds } from '../ids.ts'
import { plain } from '../mrkdwn.ts'
import { failedCountText } from '../text-doctor.ts'
import { healthText } from '../text-health.ts'
import {
  accountText,
  asOfText,
  homeText,
  memberText,
  moreText,
  onlyToldText,
  othersText,
  setupText,
  teamAwayText,
} from '../text-home.ts'
import type { Overview, Team } from './home-facts.ts'
import { context, header, section } from './message.ts'

/** More people's loads than that are added up. */
export const MOST_MEMBERS = 10
/** Of those who are away and have no chats, more are only counted. */
export const MOST_AWAY = 10
/** Slack's limit for a section's text. */
const MOST_IN_SECTION = 3_000
/** What there is of more accounts than that is only counted. A team has one to three. */
const MOST_ACCOUNTS = 6

const AS_OF = 'as-of'

/** All that the view shows but how old its data is, which alone is no reason to send it again. */
export const withoutAges = (view: types.HomeView): string =>
  JSON.stringify({
    ...view,
    blocks: view.blocks.map((block) =>
      block.block_id === AS_OF ? JSON.stringify(block).replace(/<!date\^[^>]*>/g, '') : block,
    ),
  })

/** Who of the team has what, and how the accounts do. */
export const overviewBlocks = ({ team, accounts, asOf, stale, onlyTold }: Overview): types.KnownBlock[] => [
  ...teamBlocks(team),
  header('Accounts'),
  ...inSections(accounts.slice(0, MOST_ACCOUNTS).map(accountText)),
  ...rest(accounts),
  ...(asOf.length === 0 ? [] : [{ ...context(asOfText(asOf)), block_id: AS_OF }]),
  ...stale.slice(0, MOST_ACCOUNTS).map(context),
  ...rest(stale),
  ...(onlyTold.length === 0 ? [] : [context(onlyToldText(onlyTold))]),
]

/** What is left out of a list with something for each account. */
const rest = (all: readonly unknown[]): types.ContextBlock[] =>
  all.length > MOST_ACCOUNTS ? [context(moreText(all.length - MOST_ACCOUNTS))] : []

const teamBlocks = ({ members, others, away }: Team): types.KnownBlock[] => {
  const most = Math.max(...members.map(({ chats }) => chats))
  return [
    header('Team'),
    ...(members.length === 0
      ? [section(homeText.nobodyHasChats)]
      : inSections(members.map((member) => memberText(member, most)))),
    ...(others.people === 0 ? [] : [context(othersText(others))]),
    ...(away.count === 0 ? [] : [context(teamAwayText(away))]),
  ]
}

export const adminBlocks = ({ admin }: Overview): types.KnownBlock[] => {
  if (admin === null) return []
  const { troubles, setup, failedJobs } = admin
  return [
    header('For admins'),
    ...(troubles.length === 0 ? [context(homeText.allWork)] : []),
    ...troubles
      .slice(0, MOST_ACCOUNTS)
      .map(({ account, name, notice }) => section(healthText(notice, name, account))),
    ...rest(troubles),
    ...(failedJobs === 0 ? [] : failedJobsBlocks(failedJobs)),
    ...(setup.length === 0 ? [] : [context(homeText.setUp)]),
    ...setup.slice(0, MOST_ACCOUNTS).map((facts) => section(setupText(facts))),
    ...rest(setup),
  ]
}

const failedJobsBlocks = (count: number): types.KnownBlock[] => [
  section(failedCountText(count)),
  {
    type: 'actions',
    elements: [
      { type: 'button', action_id: actionIds.failedJobs, text: plain('Failed Jobs', 75), value: 'list' },
    ],
  },
]

/** As many lines in each as fit. */
const inSections = (lines: readonly string[]): types.SectionBlock[] => {
  const texts: string[] = []
  for (const line of lines) {
    const longer = [...texts.slice(-1), line].join('\n')
    if (texts.length > 0 && longer.length <= MOST_IN_SECTION) texts.splice(-1, 1, longer)
    else texts.push(line)
  }
  return texts.map(section)
}
