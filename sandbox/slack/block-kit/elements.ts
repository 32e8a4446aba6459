import {
  actionId,
  confirm,
  conversationFilter,
  dispatchActionConfig,
  formattedOption,
  option,
  optionGroup,
  overflowOption,
  plainText,
  slackFile,
  url,
} from './composition.ts'
import { richText } from './rich-text.ts'
import {
  boolean,
  exactlyOne,
  integer,
  isList,
  isObject,
  list,
  type ObjectRule,
  object,
  oneOf,
  type Rule,
  type Shape,
  string,
} from './rule.ts'

/** Block elements. Numbers: docs.slack.dev/reference/block-kit/block-elements. */
const element = (type: string, required: Shape, optional: Shape, ...further: readonly ObjectRule[]): Rule =>
  object({ type: oneOf(type), ...required }, { action_id: actionId, ...optional }, ...further)

const placeholder = plainText(150)
const style = oneOf('primary', 'danger')
const accessibilityLabel = string({ max: 75 })
const choice: Shape = { confirm, focus_on_load: boolean }
const menu: Shape = { ...choice, placeholder }
const typed: Shape = { dispatch_action_config: dispatchActionConfig, focus_on_load: boolean, placeholder }
const several: Shape = { max_selected_items: integer(1, 100) }
const conversations: Shape = {
  default_to_current_conversation: boolean,
  filter: conversationFilter,
}
const staticOptions: Shape = {
  options: list(option, { max: 100 }),
  option_groups: list(optionGroup, { max: 100 }),
}
const id = string()

const ordered =
  (low: string, high: string): ObjectRule =>
  (value, at, { report }) => {
    const [min, max] = [value[low], value[high]]
    if (min !== undefined && max !== undefined && Number(min) > Number(max)) {
      report(`${at}/${low}`, `must not be greater than ${high}`)
    }
  }

const initialWithinMax: ObjectRule = (value, at, { report }) => {
  const { initial_value: initial, max_length: max } = value
  if (typeof initial === 'string' && typeof max === 'number' && initial.length > max) {
    report(`${at}/initial_value`, `must be less than ${max + 1} characters`)
  }
}

/** What is chosen at first must be one of the options, letter by letter. */
const initialAmongOptions: ObjectRule = (value, at, { report }) => {
  const groups = isList(value.option_groups) ? value.option_groups.filter(isObject) : []
  const offered = [value.options, ...groups.map((group) => group.options)]
    .flatMap((options) => (isList(options) ? options : []))
    .map((each) => JSON.stringify(each))
  const missing = (chosen: unknown): boolean => !offered.includes(JSON.stringify(chosen))
  const { initial_option: one, initial_options: many } = value
  if (one !== undefined && missing(one)) report(`${at}/initial_option`, 'must be one of the options')
  if (isList(many) && many.some(missing)) report(`${at}/initial_options`, 'must be among the options')
}

const notOnHome: ObjectRule = (value, at, { surface, report }) => {
  if (surface === 'home') report(`${at}/type`, `unsupported type: ${String(value.type)}`)
}

const feedbackButton = object(
  { text: plainText(75), value: string({ max: 2000 }) },
  { accessibility_label: accessibilityLabel },
)

const numberText = string({ form: /^-?\d+(\.\d+)?$/ })

export const imageElement: Rule = object(
  { type: oneOf('image'), alt_text: string({ max: 2000 }) },
  { image_url: url, slack_file: slackFile },
  exactlyOne('image_url', 'slack_file'),
)

