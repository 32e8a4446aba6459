import type { Absence } from '../routing/absence.ts'
import { foreign, mention } from './mrkdwn.ts'
import type { ChatFacts, PersonFacts } from './views/chat-facts.ts'

/** What Baton says of people who cannot work on chats: blocked or deleted at the provider, or deactivated in Slack. */

/** Above chats whose owners cannot work on them. */
export const leftBehindTitle = 'Left behind'

const areLeftBehind = (count: number, more = ''): string =>
  count === 1 ? `1${more} chat is left behind` : `${count.toLocaleString('en')}${more} chats are left behind`

/** Above the choice of a chat to claim. */
export const toClaimText = (waiting: number, left: number): string => {
  const wait = waiting === 1 ? '1 chat is waiting' : `${waiting} chats are waiting`
  if (left === 0) return wait
  return waiting === 0 ? areLeftBehind(left) : `${wait}, ${areLeftBehind(left)}`
}

/** Below the chats that wait. */
export const leftBehindText = (left: number): string =>
  `${areLeftBehind(left, ' more')} by people who cannot work on ${left === 1 ? 'it' : 'them'}: \`/claim\` lists ${left === 1 ? 'it' : 'them'} too.`

export const moreLeftText = (more: number): string =>
  `And ${more.toLocaleString('en')} more. \`/claim\` lists them.`

/** After a name. */
export const absentText = (absence: Absence, provider: string): string =>
  absence === 'slack' ? 'deactivated in Slack' : `blocked or deleted in ${provider}`

const named = (owner: PersonFacts | null): string => {
  if (owner === null) return 'Whoever has the chat'
  return owner.kind === 'slack' ? mention(owner.user) : foreign(owner.name)
}

/** On the card of a chat whose owner is absent; null of everybody else's. */
export const absenceText = ({
  owner,
  ownerAbsence,
  provider,
}: Pick<ChatFacts, 'owner' | 'ownerAbsence' | 'provider'>): string | null =>
  ownerAbsence === null
    ? null
    : `${named(owner)} is ${absentText(ownerAbsence, provider)}. Anybody can claim the chat.`

/** To a lead. `more`: there are chats beyond those that were counted. */
export const absenceNoticeText = (
  owner: PersonFacts | null,
  absence: Absence,
  { provider, chats, more }: { readonly provider: string; readonly chats: number; readonly more: boolean },
): string => {
  const count = more ? `more than ${chats} chats` : chats === 1 ? '1 chat' : `${chats} chats`
  return `${named(owner)} is ${absentText(absence, provider)}, and has ${count} there. Anybody can claim them: they are in the Home tab under “${leftBehindTitle}” and in \`/claim\`, and come with \`/claim next\`. You can also hand them off with \`/handoff\`.`
}

/** To somebody who wants to claim. */
export const blockedText = (provider: string, admin: string): string =>
  `Your user is blocked or deleted in ${provider}, so no chat can be yours. Ask ${admin} to have it unblocked there; then send \`/baton link\`, so that Baton looks again.`

/** To somebody who hands a chat off. */
export const receiverAbsentText = (absence: Absence, provider: string): string =>
  `Whoever should get the chat is ${absentText(absence, provider)}, so it stays where it is. Choose somebody else.`
