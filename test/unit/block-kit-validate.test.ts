import { describe, expect, it } from 'vitest'
import {
  type Breach,
  validateMessage,
  validateOptions,
  validateView,
} from '../../sandbox/slack/block-kit/validate.ts'

const x = (length: number): string => 'x'.repeat(length)
const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index))
const plain = (text: string) => ({ type: 'plain_text', text })
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text })
const opt = (index: number) => ({ text: plain(`o${index}`), value: `v${index}` })

const section = (extra: object = {}) => ({ type: 'section', text: mrkdwn('hi'), ...extra })
const divider = { type: 'divider' }
const image = { type: 'image', image_url: 'https://x.test/a.png', alt_text: 'a' }
const button = (extra: object = {}) => ({ type: 'button', text: plain('Claim Chat'), ...extra })
const actions = (...elements: readonly object[]) => ({ type: 'actions', elements })
const input = (element: object, extra: object = {}) => ({
  type: 'input',
  label: plain('Note'),
  element,
  ...extra,
})
const typedText = (extra: object = {}) => ({ type: 'plain_text_input', ...extra })
const message = (...blocks: readonly unknown[]) => ({ text: 'hi', blocks })
const modal = (blocks: readonly unknown[], extra: object = {}) => ({
  type: 'modal',
  title: plain('Title'),
  submit: plain('Send'),
  blocks,
  ...extra,
})
const home = (blocks: readonly unknown[], extra: object = {}) => ({ type: 'home', blocks, ...extra })

const inMessage = (block: unknown) => validateMessage(message(block))
const inModal = (block: unknown) => validateView(modal([block]))
const inHome = (block: unknown) => validateView(home([block]))
const inActions = (element: object) => inMessage(actions(element))
const inInput = (element: object) => inModal(input(element))
const select = (extra: object) => inActions({ type: 'static_select', ...extra })
const richList = (indent: number) => ({
  type: 'rich_text',
  elements: [
    {
      type: 'rich_text_list',
      style: 'bullet',
      indent,
      elements: [{ type: 'rich_text_section', elements: [] }],
    },
  ],
})
const card = (extra: object) => ({ type: 'card', ...extra })
const container = (extra: object) => ({
  type: 'container',
  title: plain('T'),
  child_blocks: [divider],
  ...extra,
})
const cells = (rows: number, columns: number, text = 'x') =>
  times(rows, () => times(columns, () => ({ type: 'raw_text', text })))
const dataTable = (extra: object) => ({ type: 'data_table', caption: 'c', rows: cells(2, 2), ...extra })
const point = (index: number) => ({ label: `p${index}`, value: index })
const pie = (segments: readonly object[], title = 't') => ({
  type: 'data_visualization',
  title,
  chart: { type: 'pie', segments },
})
const bars = (series: number, points: number) => ({
  type: 'data_visualization',
  title: 't',
  chart: {
    type: 'bar',
    axis_config: { categories: times(1, (index) => `p${index}`) },
    series: times(series, (index) => ({ name: `s${index}`, data: times(points, point) })),
  },
})
const task = (index: number) => ({ type: 'task_card', task_id: `${index}`, title: 't', status: 'pending' })
const video = (extra: object) => ({
  type: 'video',
  video_url: 'https://x.test/v',
  thumbnail_url: 'https://x.test/t',
  alt_text: 'a',
  title: plain('t'),
  ...extra,
})
const confirm = (extra: object) => inActions(button({ confirm: { text: plain('Sure?'), ...extra } }))

type Check<T> = (value: T) => readonly Breach[]

/** What it is about, what just passes, what just fails. */
interface Row {
  readonly what: string
  readonly passes: () => readonly Breach[]
  readonly fails: () => readonly Breach[]
  readonly error: string | undefined
}

const row = <T>(what: string, check: Check<T>, passes: T, fails: T, error?: string): Row => ({
  what,
  passes: () => check(passes),
  fails: () => check(fails),
  error,
})

const limit = (what: string, most: number, check: Check<number>, error?: string): Row =>
  row(what, check, most, most + 1, error)

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

