import type { types } from '@slack/bolt'
import { actionIds } from '../ids.ts'
import { mrkdwn, plain } from '../mrkdwn.ts'
import { foreign } from '../text.ts'
import { encodeChatRef } from '../values.ts'
import type { ChatFacts } from './chat-facts.ts'

/** Who the customer is and where they write; the number in full only on demand, and never in a fallback. */
export const customerLine = (facts: ChatFacts, number: 'masked' | 'full' = 'masked'): string => {
  const { customer, maskedKey, fullKey, account, provider } = facts
  const key = number === 'full' && fullKey !== null ? fullKey : maskedKey
  // Without a name the number stands for the customer.
  const name = customer === maskedKey ? key : customer
  const details = [key === name ? null : key, account ?? provider].filter((part) => part !== null)
  return [`*${foreign(name)}*`, ...details.map((part) => foreign(part))].join(' · ')
}

/** Which buttons a message carries: those that fit the chat's state, at most one of them primary. */
export const chatButtons = (facts: ChatFacts): types.ActionsBlock[] => {
  const value = encodeChatRef({ chat: facts.id, version: facts.version })
  const button = (actionId: string, text: string): types.Button => ({
    type: 'button',
    action_id: actionId,
    text: plain(text, 75),
    value,
  })
  // No confirmation: a released chat can be claimed again, and nothing is lost meanwhile.
  const release = facts.releasable ? [button(actionIds.release, 'Release')] : []
  switch (facts.state) {
    case 'waiting':
      return [actions(facts, [{ ...button(actionIds.claim, 'Claim Chat'), style: 'primary' }])]
    case 'owned':
      return [actions(facts, [button(actionIds.handOff, 'Hand Off'), ...release])]
    case 'closed':
      return []
    default:
      return facts.state satisfies never
  }
}

const actions = (facts: ChatFacts, elements: types.Button[]): types.ActionsBlock => ({
  type: 'actions',
  block_id: chatBlockId(facts, 'actions'),
  elements,
})

/** New with every version: Slack may show stale controls when an update reuses a block_id. */
const chatBlockId = ({ id, version }: ChatFacts, part: string): string => `${id}.${version}.${part}`

export const chatSection = (facts: ChatFacts, text: string): types.SectionBlock => ({
  type: 'section',
  block_id: chatBlockId(facts, 'chat'),
  text: mrkdwn(text),
})
