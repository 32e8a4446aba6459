import type { Told } from '../routing/assignment.ts'
import { foreign } from './mrkdwn.ts'
import { person } from './text.ts'
import { delayText, problemText } from './text-problems.ts'
import type { ChatFacts, PersonFacts } from './views/chat-facts.ts'

/** What Baton says in private messages about chats, long after the answer to a click. */

/** What the reader of a private message had decided. */
export type Deed = 'claim' | 'hand-off' | 'release' | 'acceptance' | 'undo'

/** What a private message is about, long after the answer to a click; made from an audit event. */
export type Notice =
  /** To the receiver of a hand-off. */
  | { readonly kind: 'handed-to-you'; readonly from: PersonFacts | null; readonly note: string | null }
  /** To the receiver of a hand-off that was a mistake. */
  | { readonly kind: 'handed-by-mistake'; readonly from: PersonFacts | null }
  /** To the person who decided, when they had been told to wait. */
  | { readonly kind: 'confirmed'; readonly wanted: PersonFacts | 'nobody' | 'you'; readonly how: Told }
  | { readonly kind: 'delayed'; readonly deed: Deed; readonly reason: string }
  | { readonly kind: 'overruled'; readonly deed: Deed; readonly holder: PersonFacts | 'nobody' }
  | { readonly kind: 'failed'; readonly deed: Deed; readonly reason: string }
  /** `by`: whoever decided or, when the chat was `closed`, nobody. */
  | {
      readonly kind: 'overtaken'
      readonly deed: Deed
      readonly since: Deed | 'closed'
      readonly by: PersonFacts | null
    }
  /** To whoever had the chat when it was closed. */
  | { readonly kind: 'wrote-again' }

const hasDone: Readonly<Record<Deed, string>> = {
  claim: 'has claimed it',
  'hand-off': 'has handed it off',
  release: 'has released it',
  acceptance: 'has accepted it',
  undo: 'has undone what they had decided',
}

export const noticeText = (
  notice: Notice,
  { customer, provider }: Pick<ChatFacts, 'customer' | 'provider'>,
): string => {
  const chat = `the chat with ${foreign(customer)}`
  const nowWith = (holder: PersonFacts | 'nobody' | 'you'): string =>
    holder === 'nobody'
      ? 'waits for somebody now'
      : holder === 'you'
        ? 'is yours now'
        : `is with ${person(holder)} now`
  switch (notice.kind) {
    case 'handed-to-you':
      return `${notice.from === null ? 'Somebody' : person(notice.from)} handed ${chat} to you. Answer the customer in ${provider}.`
    case 'handed-by-mistake': {
      const giver = notice.from === null ? 'Somebody' : person(notice.from)
      return `${giver} handed ${chat} to you by mistake and has taken it back. There is nothing left for you to do.`
    }
    case 'confirmed':
      return `${provider} has ${notice.how === 'confirmed' ? 'confirmed' : 'accepted the request'}: ${chat} ${nowWith(notice.wanted)}.`
    case 'delayed':
      return `Your ${notice.deed} of ${chat} is kept, but ${delayText(notice.reason, provider)}`
    case 'overruled':
      return notice.holder === 'nobody'
        ? `Your ${notice.deed} of ${chat} came too late: it was released in ${provider} first, and waits for somebody now. You can claim it.`
        : `Your ${notice.deed} of ${chat} came too late: it was taken in ${provider} by ${person(notice.holder)} first. Nothing was changed; if you need it, ask for a hand-off.`
    case 'failed':
      return `Your ${notice.deed} of ${chat} did not go through. ${problemText(notice.reason, provider)}`
    case 'overtaken':
      return notice.since === 'closed'
        ? `Your ${notice.deed} of ${chat} came too late: it was closed in ${provider}. It shows up again here when it is opened there.`
        : `Your ${notice.deed} of ${chat} is overtaken: ${notice.by === null ? 'somebody' : person(notice.by)} ${hasDone[notice.since]} since. There is nothing left for you to do.`
    case 'wrote-again':
      return `The customer of a chat that you had has written again: ${foreign(customer)}. The chat waits for somebody, and you can claim it.`
    default:
      return notice satisfies never
  }
}
