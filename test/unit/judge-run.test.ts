import { describe, expect, it } from 'vitest'
import { judge, type Run } from '../fixtures/judge-run.ts'
import type { TrailEvent } from '../fixtures/read-truth.ts'
import { answerIn, type Intent } from '../fixtures/traffic.ts'

const [ALMA, BORIS, CLARA] = ['1', '2', '3']
const ANN = 'U0ANN'
const BEN = 'U0BEN'

const event = (over: Partial<TrailEvent>): TrailEvent => ({
  id: 0,
  key: ALMA,
  actor: ANN,
  kind: 'claimed',
  to: '100',
  said: null,
  of: null,
  ...over,
})
const intent = (over: Partial<Intent>): Intent => ({
  actor: ANN,
  kind: 'claimed',
  key: ALMA,
  said: null,
  answer: 'done',
  responseUrl: null,
  ...over,
})

const arrived = event({ id: 1, kind: 'arrived', actor: null, to: null })
const claim = intent({})
const claimed = event({ id: 2 })
const handOff = intent({ actor: BEN, kind: 'handed-off', key: BORIS, said: 'please x1' })
const handedOff = event({ id: 3, actor: BEN, kind: 'handed-off', key: BORIS, to: '100', said: 'please x1' })
const click = intent({ actor: BEN, key: CLARA, answer: 'taken' })
const clicked = event({ id: 4, actor: BEN, key: CLARA, to: '101' })
const confirmed = event({ id: 5, kind: 'confirmed', actor: null, of: 4, key: CLARA })

/** Ann claims a chat, Ben hands another off and clicks Claim Chat on a third: all of it done and written once. */
const well: Run = {
  before: {
    events: [arrived],
    linked: new Map([
      ['100', ANN],
      ['101', BEN],
    ]),
    chats: [
      { key: ALMA, owner: null },
      { key: BORIS, owner: '101' },
      { key: CLARA, owner: null },
    ],
  },
  after: { events: [arrived, claimed, handedOff, clicked, confirmed] },
  intents: [claim, handOff, click],
  writes: [
    { key: ALMA, from: null, to: '100' },
    { key: BORIS, from: '101', to: '100' },
    { key: CLARA, from: null, to: '101' },
  ],
  changedThere: new Set(),
  wasKilled: true,
}
const found = (over: Partial<Run>) => {
  const { lost, invented, needless } = judge({ ...well, ...over })
  return { lost: lost.length, invented: invented.length, needless: needless.length }
}
const NOTHING = { lost: 0, invented: 0, needless: 0 }
const kept = (...events: readonly TrailEvent[]): Partial<Run> => ({
  after: { events: [arrived, ...events] },
})
const [writtenAlma, writtenBoris, writtenClara] = well.writes
if (!writtenAlma || !writtenBoris || !writtenClara) throw new Error('three are written')

describe('the judge of a run finds nothing', () => {
  it('where all that was acknowledged is kept, and counts it, clicks too', () => {
    expect(judge(well)).toEqual({ acknowledged: 3, lost: [], invented: [], needless: [] })
  })

  it('where what nobody heard of is kept or not', () => {
    const unheard = { ...claim, answer: 'unheard' } as const
    expect(found({ intents: [unheard, handOff, click] })).toEqual(NOTHING)
    const writes = [writtenBoris, writtenClara]
    expect(found({ intents: [unheard, handOff, click], ...kept(handedOff, clicked), writes })).toEqual(
      NOTHING,
    )
  })

  it('where somebody took the chat that Baton chose, whether they heard which or not', () => {
    const next = { ...claim, key: null, answer: 'unheard' } as const
    expect(found({ intents: [next, handOff, click] })).toEqual(NOTHING)
  })

  it('where a click came to nothing because somebody else was faster, and the process died before it could say so', () => {
    const faster = intent({ key: CLARA })
    const fasterClaimed = event({ id: 4, key: CLARA })
    const writes = [writtenAlma, writtenBoris, { ...writtenClara, to: '100' }]
    expect(
      found({ intents: [claim, handOff, click, faster], ...kept(claimed, handedOff, fasterClaimed), writes }),
    ).toEqual(NOTHING)
  })

  it('where what was decided was not written, or was written again after a change in WAMM', () => {
    expect(found({ writes: [] })).toEqual(NOTHING)
    expect(found({ writes: [...well.writes, writtenAlma], changedThere: new Set([ALMA]) })).toEqual(NOTHING)
  })
})