const alert = { type: 'alert', text: plain('x') }
const markdown = { type: 'markdown', text: 'x' }
const feedback = {
  type: 'feedback_buttons',
  positive_button: { text: plain('y'), value: 'y' },
  negative_button: { text: plain('n'), value: 'n' },
}
const contextActions = (count: number) => ({
  type: 'context_actions',
  elements: times(count, () => feedback),
})
const plan = (count: number) => ({ type: 'plan', title: 't', tasks: times(count, task) })

const onlyOn = (what: string, block: unknown, where: readonly string[]): readonly Row[] => {
  const surfaces = { message: inMessage, modal: inModal, home: inHome }
  const entries = Object.entries(surfaces)
  const yes = entries.filter(([name]) => where.includes(name))
  return entries
    .filter(([name]) => !where.includes(name))
    .flatMap(([no, check]) =>
      yes.map(([ok, passes]) =>
        row(
          `${what} on ${ok}, not on ${no}`,
          (inside: boolean) => (inside ? passes : check)(block),
          true,
          false,
        ),
      ),
    )
}

const blocks: readonly Row[] = [
  row('a known block type', inMessage, divider, { type: 'dividor' }),
  row('no file block', inMessage, divider, { type: 'file', source: 'remote', external_id: 'x' }),
  row('no unknown property', inMessage, divider, { ...divider, colour: 'red' }),
  limit('block_id of 255', 255, (n) => inMessage({ ...divider, block_id: x(n) })),
  row('a block_id that is not empty', inMessage, { ...divider, block_id: 'x' }, { ...divider, block_id: '' }),
  limit('section text of 3,000', 3000, (n) => inMessage(section({ text: mrkdwn(x(n)) }))),
  row('section text that is not empty', inMessage, section(), section({ text: mrkdwn('') })),
  row('text or fields', inMessage, { type: 'section', fields: [plain('x')] }, { type: 'section' }),
  limit('10 fields', 10, (n) => inMessage(section({ fields: times(n, () => plain('x')) }))),
  limit('a field of 2,000', 2000, (n) => inMessage(section({ fields: [plain(x(n))] }))),
  row(
    'a fitting accessory',
    inMessage,
    section({ accessory: button() }),
    section({ accessory: typedText() }),
  ),
  limit('header of 150', 150, (n) => inMessage({ type: 'header', text: plain(x(n)) })),
  row(
    'a plain header',
    inMessage,
    { type: 'header', text: plain('x') },
    { type: 'header', text: mrkdwn('x') },
  ),
  limit('header level 4', 4, (n) => inMessage({ type: 'header', text: plain('x'), level: n })),
  limit('10 context elements', 10, (n) =>
    inMessage({ type: 'context', elements: times(n, () => mrkdwn('x')) }),
  ),
  row(
    'texts and images in context',
    inMessage,
    { type: 'context', elements: [image] },
    { type: 'context', elements: [button()] },
  ),
  limit('25 actions', 25, (n) => inMessage(actions(...times(n, () => button())))),
  row('no text input among actions', inModal, actions(button()), actions(typedText())),
  row('at least one action', inMessage, actions(button()), actions()),
  row('alt_text', inMessage, image, { ...image, alt_text: undefined }),
  limit('alt_text of 2,000', 2000, (n) => inMessage({ ...image, alt_text: x(n) })),
  limit('image title of 2,000', 2000, (n) => inMessage({ ...image, title: plain(x(n)) })),
  limit('image_url of 3,000', 3000, (n) => inMessage({ ...image, image_url: x(n) })),
  row('one source of an image', inMessage, image, { ...image, slack_file: { id: 'F1' } }),
  row('a source of an image', inMessage, image, { type: 'image', alt_text: 'a' }),
  limit('input label of 2,000', 2000, (n) => inModal(input(typedText(), { label: plain(x(n)) }))),
  limit('input hint of 2,000', 2000, (n) => inModal(input(typedText(), { hint: plain(x(n)) }))),
  row('an element in an input', inModal, input(typedText()), { type: 'input', label: plain('x') }),
  row('an element that asks', inModal, input(typedText()), input(button())),
  row(
    'file_input not on Home',
    (check: typeof inHome) => check(input({ type: 'file_input' })),
    inModal,
    inHome,
  ),
  limit('indent of 8', 8, (n) => inMessage(richList(n))),
  row('known rich text elements', inMessage, richList(0), {
    type: 'rich_text',
    elements: [{ type: 'rich_text_section', elements: [{ type: 'smell' }] }],
  }),
  limit('video title under 200', 199, (n) => inMessage(video({ title: plain(x(n)) }))),
  limit('video author under 50', 49, (n) => inMessage(video({ author_name: x(n) }))),
  row('video alt_text', inMessage, video({}), video({ alt_text: undefined })),
  limit('100 rows', 100, (n) => inMessage({ type: 'table', rows: cells(n, 1) })),
  limit('20 cells', 20, (n) => inMessage({ type: 'table', rows: cells(1, n) })),
  limit('20 column settings', 20, (n) =>
    inMessage({ type: 'table', rows: cells(1, 1), column_settings: times(n, () => ({ align: 'left' })) }),
  ),
  limit('a header and 200 rows', 201, (n) => inMessage(dataTable({ rows: cells(n, 1) }))),
  limit('20 columns', 20, (n) => inMessage(dataTable({ rows: cells(1, n) }))),
  row('a caption', inMessage, dataTable({}), dataTable({ caption: undefined })),
  limit('page_size of 100', 100, (n) => inMessage(dataTable({ page_size: n }))),
  row('page_size from 1', inMessage, dataTable({ page_size: 1 }), dataTable({ page_size: 0 })),
  row(
    'row header within the columns',
    inMessage,
    dataTable({ row_header_column_index: 1 }),
    dataTable({ row_header_column_index: 2 }),
  ),
  limit('chart title of 50', 50, (n) => inMessage(pie([point(1)], x(n)))),
  limit('12 slices', 12, (n) => inMessage(pie(times(n, point)))),
  limit('12 series', 12, (n) => inMessage(bars(n, 1))),
  limit('20 points', 20, (n) => inMessage(bars(1, n))),
  limit('chart label of 20', 20, (n) => inMessage(pie([{ label: x(n), value: 1 }]))),
  row('something in a card', inMessage, card({ body: mrkdwn('x') }), card({ subtitle: mrkdwn('x') })),
  limit('card title of 150', 150, (n) => inMessage(card({ title: mrkdwn(x(n)) }))),
  limit('card subtitle of 150', 150, (n) => inMessage(card({ title: mrkdwn('x'), subtitle: mrkdwn(x(n)) }))),
  limit('card body of 200', 200, (n) => inMessage(card({ body: mrkdwn(x(n)) }))),
  limit('3 card actions', 3, (n) => inMessage(card({ actions: times(n, () => button()) }))),
  limit('10 cards in a carousel', 10, (n) =>
    inMessage({ type: 'carousel', elements: times(n, () => card({ body: mrkdwn('x') })) }),
  ),
  row(
    'cards in a carousel',
    inMessage,
    { type: 'carousel', elements: [card({ body: mrkdwn('x') })] },
    { type: 'carousel', elements: [] },
  ),
  limit('10 child blocks', 10, (n) => inMessage(container({ child_blocks: times(n, () => divider) }))),
  row(
    'no card in a container',
    inMessage,
    container({}),
    container({ child_blocks: [card({ body: mrkdwn('x') })] }),
  ),
  row('a container title', inMessage, container({}), container({ title: undefined })),
  limit('container title of 150', 150, (n) => inMessage(container({ title: plain(x(n)) }))),
  limit('container subtitle of 150', 150, (n) => inMessage(container({ subtitle: plain(x(n)) }))),
  row(
    'collapsed only if collapsible',
    inMessage,
    container({ default_collapsed: true, is_collapsible: true }),
    container({ default_collapsed: true }),
  ),
  limit('alert of 200', 200, (n) => inModal({ ...alert, text: plain(x(n)) })),
  row('a known alert level', inModal, { ...alert, level: 'error' }, { ...alert, level: 'awful' }),
  limit('5 context actions', 5, (n) => inMessage(contextActions(n))),
  limit('50 task cards', 50, (n) => inMessage(plan(n))),
  row('a known task status', inMessage, task(1), { ...task(1), status: 'lost' }),
  ...onlyOn('alert', alert, ['modal']),
  ...onlyOn('markdown', markdown, ['message']),
  ...onlyOn('context_actions', contextActions(1), ['message']),
  ...onlyOn('plan', plan(1), ['message']),
  ...onlyOn('task_card', task(1), ['message']),
  ...onlyOn('table', { type: 'table', rows: cells(1, 1) }, ['message', 'home']),
  ...onlyOn('data_table', dataTable({}), ['message', 'home']),
  ...onlyOn('data_visualization', pie([point(1)]), ['message', 'home']),
  ...onlyOn('carousel', { type: 'carousel', elements: [card({ body: mrkdwn('x') })] }, ['message', 'home']),
  ...onlyOn('container', container({}), ['message', 'home']),
]

