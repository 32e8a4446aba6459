import { expect, it } from 'vitest'
import { beginWrite, settleConfirmed } from '../../src/routing/assignment.ts'
import type { Chat } from '../../src/routing/chat.ts'
import { decide } from '../../src/routing/decide.ts'
import { decideUndo } from '../../src/routing/decide-undo.ts'
import { eventId, groupHolder, instant } from '../../src/routing/ids.ts'
import type { Actor, Intent } from '../../src/routing/intent.ts'
import { ANN, BO, CY, NOW, ownedChat, waitingChat } from '../fixtures/chats.ts'

const DECISION = eventId(7)
const UNDO = eventId(9)
const by: Actor = { ...ANN, role: 'agent' }
const at = (ms: number) => ({ now: instant(NOW + ms), absenceOf: () => null })

const claim: Intent = { kind: 'claim', by }
const release: Intent = { kind: 'release', by, reason: null, seen: null }
const handOff: Intent = {
  kind: 'hand-off',
  by,
  to: { kind: 'agent', ...BO },
  note: null,
  onReply: false,
  seen: null,
}

const decided = (chat: Chat, intent: Intent): Chat => {
  const decision = decide(chat, intent, { ...at(0), eventId: DECISION })
  if (decision.kind === 'refusal') throw new Error(decision.refusal.kind)
  return decision.chat
}
const undo = (chat: Chat, ms = 1_000) =>
  decideUndo(chat, { kind: 'undo', by, event: DECISION }, { ...at(ms), eventId: UNDO })
const undone = (chat: Chat): Chat => {
  const decision = undo(chat)
  if (decision.kind === 'refusal') throw new Error(decision.refusal.kind)
  expect(decision.facts).toEqual({ kind: 'undone', of: DECISION, to: decision.chat.owner })
  return decision.chat
}
const attempt = (chat: Chat) => ({ version: chat.version, lastInAt: null })
const sent = (chat: Chat): Chat => beginWrite(chat, attempt(chat)) ?? chat
const confirmed = (chat: Chat): Chat => {
  const settled = settleConfirmed(
    sent(chat),
    attempt(chat),
    { holder: chat.owner, how: 'confirmed' },
    { now: NOW, currentPoll: 1 },
  )
  if (settled === null) throw new Error('overtaken')
  return settled.chat
}

const group = groupHolder('sales')
const inQueue = waitingChat({ problem: { reason: 'timed-out', at: NOW } })
const cases: readonly (readonly [string, Chat, Intent])[] = [
  ['a claim of a waiting chat', inQueue, claim],
  ['a claim of an answered chat', waitingChat({ waitingSince: null }), claim],
  ['a claim of an unlisted chat', waitingChat({ status: 'unlisted', waitingSince: null }), claim],
  ["a claim of a group's chat", ownedChat(group), claim],
  ['a release', ownedChat(), release],
  ['a hand-off', ownedChat(), handOff],
]

it.each(cases)(
  '%s that the provider has not heard of leaves no trace but the version',
  (_what, chat, intent) => {
    expect(undone(decided(chat, intent))).toEqual({ ...chat, version: chat.version + 2 })
  },
)

it.each(cases)(
  '%s that the provider may have heard of is asked back on the basis of before',
  (_what, chat, intent) => {
    const back = undone(sent(decided(chat, intent)))
    const { owner, ownerSince, ownerVia, waitingSince, status, holder } = chat
    expect(back).toMatchObject({ owner, ownerSince, ownerVia, waitingSince, status, undo: null })
    const wanted = decided(chat, intent).owner
    expect(back.pending).toMatchObject({ wanted: owner, basis: holder, maybeWritten: [wanted], event: UNDO })
  },
)

it.each(cases)(
  '%s that the provider has confirmed is asked back from whom it gave the chat to',
  (_what, chat, intent) => {
    const there = confirmed(decided(chat, intent))
    const back = undone(there)
    const { owner, ownerSince, waitingSince, status } = chat
    expect(back).toMatchObject({ owner, ownerSince, waitingSince, status })
    expect(back.pending).toMatchObject({ wanted: owner, basis: there.holder, maybeWritten: [] })
  },
)

it('keeps the place in the queue by what the customer has written meanwhile', () => {
  const wroteAt = instant(NOW + 500)
  const claimed = decided(waitingChat({ waitingSince: null }), claim)
  const wrote = { ...claimed, messages: { ...claimed.messages, unanswered: [wroteAt] } }
  expect(undone(wrote)).toMatchObject({ owner: null, waitingSince: wroteAt })
})

it('cannot be undone itself, and neither can an older decision', () => {
  const chat = undone(decided(waitingChat(), claim))
  expect(undo(chat)).toMatchObject({ refusal: { kind: 'stale', owner: null } })
})

it('works for 30 s', () => {
  const chat = decided(waitingChat(), claim)
  expect(undo(chat, 30_000).kind).toBe('change')
  expect(undo(chat, 30_001)).toEqual({ kind: 'refusal', refusal: { kind: 'undo-late', deed: 'claimed' } })
})

it('sends a chat with an older decision on its way back to whom that decision meant', () => {
  const claimed = sent(decided(waitingChat(), claim))
  const handed = decide(claimed, handOff, { ...at(0), eventId: eventId(8) })
  if (handed.kind === 'refusal') throw new Error(handed.refusal.kind)
  const intent = { kind: 'undo', by, event: eventId(8) } as const
  const back = decideUndo(handed.chat, intent, { ...at(1_000), eventId: UNDO })
  expect(back).toMatchObject({
    chat: { owner: '100', pending: { wanted: '100', basis: null, maybeWritten: ['100'] } },
  })
})

it('is not there where the decision has overtaken one of which somebody else was still to hear', () => {
  const handed = decided(ownedChat(), handOff)
  const lead: Actor = { ...CY, role: 'lead' }
  const intent: Intent = { kind: 'release', by: lead, reason: null, seen: null }
  const released = decide(handed, intent, { ...at(0), eventId: eventId(8) })
  expect(released).toMatchObject({ kind: 'change', chat: { owner: null, undo: null } })
})
