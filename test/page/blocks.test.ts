import fc from 'fast-check'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { Blocks } from '../../sandbox/page/client/block-kit/blocks.tsx'
import type { BlocksProps, Json } from '../../sandbox/page/client/block-kit/contract.ts'
import { Mrkdwn } from '../../sandbox/page/client/block-kit/mrkdwn.tsx'
import { PlainText } from '../../sandbox/page/client/block-kit/plain-text.tsx'
import { cardMessage } from '../../src/slack/views/card.ts'
import { facts as waiting } from '../unit/chat-facts-samples.ts'
import { hostileText } from '../unit/hostile-text.ts'
import { otherViews } from './sample-blocks.ts'
import { batonsViews } from './sample-views.ts'

const names: BlocksProps['names'] = {
  user: (id) => ({ U0ANN: 'Ann', U0BEN: 'Ben' })[id] ?? null,
  channel: (id) => (id === 'C1' ? 'support' : null),
  usergroup: (id) => (id === 'S1' ? 'night-shift' : null),
  listUsers: () => ['U0ANN', 'U0BEN'],
  listChannels: () => ['C1'],
}

const rendered = (blocks: readonly Json[], more: Partial<BlocksProps> = {}): string =>
  renderToStaticMarkup(
    createElement(Blocks, {
      blocks,
      surface: 'message',
      names,
      onAction: () => {},
      loadOptions: () => Promise.resolve([]),
      ...more,
    }),
  )

const problem = 'data-problem'
const words = (html: string) => html.replace(/<[^>]*>/g, '')

