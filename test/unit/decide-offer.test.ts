import { describe, expect, it } from 'vitest'
import type { Chat, Offer } from '../../src/routing/chat.ts'
import { decide } from '../../src/routing/decide.ts'
import { decideOffer, endOffer } from '../../src/routing/decide-offer.ts'
import { eventId, groupHolder, instant } from '../../src/routing/ids.ts'
import type { Actor, OfferIntent, Role } from '../../src/routing/intent.ts'
import { closed, observeListed } from '../../src/routing/observe.ts'
import { ANN, BO, CY, listed, NOW, ownedChat, WAMM, waitingChat } from '../fixtures/chats.ts'

const context = { now: NOW, eventId: eventId(9), absenceOf: () => null }
const as = (person: typeof ANN, role: Role = 'agent'): Actor => ({ ...person, role })
const unlinked = (person: typeof ANN): Actor => ({ ...person, role: 'agent', providerUser: null })
const since = instant(NOW - 60_000)

/** Ann has the chat, and has asked Bo. */
const open: Offer = { event: eventId(5), to: BO.slackUser, by: ANN.slackUser, at: since, noted: true }
const offered = (over: Partial<Chat> = {}) => ownedChat(ANN.providerUser, { offer: open, ...over })

const offer = (by: Actor, over: Partial<OfferIntent & { kind: 'offer' }> = {}): OfferIntent => ({
  kind: 'offer',
  by,
  to: { ...BO, isOutside: false },
  away: null,
  note: null,
  seen: null,
  ...over,
})
const accept = (by: Actor, event = 5): OfferIntent => ({ kind: 'accept', by, offer: eventId(event) })
const decline = (by: Actor, event = 5): OfferIntent => ({
  kind: 'decline',
  by,
  offer: eventId(event),
  reason: 'At lunch',
})
const takeBack = (by: Actor, event = 5): OfferIntent => ({ kind: 'take-back', by, offer: eventId(event) })

const nobodyHas = { kind: 'offer-over', owner: null, since: null }
const annHas = { kind: 'offer-over', owner: '100', since }

describe('who may what', () => {
  it.each([
    ['Ann offers her chat', ownedChat(), offer(as(ANN)), 'offered'],
    [
      'Ann offers it anew to another',
      offered(),
      offer(as(ANN), { to: { ...CY, isOutside: false } }),
      'offered',
    ],
    ['a lead offers a chat of Ann', ownedChat(), offer(as(CY, 'lead')), 'offered'],
    ["a lead offers a group's chat", ownedChat(groupHolder('7')), offer(as(CY, 'lead')), 'offered'],
    ['Bo accepts', offered(), accept(as(BO)), 'accepted'],
    ['Bo declines', offered(), decline(as(BO)), 'declined'],
    ['Bo declines without being linked any more', offered(), decline(unlinked(BO)), 'declined'],
    ['Ann takes it back', offered(), takeBack(as(ANN)), 'taken-back'],
    ['Ann takes it back without being linked any more', offered(), takeBack(unlinked(ANN)), 'taken-back'],
    ['a lead takes it back', offered(), takeBack(as(CY, 'lead')), 'taken-back'],
  ] as const)('%s', (_what, chat, intent, kind) => {
    expect(decideOffer(chat, intent, context)).toMatchObject({ kind: 'change', facts: { kind } })
  })

  const notYours = { kind: 'not-yours', owner: '100', since }
  it.each([
    ['Cy offers a chat of Ann', ownedChat(), offer(as(CY)), notYours],
    ['Ann offers a chat that nobody has', waitingChat(), offer(as(ANN)), { kind: 'waiting' }],
    [
      'Ann offers by a form that she saw before the chat changed hands',
      ownedChat(ANN.providerUser, { version: 5 }),
      offer(as(ANN), { seen: 4 }),
      { kind: 'stale', owner: '100', since },
    ],
    [
      'Ann offers to herself',
      ownedChat(),
      offer(as(ANN), { to: { ...ANN, isOutside: false } }),
      { kind: 'has-it-already', owner: '100' },
    ],
    [
      'Ann offers to somebody who is not linked',
      ownedChat(),
      offer(as(ANN), { to: { slackUser: BO.slackUser, providerUser: null, isOutside: false } }),
      { kind: 'receiver-not-linked', to: BO.slackUser, account: WAMM },
    ],
    [
      'Ann offers to somebody away',
      ownedChat(),
      offer(as(ANN), { away: { since, until: NOW } }),
      { kind: 'receiver-away', to: BO.slackUser, until: NOW },
    ],
    [
      'Ann presses the same button twice',
      offered(),
      offer(as(ANN)),
      { kind: 'offered-already', to: BO.slackUser, since },
    ],
    ['Cy accepts what Bo was asked', offered(), accept(as(CY, 'lead')), { kind: 'not-asked', to: 'U0BO' }],
    ['Cy declines what Bo was asked', offered(), decline(as(CY, 'lead')), { kind: 'not-asked', to: 'U0BO' }],
    ['Ann accepts what she asked', offered(), accept(as(ANN)), { kind: 'not-asked', to: 'U0BO' }],
    [
      'Bo accepts without being linked any more',
      offered(),
      accept(unlinked(BO)),
      { kind: 'not-linked', account: WAMM },
    ],
    [
      'Bo is linked to the owner by now',
      offered(),
      accept({ ...as(BO), providerUser: ANN.providerUser }),
      { kind: 'already-yours', since },
    ],
    ['Bo accepts an older offer', offered(), accept(as(BO), 4), annHas],
    ['Bo declines an older offer', offered(), decline(as(BO), 4), annHas],
    ['Ann takes an older offer back', offered(), takeBack(as(ANN), 4), annHas],
    ['Bo accepts what was taken back', ownedChat(), accept(as(BO)), annHas],
    ['Bo accepts what waits by now', waitingChat(), accept(as(BO)), nobodyHas],
    ['Bo accepts twice', ownedChat(BO.providerUser), accept(as(BO)), { kind: 'already-yours', since }],
    ['Bo declines twice', ownedChat(), decline(as(BO)), annHas],
    ['Ann takes it back twice', ownedChat(), takeBack(as(ANN)), annHas],
    ['Cy takes it back', offered(), takeBack(as(CY)), notYours],
    ['the chat is closed', waitingChat({ status: 'closed' }), accept(as(BO)), { kind: 'closed' }],
    ['there is no chat', null, accept(as(BO)), { kind: 'chat-unknown' }],
  ] as const)('%s, and is refused', (_what, chat, intent, refusal) => {
    expect(decideOffer(chat, intent, context)).toEqual({ kind: 'refusal', refusal })
  })
})

