import { anyText, blockId, mrkdwnText, plainText, slackFile, textObjects, url } from './composition.ts'
import { dataTable, dataVisualization, table } from './data-blocks.ts'
import { elements, imageElement } from './elements.ts'
import { richText } from './rich-text.ts'
import {
  atLeastOne,
  boolean,
  exactlyOne,
  isObject,
  list,
  type ObjectRule,
  object,
  oneOf,
  pick,
  type Rule,
  type Shape,
  type Surface,
  string,
  variant,
} from './rule.ts'

/** Blocks. Numbers: docs.slack.dev/reference/block-kit/blocks. */
const block = (
  type: string,
  required: Shape,
  optional: Shape = {},
  ...further: readonly ObjectRule[]
): Rule => object({ type: oneOf(type), ...required }, { block_id: blockId, ...optional }, ...further)

const menus = [
  ...['static_select', 'external_select', 'users_select', 'conversations_select', 'channels_select'],
  ...['multi_static_select', 'multi_external_select', 'multi_users_select'],
  ...['multi_conversations_select', 'multi_channels_select'],
]
const choices = [...menus, 'checkboxes', 'radio_buttons', 'datepicker', 'timepicker']
const buttons = ['button', 'workflow_button', 'overflow']
const typed = ['plain_text_input', 'email_text_input', 'url_text_input', 'number_input', 'file_input']

const accessory = variant(pick(elements, [...choices, ...buttons, 'image']))
const action = variant(pick(elements, [...choices, ...buttons, 'datetimepicker', 'rich_text_input']))
const inputElement = variant(pick(elements, [...choices, ...typed, 'datetimepicker', 'rich_text_input']))

const contextElement = variant({ ...textObjects(3000), image: imageElement })

const responseUrlOnlyInModals: ObjectRule = (value, at, { surface, report }) => {
  const held = Object.entries({ element: value.element, accessory: value.accessory })
  for (const [name, each] of held) {
    if (!isObject(each) || each.response_url_enabled === undefined) continue
    if (surface !== 'modal' || name !== 'element') {
      report(`${at}/${name}/response_url_enabled`, 'is allowed only in input blocks of modals')
    }
  }
}

const collapsedNeedsCollapsible: ObjectRule = (value, at, { report }) => {
  if (value.default_collapsed === true && value.is_collapsible !== true) {
    report(`${at}/default_collapsed`, 'requires is_collapsible')
  }
}

const title150 = mrkdwnText(150)

const card: Rule = block(
  'card',
  {},
  {
    hero_image: imageElement,
    icon: imageElement,
    title: title150,
    subtitle: title150,
    body: mrkdwnText(200),
    actions: list(variant(pick(elements, ['button'])), { max: 3 }),
  },
  atLeastOne('hero_image', 'title', 'actions', 'body'),
)

const taskCard: Rule = block(
  'task_card',
  {
    task_id: string(),
    title: string(),
    status: oneOf('pending', 'in_progress', 'complete', 'error'),
  },
  {
    details: richText,
    output: richText,
    sources: list(object({ type: oneOf('url'), url, text: string() })),
  },
)

const simple: Shape = {
  section: block(
    'section',
    {},
    {
      text: anyText(3000),
      fields: list(anyText(2000), { max: 10 }),
      accessory,
      expand: boolean,
    },
    atLeastOne('text', 'fields'),
    responseUrlOnlyInModals,
  ),
  header: block('header', { text: plainText(150) }, { level: oneOf(1, 2, 3, 4) }),
  context: block('context', { elements: list(contextElement, { max: 10 }) }),
  actions: block('actions', { elements: list(action, { max: 25 }) }),
  divider: block('divider', {}),
  image: block(
    'image',
    { alt_text: string({ max: 2000 }) },
    { title: plainText(2000), image_url: url, slack_file: slackFile },
    exactlyOne('image_url', 'slack_file'),
  ),
  input: block(
    'input',
    { label: plainText(2000), element: inputElement },
    { hint: plainText(2000), optional: boolean, dispatch_action: boolean },
    responseUrlOnlyInModals,
  ),
  rich_text: richText,
  table,
  video: block(
    'video',
    { video_url: url, thumbnail_url: url, alt_text: string({ max: 2000 }), title: plainText(199) },
    {
      title_url: url,
      author_name: string({ max: 49 }),
      provider_name: string(),
      provider_icon_url: url,
      description: plainText(200),
    },
  ),
}

const container: Rule = block(
  'container',
  { child_blocks: list(variant(simple), { max: 10 }) },
  {
    title: plainText(150),
    rich_text_title: richText,
    subtitle: anyText(150),
    width: oneOf('narrow', 'standard', 'wide', 'full'),
    icon: imageElement,
    is_collapsible: boolean,
    default_collapsed: boolean,
    has_header_divider: boolean,
  },
  atLeastOne('title', 'rich_text_title'),
  collapsedNeedsCollapsible,
)

const blocks: Shape = {
  ...simple,
  table,
  data_table: dataTable,
  data_visualization: dataVisualization,
  card,
  carousel: block('carousel', { elements: list(variant({ card }), { max: 10 }) }),
  container,
  alert: block(
    'alert',
    { text: anyText(200) },
    { level: oneOf('default', 'info', 'warning', 'error', 'success') },
  ),
  markdown: block('markdown', { text: string({ max: 12_000 }) }),
  context_actions: block('context_actions', {
    elements: list(variant(pick(elements, ['feedback_buttons', 'icon_button'])), { max: 5 }),
  }),
  task_card: taskCard,
  plan: block('plan', { title: string() }, { tasks: list(variant({ task_card: taskCard }), { max: 50 }) }),
  // `file` is missing on purpose: Slack shows such blocks, but nobody can post them.
}

const everywhere = ['section', 'header', 'context', 'actions', 'divider', 'image', 'input', 'rich_text']
const rich = ['video', 'card']
const wide = ['table', 'data_table', 'data_visualization', 'carousel', 'container']

const allowedOn: Readonly<Record<Surface, Rule>> = {
  message: variant(
    pick(blocks, [...everywhere, ...rich, ...wide, 'markdown', 'context_actions', 'plan', 'task_card']),
  ),
  modal: variant(pick(blocks, [...everywhere, ...rich, 'alert'])),
  home: variant(pick(blocks, [...everywhere, ...rich, ...wide])),
}

/** One block of the surface that is being checked. */
export const surfaceBlock: Rule = (value, at, context) => allowedOn[context.surface](value, at, context)
