import type { Offer } from '../routing/chat.ts'
import type { Instant, SlackUserId } from '../routing/ids.ts'
import { foreign, mention, mentionChannel, slackAge, slackDate } from './mrkdwn.ts'
import {
  anAdmin,
  awayText,
  freedText,
  listed,
  pendingText,
  person,
  stateText,
  unansweredText,
  windowWarningText,
} from './text.ts'
import { absenceText, absentText } from './text-absence.ts'
import { offerText } from './text-offer.ts'
import { problemText } from './text-problems.ts'
import type { ChatFacts } from './views/chat-facts.ts'
import type { AccountFacts, Overview, SetupFacts, Team, TeamMember } from './views/home-facts.ts'

/** What the Home tab says. */
export const homeText = {
  noChats: 'You have no chats. Claim one below, or press Claim Next for the most urgent one.',
  noChatsNothingWaiting: 'You have no chats. What you claim or are handed shows here.',
  noneWaiting: 'No chat is waiting. New ones show up here and in the channel as they arrive.',
  noneWaitingSoLong: 'No chat has waited that long. Choose another time above to see more.',
  more: 'There are more than these pages show. A command with a name or number finds any, such as `/claim Ivan`.',
  nobodyHasChats: 'Nobody has a chat right now.',
  allWork: 'Every account works.',
  setUp: 'What is left to set up. Each line ticks itself off.',
} as const

/** Title of the modal that answers what was done in the Home tab. */
export const answerTitle = 'Baton'

/** More accounts than that are only counted. */
const MOST_NAMED = 6

/** So many are counted; more are "1,000+". */
export const MOST_COUNTED = 1_000

export const counted = (count: number): string =>
  count > MOST_COUNTED ? `${MOST_COUNTED.toLocaleString('en')}+` : count.toLocaleString('en')

/** Where a chat stands in a list for one person. */
export const rowText = (facts: ChatFacts, whose: 'mine' | 'any'): string => {
  const { waitingSince, ownerSince, state, unansweredSince, problem, provider } = facts
  const stands =
    state === 'waiting' && waitingSince !== null
      ? `Waiting since ${slackAge(waitingSince)}.${freedText(facts)}`
      : whose === 'mine' && ownerSince !== null
        ? `Yours since ${slackAge(ownerSince)}.`
        : stateText(facts)
  const waits =
    state === 'owned' && unansweredSince !== null
      ? `The customer waits for an answer since ${slackAge(unansweredSince)}.`
      : null
  const trouble = problem === null ? null : problemText(problem, provider)
  const lines = [
    absenceText(facts),
    offerText(facts),
    unansweredText(facts),
    windowWarningText(facts),
    pendingText(facts),
  ]
  return [waits, stands, ...lines, trouble].filter((line) => line !== null).join(' ')
}

/** To whoever is asked to take a chat. */
export const offeredText = ({ by, at }: Pick<Offer, 'by' | 'at'>): string =>
  `${mention(by)} asks whether you take this chat, since ${slackAge(at)}. It stays where it is unless you accept.`

/** `11–20 of 128` */
export const pageText = (from: number, to: number, count: number): string =>
  `${from}–${to} of ${counted(count)}`

export const waitsLabel = (minutes: number): string => {
  if (minutes === 0) return 'Any waiting time'
  if (minutes < 60) return `Waiting ${minutes} minutes or more`
  const hours = minutes / 60
  return `Waiting ${hours} ${hours === 1 ? 'hour' : 'hours'} or more`
}

const barWidth = 20

/** One person's chats as a bar, as long as they are many beside the `most` that anybody has. */
export const memberText = (member: TeamMember, most: number): string => {
  const { who, at, absence, away, chats, unanswered, unansweredSince } = member
  const bar = '▇'.repeat(Math.max(1, Math.round(chats / Math.max(1, most / barWidth))))
  const name = at === null ? person(who) : `${person(who)} at ${at}`
  const waits =
    unansweredSince === null
      ? ''
      : ` · ${unanswered.toLocaleString('en')} to answer, the longest-waiting since ${slackAge(unansweredSince)}`
  const state = absence === null ? away && awayText(away) : absentText(absence.kind, absence.provider)
  const gone = state === null ? '' : ` · ${state}`
  return `${bar} ${chats.toLocaleString('en')} · ${name}${gone}${waits}`
}

export const othersText = ({ people, chats }: { readonly people: number; readonly chats: number }): string =>
  `And ${people} more with ${chats.toLocaleString('en')} chats between them.`

/** Of those who are away and whose chats are not shown. */
export const teamAwayText = ({ people, count }: Team['away']): string => {
  const named = people.map(({ user, until }) =>
    until === null ? mention(user) : `${mention(user)} until ${slackDate(until)}`,
  )
  const more = count - people.length
  return `Away: ${listed(more === 0 ? named : [...named, `${more.toLocaleString('en')} more`])}.`
}

const longest = (at: Instant | null): string => (at === null ? '' : `, the longest since ${slackAge(at)}`)

