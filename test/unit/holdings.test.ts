import { describe, expect, it } from 'vitest'
import type { AuditEvent, EventFacts } from '../../src/routing/audit.ts'
import { type Holding, holdings } from '../../src/routing/holdings.ts'
import { eventId, later, providerUserId } from '../../src/routing/ids.ts'
import { ANN, BO, NOW, WAMM, waitingChat } from '../fixtures/chats.ts'

const ann = ANN.providerUser
const bo = BO.providerUser
const olga = providerUserId('110')
const MINUTE = 60_000

/** One event a minute. */
const trail = (...all: readonly EventFacts[]): readonly AuditEvent[] =>
  all.map((facts, minute) => ({
    id: eventId(minute + 1),
    at: later(NOW, minute * MINUTE),
    account: WAMM,
    chat: waitingChat().id,
    actor: facts.kind === 'claimed' ? ANN.slackUser : null,
    via: 'slack',
    facts,
  }))

/** `100 1-3 claimed released, waited 1` */
const words = ({ owner, from, to, began, ended, freeSince }: Holding): string => {
  const minute = (at: number): number => (at - NOW) / MINUTE
  const waited = freeSince === null ? '' : `, waited ${minute(from) - minute(freeSince)}`
  return `${owner} ${minute(from)}-${to === null ? '' : minute(to)} ${began} ${ended ?? 'still'}${waited}`
}

const came: EventFacts = { kind: 'arrived', holder: null }
const claimed: EventFacts = { kind: 'claimed', to: ann }
const confirmed: EventFacts = { kind: 'confirmed', of: eventId(2), holder: ann, late: false }
const handedOff: EventFacts = { kind: 'handed-off', from: ann, to: bo, receiver: BO.slackUser, note: 'x' }
const released: EventFacts = { kind: 'released', from: ann, reason: null }
const failed = (holder: typeof ann | null): EventFacts => ({
  kind: 'failed',
  of: eventId(2),
  wanted: ann,
  reason: 'timed-out',
  holder,
})

describe('who had a chat from when to when', () => {
  it.each<[string, readonly EventFacts[], readonly string[]]>([
    ['nobody, while it only waits', [came], []],
    ['whoever claimed it, until now', [came, claimed, confirmed], ['100 1- claimed still, waited 1']],
    [
      'one after the other, after a hand-off',
      [came, claimed, confirmed, handedOff, { kind: 'closed' }],
      ['100 1-3 claimed handed-off, waited 1', '101 3-4 handed-off closed'],
    ],
    [
      'again after a release, and the customer waited from then',
      [came, claimed, released, confirmed, claimed],
      ['100 1-2 claimed released, waited 1', '100 4- claimed still, waited 2'],
    ],
    [
      'nobody any more, when a claim was undone',
      [came, claimed, { kind: 'undone', of: eventId(2), to: null }],
      ['100 1-2 claimed undone, waited 1'],
    ],
    [
      'again, when a hand-off was undone',
      [came, claimed, handedOff, { kind: 'undone', of: eventId(3), to: ann }],
      ['100 1-2 claimed handed-off, waited 1', '101 2-3 handed-off undone', '100 3- undone still'],
    ],
    [
      'nobody any more, when a claim failed',
      [came, claimed, failed(null)],
      ['100 1-2 claimed failed, waited 1'],
    ],
    [
      'whoever had it before, when a hand-off failed',
      [came, claimed, handedOff, failed(ann)],
      ['100 1-2 claimed handed-off, waited 1', '101 2-3 handed-off failed', '100 3- failed still'],
    ],
    [
      'whom the provider names, when a claim came too late',
      [came, claimed, { kind: 'overruled', of: eventId(2), wanted: ann, holder: olga }],
      ['100 1-2 claimed overruled, waited 1', '110 2- overruled still'],
    ],
    [
      'whoever has taken it at the provider',
      [
        { kind: 'arrived', holder: olga },
        { kind: 'adopted', from: olga, holder: bo },
      ],
      ['110 0-1 arrived adopted', '101 1- adopted still'],
    ],
    [
      'nobody between the end of a chat and its coming back, which is no waiting',
      [came, { kind: 'closed' }, came, { kind: 'reopened', holder: null }, claimed],
      ['100 4- claimed still, waited 2'],
    ],
    ['whoever claimed a chat that nothing had shown before', [claimed], ['100 0- claimed still']],
  ])('is %s', (_, facts, expected) => {
    expect(holdings(trail(...facts)).map(words)).toEqual(expected)
  })

  it('knows the owner in Slack where the decision named them', () => {
    const [first, second] = holdings(trail(came, claimed, handedOff))
    expect([first?.slackUser, second?.slackUser]).toEqual([ANN.slackUser, BO.slackUser])
  })

  it('is numbered by the event that began it', () => {
    expect(holdings(trail(came, claimed, handedOff)).map(({ event }) => event)).toEqual([2, 3])
  })
})
