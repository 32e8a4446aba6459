import { describe, expect, it } from 'vitest'
import { noMessages } from '../../src/routing/chat.ts'
import { decide } from '../../src/routing/decide.ts'
import { eventId, groupHolder, instant, providerUserId } from '../../src/routing/ids.ts'
import type { Actor, Intent, Role } from '../../src/routing/intent.ts'
import { ANN, BO, CY, NOW, ownedChat, WAMM, waitingChat } from '../fixtures/chats.ts'

const context = { now: NOW, eventId: eventId(7), absenceOf: () => null }
const actor = (person: typeof ANN, role: Role = 'agent'): Actor => ({ ...person, role })
const claim = (by: Actor): Intent => ({ kind: 'claim', by })
const release = (by: Actor, seen: number | null = null): Intent => ({
  kind: 'release',
  by,
  reason: null,
  seen,
})
const handOff = (by: Actor, to = BO, seen: number | null = null): Intent => ({
  kind: 'hand-off',
  by,
  to: { kind: 'agent', ...to },
  note: 'knows the order',
  onReply: false,
  seen,
})
const refusal = (...args: Parameters<typeof decide>) => {
  const decision = decide(...args)
  return decision.kind === 'refusal' ? decision.refusal : decision
}
const changed = (...args: Parameters<typeof decide>) => {
  const decision = decide(...args)
  if (decision.kind === 'refusal') throw new Error(decision.refusal.kind)
  return decision
}

describe('absence', () => {
  const absent = (user: string, why: 'slack' | 'provider') => ({
    ...context,
    absenceOf: (asked: string) => (asked === user ? why : null),
  })

  it.each(['slack', 'provider'] as const)('lets anybody claim the chat of an owner: %s', (why) => {
    const chat = ownedChat()
    const { chat: claimed } = changed(chat, claim(actor(BO)), absent(ANN.providerUser, why))
    // Never steals: what the provider has is what the decision is based on.
    expect(claimed).toMatchObject({ owner: BO.providerUser, pending: { basis: ANN.providerUser } })
  })

  it('at the provider keeps from claiming, in Slack only from being given chats', () => {
    const blocked = absent(BO.providerUser, 'provider')
    expect(refusal(waitingChat(), claim(actor(BO)), blocked)).toEqual({ kind: 'blocked', account: WAMM })
    for (const why of ['slack', 'provider'] as const) {
      expect(refusal(ownedChat(), handOff(actor(ANN)), absent(BO.providerUser, why))).toEqual({
        kind: 'receiver-absent',
        absence: why,
        account: WAMM,
      })
    }
  })
})

describe('claim', () => {
  it('gives a waiting chat to the claimer, with the assignment pending', () => {
    const { chat, facts } = changed(waitingChat(), claim(actor(ANN)), context)
    expect(chat).toMatchObject({
      owner: '100',
      ownerSince: NOW,
      ownerVia: 'slack',
      waitingSince: null,
      version: 2,
    })
    expect(chat.pending).toEqual({
      wanted: '100',
      receiver: null,
      basis: null,
      basisSince: null,
      basisVia: 'provider',
      maybeWritten: [],
      by: ANN.slackUser,
      event: 7,
      delayed: null,
    })
    expect(facts).toEqual({ kind: 'claimed', to: '100' })
  })

  it('never takes a chat from somebody, not even for an admin', () => {
    for (const role of ['agent', 'lead', 'admin'] as const) {
      expect(refusal(ownedChat(BO.providerUser), claim(actor(ANN, role)), context)).toEqual({
        kind: 'held',
        owner: '101',
        since: NOW - 60_000,
      })
    }
  })

  it('says so when the claimer has it already', () => {
    expect(refusal(ownedChat(), claim(actor(ANN)), context)).toEqual({
      kind: 'already-yours',
      since: NOW - 60_000,
    })
  })

  it('needs a link, an open chat and a chat', () => {
    const stranger: Actor = { slackUser: ANN.slackUser, role: 'admin', providerUser: null }
    expect(refusal(waitingChat(), claim(stranger), context)).toEqual({ kind: 'not-linked', account: WAMM })
    expect(refusal(waitingChat({ status: 'closed' }), claim(actor(ANN)), context)).toEqual({ kind: 'closed' })
    expect(refusal(null, claim(actor(ANN)), context)).toEqual({ kind: 'chat-unknown' })
  })
})

