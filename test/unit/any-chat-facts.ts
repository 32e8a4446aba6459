import fc from 'fast-check'
import { eventId, instant } from '../../src/routing/ids.ts'
import type { ChatFacts, PersonFacts } from '../../src/slack/views/chat-facts.ts'
import { ann, ben, facts, fullKey, now } from './chat-facts-samples.ts'
import { hostileText } from './hostile-text.ts'

export const anyPerson: fc.Arbitrary<PersonFacts> = fc.oneof(
  fc.constant({ kind: 'slack', user: ann } as const),
  hostileText.map((name) => ({ kind: 'provider', name }) as const),
)
export const anyTime = fc.oneof(fc.constant(null), fc.integer({ min: 0, max: now }).map(instant))
const reason = fc.oneof(fc.constant(null), fc.constantFrom('timed-out', 'token-refused'), hostileText)

export const anyFacts: fc.Arbitrary<ChatFacts> = fc.record({
  id: fc.constant(facts.id),
  version: fc.nat(),
  state: fc.constantFrom('waiting', 'owned', 'closed'),
  customer: hostileText,
  maskedKey: fc.oneof(fc.constant(facts.maskedKey), fc.constant('••••')),
  fullKey: fc.constantFrom(null, fullKey),
  account: fc.oneof(fc.constant(null), hostileText),
  provider: fc.constantFrom('WAMM', 'SalesChat', 'Aelyst'),
  waitingSince: anyTime,
  unanswered: fc.nat(),
  unansweredSince: anyTime,
  answerWindow: fc.oneof(
    fc.constant(null),
    fc.record({ endsAt: fc.constant(now), left: fc.constantFrom('enough', 'little', 'none') }),
  ),
  preview: fc.oneof(fc.constant(null), hostileText),
  ownerSince: anyTime,
  owner: fc.oneof(fc.constant(null), anyPerson),
  ownerAbsence: fc.constantFrom(null, 'slack', 'provider'),
  ownerVia: fc.constantFrom('slack', 'provider'),
  offer: fc.constantFrom(null, { event: eventId(41), to: ben, by: ann, at: now }),
  release: fc.constantFrom<ChatFacts['release']>(
    { kind: 'unassign' },
    { kind: 'here-only' },
    { kind: 'pool', name: 'Queue' },
  ),
  witnessed: fc.boolean(),
  hasContact: fc.boolean(),
  wanted: fc.oneof(fc.constant(null), fc.constant('nobody' as const), anyPerson),
  delayed: reason,
  problem: reason,
})
