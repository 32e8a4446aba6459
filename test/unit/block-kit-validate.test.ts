import { expect, it } from 'vitest'
import { validateMessage, validateOptions, validateView } from '../../sandbox/slack/block-kit/validate.ts'
import {
  actions,
  button,
  cells,
  dataTable,
  divider,
  home,
  inMessage,
  input,
  limit,
  message,
  modal,
  mrkdwn,
  opt,
  pie,
  plain,
  point,
  type Row,
  row,
  section,
  testRows,
  times,
  typedText,
  x,
} from './block-kit-rows.ts'

const messages: readonly Row[] = [
  limit('50 blocks', 50, (n) => validateMessage(message(...times(n, () => divider))), 'invalid_blocks'),
  limit('4,000 characters of text', 4000, (n) => validateMessage({ text: x(n) }), 'msg_too_long'),
  limit(
    '13,200 characters in all blocks',
    13_200,
    (n) =>
      validateMessage(message(...times(5, (i) => section({ text: mrkdwn(x(i === 0 ? n - 12_000 : 3000)) })))),
    'msg_blocks_too_long',
  ),
  limit('12,000 of markdown_text', 12_000, (n) => validateMessage({ markdown_text: x(n) }), 'msg_too_long'),
  limit(
    '100 attachments',
    100,
    (n) => validateMessage({ text: 'hi', attachments: times(n, () => ({})) }),
    'too_many_attachments',
  ),
  row('a text besides blocks', validateMessage, message(divider), { blocks: [divider] }, 'no_text'),
  row('a text that says something', validateMessage, { text: 'x' }, { text: ' ' }, 'no_text'),
  row(
    'markdown_text alone',
    validateMessage,
    { markdown_text: 'x' },
    { markdown_text: 'x', text: 'x' },
    'markdown_text_conflict',
  ),
  limit('1 table', 1, (n) =>
    validateMessage(message(...times(n, () => ({ type: 'table', rows: cells(1, 1) })))),
  ),
  limit('10,000 characters in the table', 10_000, (n) =>
    inMessage({ type: 'table', rows: cells(1, 1, x(n)) }),
  ),
  limit('20,000 characters in data tables', 20_000, (n) => inMessage(dataTable({ rows: cells(1, 1, x(n)) }))),
  limit('2 charts', 2, (n) => validateMessage(message(...times(n, () => pie([point(1)]))))),
  limit('12,000 characters over all markdown blocks', 12_000, (n) =>
    validateMessage(message({ type: 'markdown', text: x(n - 6000) }, { type: 'markdown', text: x(6000) })),
  ),
  row(
    'block_id once in a message',
    validateMessage,
    message({ ...divider, block_id: 'a' }, { ...divider, block_id: 'b' }),
    message({ ...divider, block_id: 'a' }, { ...divider, block_id: 'a' }),
  ),
  row(
    'action_id once in a block',
    inMessage,
    actions(button({ action_id: 'a' }), button({ action_id: 'b' })),
    actions(button({ action_id: 'a' }), button({ action_id: 'a' })),
  ),
  row(
    'the same action_id only in different blocks',
    validateMessage,
    message(actions(button({ action_id: 'a' })), actions(button({ action_id: 'a' }))),
    message(actions(button({ action_id: 'a' }), button({ action_id: 'a' }))),
  ),
]

const views: readonly Row[] = [
  limit(
    '100 blocks in a modal',
    100,
    (n) => validateView(modal(times(n, () => divider))),
    'invalid_arguments',
  ),
  limit('100 blocks in a Home tab', 100, (n) => validateView(home(times(n, () => divider)))),
  row('a block in a modal', validateView, modal([divider]), modal([])),
  row('an empty Home tab, not an empty modal', validateView, home([]), modal([])),
  limit('24 characters of title', 24, (n) => validateView(modal([divider], { title: plain(x(n)) }))),
  limit('24 characters of submit', 24, (n) => validateView(modal([divider], { submit: plain(x(n)) }))),
  limit('24 characters of close', 24, (n) => validateView(modal([divider], { close: plain(x(n)) }))),
  row('a plain title', validateView, modal([divider]), modal([divider], { title: mrkdwn('t') })),
  row('a title', validateView, modal([divider]), modal([divider], { title: undefined })),
  row(
    'a submit button where there are inputs',
    validateView,
    modal([input(typedText())]),
    modal([input(typedText())], { submit: undefined }),
  ),
  limit('3,000 of private_metadata', 3000, (n) => validateView(modal([divider], { private_metadata: x(n) }))),
  limit('255 of callback_id', 255, (n) => validateView(modal([divider], { callback_id: x(n) }))),
  limit('255 of external_id', 255, (n) => validateView(modal([divider], { external_id: x(n) }))),
  row('no title on Home', validateView, home([]), home([], { title: plain('t') })),
  row('no submit on Home', validateView, home([]), home([], { submit: plain('t') })),
  row('no close on Home', validateView, home([]), home([], { close: plain('t') })),
  row('no unknown field', validateView, modal([divider]), modal([divider], { colour: 'red' })),
  row('a known type of view', validateView, home([]), { type: 'sheet', blocks: [] }),
  row(
    'focus on one element',
    validateView,
    modal([input(typedText({ focus_on_load: true })), input(typedText())]),
    modal([input(typedText({ focus_on_load: true })), input(typedText({ focus_on_load: true }))]),
  ),
  row(
    '250 KB',
    validateView,
    modal(times(80, () => section({ text: mrkdwn(x(3000)) }))),
    modal(times(100, () => section({ text: mrkdwn(x(3000)) }))),
    'view_too_large',
  ),
  row(
    'block_id once in a view',
    validateView,
    home([{ ...divider, block_id: 'a' }]),
    home([
      { ...divider, block_id: 'a' },
      { ...divider, block_id: 'a' },
    ]),
  ),
]

const options: readonly Row[] = [
  limit('100 options', 100, (n) => validateOptions({ options: times(n, opt) }), 'invalid_options'),
  limit('100 options over all groups', 100, (n) =>
    validateOptions({
      option_groups: [
        { label: plain('a'), options: times(n - 50, opt) },
        { label: plain('b'), options: times(50, opt) },
      ],
    }),
  ),
  row('no options at all, but a list', validateOptions, { options: [] }, {}),
  row('one kind', validateOptions, { options: [] }, { options: [], option_groups: [] }),
]

testRows('message', messages)
testRows('view', views)
testRows('options', options)

it('says where the breach is', () => {
  expect(validateMessage(message(divider, section({ text: mrkdwn(x(3001)) })))).toEqual([
    { error: 'invalid_blocks', pointer: '/blocks/1/text/text', message: 'must be less than 3001 characters' },
  ])
})

it('takes any garbage without throwing', () => {
  for (const garbage of [null, 7, 'x', [], {}, [null], { type: null }, { type: 'section', text: null }]) {
    expect(validateView(garbage)).not.toEqual([])
    expect(validateMessage(message(garbage))).not.toEqual([])
    expect(validateOptions(garbage)).not.toEqual([])
  }
  expect(validateMessage({ text: 'x', blocks: 'none' })).not.toEqual([])
})
