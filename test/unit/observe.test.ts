import { describe, expect, it } from 'vitest'
import type { PendingAssignment } from '../../src/routing/chat.ts'
import { chatId, eventId, instant } from '../../src/routing/ids.ts'
import { observeAbsent, observeClosed, observeListed, observeRead } from '../../src/routing/observe.ts'
import { ANN, BO, listed, NOW, ownedChat, WAMM, waitingChat } from '../fixtures/chats.ts'

const context = { account: WAMM, now: NOW, poll: 5 }
const id = chatId('new')
const told = { at: null, now: NOW, currentPoll: 5, canAsk: true }
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
    const closed = observeClosed(ownedChat(), told)
    if (closed === null) throw new Error('not closed')
    expect(observeListed(closed.chat, listed({ holder: ANN.providerUser }), id, context)).toBeNull()

    const newer = { ...context, poll: 6 }
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
    expect(observeListed(gone.chat, listed(), id, { ...context, poll: 7 })?.chat.status).toBe('open')
  })

  it('is closed while an assignment is pending, where only this once is told of it', () => {
    const chat = ownedChat(ANN.providerUser, { pending })
    expect(observeClosed(chat, told)).toBeNull()
    expect(observeClosed(chat, { ...told, canAsk: false })?.chat).toMatchObject({
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
    expect(observeListed(closed.chat, listed(), id, { ...context, poll: 6 })?.chat).toMatchObject({
      status: 'open',
      owner: null,
      waitingSince: NOW - 600_000,
      version: 3,
    })
  })
})