const static2 = { type: 'static_select', options: [opt(1), opt(2)] }

const elements: readonly Row[] = [
  row('a known element type', inActions, button(), { type: 'lever' }),
  row('no unknown property', inActions, button(), button({ colour: 'red' })),
  limit('action_id of 255', 255, (n) => inActions(button({ action_id: x(n) }))),
  limit('button text of 75', 75, (n) => inActions(button({ text: plain(x(n)) }))),
  row('a plain button text', inActions, button(), button({ text: mrkdwn('x') })),
  limit('button value of 2,000', 2000, (n) => inActions(button({ value: x(n) }))),
  limit('button url of 3,000', 3000, (n) => inActions(button({ url: x(n) }))),
  limit('accessibility_label of 75', 75, (n) => inActions(button({ accessibility_label: x(n) }))),
  row('a known style', inActions, button({ style: 'primary' }), button({ style: 'default' })),
  limit('5 overflow options', 5, (n) => inActions({ type: 'overflow', options: times(n, opt) })),
  row(
    'an overflow option',
    inActions,
    { type: 'overflow', options: [opt(1)] },
    { type: 'overflow', options: [] },
  ),
  limit('overflow url of 3,000', 3000, (n) =>
    inActions({ type: 'overflow', options: [{ text: plain('x'), url: x(n) }] }),
  ),
  limit('100 options', 100, (n) => select({ options: times(n, opt) })),
  limit('100 groups', 100, (n) =>
    select({ option_groups: times(n, () => ({ label: plain('g'), options: [opt(1)] })) }),
  ),
  limit('100 options in a group', 100, (n) =>
    select({ option_groups: [{ label: plain('g'), options: times(n, opt) }] }),
  ),
  limit('group label of 75', 75, (n) =>
    select({ option_groups: [{ label: plain(x(n)), options: [opt(1)] }] }),
  ),
  row(
    'options or groups, not both',
    select,
    { options: [opt(1)] },
    { options: [opt(1)], option_groups: [{ label: plain('g'), options: [opt(1)] }] },
  ),
  row('options or groups, not none', select, { options: [opt(1)] }, {}),
  limit('option text of 75', 75, (n) => select({ options: [{ text: plain(x(n)), value: 'v' }] })),
  limit('option value of 75', 75, (n) => select({ options: [{ text: plain('x'), value: x(n) }] })),
  limit('option description of 75', 75, (n) =>
    select({ options: [{ ...opt(1), description: plain(x(n)) }] }),
  ),
  row(
    'plain option texts in menus',
    inActions,
    { type: 'radio_buttons', options: [{ text: mrkdwn('x'), value: 'v' }] },
    { type: 'static_select', options: [{ text: mrkdwn('x'), value: 'v' }] },
  ),
  row('an option value', select, { options: [opt(1)] }, { options: [{ text: plain('x') }] }),
  row(
    'an initial option that is offered',
    inActions,
    { ...static2, initial_option: opt(2) },
    { ...static2, initial_option: opt(3) },
  ),
  row(
    'a full initial option',
    inActions,
    { type: 'external_select', initial_option: opt(1) },
    { type: 'external_select', initial_option: { value: 'v' } },
  ),
  limit('10 radio buttons', 10, (n) => inActions({ type: 'radio_buttons', options: times(n, opt) })),
  limit('10 checkboxes', 10, (n) => inActions({ type: 'checkboxes', options: times(n, opt) })),
  limit('placeholder of 150', 150, (n) => select({ options: [opt(1)], placeholder: plain(x(n)) })),
  limit('confirm title of 100', 100, (n) => confirm({ title: plain(x(n)) })),
  limit('confirm text of 300', 300, (n) => confirm({ text: mrkdwn(x(n)) })),
  limit('confirm button of 30', 30, (n) => confirm({ confirm: plain(x(n)) })),
  limit('deny button of 30', 30, (n) => confirm({ deny: plain(x(n)) })),
  row('a confirm text', confirm, {}, { text: undefined }),
  limit('min_length of 3,000', 3000, (n) => inInput(typedText({ min_length: n }))),
  limit('max_length of 3,000', 3000, (n) => inInput(typedText({ max_length: n }))),
  row('max_length from 1', inInput, typedText({ max_length: 1 }), typedText({ max_length: 0 })),
  limit('initial value within max_length', 5, (n) =>
    inInput(typedText({ max_length: 5, initial_value: x(n) })),
  ),
  row(
    'is_decimal_allowed',
    inInput,
    { type: 'number_input', is_decimal_allowed: true },
    { type: 'number_input' },
  ),
  row(
    'min_value up to max_value',
    inInput,
    { type: 'number_input', is_decimal_allowed: false, min_value: '9', max_value: '10' },
    { type: 'number_input', is_decimal_allowed: false, min_value: '11', max_value: '10' },
  ),
  row(
    'a timestamp of 10 digits',
    inActions,
    { type: 'datetimepicker', initial_date_time: 1_628_633_820 },
    { type: 'datetimepicker', initial_date_time: 1_628_633_820_000 },
  ),
  row(
    'a date',
    inActions,
    { type: 'datepicker', initial_date: '2026-11-20' },
    { type: 'datepicker', initial_date: '20.11.2026' },
  ),
  row(
    'a time of day',
    inActions,
    { type: 'timepicker', initial_time: '23:59' },
    { type: 'timepicker', initial_time: '24:00' },
  ),
  limit('10 files', 10, (n) => inInput({ type: 'file_input', max_files: n })),
  row('a file', inInput, { type: 'file_input', max_files: 1 }, { type: 'file_input', max_files: 0 }),
  limit('100 lines', 100, (n) => inInput({ type: 'rich_text_input', max_lines: n })),
  row(
    'response_url_enabled only in modal inputs',
    inModal,
    input({ type: 'conversations_select', response_url_enabled: true }),
    section({ accessory: { type: 'conversations_select', response_url_enabled: true } }),
  ),
  row(
    'known triggers of dispatch_action',
    inInput,
    typedText({ dispatch_action_config: { trigger_actions_on: ['on_enter_pressed'] } }),
    typedText({ dispatch_action_config: { trigger_actions_on: ['on_blur'] } }),
  ),
  row(
    'dispatch_action on the block',
    inModal,
    input(typedText(), { dispatch_action: true }),
    input(typedText({ dispatch_action: true })),
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

describe.each([
  ['message', messages],
  ['view', views],
  ['block', blocks],
  ['element', elements],
  ['options', options],
] as const)('Block Kit: %s', (_, rows) => {
  it.each(rows)('allows $what and no more', ({ passes, fails, error }) => {
    expect(passes()).toEqual([])
    const errors = fails().map((breach) => breach.error)
    expect(errors).toHaveLength(1)
    if (error !== undefined) expect(errors).toContain(error)
  })
})

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
