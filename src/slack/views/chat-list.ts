import type { types } from '@slack/bolt'
import { maskNumbersIn } from '../../routing/phone.ts'
import { actionIds } from '../ids.ts'
import { encodeList, type ListLook, MOST_LIST_PAGES } from '../list-look.ts'
import { foreign, mrkdwn, plain } from '../mrkdwn.ts'
import { stateText } from '../text.ts'
import { foundTitle, listText, listTitle, nothingFoundText, shownText } from '../text-lists.ts'
import { customerLine } from './chat-block.ts'
import type { ChatFacts } from './chat-facts.ts'
import { chatRow } from './chat-row.ts'
import { context, fallback, type MessageView, section } from './message.ts'
import { severalAction } from './several.ts'

/** Rows of a page: two blocks each, and a message has 50. */
export const LIST_PAGE = 10
/** Of each of the two lists that `/chats` alone shows. */
export const START_ROWS = 5

/** One page of a list. */
export interface ListPart {
  readonly look: Exclude<ListLook, { readonly list: 'start' }>
  readonly chats: readonly ChatFacts[]
  /** Of all pages; null where nobody has counted. */
  readonly count: number | null
  readonly hasNext: boolean
}

export interface ChatListFacts {
  readonly look: ListLook
  readonly parts: readonly ListPart[]
  /** Sentences about what the list does not show: chats that were left behind, accounts that could not be read. */
  readonly notes: readonly string[]
}

/** A private list of chats, each with the buttons that fit its state; what can be done with the list comes last. */
export const chatListMessage = ({ look, parts, notes }: ChatListFacts): MessageView => {
  const isStart = look.list === 'start'
  const [only] = parts
  const pages = isStart || only === undefined ? [] : pageLines(only)
  return {
    text: fallback(
      ...parts.flatMap((part) => [title(part), ...part.chats.map((facts) => line(facts))]),
      ...notes,
      ...pages,
    ),
    blocks: [
      ...parts.flatMap((part) => [section(title(part)), ...rows(part)]),
      ...[...notes.slice(0, 3), ...pages, ...(isStart ? [listText.hint] : [])].map(context),
      ...(hidesNumber(look) ? [] : [actions(look, parts)]),
      ...(look.list === 'mine' && (only?.count ?? 0) > 1 ? [severalAction()] : []),
    ],
  }
}

/** Buttons carry what was searched for, and no hidden field may hold a whole number: that finds a chat or two anyway. */
const hidesNumber = (look: ListLook): boolean =>
  look.list === 'find' && maskNumbersIn(look.text) !== look.text

const actions = (look: ListLook, parts: readonly ListPart[]): types.ActionsBlock => ({
  type: 'actions',
  block_id: `chats.${look.list}.${look.page}`,
  elements: [
    ...(look.list === 'start' ? parts.flatMap(showAll) : parts.flatMap(turns)),
    turn(actionIds.listAgain, 'Refresh', look),
  ],
})

/**
 * Of all rows; their buttons and what stands around them is less than 6,000 more. How much text Slack takes in a message
 * is not documented: 13,200 characters, as people have measured (slackapi/bolt-js#2509).
 */
const MOST_TEXT = 7_000

/** Where names are so long that not all of it fits, each says only what the customer is called. */
const rows = ({ look, chats }: ListPart): types.KnownBlock[] => {
  const full = chats.map((facts) => chatRow(facts, look.list === 'mine' ? 'mine' : 'any'))
  const texts = full.flat().map((block) => (block.type === 'section' ? (block.text?.text.length ?? 0) : 0))
  if (texts.reduce((total, length) => total + length, 0) <= MOST_TEXT) return full.flat()
  return chats.flatMap((facts, index) =>
    (full[index] ?? []).map((block) =>
      block.type === 'section' ? { ...block, text: mrkdwn(`*${foreign(facts.customer)}*`) } : block,
    ),
  )
}

const line = (facts: ChatFacts): string => `${customerLine(facts)} · ${stateText(facts)}`

const title = ({ look, chats, count }: ListPart): string => {
  if (chats.length === 0 && look.page > 0) return listText.pageGone
  switch (look.list) {
    case 'mine':
      return count === 0 ? listText.noneMine : listTitle('mine', count ?? chats.length)
    case 'waiting':
      return count === 0 ? listText.noneWaiting : listTitle('waiting', count ?? chats.length)
    case 'all':
      return count === 0 ? listText.noneAll : listTitle('all', count ?? chats.length)
    case 'find':
      return chats.length === 0 ? nothingFoundText(look.text) : foundTitle(look.text)
    default:
      return look satisfies never
  }
}

/** Where in the list one is; nothing where one page shows all. */
const pageLines = ({ look, chats, count, hasNext }: ListPart): readonly string[] => {
  const from = look.page * LIST_PAGE
  const shown =
    chats.length === 0 || (look.page === 0 && !hasNext)
      ? []
      : [shownText(from + 1, from + chats.length, count)]
  return hasNext && look.page === MOST_LIST_PAGES - 1 ? [...shown, listText.rest] : shown
}

const turns = ({ look, hasNext }: ListPart): types.Button[] => [
  ...(look.page === 0 ? [] : [turn(actionIds.listPrevious, 'Previous', { ...look, page: look.page - 1 })]),
  ...(hasNext && look.page < MOST_LIST_PAGES - 1
    ? [turn(actionIds.listNext, 'Next', { ...look, page: look.page + 1 })]
    : []),
]

const showAll = ({ look, hasNext }: ListPart): types.Button[] => {
  if (!hasNext) return []
  return look.list === 'mine'
    ? [turn(actionIds.listMine, 'Show All Mine', look)]
    : [turn(actionIds.listWaiting, 'Show All Waiting', look)]
}

const turn = (actionId: string, label: string, to: ListLook): types.Button => ({
  type: 'button',
  action_id: actionId,
  text: plain(label, 75),
  value: encodeList(to),
})