describe('an offer', () => {
  it('changes neither the owner nor the version, so that an assignment on its way goes on', () => {
    const decision = decideOffer(ownedChat(), offer(as(ANN), { note: 'VIP' }), context)
    expect(decision).toEqual({
      kind: 'change',
      chat: ownedChat(ANN.providerUser, {
        offer: { event: 9, to: BO.slackUser, by: ANN.slackUser, at: NOW, noted: true } as Offer,
      }),
      facts: { kind: 'offered', to: '101', receiver: BO.slackUser, note: 'VIP' },
    })
  })

  it('that is accepted is a hand-off, of which whoever had made it hears if it fails', () => {
    const decision = decideOffer(offered(), accept(as(BO)), context)
    expect(decision).toMatchObject({
      chat: {
        owner: '101',
        version: 2,
        offer: null,
        pending: {
          wanted: '101',
          basis: '100',
          receiver: null,
          noted: true,
          accepted: { event: 5, by: ANN.slackUser },
          by: BO.slackUser,
          event: 9,
        },
      },
      facts: { kind: 'accepted', offer: 5, from: '100', to: '101' },
    })
  })

  it('ends with whatever gives the chat to somebody else or closes it', () => {
    const poll = { account: WAMM, now: NOW, poll: 5, currentPoll: 5, beganAt: NOW }
    const release = { kind: 'release', by: as(ANN), reason: null, seen: null } as const
    const released = decide(offered(), release, context)
    const chats = [
      released.kind === 'change' ? released.chat : null,
      observeListed(offered(), listed({ holder: CY.providerUser }), offered().id, poll)?.chat,
      closed(offered(), { at: NOW, now: NOW }),
    ]
    expect(chats.map((chat) => chat?.offer)).toEqual([null, null, null])
  })

  it('outlives what changes neither', () => {
    const poll = { account: WAMM, now: NOW, poll: 5, currentPoll: 5, beganAt: NOW }
    const seen = observeListed(
      offered(),
      listed({ holder: ANN.providerUser, lastMessageAt: NOW }),
      offered().id,
      poll,
    )
    expect(seen?.chat.offer).toEqual(open)
  })

  it('is ended by a rule once, and never in the place of a newer one', () => {
    expect(endOffer(offered(), eventId(5), 'unanswered')).toEqual({
      chat: offered({ offer: null }),
      facts: { kind: 'offer-ended', offer: 5, why: 'unanswered' },
    })
    expect(endOffer(offered(), eventId(4), 'unanswered')).toBeNull()
    expect(endOffer(ownedChat(), eventId(5), 'away')).toBeNull()
    expect(endOffer(null, eventId(5), 'gone')).toBeNull()
  })
})

it.each(['slack', 'provider'] as const)('nobody is asked whom %s does not let in any more', (absence) => {
  const absent = { ...context, absenceOf: () => absence }
  expect(decideOffer(ownedChat(), offer(as(ANN)), absent)).toEqual({
    kind: 'refusal',
    refusal: { kind: 'receiver-absent', absence, account: WAMM },
  })
})

it('nobody accepts who is blocked at the provider', () => {
  const blocked = { ...context, absenceOf: () => 'provider' as const }
  expect(decideOffer(offered(), accept(as(BO)), blocked)).toEqual({
    kind: 'refusal',
    refusal: { kind: 'blocked', account: WAMM },
  })
})
