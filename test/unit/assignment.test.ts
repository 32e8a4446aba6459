import { describe, expect, it } from 'vitest'
import {
  beginWrite,
  planWrite,
  settleConfirmed,
  settleConflict,
  settleDelayed,
  settleFailed,
} from '../../src/routing/assignment.ts'
import { type Chat, noMessages, type PendingAssignment } from '../../src/routing/chat.ts'
import { decide } from '../../src/routing/decide.ts'
import { eventId, instant } from '../../src/routing/ids.ts'
import { ANN, BO, CY, NOW, waitingChat } from '../fixtures/chats.ts'

const pending: PendingAssignment = {
  wanted: ANN.providerUser,
  receiver: null,
  basis: null,
  basisSince: null,
  basisVia: 'provider',
  maybeWritten: [],
  by: ANN.slackUser,
  event: eventId(7),
  delayed: null,
}
const claimed = waitingChat({
  owner: ANN.providerUser,
  ownerSince: NOW,
  waitingSince: null,
  version: 2,
  pending,
})
/** Ann claimed, that attempt was sent, then she handed the chat to Bo. */
const overtaken = {
  ...claimed,
  owner: BO.providerUser,
  version: 3,
  pending: { ...pending, wanted: BO.providerUser, event: eventId(8), maybeWritten: [ANN.providerUser] },
}
const attempt = { version: 2, lastInAt: null }
const context = { now: instant(NOW + 100), currentPoll: 4 }

describe('what to do with the live holder', () => {
  it.each([
    ['whom we want', ANN.providerUser, 'confirm'],
    ['the holder on which the decision was based', null, 'write'],
    ['one that we may have written since', BO.providerUser, 'write'],
    ['anybody else', CY.providerUser, 'conflict'],
  ] as const)('%s', (_, live, plan) => {
    expect(planWrite({ ...pending, maybeWritten: [BO.providerUser] }, live)).toBe(plan)
  })
})

it('remembers before sending what the provider may hold afterwards', () => {
  expect(beginWrite(claimed, attempt)?.pending?.maybeWritten).toEqual([ANN.providerUser])
})

it('sends nothing for a decision that was overtaken', () => {
  expect(beginWrite(overtaken, attempt)).toBeNull()
})

it('confirms the decision whose attempt it was', () => {
  expect(settleConfirmed(claimed, attempt, { holder: ANN.providerUser, how: 'confirmed' }, context)).toEqual({
    chat: { ...claimed, holder: '100', pending: null, writtenInPoll: 4 },
    facts: { kind: 'confirmed', of: 7, holder: '100', late: false },
  })
})

it('never confirms a newer decision: what was written is merely its new basis', () => {
  const settled = settleConfirmed(overtaken, attempt, { holder: ANN.providerUser, how: 'confirmed' }, context)
  expect(settled?.facts).toBeNull()
  expect(settled?.chat).toMatchObject({ owner: '101', holder: '100', writtenInPoll: 4 })
  expect(settled?.chat.pending).toMatchObject({ wanted: '101', basis: '100', maybeWritten: [], event: 8 })
})

it('takes the provider at its word when somebody else holds the chat, and leaves a newer decision alone', () => {
  const settled = settleConflict(claimed, attempt, CY.providerUser, context)
  expect(settled?.chat).toMatchObject({
    owner: '102',
    holder: '102',
    ownerVia: 'provider',
    pending: null,
    version: 3,
  })
  expect(settled?.facts).toEqual({ kind: 'overruled', of: 7, wanted: '100', holder: '102' })
  expect(settleConflict(overtaken, attempt, CY.providerUser, context)).toBeNull()
})

