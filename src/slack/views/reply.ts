import type { EventId } from '../../routing/ids.ts'
import type { Refusal } from '../../routing/intent.ts'
import { type Done, doneText, type RefusalContext, refusalText, stateText } from '../text.ts'
import { chatButtons, chatSection, customerLine, takeBackAlone } from './chat-block.ts'
import type { ChatFacts } from './chat-facts.ts'
import { context, fallback, type MessageView, section } from './message.ts'
import { undoSection } from './undo.ts'

/**
 * The private answer to what a person asked of a chat and got. `facts` are those after the change, `undo` is the event of
 * a decision that can be undone.
 */
export const doneReply = (done: Done, facts: ChatFacts, undo: EventId | null): MessageView => {
  const sentence = doneText(done, facts)
  return {
    text: fallback(sentence),
    blocks: [
      undo === null ? section(sentence) : undoSection(sentence, [undo]),
      ...(done.kind === 'claimed' ? [context(customerLine(facts, 'full')), ...chatButtons(facts)] : []),
      ...(done.kind === 'offered' ? takeBackAlone(facts) : []),
    ],
  }
}

/** The private answer to what was refused; `facts` is the chat as it is now, null when there is none. */
export const refusalReply = (
  refusal: Refusal,
  facts: ChatFacts | null,
  about: Omit<RefusalContext, 'customer' | 'owner'>,
): MessageView => {
  const sentence = refusalText(refusal, {
    ...about,
    customer: facts?.customer ?? null,
    owner: facts?.owner ?? null,
  })
  return {
    text: fallback(sentence),
    blocks: [section(sentence), ...(facts !== null && canGoOn(refusal) ? chatButtons(facts) : [])],
  }
}

/** Whether one of the chat's present buttons is what the person probably wants now. */
const canGoOn = (refusal: Refusal): boolean => {
  switch (refusal.kind) {
    case 'already-yours':
    case 'waiting':
    case 'stale':
    case 'receiver-not-linked':
    case 'receiver-absent':
    case 'receiver-outside':
    case 'has-it-already':
    case 'receiver-away':
    case 'offered-already':
    case 'undo-late':
      return true
    case 'offer-over':
      return refusal.owner === null
    case 'role':
    case 'not-known':
    case 'not-linked':
    case 'blocked':
    case 'held':
    case 'not-yours':
    case 'closed':
    case 'chat-unknown':
    case 'nothing-waiting':
    case 'not-asked':
    case 'not-your-decision':
      return false
    default:
      return refusal satisfies never
  }
}

const maxListed = 10

/** Several chats to choose from, each with the buttons that fit it. The rest is only counted. */
export const chatListReply = (sentence: string, chats: readonly ChatFacts[]): MessageView => {
  const listed = chats.slice(0, maxListed)
  const line = (facts: ChatFacts): string => `${customerLine(facts)} · ${stateText(facts)}`
  const more = chats.length > maxListed ? `And ${chats.length - maxListed} more.` : null
  return {
    text: fallback(sentence, ...listed.map(line), more),
    blocks: [
      section(sentence),
      ...listed.flatMap((facts) => [chatSection(facts, line(facts)), ...chatButtons(facts)]),
      ...(more === null ? [] : [context(more)]),
    ],
  }
}
