import { describe, expect, it } from 'vitest'
import type { EventFacts } from '../../src/routing/audit.ts'
import type { PendingAssignment } from '../../src/routing/chat.ts'
import { eventId, providerUserId } from '../../src/routing/ids.ts'
import { jobsOfDecision, jobsOfOffer, jobsOfSettlement } from '../../src/routing/leave-jobs.ts'
import { ANN, BO, NOW, ownedChat } from '../fixtures/chats.ts'

const handOff: PendingAssignment = {
  wanted: BO.providerUser,
  receiver: BO.slackUser,
  noted: true,
  basis: ANN.providerUser,
  basisSince: NOW,
  basisVia: 'slack',
  maybeWritten: [],
  by: ANN.slackUser,
  event: eventId(7),
  delayed: null,
}
const confirmed: EventFacts = { kind: 'confirmed', of: eventId(7), holder: BO.providerUser, late: false }
const failed: EventFacts = {
  kind: 'failed',
  of: eventId(7),
  wanted: BO.providerUser,
  reason: 'user-not-active',
}

const keysOf = (
  pending: PendingAssignment,
  {
    facts = confirmed,
    canComment = true,
  }: { readonly facts?: EventFacts; readonly canComment?: boolean } = {},
) =>
  jobsOfSettlement(ownedChat(), pending, { id: eventId(8), facts }, { now: NOW, canComment }).map(({ key }) =>
    key.replace(/:chat-1$/, ''),
  )

describe('a hand-off that was confirmed', () => {
  it('is told to the receiver, and its note is left at the provider under the event that has it', () => {
    expect(keysOf(handOff)).toEqual(['card', 'notice:8:U0BO', 'comment:7'])
  })

  it('leaves no note where there is none, or where the provider keeps none', () => {
    const { noted: _, ...withoutNote } = handOff
    expect(keysOf(withoutNote)).toEqual(['card', 'notice:8:U0BO'])
    expect(keysOf(handOff, { canComment: false })).toEqual(['card', 'notice:8:U0BO'])
  })

  it('is no news to whoever handed it to themselves', () => {
    expect(keysOf({ ...handOff, receiver: ANN.slackUser })).toEqual(['card', 'comment:7'])
  })

  it('tells each person one thing when it took long', () => {
    const late: EventFacts = { kind: 'confirmed', of: eventId(7), holder: BO.providerUser, late: true }
    expect(keysOf(handOff, { facts: late })).toEqual(['card', 'notice:8:U0BO', 'notice:8:U0ANN', 'comment:7'])
    expect(keysOf({ ...handOff, receiver: ANN.slackUser }, { facts: late })).toEqual([
      'card',
      'notice:8:U0ANN',
      'comment:7',
    ])
  })

  it('has a receiver whom nobody in Slack is linked to looked for, and tells nobody of a group', () => {
    expect(keysOf({ ...handOff, receiver: 'not-linked' })).toEqual(['card', 'introduce:8', 'comment:7'])
    const toGroup = { ...handOff, wanted: providerUserId('group:1'), receiver: null }
    expect(keysOf(toGroup)).toEqual(['card', 'comment:7'])
  })
})

it('leaves no note of a hand-off that failed, and tells whoever asked for it', () => {
  expect(keysOf(handOff, { facts: failed })).toEqual(['card', 'notice:8:U0ANN', 'thread'])
})

describe('an offer', () => {
  const offer = { event: eventId(5), to: BO.slackUser, by: ANN.slackUser, at: NOW, noted: false }
  const offered = ownedChat(ANN.providerUser, { offer })
  const keys = (...args: Parameters<typeof jobsOfOffer>) => jobsOfOffer(...args).map(({ key }) => key)

  it('asks, and ends by itself after a quarter of an hour', () => {
    const jobs = jobsOfOffer(ownedChat(), offered, ANN.slackUser, NOW)
    expect(jobs.map(({ key, runAt }) => [key, runAt - NOW])).toEqual([
      ['offer:5', 0],
      ['offer-expiry:5', 15 * 60_000],
    ])
  })

  it('is shown to be over to whoever was asked, and told to whoever asked unless they know', () => {
    expect(keys(offered, ownedChat(), null, NOW)).toEqual(['offer:5', 'offer-over:5'])
    expect(keys(offered, ownedChat(), BO.slackUser, NOW)).toEqual(['offer:5', 'offer-over:5'])
    expect(keys(offered, ownedChat(), ANN.slackUser, NOW)).toEqual(['offer:5'])
  })

  it('that takes the place of another ends that one', () => {
    const next = ownedChat(ANN.providerUser, { offer: { ...offer, event: eventId(6) } })
    expect(keys(offered, next, ANN.slackUser, NOW)).toEqual(['offer:6', 'offer-expiry:6', 'offer:5'])
  })

  it('leaves nothing to be done while it stays as it is', () => {
    expect(keys(offered, { ...offered, version: 9 }, null, NOW)).toEqual([])
    expect(keys(null, ownedChat(), null, NOW)).toEqual([])
  })

  it('tells the provider nothing before it is accepted', () => {
    const by = { event: eventId(5), by: ANN.slackUser }
    const kinds = jobsOfDecision(ownedChat(), offered, by, NOW).map(({ kind }) => kind)
    expect(kinds).toEqual(['card', 'thread', 'offer', 'offer-expiry'])
  })

  it('whose acceptance comes to nothing is told to both', () => {
    const { receiver: _, ...pending } = { ...handOff, by: BO.slackUser }
    const accepted = { ...pending, receiver: null, accepted: { event: eventId(5), by: ANN.slackUser } }
    expect(keysOf(accepted, { facts: failed })).toEqual(['card', 'notice:8:U0BO', 'offer-over:5', 'thread'])
    expect(keysOf(accepted)).toEqual(['card', 'comment:7'])
  })
})
