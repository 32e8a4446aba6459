import { expect, it } from 'vitest'
import { playTold } from '../fixtures/model/play-told.ts'
import { KEYS, OLGA, PEOPLE } from '../fixtures/model/steps.ts'
import type { ToldStep, Way } from '../fixtures/model/told-steps.ts'

const [by] = PEOPLE
const [key] = KEYS
if (by === undefined || key === undefined) throw new Error('the model has people and chats')
const writes = (told: 'now' | 'later' | 'never'): ToldStep => ({
  kind: 'act',
  act: { kind: 'customer-writes', key },
  told,
})
const botWrites: ToldStep = { kind: 'act', act: { kind: 'bot-writes', key }, told: 'now' }
const answers: ToldStep = { kind: 'act', act: { kind: 'staff-answers', key, by: OLGA }, told: 'now' }
const closes: ToldStep = {
  kind: 'act',
  act: { kind: 'closed-there', key, frees: false, dated: false },
  told: 'now',
}
const claims: ToldStep = { kind: 'ask', asks: [{ kind: 'claim-unlisted', by, key }] }
const undoes: ToldStep = { kind: 'ask', asks: [{ kind: 'undo', by, key, old: false, own: true }] }
const isCarriedOut: ToldStep = { kind: 'carry-out', which: 0 }
const secondIsCarriedOut: ToldStep = { kind: 'carry-out', which: 1 }
const ends: ToldStep = { kind: 'end', which: 0, ending: 'done' }
const releases: ToldStep = { kind: 'ask', asks: [{ kind: 'release', by, key, behind: null }] }
const passes: ToldStep = { kind: 'time-passes', ms: 2_000 }
const isTaken = (told: 'now' | 'never'): ToldStep => ({
  kind: 'act',
  act: { kind: 'assigned-there', key, to: OLGA },
  told,
})
const polls: ToldStep = { kind: 'poll' }
const isRefused: ToldStep = { kind: 'end', which: 0, ending: 'refused' }
const tells: ToldStep = { kind: 'tell', which: 0, again: false, dies: false }

it.each<[string, Way, readonly ToldStep[]]>([
  [
    'a customer writes for the first time while the claim of their number is told that nobody has it',
    'wamm',
    [claims, isCarriedOut, writes('now'), ends],
  ],
  [
    'a customer writes and is answered while the claim of their number is told that nobody has it',
    'aelyst',
    [claims, isCarriedOut, writes('now'), answers, ends],
  ],
  [
    'an older list shows the message of a customer whose number was claimed in vain, and then it is told',
    'wamm',
    [claims, polls, isRefused, writes('later'), ends, tells],
  ],
  [
    'a list shows with somebody a chat that has a card although only a claim had named it',
    'wamm',
    [writes('never'), claims, releases, passes, isRefused, isRefused, isTaken('never')],
  ],
  [
    'a bot is heard before the customer whom it answers, after the chat was closed',
    'aelyst',
    [writes('now'), closes, ends, writes('later'), botWrites, tells],
  ],
  [
    'a bot is heard before the customer whose number was claimed in vain',
    'wamm',
    [claims, ends, writes('later'), botWrites, tells],
  ],
  [
    'the claim of a number is undone, which is on its way to the provider as the customer writes',
    'wamm',
    [claims, writes('now'), ends, answers, undoes, ends, ends, writes('now')],
  ],
  [
    'the claim of a number, which the provider has confirmed, is undone before any list has shown the chat',
    'wamm',
    [writes('never'), claims, ends, ends, undoes],
  ],
  [
    'a list that was read before the chat was closed arrives after the look that began before it',
    'aelyst',
    [writes('now'), ends, passes, isTaken('now'), polls, secondIsCarriedOut, closes, isCarriedOut],
  ],
])('ends as the provider says when %s', async (_name, way, steps) => {
  await expect(playTold(way, steps)).resolves.toBeUndefined()
})
