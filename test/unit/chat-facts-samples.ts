import { chatId, instant, slackUserId } from '../../src/routing/ids.ts'
import type { ChatFacts } from '../../src/slack/views/chat-facts.ts'

export const now = instant(Date.UTC(2026, 10, 20, 10, 42))
export const ann = slackUserId('U0ANN')
export const ben = slackUserId('U0BEN')
/** Nobody in Slack is linked to him. */
export const boris = 'Boris'

/** A waiting chat; tests say only what differs. */
export const facts: ChatFacts = {
  id: chatId('0b9d3c52-6a75-4c0e-9f3c-0d8c2f5a1e77'),
  version: 7,
  state: 'waiting',
  customer: 'Ivan Petrov',
  maskedKey: '+7 900 ••• •• 67',
  fullKey: null,
  account: null,
  provider: 'WAMM',
  waitingSince: instant(now - 14 * 60_000),
  unanswered: 0,
  unansweredSince: null,
  answerWindow: null,
  preview: null,
  ownerSince: null,
  owner: null,
  ownerAbsence: null,
  ownerVia: 'slack',
  offer: null,
  release: { kind: 'unassign' },
  witnessed: true,
  hasContact: true,
  wanted: null,
  delayed: null,
  problem: null,
}

/** Of the customer above. */
export const fullKey = '+79001234567'
export const owned: ChatFacts = {
  ...facts,
  state: 'owned',
  waitingSince: null,
  ownerSince: instant(now - 3 * 3_600_000),
  owner: { kind: 'slack', user: ann },
}
export const closed: ChatFacts = { ...owned, state: 'closed', owner: null }
/** Whoever has it is deactivated in Slack. */
export const leftBehind: ChatFacts = { ...owned, ownerAbsence: 'slack' }
export const pending: ChatFacts = { ...owned, wanted: { kind: 'slack', user: ann } }
export const delayed: ChatFacts = { ...pending, delayed: 'timed-out' }
export const takenInProvider: ChatFacts = {
  ...owned,
  owner: { kind: 'provider', name: boris },
  ownerVia: 'provider',
}
/** Three messages, and WhatsApp's time for answers nearly over. */
export const pressing: ChatFacts = {
  ...facts,
  unanswered: 3,
  unansweredSince: instant(now - 14 * 60_000),
  answerWindow: { endsAt: instant(now + 3_600_000), left: 'little' },
}
export const troubled: ChatFacts = { ...facts, problem: 'user-not-active' }