describe('every view of Baton', () => {
  it.each(batonsViews)('is shown without a box of errors: $name', ({ blocks, surface }) => {
    const html = rendered(blocks, { surface })
    expect(html).not.toContain(problem)
    expect(words(html)).not.toMatch(/[<>](?!!channel)|&lt;[@#!](?!channel)|\{\w+\}/)
  })

  it('says what the card says, with names, dates and the button', () => {
    const html = rendered(
      cardMessage({ ...waiting, customer: 'Ivan <b>&' }).blocks.map((each) => ({ ...each })),
    )
    expect(html).toContain('<strong>Ivan &lt;b&gt;&amp;</strong>')
    expect(html).toMatch(/Waiting since <time[^>]*dateTime="2026-11-20T10:28:00.000Z"/i)
    expect(html).toMatch(/<button[^>]*data-style="primary"[^>]*><span[^>]*>Claim Chat/)
  })

  it('shows a note letter by letter', () => {
    const { blocks } = batonsViews.find(({ name }) => name === 'handed to you') ?? { blocks: [] }
    expect(rendered(blocks)).toContain('Order *7*\n&lt;!channel&gt;</blockquote>')
    expect(rendered(blocks)).not.toContain('bk-ping')
  })
})

describe('blocks', () => {
  it.each(otherViews)('of all kinds are shown: $name', ({ blocks, surface }) => {
    expect(rendered(blocks, { surface })).not.toContain(problem)
  })

  it.each([
    ['an unknown block', { type: 'hologram', text: 'x' }],
    ['a block without a type', { text: 'x' }],
    ['an unknown element', { type: 'actions', elements: [{ type: 'lever', action_id: 'x' }] }],
    [
      'an unknown accessory',
      { type: 'section', text: { type: 'plain_text', text: 'x' }, accessory: { type: 'x' } },
    ],
    ['an unknown input', { type: 'input', label: { type: 'plain_text', text: 'x' }, element: { type: 'x' } }],
    ['an input without an element', { type: 'input', label: { type: 'plain_text', text: 'x' } }],
    ['a section without text', { type: 'section' }],
    ['a text of an unknown type', { type: 'section', text: { type: 'markdown', text: 'x' } }],
    ['a header that is only a string', { type: 'header', text: 'x' }],
    ['an image without an address', { type: 'image', alt_text: 'x' }],
    [
      'an alert of an unknown level',
      { type: 'alert', level: 'dire', text: { type: 'plain_text', text: 'x' } },
    ],
    ['an unknown part of rich text', { type: 'rich_text', elements: [{ type: 'rich_text_table' }] }],
    [
      'an unknown element of rich text',
      { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'smell' }] }] },
    ],
  ])('show a box for %s', (_, block) => {
    expect(rendered([block])).toContain(problem)
  })

  it('never throw, whatever is in them', () => {
    const types = ['section', 'header', 'context', 'actions', 'image', 'input', 'rich_text', 'alert']
    const elements = ['button', 'overflow', 'static_select', 'multi_users_select', 'radio_buttons', 'image']
    const anything = fc.object({
      key: fc.constantFrom(
        ...['text', 'type', 'elements', 'element', 'accessory', 'options', 'label', 'fields'],
      ),
      values: [
        fc.constantFrom(...types, ...elements, 'plain_text', 'mrkdwn'),
        fc.integer(),
        fc.constant(null),
      ],
      withNullPrototype: false,
      maxDepth: 4,
    })
    fc.assert(
      fc.property(fc.constantFrom(...types), anything, (type, rest) => {
        expect(rendered([{ ...rest, type }])).toContain('bk-block')
      }),
      { numRuns: 500 },
    )
  })

  it('tie an input to its label, hint and error', () => {
    const block = {
      type: 'input',
      block_id: 'note',
      label: { type: 'plain_text', text: 'Note' },
      hint: { type: 'plain_text', text: 'Only they read it.' },
      element: { type: 'plain_text_input', action_id: 'text' },
    }
    const html = rendered([block], { surface: 'modal', errors: { note: 'Too rude.' } })
    const field = /<input[^>]*>/.exec(html)?.[0] ?? ''
    const described = /aria-describedby="([^"]*)"/.exec(field)?.[1]?.split(' ') ?? []
    expect(field).toContain('aria-invalid="true"')
    expect(described.map((id) => html.split(`id="${id}"`)[1]?.replace(/^[^>]*>/, ''))).toEqual([
      expect.stringMatching(/^Too rude\./),
      expect.stringMatching(/^(<[^>]*>)?Only they read it\./),
    ])
    const id = /id="([^"]*)"/.exec(field)?.[1]
    expect(html).toContain(`for="${id}"`)
  })

  it('show what was entered instead of what the app had put there', () => {
    const [, form] = otherViews
    const values = {
      Name: { 'Name-value': 'Olga' },
      Stage: { 'Stage-value': 'lost' },
      Agent: { 'Agent-value': null },
    }
    const html = rendered(form?.blocks ?? [], { surface: 'modal', values })
    expect(html).toContain('value="Olga"')
    expect(html).toContain('value="Lost"')
    expect(html).not.toContain('value="Ann"')
    expect(rendered(form?.blocks ?? [], { surface: 'modal' })).toContain('value="Ann"')
  })
})

describe('texts', () => {
  const mrkdwn = (text: string) => renderToStaticMarkup(createElement(Mrkdwn, { text, names }))

  it('name people, channels and groups, and ping loudly', () => {
    expect(words(mrkdwn('<@U0ANN> <@U9|zoe> <@U8> <#C1> <!subteam^S1>'))).toBe(
      '@Ann @zoe @U8 #support @night-shift',
    )
    expect(mrkdwn('<!channel>')).toMatch(/bk-ping.*@channel.*pings everybody here/)
  })

  it('link only to addresses that a browser may follow', () => {
    expect(mrkdwn('<https://a.test|x>')).toContain('href="https://a.test"')
    expect(mrkdwn('<javascript:alert(1)|x>')).not.toContain('href')
  })

  it('never become markup of the page', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(mrkdwn(`${text}<img src=x onerror=alert(1)>`)).not.toContain('<img')
      }),
    )
  })

  it('are plain where they are plain, but for emoji', () => {
    const plain = (text: string, emoji?: boolean) =>
      words(
        renderToStaticMarkup(createElement(PlainText, { text, ...(emoji === undefined ? {} : { emoji }) })),
      )
    expect(plain('*x* :tada: :nope:')).toBe('*x* 🎉 :nope:')
    expect(plain(':tada:', false)).toBe(':tada:')
  })
})
