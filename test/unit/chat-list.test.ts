import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { validateMessage } from '../../sandbox/slack/block-kit/validate.ts'
import { encodeList, type ListLook, MOST_LIST_PAGES, parseList } from '../../src/slack/list-look.ts'
import { notReadText } from '../../src/slack/text-health.ts'
import type { ChatFacts } from '../../src/slack/views/chat-facts.ts'
import { chatListMessage, LIST_PAGE, START_ROWS } from '../../src/slack/views/chat-list.ts'
import type { MessageView } from '../../src/slack/views/message.ts'
import { anyFacts } from './any-chat-facts.ts'
import { buttonsOf, labelsOf } from './buttons-of.ts'
import { fullKey, now, owned, facts as waiting } from './chat-facts-samples.ts'
import { hostileText } from './hostile-text.ts'

const last = MOST_LIST_PAGES - 1
const looks = (text: string): readonly Exclude<ListLook, { list: 'start' }>[] => [
  { list: 'mine', page: 0 },
  { list: 'waiting', page: last },
  { list: 'all', page: 3 },
  { list: 'find', page: 1, text: text.slice(0, 200) },
]

const rows = (facts: ChatFacts, length: number, from = 0): readonly ChatFacts[] =>
  Array.from({ length }, (_, index) => ({ ...facts, version: from + index }))

/** As full as they can be, and empty. */
const lists = (facts: ChatFacts, text: string): readonly MessageView[] => [
  ...looks(text).flatMap((look) => [
    chatListMessage({
      look,
      parts: [{ look, chats: rows(facts, LIST_PAGE), count: 2_000, hasNext: true }],
      notes: [0, 1, 2, 3].map(() => notReadText('Aelyst (a-long-account-name)', now)),
    }),
    chatListMessage({ look, parts: [{ look, chats: [], count: 0, hasNext: false }], notes: [] }),
  ]),
  chatListMessage({
    look: { list: 'start', page: 0 },
    parts: (['mine', 'waiting'] as const).map((list, index) => ({
      look: { list, page: 0 },
      chats: rows(facts, START_ROWS, index * 10),
      count: null,
      hasNext: true,
    })),
    notes: [],
  }),
]

const labels = (look: ListLook, hasNext: boolean): readonly string[] => {
  const parts = look.list === 'start' ? [] : [{ look, chats: [waiting], count: null, hasNext }]
  return labelsOf(chatListMessage({ look, parts, notes: [] })).filter((label) => label !== 'Claim Chat')
}

describe('A private list', () => {
  it('is what Slack accepts, pings nobody and keeps numbers out of its fallback', () => {
    fc.assert(
      fc.property(anyFacts, hostileText, (facts, text) => {
        for (const view of lists(facts, text)) {
          expect(validateMessage(view)).toEqual([])
          expect(view.text).not.toMatch(/<!(?!date\^)|<(?![@!])/)
          expect(view.text).not.toContain(fullKey)
          for (const button of buttonsOf(view)) expect(JSON.stringify(button)).not.toContain(fullKey)
        }
      }),
      { numRuns: 200 },
    )
  })

  it('fits where every name is as long as it can be, and each of its characters has an escape', () => {
    const name = '&'.repeat(300)
    const facts = { ...owned, customer: name, account: name, owner: { kind: 'provider', name } } as const
    for (const view of lists(facts, name)) {
      expect(validateMessage(view)).toEqual([])
      expect(view.text).toMatch(/^(?:[^<>&]|<[^<>]+>|&(?:amp|lt|gt);)*$/u)
    }
  })

  it('has the buttons that lead somewhere', () => {
    expect(labels({ list: 'all', page: 0 }, false)).toEqual(['Refresh'])
    expect(labels({ list: 'all', page: 0 }, true)).toEqual(['Next', 'Refresh'])
    expect(labels({ list: 'all', page: 1 }, true)).toEqual(['Previous', 'Next', 'Refresh'])
    expect(labels({ list: 'all', page: last }, true)).toEqual(['Previous', 'Refresh'])
    expect(labels({ list: 'find', page: 0, text: 'ivan 4567' }, true)).toEqual(['Next', 'Refresh'])
    expect(labels({ list: 'find', page: 0, text: '+7 900 123-45-67' }, true)).toEqual([])
    const [start] = lists(owned, '').slice(-1)
    expect(start && labelsOf(start).slice(-3)).toEqual(['Show All Mine', 'Show All Waiting', 'Refresh'])
  })

  it('knows what its buttons say, and nothing else', () => {
    for (const look of [...looks('“Ivan”'), { list: 'start', page: 0 } as const])
      expect(parseList(encodeList(look))).toEqual(look)
    const odd = [null, 7, '', 'x', '{}', '[]', '{"list":"start","page":1}', '{"list":"all","page":20}']
    for (const text of [
      ...odd,
      '{"list":"find","page":0}',
      '{"list":"mine","page":0,"text":""}',
      'x'.repeat(9_999),
    ])
      expect(parseList(text)).toBeNull()
  })
})
