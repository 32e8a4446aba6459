import { describe, expect, it } from 'vitest'
import {
  type AelystRecord,
  faultsAtAelyst,
  faultsAtSalesChat,
  type SalesChatRecord,
} from '../../sandbox/demo/check-acts.ts'

const sales: SalesChatRecord = {
  customer: { name: 'Layla', phone: '+971507654321' },
  claimer: 'user-0',
  pool: { id: 'user-99', name: 'Lead queue' },
  offered: 2,
  question: 'SalesChat assigns a released chat to Lead queue.',
  writes: ['user-0', 'user-99'],
  holder: 'user-99',
  tooEarly: 0,
  cards: ['Layla · +971 ••• 21\nWaiting since noon.'],
}

const vip: AelystRecord = {
  customer: { name: 'Noor' },
  claimer: '200',
  receiver: '201',
  note: 'before six',
  writes: ['200', '201'],
  holder: '201',
  comments: ['Ann handed this chat to Ben: before six'],
  tooMany: 0,
  cards: ['Noor\nWith Ben.'],
}

describe('the check of the act at SalesChat', () => {
  it('finds nothing when all is as it should be', () => {
    expect(faultsAtSalesChat(sales)).toEqual([])
  })

  it.each<[string, Partial<SalesChatRecord>, string]>([
    ['a contact that was not offered', { offered: 1 }, 'but 1 could be chosen'],
    ['a release that never went out', { writes: ['user-0'] }, 'It was: user-0.'],
    ['a release that did not take effect', { holder: 'user-0' }, 'it is with user-0'],
    ['a release without its question', { question: '' }, 'did not say who gets'],
    ['an assignment before its time', { tooEarly: 1 }, '1 assignments came before'],
    ['a missing card', { cards: [] }, 'There is: nothing'],
    ['a card that is out of date', { cards: ['Layla\nWith Ann.'] }, 'With Ann.'],
    ['a number shown to everybody', { cards: ['Layla · +971 50 765 4321\nWaiting.'] }, 'number in full'],
  ])('finds %s', (_, bad, words) => {
    const faults = faultsAtSalesChat({ ...sales, ...bad })
    expect(faults).toHaveLength(1)
    expect(faults[0]).toContain(words)
  })
})

describe('the check of the act at Aelyst', () => {
  it('finds nothing when all is as it should be', () => {
    expect(faultsAtAelyst(vip)).toEqual([])
  })

  it.each<[string, Partial<AelystRecord>, string]>([
    ['that Aelyst was told twice', { writes: ['200', '201', '201'] }, 'It was told: 200, 201, 201.'],
    ['a chat that stayed where it was', { holder: null }, 'is with nobody'],
    ['a lost note', { comments: [] }, 'There is: nothing'],
    ['a note that stands there twice', { comments: [...vip.comments, ...vip.comments] }, 'once'],
    ['too many requests', { tooMany: 3 }, '3 times more often'],
    ['a second card', { cards: [...vip.cards, 'Noor'] }, 'there are 2'],
  ])('finds %s', (_, bad, words) => {
    const faults = faultsAtAelyst({ ...vip, ...bad })
    expect(faults).toHaveLength(1)
    expect(faults[0]).toContain(words)
  })
})