it('goes back to the last known holder, since when they hold it, when the provider refuses', () => {
  const handedOff = {
    ...claimed,
    pending: {
      ...pending,
      wanted: BO.providerUser,
      basis: ANN.providerUser,
      basisSince: instant(NOW - 9),
      basisVia: 'slack' as const,
    },
  }
  const end = { reason: 'user-not-active', live: undefined, gone: false }
  expect(settleFailed(handedOff, attempt, end, context)?.chat).toMatchObject({
    owner: '100',
    ownerSince: NOW - 9,
    ownerVia: 'slack',
    holder: '100',
    pending: null,
    status: 'open',
    problem: { reason: 'user-not-active', at: NOW + 100 },
  })
})

it('lets the chat wait again when nobody held it, and closes one that the provider does not know', () => {
  const end = { reason: 'x', live: null, gone: false }
  expect(settleFailed(claimed, attempt, end, context)?.chat).toMatchObject({
    owner: null,
    // Nobody has freed it.
    ownerSince: null,
    waitingSince: NOW - 600_000,
  })
  expect(settleFailed(claimed, attempt, { ...end, gone: true }, context)?.chat).toMatchObject({
    owner: null,
    ownerSince: null,
    status: 'closed',
    waitingSince: null,
  })
})

it('leaves a chat open whose customer has written since the provider was asked, though it knew none then', () => {
  const messages = { ...noMessages, unanswered: [NOW], lastInAt: NOW }
  const end = { reason: 'chat-not-found', live: undefined, gone: true }
  expect(settleFailed({ ...claimed, messages }, attempt, end, context)?.chat).toMatchObject({
    status: 'open',
    owner: null,
    waitingSince: NOW,
  })
})

it('puts a chat that no list has shown into no queue when its claim comes to nothing, unless the customer has written', () => {
  const decision = decide(
    waitingChat({ status: 'unlisted', waitingSince: null }),
    { kind: 'claim', by: { ...ANN, role: 'agent' } },
    { now: NOW, eventId: eventId(7), absenceOf: () => null },
  )
  if (decision.kind !== 'change') throw new Error('it can be claimed')
  const tried = { ...attempt, version: decision.chat.version }
  const end = { reason: 'user-not-active', live: undefined, gone: false }
  const failed = settleFailed(decision.chat, tried, end, context)?.chat
  expect(failed).toMatchObject({ status: 'unlisted', owner: null, waitingSince: null, pending: null })
  const wrote = { ...decision.chat, messages: { ...decision.chat.messages, unanswered: [NOW] } }
  expect(settleFailed(wrote, tried, end, context)?.chat).toMatchObject({ status: 'open', waitingSince: NOW })
  const held = settleFailed(decision.chat, tried, { ...end, live: CY.providerUser }, context)?.chat
  expect(held).toMatchObject({ status: 'open', owner: CY.providerUser })
})

it('lists again what somebody has, when the undo of its claim comes to nothing, and nothing that nobody has', () => {
  const undone: Chat = {
    ...claimed,
    status: 'unlisted',
    owner: null,
    pending: { ...pending, wanted: null, basis: ANN.providerUser, unlisted: true },
  }
  const refused = { reason: 'user-not-active', live: undefined, gone: false }
  expect(settleFailed(undone, attempt, refused, context)?.chat).toMatchObject({
    status: 'open',
    owner: ANN.providerUser,
    holder: ANN.providerUser,
    waitingSince: null,
  })
  expect(settleFailed(undone, attempt, { ...refused, live: null }, context)?.chat).toMatchObject({
    status: 'unlisted',
    owner: null,
    waitingSince: null,
  })
  expect(settleConflict(undone, attempt, CY.providerUser, context)?.chat).toMatchObject({
    status: 'open',
    owner: CY.providerUser,
  })
})

it('says once that it takes longer', () => {
  const delayed = settleDelayed(claimed, attempt, 'timed-out')
  expect(delayed?.facts).toEqual({ kind: 'delayed', of: 7, reason: 'timed-out' })
  expect(delayed && settleDelayed(delayed.chat, attempt, 'timed-out')).toBeNull()
})
