import type { types } from '@slack/bolt'
import type { EventId, Instant, SlackUserId } from '../../routing/ids.ts'
import { actionIds, blockIds, callbackIds } from '../ids.ts'
import { plain, visibleLines } from '../mrkdwn.ts'
import { answeredText, askedText, askText, type OfferEnd } from '../text-offer.ts'
import { encodeOffer } from '../values.ts'
import { chatButtons, chatSection, customerLine } from './chat-block.ts'
import type { ChatFacts } from './chat-facts.ts'
import { fallback, type MessageView, quotation } from './message.ts'
import { label, lines } from './modal.ts'

const MOST_OF_NOTE = 1000

export interface Question {
  readonly offer: EventId
  readonly from: SlackUserId | null
  readonly note: string | null
  /** Until when it can be answered. */
  readonly until: Instant
  /** Null while it is open. */
  readonly end: OfferEnd | null
}

/** The private message to whoever is offered a chat; once that is over, it says how it ended instead of asking. */
export const offerMessage = (question: Question, facts: ChatFacts): MessageView => {
  const { end, from, offer } = question
  const sentence = end === null ? askText(question, facts) : askedText(from, end, facts)
  const accepted = end?.kind === 'accepted'
  const note = end === null || accepted ? shown(question.note) : null
  return {
    text: fallback(sentence, note === null ? null : 'A note is with it.'),
    blocks: [
      chatSection(facts, `${sentence}\n${customerLine(facts, accepted ? 'full' : 'masked')}`),
      ...(note === null ? [] : [quotation(note, MOST_OF_NOTE)]),
      ...(end === null
        ? [offerAnswers(facts, offer, { primary: true })]
        : accepted
          ? chatButtons(facts)
          : []),
    ],
  }
}

export const offerAnswers = (
  facts: ChatFacts,
  offer: EventId,
  { primary }: { readonly primary: boolean },
): types.ActionsBlock => {
  const value = encodeOffer({ chat: facts.id, offer })
  return {
    type: 'actions',
    block_id: `${facts.id}.offer.${offer}`,
    elements: [
      {
        type: 'button',
        action_id: actionIds.accept,
        text: plain('Accept', 75),
        ...(primary ? { style: 'primary' as const } : {}),
        value,
      },
      { type: 'button', action_id: actionIds.decline, text: plain('Decline', 75), value },
    ],
  }
}

/** The private message to whoever had made an offer: what has become of it. */
export const offerOverMessage = (to: SlackUserId, end: OfferEnd, facts: ChatFacts): MessageView => {
  const sentence = answeredText(to, end, facts)
  const reason = end.kind === 'declined' ? shown(end.reason) : null
  return {
    text: fallback(sentence, reason === null ? null : 'A reason is with it.'),
    blocks: [
      chatSection(facts, `${sentence}\n${customerLine(facts)}`),
      ...(reason === null ? [] : [quotation(reason, MOST_OF_NOTE)]),
      ...(isOffererToAct(end) ? chatButtons(facts) : []),
    ],
  }
}

const isOffererToAct = (end: OfferEnd): boolean => {
  switch (end.kind) {
    case 'declined':
    case 'ended':
      return true
    case 'accepted':
      return end.vain !== null
    case 'taken-back':
    case 'replaced':
    case 'closed':
    case 'moved-on':
      return false
    default:
      return end satisfies never
  }
}

/** Null for what nobody can see. */
const shown = (text: string | null): string | null =>
  text === null || visibleLines(text) === '' ? null : text

export const declineTitle = 'Decline a chat'

/** Why not, if the person wants to say. */
export const declineForm = (ref: Parameters<typeof encodeOffer>[0]): types.ModalView => ({
  type: 'modal',
  callback_id: callbackIds.declineForm,
  private_metadata: encodeOffer(ref),
  title: label(declineTitle),
  submit: label('Decline'),
  close: label('Cancel'),
  blocks: [
    lines({
      blockId: blockIds.reason,
      actionId: actionIds.reason,
      label: 'Reason',
      hint: 'Whoever asked gets it in a private message. Everybody can read it in the thread of the card, with phone numbers masked.',
    }),
  ],
})
