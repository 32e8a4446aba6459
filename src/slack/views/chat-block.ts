import type { types } from '@slack/bolt'
import { actionIds } from '../ids.ts'
import { foreign, mrkdwn, plain } from '../mrkdwn.ts'
import { releaseMeaningText } from '../text.ts'
import { encodeChatRef, encodeMenuEntry, encodeOffer, type MenuEntry } from '../values.ts'
import type { ChatFacts } from './chat-facts.ts'

/** Who the customer is and where they write; the number in full only on demand, and never in a fallback. */
export const customerLine = (facts: ChatFacts, number: 'masked' | 'full' = 'masked'): string => {
  const { customer, maskedKey, fullKey, account, provider } = facts
  const key = number === 'full' && fullKey !== null ? fullKey : maskedKey
  // Without a name the number stands for the customer.
  const name = customer === maskedKey ? key : customer
  return [`*${foreign(name)}*`, ...details(name, key, account ?? provider).map((part) => foreign(part))].join(
    ' · ',
  )
}

/** What stands beside a customer's name. A number that is nothing but dots tells nobody anything. */
export const details = (name: string, key: string, where: string): readonly string[] =>
  key === name || /^•*$/.test(key) ? [where] : [key, where]

const button = (
  { id, version }: ChatFacts,
  actionId: string,
  text: string,
  value = encodeChatRef({ chat: id, version }),
): types.Button => ({
  type: 'button',
  action_id: actionId,
  text: plain(text, 75),
  value,
})

export const claimButton = (facts: ChatFacts): types.Button => button(facts, actionIds.claim, 'Claim Chat')

/** Which buttons a message carries: those that fit the chat's state, at most one of them primary. */
export const chatButtons = (
  facts: ChatFacts,
  { primary }: { readonly primary: boolean } = { primary: true },
): types.ActionsBlock[] => {
  const claim: types.Button = { ...claimButton(facts), ...(primary ? { style: 'primary' } : {}) }
  const giveAway = [
    button(facts, actionIds.handOff, 'Hand Off'),
    releaseButton(facts, button(facts, actionIds.release, 'Release')),
  ]
  switch (facts.state) {
    case 'waiting':
    case 'answered':
      return [actions(facts, [claim, menu(facts, ['history'])])]
    case 'unlisted':
      return [actions(facts, [claim, menu(facts, ['contact', 'number', 'history'])])]
    case 'owned': {
      const claimable = facts.owner?.kind === 'group' || facts.ownerAbsence !== null ? [claim] : []
      return [
        actions(facts, [
          ...claimable,
          ...takeBack(facts),
          ...giveAway,
          menu(facts, ['contact', 'number', 'history']),
        ]),
      ]
    }
    case 'closed':
      // A menu of one entry, and nothing beside it, would only hide it.
      return [
        actions(facts, [
          button(facts, actionIds.chatMenu, menuLabels.history, encodeMenuEntry('history', facts.id)),
        ]),
      ]
    default:
      return facts.state satisfies never
  }
}

/** For whoever may give the chat away, while somebody is asked. */
const takeBack = ({ id, offer }: ChatFacts): readonly types.Button[] =>
  offer === null
    ? []
    : [
        {
          type: 'button',
          action_id: actionIds.takeBack,
          text: plain('Take Back Offer', 75),
          value: encodeOffer({ chat: id, offer: offer.event }),
        },
      ]

/** Under the answer to whoever has made the offer. */
export const takeBackAlone = (facts: ChatFacts): readonly types.ActionsBlock[] =>
  facts.offer === null ? [] : [actions(facts, [...takeBack(facts)])]

/**
 * Without a question where the provider can unassign: the chat can be claimed again, and nothing is lost
 * meanwhile. Where it cannot, people are told before they press what a release means.
 */
const releaseButton = (facts: ChatFacts, button: types.Button): types.Button => {
  const meaning = releaseMeaningText(facts.release, facts.provider)
  if (meaning === null) return button
  const confirm: types.ConfirmationDialog = {
    title: plain('Release this chat?', 100),
    text: plain(meaning, 300),
    confirm: plain('Release', 30),
    deny: plain('Cancel', 30),
  }
  return { ...button, confirm }
}

/** What is seldom wanted. Contact and number of a waiting chat are for whoever has claimed it. */
const menu = ({ id, hasContact }: ChatFacts, entries: readonly MenuEntry[]): types.Overflow => ({
  type: 'overflow',
  action_id: actionIds.chatMenu,
  options: entries
    .filter((entry) => entry !== 'contact' || hasContact)
    .map((entry) => ({ text: plain(menuLabels[entry], 75), value: encodeMenuEntry(entry, id) })),
})

const menuLabels: Readonly<Record<MenuEntry, string>> = {
  contact: 'Contact',
  number: 'Show Number',
  history: 'History',
}

const actions = (facts: ChatFacts, elements: types.ActionsBlockElement[]): types.ActionsBlock => ({
  type: 'actions',
  block_id: chatBlockId(facts, 'actions'),
  elements,
})

/** New with every version and offer: Slack may show stale controls when an update reuses a block_id. */
const chatBlockId = ({ id, version, offer }: ChatFacts, part: string): string =>
  [id, version, ...(offer === null ? [] : [offer.event]), part].join('.')

export const chatSection = (facts: ChatFacts, text: string): types.SectionBlock => ({
  type: 'section',
  block_id: chatBlockId(facts, 'chat'),
  text: mrkdwn(text),
})
