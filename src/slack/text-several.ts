import type { Refusal } from '../routing/intent.ts'
import { foreign } from './mrkdwn.ts'
import { stateText } from './text.ts'
import type { ChatFacts } from './views/chat-facts.ts'

/** What Baton says about several chats at once. */

export const severalTitle = 'Several chats'

/** At most so many with one `/claim next`. */
export const MOST_CLAIMED = 10

/** What is done with all of them. */
export type SeveralDeed =
  | { readonly kind: 'release' }
  /** `to`: how whoever gets them is called. */
  | { readonly kind: 'hand-off'; readonly to: string }
  | { readonly kind: 'undo' }

export const severalButton = 'Release or Hand Off Several'

export const deedLabels: Readonly<Record<'release' | 'hand-off', string>> = {
  release: 'Release them: they wait for somebody else',
  'hand-off': 'Hand them off to one colleague',
}

export const severalHints = {
  placeholder: 'Longest idle first; type to search',
  receiver: 'Only to hand them off. Your colleague gets one message about all of them.',
  note: 'Goes with each chat: to your colleague in a private message, and into the threads of the cards, with phone numbers masked. The customers never see it.',
  chooseChats: 'Please choose at least one chat.',
  chooseDeed: 'Please choose what to do with them.',
  again:
    'You have asked for that already, and it is done once. The message about it says what worked and what did not.',
} as const

const chats = (count: number): string => (count === 1 ? '1 chat' : `${count.toLocaleString('en')} chats`)

/** In place of the form, or of a click on Undo. */
export const severalBegunText = (kind: SeveralDeed['kind'], count: number): string => {
  const does = {
    release: `Baton releases ${chats(count)} now.`,
    'hand-off': `Baton hands off ${chats(count)} now.`,
    undo: `Baton takes ${count === 1 ? 'that' : `all ${chats(count)}`} back now.`,
  }
  return `${does[kind]} You get a message when it is done, which says what worked and what did not.`
}

/** In the report: `done` of `asked` chats. */
export const severalDoneText = (deed: SeveralDeed, done: number, asked: number): string => {
  const some = done === asked ? chats(done) : `${done} of ${chats(asked)}`
  if (done === 0)
    return `Nothing was changed: ${asked === 1 ? 'it could not' : `none of the ${chats(asked)} could`} be ${participle[deed.kind]}.`
  const next = 'Baton tells the inbox now, and lets you know of each for which that does not work.'
  switch (deed.kind) {
    case 'release':
      return `You released ${some}. ${next}`
    case 'hand-off':
      return `You handed ${some} to ${deed.to}. ${next}`
    case 'undo':
      return `Undone for ${some}. ${next}`
    default:
      return deed satisfies never
  }
}

const participle: Readonly<Record<SeveralDeed['kind'], string>> = {
  release: 'released',
  'hand-off': 'handed off',
  undo: 'undone',
}

export const notDoneText = (count: number): string => `*Not for ${chats(count)}:*`

/** Why not, as the chat is now. */
export const whyNotOneText = (why: string, facts: ChatFacts): string => {
  const { provider } = facts
  const reasons: Partial<Readonly<Record<string, string>>> = {
    'has-it-already': 'They have it already.',
    'receiver-not-linked': `Your colleague is not linked to a ${provider} user.`,
    'receiver-absent': `Your colleague cannot work on chats of ${provider} now.`,
    'receiver-outside': 'Your colleague may not have chats.',
    'undo-late': 'The 30 seconds for that are over.',
  } satisfies Partial<Record<Refusal['kind'], string>>
  const reason = reasons[why]
  return reason === undefined ? stateText(facts) : `${reason} ${stateText(facts)}`
}

export const moreText = (count: number): string => `And ${count.toLocaleString('en')} more.`

/** To whoever got them. `from` is mentioned or `Somebody`. */
export const handedSeveralText = (from: string, count: number, providers: string): string =>
  `${from} handed ${chats(count)} to you. Answer the customers in ${foreign(providers)}. All of them are in your Home tab.`

export const mistakenSeveralText = (from: string, count: number): string =>
  `${from} handed ${chats(count)} to you by mistake and has taken ${count === 1 ? 'it' : 'them'} back. There is nothing left for you to do.`

/** `/claim next 3`; `asked` were asked for. */
export const claimedSeveralText = (claimed: number, asked: number): string => {
  const next = 'Baton tells the inbox now, and lets you know if that does not work.'
  return claimed === asked
    ? `You have ${chats(claimed)} more. ${next}`
    : `You have ${chats(claimed)} more, and asked for ${asked}. ${next}`
}

export const claimCountText = (asked: string): string =>
  `With \`/claim next\` and a number, 1 to ${MOST_CLAIMED} chats are taken at once, not ${foreign(asked)}. Nothing was changed: a customer should not wait for you behind many others.`