describe('hand-off', () => {
  it('gives my chat to a colleague and remembers whom to tell', () => {
    const { chat, facts } = changed(ownedChat(), handOff(actor(ANN)), context)
    expect(chat).toMatchObject({ owner: '101', version: 2 })
    expect(chat.pending).toMatchObject({
      wanted: '101',
      receiver: BO.slackUser,
      noted: true,
      basis: '100',
      by: ANN.slackUser,
    })
    expect(facts).toMatchObject({ kind: 'handed-off', from: '100', to: '101', note: 'knows the order' })
  })

  it('notes a note and a wait for the customer only where there is one', () => {
    const intent = handOff(actor(ANN)) as Intent & { kind: 'hand-off' }
    const pendingOf = (more: Partial<typeof intent>) =>
      changed(ownedChat(), { ...intent, ...more }, context).chat.pending
    expect(pendingOf({ note: null })).not.toHaveProperty('noted')
    expect(pendingOf({})).not.toHaveProperty('onReply')
    expect(pendingOf({ onReply: true })).toMatchObject({ noted: true, onReply: true })
  })

  it('to a group tells nobody in person, and any of its members may claim the chat', () => {
    const group = groupHolder('sales')
    const to = { kind: 'agent' as const, slackUser: null, providerUser: group }
    const { chat } = changed(ownedChat(), { ...handOff(actor(ANN)), to } as Intent, context)
    expect(chat.pending?.receiver).toBeNull()
    expect(changed(ownedChat(group), claim(actor(BO)), context).chat.owner).toBe('101')
  })

  it('has a receiver whom nobody in Slack is linked to looked for later', () => {
    const intent = {
      ...handOff(actor(ANN)),
      to: { kind: 'agent' as const, slackUser: null, providerUser: BO.providerUser },
    }
    expect(changed(ownedChat(), intent as Intent, context).chat.pending?.receiver).toBe('not-linked')
  })

  it('is for the owner, for leads and for admins', () => {
    const chat = ownedChat(CY.providerUser)
    expect(refusal(chat, handOff(actor(ANN)), context)).toMatchObject({ kind: 'not-yours', owner: '102' })
    expect(changed(chat, handOff(actor(ANN, 'lead')), context).chat.owner).toBe('101')
    expect(changed(chat, handOff(actor(ANN, 'admin')), context).chat.owner).toBe('101')
  })

  it('is refused to a waiting chat, to the owner themselves and to somebody who is not linked', () => {
    expect(refusal(waitingChat(), handOff(actor(ANN)), context)).toEqual({ kind: 'waiting' })
    expect(refusal(ownedChat(), handOff(actor(ANN), ANN), context)).toEqual({
      kind: 'has-it-already',
      owner: '100',
    })
    const unlinked: Intent = {
      kind: 'hand-off',
      by: actor(ANN),
      to: { kind: 'not-linked', slackUser: BO.slackUser },
      note: null,
      onReply: false,
      seen: null,
    }
    expect(refusal(ownedChat(), unlinked, context)).toEqual({
      kind: 'receiver-not-linked',
      to: BO.slackUser,
      account: WAMM,
    })
  })
})

describe('release', () => {
  it('puts my chat back where the customer was in the queue: since their last message', () => {
    const { chat } = changed(ownedChat(), release(actor(ANN)), context)
    expect(chat).toMatchObject({
      owner: null,
      ownerSince: context.now,
      waitingSince: NOW - 600_000,
      version: 2,
    })
    expect(chat.pending).toMatchObject({ wanted: null, basis: '100' })
  })

  it('puts a chat back where its first unanswered message has its place, not its last', () => {
    const messages = { ...noMessages, unanswered: [instant(NOW - 900_000), instant(NOW - 600_000)] }
    const { chat } = changed(ownedChat(ANN.providerUser, { messages }), release(actor(ANN)), context)
    expect(chat.waitingSince).toBe(NOW - 900_000)
  })

  it('is refused of a chat that nobody has', () => {
    expect(refusal(waitingChat(), release(actor(ANN)), context)).toEqual({ kind: 'waiting' })
  })
})

describe('an old button or form', () => {
  it('is stale once the chat has changed hands, even if it came back to the same owner', () => {
    const chat = ownedChat(ANN.providerUser, { version: 5 })
    expect(refusal(chat, release(actor(ANN), 3), context)).toEqual({
      kind: 'stale',
      owner: '100',
      since: NOW - 60_000,
    })
    expect(refusal(chat, handOff(actor(ANN), BO, 3), context)).toMatchObject({ kind: 'stale' })
    expect(changed(chat, release(actor(ANN), 5), context).chat.owner).toBeNull()
  })
})

describe('a decision that overtakes another', () => {
  it('keeps the basis and what may have been written, so that our own write is not taken for a stranger', () => {
    const first = changed(waitingChat(), claim(actor(ANN)), context).chat
    const sent = {
      ...first,
      pending: first.pending && { ...first.pending, maybeWritten: [ANN.providerUser] },
    }
    const second = changed(sent, handOff(actor(ANN)), {
      ...context,
      now: instant(NOW + 5),
      eventId: eventId(8),
    }).chat
    expect(second.pending).toEqual({
      wanted: providerUserId('101'),
      receiver: BO.slackUser,
      noted: true,
      basis: null,
      basisSince: null,
      basisVia: 'provider',
      maybeWritten: ['100'],
      by: ANN.slackUser,
      event: 8,
      delayed: null,
    })
  })
})
