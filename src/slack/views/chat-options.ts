import type { types } from '@slack/bolt'
import type { Instant } from '../../routing/ids.ts'
import { clamp, plain, visible } from '../mrkdwn.ts'
import { age } from '../text.ts'
import { encodeChatRef } from '../values.ts'
import { details } from './chat-block.ts'
import type { ChatFacts } from './chat-facts.ts'

// Slack's limits for the menus of forms.
export const MOST_OPTIONS = 100
const maxOptionLength = 75

/** Chats as options of a menu, in the order given. Menus show no Slack dates, so ages are counted from `now`. */
export const chatOptions = (chats: readonly ChatFacts[], now: Instant): types.PlainTextOption[] =>
  chats.slice(0, MOST_OPTIONS).map((facts) => {
    const { customer, maskedKey, account, provider, id, version } = facts
    const since = sinceWhen(facts, now)
    const name = clamp(visible(customer), maxOptionLength - since.length)
    return {
      text: plain(`${name}${since}`, maxOptionLength),
      description: plain(
        visible(details(customer, maskedKey, account ?? provider).join(' · ')),
        maxOptionLength,
      ),
      value: encodeChatRef({ chat: id, version }),
    }
  })

const sinceWhen = (facts: ChatFacts, now: Instant): string => {
  const { state, waitingSince, ownerSince, ownerAbsence, unansweredSince } = facts
  if (ownerAbsence !== null)
    return unansweredSince === null ? ' · left behind' : ` · left behind, waits ${age(unansweredSince, now)}`
  switch (state) {
    case 'waiting':
      return waitingSince === null ? '' : ` · waits ${age(waitingSince, now)}`
    case 'owned':
      return ownerSince === null ? '' : ` · taken ${age(ownerSince, now)} ago`
    case 'closed':
      return ' · closed'
    case 'answered':
    case 'unlisted':
      return ''
    default:
      return state satisfies never
  }
}
