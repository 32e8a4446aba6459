import { describe, expect, it } from 'vitest'
import { findFaults, type TourRecord } from '../../sandbox/demo/check-tour.ts'

const good: TourRecord = {
  customer: { name: 'Lucía', key: '34612345612' },
  winner: { mention: '<@U0ANN>', wammId: '100' },
  loser: { mention: '<@U0BEN>', wammId: '101' },
  receiver: { mention: '<@U0CARLA>', wammId: '102' },
  colleague: { name: 'Olga', wammId: '110' },
  note: 'She speaks Spanish.',
  writes: ['100', '102', null],
  holder: '110',
  cards: ['Lucía · +34 ••• 12\nTaken in WAMM by Olga since noon.'],
  toldLoser: ['<@U0ANN> has the chat with Lucía.'],
  toldReceiver: ['Handed to you.\nShe speaks Spanish.', 'Baton keeps trying.', 'WAMM has confirmed.'],
  channel: 'Lucía · +34 ••• 12',
  trail: [
    'arrived',
    'claimed',
    'confirmed',
    'handed-off',
    'confirmed',
    'released',
    'delayed',
    'confirmed',
    'adopted',
  ],
  breaches: [],
  secrets: ['token-1'],
}

describe('the check of the tour', () => {
  it('finds nothing when all is as it should be', () => {
    expect(findFaults(good)).toEqual([])
  })

  it.each<[string, Partial<TourRecord>, string]>([
    ['that WAMM was written to twice', { writes: ['100', '101', '102', null] }, '100, 101, 102, nobody'],
    ['that WAMM was never told of the release', { writes: ['100', '102'] }, 'It was told: 100, 102.'],
    ['that the change in WAMM was overwritten', { holder: null }, 'it is with nobody there'],
    ['a second card', { cards: [...good.cards, 'Lucía'] }, 'there are 2'],
    ['a missing card', { cards: [] }, 'there are 0'],
    ['a card that is out of date', { cards: ['Lucía\nWaiting.'] }, 'It says: Lucía'],
    ['a loser who was told nothing', { toldLoser: [] }, '<@U0BEN> was not told'],
    ['a loser who was told of the wrong person', { toldLoser: ['<@U0BEN> has Lucía.'] }, 'was not told'],
    ['a lost note', { toldReceiver: good.toldReceiver.slice(1) }, 'should have got the note'],
    ['an end told before the wait', { toldReceiver: [...good.toldReceiver].reverse() }, 'should have got'],
    ['an audit trail in another order', { trail: [...good.trail].reverse() }, 'It reads: adopted'],
    ['a hole in the audit trail', { trail: good.trail.slice(1) }, 'It reads: claimed'],
    ['a number shown to everybody', { channel: 'Lucía 34612345612' }, 'number in full'],
    ['a number shown in groups', { channel: 'Lucía +34 612 34 56 12' }, 'number in full'],
    ['a secret in the channel', { channel: 'token-1' }, 'A secret'],
    ['a secret in a private message', { toldLoser: [...good.toldLoser, 'token-1'] }, 'A secret'],
    ['what Slack would have refused', { breaches: ['chat.update: invalid_blocks'] }, 'invalid_blocks'],
  ])('finds %s', (_, bad, words) => {
    const faults = findFaults({ ...good, ...bad })
    expect(faults).toHaveLength(1)
    expect(faults[0]).toContain(words)
  })
})
