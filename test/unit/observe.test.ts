import { describe, expect, it } from 'vitest'
import { noMessages, type PendingAssignment } from '../../src/routing/chat.ts'
import { chatId, eventId, instant } from '../../src/routing/ids.ts'
import { observeAbsent, observeClosed, observeListed, observeRead } from '../../src/routing/observe.ts'
import { ANN, BO, listed, NOW, ownedChat, WAMM, waitingChat } from '../fixtures/chats.ts'

/** Of a poll beside which no other one runs. */
const ofPoll = (poll: number) => ({
  account: WAMM,
  now: NOW,
  poll,
  currentPoll: poll,
  beganAt: instant(NOW - 1_000),
})
const context = ofPoll(5)
const id = chatId('new')
const pending: PendingAssignment = {
  wanted: ANN.providerUser,
  receiver: null,
  basis: null,
  basisSince: null,
  basisVia: 'provider',
  maybeWritten: [],
  by: ANN.slackUser,
  event: eventId(1),
  delayed: null,
}

describe('a chat in a poll', () => {
  it('arrives waiting since its last message, or owned', () => {
    const waiting = observeListed(null, listed(), id, context)
    expect(waiting?.chat).toMatchObject({ id, owner: null, waitingSince: NOW - 600_000, status: 'open' })
    expect(waiting?.facts).toEqual({ kind: 'arrived', holder: null })
    expect(observeListed(null, listed({ holder: BO.providerUser }), id, context)?.chat).toMatchObject({
      owner: '101',
      ownerSince: NOW,
      waitingSince: null,
    })
  })

  it('changes nothing when the store knew it all', () => {
    expect(observeListed(waitingChat(), listed(), id, context)).toBeNull()
    expect(observeListed(ownedChat(), listed({ holder: ANN.providerUser }), id, context)).toBeNull()
  })

  it('brings an owner changed at the provider, who is adopted', () => {
    const seen = observeListed(ownedChat(), listed({ holder: BO.providerUser }), id, context)
    expect(seen?.chat).toMatchObject({ owner: '101', holder: '101', ownerVia: 'provider', version: 2 })
    expect(seen?.facts).toEqual({ kind: 'adopted', from: '100', holder: '101' })
  })

  it.each([
    ['it began before our last write ended', ownedChat(ANN.providerUser, { writtenInPoll: 5 })],
    ['an assignment is pending', ownedChat(ANN.providerUser, { pending })],
  ])('says nothing about the owner when %s, but its messages count', (_, chat) => {
    expect(observeListed(chat, listed({ holder: BO.providerUser }), id, context)).toBeNull()
    expect(observeAbsent(chat, context)).toBeNull()
    const told = observeListed(
      chat,
      listed({ holder: BO.providerUser, lastMessageAt: instant(NOW - 1) }),
      id,
      context,
    )
    expect(told).toEqual({ chat: { ...chat, lastMessageAt: NOW - 1 }, facts: null })
  })

  it('says nothing about the owner when something newer has been told since it began', () => {
    const newer = ofPoll(6)
    const looked = observeRead(ownedChat(), listed({ holder: BO.providerUser }), id, newer)
    if (looked === null) throw new Error('not adopted')
    expect(observeListed(looked.chat, listed({ holder: ANN.providerUser }), id, context)).toBeNull()
    expect(observeAbsent(looked.chat, context)).toBeNull()

    const met = observeRead(null, listed({ holder: BO.providerUser }), id, newer)
    if (met === null) throw new Error('not met')
    expect(observeListed(met.chat, listed(), id, context)).toBeNull()
    const gone = observeRead(ownedChat(), listed({ open: false }), id, newer)
    if (gone === null) throw new Error('not closed')
    expect(observeListed(gone.chat, listed(), id, context)).toBeNull()
    expect(observeListed(gone.chat, listed(), id, ofPoll(7))?.chat.status).toBe('open')
  })

  it('is closed while an assignment is pending, where only this once is told of it', () => {
    const chat = ownedChat(ANN.providerUser, { pending })
    expect(observeClosed(chat, { at: null, now: NOW })?.chat).toMatchObject({
      status: 'closed',
      owner: null,
      pending: null,
      lastOwner: ANN.providerUser,
    })
  })

  it('reopens a closed chat, and an absent open one is closed', () => {
    const closed = observeAbsent(ownedChat(), context)
    expect(closed?.chat).toMatchObject({ status: 'closed', owner: null, waitingSince: null, version: 2 })
    if (closed === null) throw new Error('not closed')
    expect(observeAbsent(closed.chat, context)).toBeNull()
    expect(observeListed(closed.chat, listed(), id, ofPoll(6))?.chat).toMatchObject({
      status: 'open',
      owner: null,
      waitingSince: NOW - 600_000,
      version: 3,
    })
  })

  it('closes nothing when the customer has written since it began', () => {
    const chat = waitingChat({ messages: { ...noMessages, toldInPoll: 5 } })
    expect(observeAbsent(chat, context)).toBeNull()
    expect(observeAbsent(chat, ofPoll(6))?.facts).toEqual({ kind: 'closed' })
  })

  it('is the past where a later one has shown otherwise', () => {
    const later = ofPoll(6)
    const closed = observeAbsent(ownedChat(), later)?.chat ?? null
    expect(observeListed(closed, listed(), id, context)).toBeNull()
    const adopted = observeListed(waitingChat(), listed({ holder: BO.providerUser }), id, later)?.chat ?? null
    expect(observeListed(adopted, listed(), id, context)).toBeNull()
  })

  it('counts once of two polls that ran at the same time, whichever began later', () => {
    const first = { ...ofPoll(5), currentPoll: 6 }
    const closed = observeAbsent(ownedChat(), first)?.chat ?? null
    expect(closed?.status).toBe('closed')
    expect(observeListed(closed, listed(), id, ofPoll(6))).toBeNull()
    expect(observeListed(closed, listed(), id, ofPoll(7))?.facts).toMatchObject({ kind: 'reopened' })
    const adopted = observeListed(waitingChat(), listed({ holder: BO.providerUser }), id, first)?.chat ?? null
    expect(observeListed(adopted, listed(), id, ofPoll(6))).toBeNull()
    expect(observeListed(adopted, listed(), id, ofPoll(7))?.facts).toMatchObject({ kind: 'adopted' })
  })

  it('waits again when it was answered, and has a newer message that nobody has told', () => {
    const answered = waitingChat({ waitingSince: null })
    expect(observeListed(answered, listed(), id, context)).toBeNull()
    const seen = observeListed(answered, listed({ lastMessageAt: instant(NOW - 5) }), id, context)
    expect(seen?.chat.waitingSince).toBe(NOW - 5)
  })
})

it('a chat is closed by a provider that cannot be asked, whatever is pending, unless the customer wrote later', () => {
  const chat = ownedChat(ANN.providerUser, {
    pending,
    messages: { ...noMessages, unanswered: [instant(NOW - 9)], lastInAt: instant(NOW - 9) },
  })
  expect(observeClosed(chat, { at: instant(NOW - 10), now: NOW })).toBeNull()
  expect(observeClosed(chat, { at: instant(NOW - 8), now: NOW })?.chat).toMatchObject({
    status: 'closed',
    owner: null,
    pending: null,
    lastOwner: ANN.providerUser,
    messages: { unanswered: [], closedAt: NOW - 8 },
  })
})