export const accountText = ({ name, channel, waiting, longestSince, held }: AccountFacts): string =>
  `*${foreign(name)}* in ${mentionChannel(channel)} · ${counted(waiting)} waiting${longest(longestSince)} · ${held.toLocaleString('en')} with somebody`

export const moreText = (more: number): string => `And ${more} more.`

/** Below the first of the offers to the reader. */
export const moreOffersText = (more: number): string =>
  `And ${counted(more)} more. Baton has sent you a message about each, where you can answer; they also move up here as you do.`

/** Below the first of the chats that groups have. */
export const moreOfGroupsText = (more: number): string =>
  `And ${counted(more)} more. \`/claim\` and a name or number takes one of them.`

/** To somebody who is not linked in any account, or not in these. */
export const notLinkedText = (providers: string): string =>
  `You are not linked to a user of ${providers} yet. Claim a chat, and Baton finds your user there by your e-mail address; or send \`/baton link\`.`

/** To somebody whom Baton cannot find there. @param admins null for whoever may link people themselves */
export const notLookedForText = (
  providers: readonly string[],
  admins: readonly SlackUserId[] | null,
): string => {
  const tells =
    providers.length === 1 ? 'does not tell Baton who its users are' : 'do not tell Baton who their users are'
  const next =
    admins === null
      ? 'Send `/baton link`, your own name with @, and the id that you have there.'
      : `Ask ${anAdmin(admins)} to link you, with the id that you have there.`
  return `You are not linked to a user of ${listed(providers, 'or')} yet. ${listed(providers)} ${tells}. ${next}`
}

/** When accounts were last read. Slack reckons the ages; a tab that nothing changes is not drawn anew for them. */
export const asOfText = (accounts: Overview['asOf']): string => {
  const read = accounts.flatMap(({ name, at }) => (at === null ? [] : [`${foreign(name)} ${slackAge(at)}`]))
  const unread = accounts.filter(({ at }) => at === null).map(({ name }) => foreign(name))
  const sentences = [
    ...(read.length === 0 ? [] : [`As of: ${firstOf(read)}.`]),
    ...(unread.length === 0
      ? []
      : [
          `${firstOf(unread)} ${unread.length === 1 ? 'has' : 'have'} not been read since Baton was started.`,
        ]),
  ]
  return `${sentences.join(' ')} Baton goes on looking, and this tab follows when something changes.`
}

const firstOf = (names: readonly string[]): string => {
  const shown = names.slice(0, MOST_NAMED)
  const more = names.length - shown.length
  return listed(more === 0 ? shown : [...shown, `${more} more`])
}

/** Of accounts that do not tell which chats there are. */
export const onlyToldText = (names: readonly string[]): string => {
  const all = firstOf(names.map((name) => foreign(name)))
  const doNot = names.length === 1 ? 'does not' : 'do not'
  return `${all} ${doNot} say what is new there: chats show as Baton was told of them, and as they were decided here.`
}

/** The steps of setting up an account, with what is left to do for each. */
export const setupText = (facts: SetupFacts): string => {
  const { name, channel, hasCard, told } = facts
  const where = mentionChannel(channel)
  const steps = [
    tokenStep(facts),
    hasCard
      ? step(true, `Cards are posted in ${where}`)
      : step(
          false,
          `No card in ${where} yet: invite Baton there with \`/invite @Baton\`, and wait for a first chat`,
        ),
    linkStep(facts),
    ...(told === null
      ? []
      : [
          told
            ? step(true, 'Its webhook has told of something within a week')
            : step(false, 'Its webhook has told nothing yet: enter the address that the README gives'),
        ]),
  ]
  return [`*${foreign(name)}*`, ...steps].join('\n')
}

const tokenStep = ({ name, isRead, tokenWorks }: SetupFacts): string => {
  const done = isRead ? `Baton can read ${foreign(name)}` : `${foreign(name)} takes Baton's token`
  const toDo = isRead
    ? `Baton has not read ${foreign(name)} yet`
    : `${foreign(name)} has not taken Baton's token yet`
  return tokenWorks ? step(true, done) : step(false, `${toDo}: check the account's token in Baton's settings`)
}

const linkStep = ({ account, name, listsUsers, linked, staff }: SetupFacts): string => {
  const command = `\`/baton link\`, the person with @, their id in ${foreign(name)}, and \`${account}\``
  if (linked === 0)
    return step(
      false,
      listsUsers
        ? 'Nobody is linked yet: `/baton link` connects you with your user by e-mail address'
        : `Nobody is linked yet: for each person, send ${command}`,
    )
  return step(
    true,
    listsUsers
      ? `${linked} of ${Math.max(linked, staff)} people are linked; others are once they act`
      : `${linked === 1 ? '1 person is' : `${linked} people are`} linked; to link others, send ${command}`,
  )
}

/** Said by a word too: a tick alone says nothing to a screen reader. */
const step = (done: boolean, text: string): string => (done ? `✓ Done: ${text}.` : `◻ To do: ${text}.`)