describe('the judge of a run finds', () => {
  it.each<readonly [what: string, run: Partial<Run>, verdict: Partial<typeof NOTHING>]>([
    ['a claim that was acknowledged and is gone', { ...kept(handedOff, clicked), writes: [] }, { lost: 1 }],
    [
      'a click that was acknowledged and is gone, though nothing stood against it',
      { ...kept(claimed, handedOff), writes: [writtenAlma, writtenBoris] },
      { lost: 1 },
    ],
    [
      'a click that was acknowledged and is gone without a word, though the process lived on',
      {
        ...kept(claimed, handedOff, event({ kind: 'adopted', actor: null, key: CLARA })),
        writes: [],
        wasKilled: false,
      },
      { lost: 1 },
    ],
    [
      'a release by click of a chat that was theirs and still is',
      {
        intents: [
          claim,
          handOff,
          click,
          intent({ actor: BEN, kind: 'released', key: BORIS, answer: 'taken' }),
        ],
        after: { events: [arrived, claimed, clicked] },
        writes: [],
      },
      { lost: 2 },
    ],
    [
      'a hand-off that is kept without its note',
      kept(claimed, { ...handedOff, said: null }, clicked),
      { lost: 1, invented: 1 },
    ],
    [
      'one acknowledged hand-off for two',
      { intents: [claim, handOff, { ...handOff, said: 'please x2' }, click] },
      { lost: 1 },
    ],
    [
      'what was there before and is not as it was',
      { after: { events: [{ ...arrived, key: BORIS }, claimed, handedOff, clicked] } },
      { lost: 1 },
    ],
    [
      'a claim that is kept and written twice, though the person has sent more that came to nothing',
      {
        intents: [
          claim,
          { ...claim, answer: 'refused' },
          { ...claim, key: BORIS, answer: 'unheard' },
          handOff,
          click,
        ],
        ...kept(claimed, { ...claimed, id: 6 }, handedOff, clicked),
        writes: [...well.writes, writtenAlma],
      },
      { invented: 1 },
    ],
    [
      'a decision of somebody who has sent nothing',
      kept(claimed, handedOff, clicked, event({ actor: 'U0DORA' })),
      { invented: 1 },
    ],
    [
      'a decision for what was refused',
      { intents: [{ ...claim, answer: 'refused' }, handOff, click] },
      { invented: 1 },
    ],
    [
      'a claim of another chat than the one that was asked for',
      kept({ ...claimed, key: CLARA }, handedOff, clicked),
      { lost: 1, invented: 1, needless: 1 },
    ],
    ['one decision that was written twice', { writes: [...well.writes, writtenAlma] }, { needless: 1 }],
    ['a write that changes nothing', { writes: [{ ...writtenAlma, from: '100' }] }, { needless: 1 }],
    ['a write to somebody whom nobody meant', { writes: [{ ...writtenAlma, to: '110' }] }, { needless: 1 }],
    [
      'the same where WAMM has changed the holder, too',
      { writes: [{ ...writtenAlma, to: '110' }], changedThere: new Set([ALMA]) },
      { needless: 1 },
    ],
  ])('%s', (_what, run, verdict) => {
    expect(found(run)).toEqual({ ...NOTHING, ...verdict })
  })
})

it('An answer counts as done by its words, and as refused by any other but that it takes longer', () => {
  expect(answerIn({ text: 'You have the chat with Alma Adler. Baton asks WAMM now.' })).toBe('done')
  expect(answerIn({ text: 'Ben Bauer has had the chat since noon.' })).toBe('refused')
  expect(answerIn({ text: 'Still working on it. The answer follows here in a moment.' })).toBe('unheard')
  expect(answerIn(null)).toBe('unheard')
})