export const elements: Shape = {
  button: element(
    'button',
    { text: plainText(75) },
    { value: string({ max: 2000 }), url, style, confirm, accessibility_label: accessibilityLabel },
  ),
  workflow_button: element(
    'workflow_button',
    {
      text: plainText(75),
      workflow: object({
        trigger: object(
          { url },
          { customizable_input_parameters: list(object({ name: string(), value: string() })) },
        ),
      }),
    },
    { style, confirm, accessibility_label: accessibilityLabel },
  ),
  icon_button: element(
    'icon_button',
    { icon: string(), text: plainText(75) },
    {
      value: string({ max: 2000 }),
      visible_to_user_ids: list(id),
      confirm,
      accessibility_label: accessibilityLabel,
    },
  ),
  feedback_buttons: element(
    'feedback_buttons',
    { positive_button: feedbackButton, negative_button: feedbackButton },
    {},
  ),
  image: imageElement,
  overflow: element('overflow', { options: list(overflowOption, { max: 5 }) }, { confirm }),
  checkboxes: element(
    'checkboxes',
    { options: list(formattedOption, { max: 10 }) },
    { ...choice, initial_options: list(formattedOption, { max: 10 }) },
    initialAmongOptions,
  ),
  radio_buttons: element(
    'radio_buttons',
    { options: list(formattedOption, { max: 10 }) },
    { ...choice, initial_option: formattedOption },
    initialAmongOptions,
  ),
  static_select: element(
    'static_select',
    {},
    { ...menu, ...staticOptions, initial_option: option },
    exactlyOne('options', 'option_groups'),
    initialAmongOptions,
  ),
  multi_static_select: element(
    'multi_static_select',
    {},
    { ...menu, ...several, ...staticOptions, initial_options: list(option, { max: 100 }) },
    exactlyOne('options', 'option_groups'),
    initialAmongOptions,
  ),
  external_select: element(
    'external_select',
    {},
    { ...menu, min_query_length: integer(0, 3000), initial_option: option },
  ),
  multi_external_select: element(
    'multi_external_select',
    {},
    {
      ...menu,
      ...several,
      min_query_length: integer(0, 3000),
      initial_options: list(option, { max: 100 }),
    },
  ),
  users_select: element('users_select', {}, { ...menu, initial_user: id }),
  multi_users_select: element('multi_users_select', {}, { ...menu, ...several, initial_users: list(id) }),
  // `response_url_enabled` is refused outside a modal's input block: see blocks.ts.
  conversations_select: element(
    'conversations_select',
    {},
    { ...menu, ...conversations, initial_conversation: id, response_url_enabled: boolean },
  ),
  multi_conversations_select: element(
    'multi_conversations_select',
    {},
    { ...menu, ...several, ...conversations, initial_conversations: list(id) },
  ),
  channels_select: element(
    'channels_select',
    {},
    { ...menu, initial_channel: id, response_url_enabled: boolean },
  ),
  multi_channels_select: element(
    'multi_channels_select',
    {},
    { ...menu, ...several, initial_channels: list(id) },
  ),
  datepicker: element(
    'datepicker',
    {},
    { ...menu, initial_date: string({ form: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/ }) },
  ),
  timepicker: element(
    'timepicker',
    {},
    { ...menu, initial_time: string({ form: /^([01]\d|2[0-3]):[0-5]\d$/ }), timezone: string() },
  ),
  datetimepicker: element(
    'datetimepicker',
    {},
    { ...choice, initial_date_time: integer(1_000_000_000, 9_999_999_999) },
  ),
  plain_text_input: element(
    'plain_text_input',
    {},
    {
      ...typed,
      initial_value: string({ min: 0, max: 3000 }),
      multiline: boolean,
      min_length: integer(0, 3000),
      max_length: integer(1, 3000),
    },
    ordered('min_length', 'max_length'),
    initialWithinMax,
  ),
  email_text_input: element('email_text_input', {}, { ...typed, initial_value: string() }),
  url_text_input: element('url_text_input', {}, { ...typed, initial_value: string() }),
  number_input: element(
    'number_input',
    { is_decimal_allowed: boolean },
    { ...typed, initial_value: numberText, min_value: numberText, max_value: numberText },
    ordered('min_value', 'max_value'),
  ),
  rich_text_input: element(
    'rich_text_input',
    {},
    { ...typed, initial_value: richText, min_lines: integer(1, 100), max_lines: integer(1, 100) },
    ordered('min_lines', 'max_lines'),
  ),
  file_input: element('file_input', {}, { filetypes: list(string()), max_files: integer(1, 10) }, notOnHome),
}
