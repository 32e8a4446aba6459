import type { types } from '@slack/bolt'
import { encodeLook, firstLook, type HomeLook, MOST_PAGES, WAITS } from '../home-look.ts'
import { actionIds, callbackIds } from '../ids.ts'
import { plain } from '../mrkdwn.ts'
import { listed, outsiderText } from '../text.ts'
import { leftBehindTitle, moreLeftText } from '../text-absence.ts'
import {
  counted,
  homeText,
  MOST_COUNTED,
  moreOffersText,
  moreOfGroupsText,
  notLinkedText,
  notLookedForText,
  offeredText,
  pageText,
  waitsLabel,
} from '../text-home.ts'
import { youAreAwayText } from '../text-offer.ts'
import { undoableText } from '../text-undo.ts'
import { chatSection, customerLine } from './chat-block.ts'
import { chatRow } from './chat-row.ts'
import type { ChatPage, HomeFacts, OutsiderFacts, Overview } from './home-facts.ts'
import { adminBlocks, overviewBlocks } from './home-overview.ts'
import { context, header, section } from './message.ts'
import { offerAnswers } from './offer.ts'
import { severalAction } from './several.ts'
import { undoSection } from './undo.ts'

/** Rows of a page, in each of the two lists. */
export const PAGE = 10
/** Offers beyond these are only counted here; each has a private message of its own. */
export const MOST_OFFERS = 4
/** Chats that were left behind, and groups' chats, beyond these are only counted. */
export const MOST_LEFT = 3
export const MOST_OF_GROUPS = 3

/** `claimNextClicked` takes it for every account; no account can be called so. */
export const ANY_ACCOUNT = '*'

/** One person's Home tab, most urgent first. It has fewer than Slack's 100 blocks, however much there is. */
export const homeView = (facts: HomeFacts | OutsiderFacts): types.HomeView => {
  if (facts.kind === 'outsider') return view(firstLook, [section(outsiderText(facts.admins))])
  const { leads, look, overview, away, notLinked, notFound, admins } = facts
  const queue = [
    ...waitingBlocks(facts),
    ...(overview === null ? [] : [...leftBlocks(overview), ...groupBlocks(overview)]),
  ]
  return view(look, [
    controls(facts),
    ...undoBlocks(facts),
    ...(away === null ? [] : [section(youAreAwayText(away))]),
    ...(notLinked.length === 0 ? [] : [section(notLinkedText(listed(notLinked, 'or')))]),
    ...(notFound.length === 0 ? [] : [section(notLookedForText(notFound, admins))]),
    ...offerBlocks(facts),
    ...mineBlocks(facts),
    ...(overview === null
      ? []
      : leads
        ? [...overviewBlocks(overview), ...queue, ...adminBlocks(overview)]
        : [...queue, ...overviewBlocks(overview)]),
  ])
}

const view = (look: HomeLook, blocks: types.KnownBlock[]): types.HomeView => ({
  type: 'home',
  callback_id: callbackIds.home,
  private_metadata: encodeLook(look),
  blocks,
})

/** Whether there is anything that Claim Next takes. */
const hasNext = ({ waiting, overview }: HomeFacts): boolean =>
  waiting.count > 0 || (overview?.left.count ?? 0) > 0

/** A new id with every look: Slack may show a stale choice when an update reuses one. */
const controls = (facts: HomeFacts): types.ActionsBlock => {
  const { look, names } = facts
  const waits = WAITS.map((waitsMinutes) => ({ text: waitsLabel(waitsMinutes), shows: { waitsMinutes } }))
  return {
    type: 'actions',
    block_id: `home.${encodeLook(look)}`,
    elements: [
      ...(hasNext(facts) ? [claimNext(look)] : []),
      select(look, actionIds.homeShow, [
        { text: 'Everything', shows: { show: 'everything' } },
        { text: 'Only my chats', shows: { show: 'mine' } },
      ]),
      ...(names.length < 2
        ? []
        : [
            select(look, actionIds.homeAccount, [
              { text: 'All accounts', shows: { account: null } },
              ...names.slice(0, 99).map(({ account, name }) => ({ text: name, shows: { account } })),
            ]),
          ]),
      ...(look.show === 'mine' ? [] : [select(look, actionIds.homeWaits, waits)]),
    ],
  }
}

const claimNext = ({ account }: HomeLook): types.Button => ({
  type: 'button',
  action_id: actionIds.claimNext,
  text: plain('Claim Next', 75),
  value: account ?? ANY_ACCOUNT,
  style: 'primary',
})

