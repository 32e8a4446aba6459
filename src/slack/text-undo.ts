import type { Undoable } from '../routing/chat.ts'
import type { Instant } from '../routing/ids.ts'
import type { Refusal } from '../routing/intent.ts'
import { foreign, slackSecond } from './mrkdwn.ts'
import type { ChatFacts } from './views/chat-facts.ts'

/** What Baton says about taking back what one has just decided. */

export const undoTitle = 'Undo'

/** `chat` as it is again; `owner` null for nobody. */
export const undoneText = (chat: Pick<ChatFacts, 'customer' | 'state'>, owner: string | null): string => {
  const what = `Undone: the chat with ${foreign(chat.customer)}`
  if (owner !== null) return `${what} is with ${owner} as before.`
  return chat.state === 'waiting'
    ? `${what} is waiting as before, in its old place.`
    : `${what} is with nobody as before.`
}

/** `chat`: `the chat with Ivan` */
export const whyNotUndoneText = (
  refusal: Extract<Refusal, { kind: 'not-your-decision' | 'undo-late' }>,
  chat: string,
): string => {
  if (refusal.kind === 'not-your-decision')
    return `Only whoever decided about ${chat} can undo that. Nothing was changed; if it was a mistake, tell them.`
  return `Undo works for 30 seconds, and they are over, so nothing was changed. ${instead[refusal.deed](chat)}`
}

const instead: Readonly<Record<Undoable['kind'], (chat: string) => string>> = {
  claimed: (chat) => `To give ${chat} away, release it or hand it off.`,
  released: (chat) => `To have ${chat} again, claim it.`,
  'handed-off': (chat) => `To have ${chat} again, ask whoever has it for a hand-off.`,
}

const did: Readonly<Record<Undoable['kind'], string>> = {
  claimed: 'You claimed',
  released: 'You released',
  'handed-off': 'You handed off',
}

/** The last thing that the reader did, while it can be undone. `until` has seconds. */
export const undoableText = (
  kind: Undoable['kind'],
  { customer }: Pick<ChatFacts, 'customer'>,
  until: Instant,
): string => `${did[kind]} the chat with ${foreign(customer)}. You can undo that until ${slackSecond(until)}.`
