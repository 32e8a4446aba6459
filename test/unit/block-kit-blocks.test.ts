import {
  actions,
  bars,
  button,
  card,
  cells,
  container,
  dataTable,
  divider,
  image,
  inHome,
  inMessage,
  inModal,
  input,
  limit,
  mrkdwn,
  pie,
  plain,
  point,
  type Row,
  richList,
  row,
  section,
  task,
  testRows,
  times,
  typedText,
  video,
  x,
} from './block-kit-rows.ts'

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

testRows('block', blocks)