/** Another choice leads to the first pages. */
const select = (
  look: HomeLook,
  actionId: string,
  choices: readonly { readonly text: string; readonly shows: Partial<HomeLook> }[],
): types.StaticSelect => {
  const options = choices.map(({ text, shows }) => ({
    text: plain(text, 75),
    value: encodeLook({ ...look, mine: firstLook.mine, waiting: firstLook.waiting, ...shows }),
  }))
  const present = choices.findIndex(({ shows }) =>
    Object.entries(shows).every(([name, value]) =>
      Object.entries(look).some(([n, v]) => n === name && v === value),
    ),
  )
  const initial = options[present]
  return {
    type: 'static_select',
    action_id: actionId,
    options,
    ...(initial === undefined ? {} : { initial_option: initial }),
  }
}

const undoBlocks = ({ undoable }: HomeFacts): types.KnownBlock[] =>
  undoable === null
    ? []
    : [undoSection(undoableText(undoable.kind, undoable.chat, undoable.until), [undoable.event])]

const offerBlocks = ({ offers: { chats, count } }: HomeFacts): types.KnownBlock[] => [
  ...(count === 0 ? [] : [header(`Offered to you: ${counted(count)}`)]),
  ...chats.flatMap((facts) =>
    facts.offer === null
      ? []
      : [
          chatSection(facts, `${customerLine(facts)}\n${offeredText(facts.offer)}`),
          offerAnswers(facts, facts.offer.event, { primary: false }),
        ],
  ),
  ...(count > chats.length ? [context(moreOffersText(count - chats.length))] : []),
]

const mineBlocks = (facts: HomeFacts): types.KnownBlock[] => {
  const { look, mine } = facts
  if (mine.count === 0) {
    const teaches = hasNext(facts) ? homeText.noChats : homeText.noChatsNothingWaiting
    return [header('Your chats'), section(teaches)]
  }
  const urgent = mine.chats.filter(({ unansweredSince }) => unansweredSince !== null)
  const others = mine.chats.filter(({ unansweredSince }) => unansweredSince === null)
  const rest =
    mine.count > mine.unanswered && mine.count <= MOST_COUNTED ? mine.count - mine.unanswered : null
  return [
    ...(urgent.length === 0 ? [] : [header(`Waiting for your answer: ${counted(mine.unanswered)}`)]),
    ...urgent.flatMap((chat) => chatRow(chat, 'mine')),
    ...(others.length === 0
      ? []
      : [
          header(
            `${mine.unanswered === 0 ? 'Your chats' : 'Your other chats'}${rest === null ? '' : `: ${rest}`}`,
          ),
        ]),
    ...others.flatMap((chat) => chatRow(chat, 'mine')),
    ...pager(look, 'mine', mine),
    ...(mine.count < 2 ? [] : [severalAction()]),
  ]
}

const waitingBlocks = ({ look, waiting }: HomeFacts): types.KnownBlock[] => {
  if (waiting.count === 0) {
    const teaches = look.waitsMinutes === 0 ? homeText.noneWaiting : homeText.noneWaitingSoLong
    return [header('Waiting'), section(teaches)]
  }
  return [
    header(`Waiting: ${counted(waiting.count)}`),
    ...waiting.chats.flatMap((chat) => chatRow(chat, 'any')),
    ...pager(look, 'waiting', waiting),
  ]
}

const leftBlocks = ({ left: { chats, count } }: Overview): types.KnownBlock[] => [
  ...(count === 0 ? [] : [header(`${leftBehindTitle}: ${counted(count)}`)]),
  ...chats.flatMap((chat) => chatRow(chat, 'any')),
  ...(count > chats.length ? [context(moreLeftText(count - chats.length))] : []),
]

const groupBlocks = ({ ofGroups: { chats, count } }: Overview): types.KnownBlock[] => [
  ...(count === 0 ? [] : [header(`With a group: ${counted(count)}`)]),
  ...chats.flatMap((chat) => chatRow(chat, 'any')),
  ...(count > chats.length ? [context(moreOfGroupsText(count - chats.length))] : []),
]

/** Nothing where one page shows all. */
const pager = (look: HomeLook, list: 'mine' | 'waiting', { chats, count }: ChatPage): types.KnownBlock[] => {
  if (count <= PAGE) return []
  const page = look[list]
  const from = page * PAGE
  const turn = (actionId: string, text: string, to: number): types.Button => ({
    type: 'button',
    action_id: actionId,
    text: plain(text, 75),
    value: encodeLook({ ...look, [list]: to }),
  })
  const hasMore = count > from + PAGE
  const isLast = page === MOST_PAGES - 1
  return [
    context(pageText(from + 1, from + chats.length, count)),
    {
      type: 'actions',
      block_id: `${list}.${encodeLook(look)}`,
      elements: [
        ...(page === 0 ? [] : [turn(actionIds.homePrevious, 'Previous', page - 1)]),
        ...(hasMore && !isLast ? [turn(actionIds.homeNext, 'Next', page + 1)] : []),
      ],
    },
    ...(hasMore && isLast ? [context(homeText.more)] : []),
  ]
}
