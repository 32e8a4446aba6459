import { maskNumbersIn } from '../routing/phone.ts'
import { foreign } from './mrkdwn.ts'
import { counted, pageText } from './text-home.ts'

/** What the private lists say. */
export const listText = {
  hint: 'More: `/chats mine`, `/chats waiting` and `/chats all` list them page by page. `/chats find` with a name, a number, its last four digits or a word of a note finds any chat, closed ones too.',
  noneMine: 'You have no chats. `/claim next` takes the most urgent one.',
  noneWaiting: 'No chat is waiting right now. New ones show up in the channel as they arrive.',
  noneAll: 'No chat is open right now. New ones show up in the channel as they arrive.',
  rest: 'There are more. `/chats find` with a name or number finds any of them.',
  pageGone: 'Nothing is left on this page.',
  findUsage:
    'Send `/chats find` with a name, a number in any format, its last four digits or more, or words of a note. Closed chats are found too.',
} as const

const titles = { mine: 'Your chats', waiting: 'Waiting', all: 'Open chats' } as const

/** Above a list; `text` is what was searched for. */
export const listTitle = (list: keyof typeof titles, count: number): string =>
  `*${titles[list]}: ${counted(count)}*`

export const foundTitle = (text: string): string =>
  `*Chats that match “${foreign(maskNumbersIn(text))}”*, the most recently active first`

export const nothingFoundText = (text: string): string =>
  `No chat matches “${foreign(text)}”. Baton searched names, numbers and notes, in closed chats too. Try part of the name, or the last four digits of the number.`

/** `11–20 of 128`, or without the end where nobody has counted. */
export const shownText = (from: number, to: number, count: number | null): string =>
  count === null ? `${from}–${to}` : pageText(from, to, count)
