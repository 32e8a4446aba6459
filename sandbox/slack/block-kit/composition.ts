import {
  boolean,
  exactlyOne,
  list,
  object,
  oneOf,
  pick,
  type Rule,
  type Shape,
  string,
  variant,
} from './rule.ts'

/** Composition objects. Numbers: docs.slack.dev/reference/block-kit/composition-objects. */
export const textObjects = (max: number): Shape => ({
  plain_text: object({ type: oneOf('plain_text'), text: string({ max }) }, { emoji: boolean }),
  mrkdwn: object({ type: oneOf('mrkdwn'), text: string({ max }) }, { verbatim: boolean }),
})

export const anyText = (max: number): Rule => variant(textObjects(max))
export const plainText = (max: number): Rule => variant(pick(textObjects(max), ['plain_text']))
export const mrkdwnText = (max: number): Rule => variant(pick(textObjects(max), ['mrkdwn']))

export const blockId = string({ max: 255 })
export const actionId = string({ max: 255 })
export const url = string({ max: 3000 })

export const confirm: Rule = object(
  { text: anyText(300) },
  {
    title: plainText(100),
    confirm: plainText(30),
    deny: plainText(30),
    style: oneOf('primary', 'danger'),
  },
)

// Slack's own pages disagree on an option's value: 75 and 150. 75 is right under both.
export const option: Rule = object(
  { text: plainText(75), value: string({ max: 75 }) },
  { description: plainText(75) },
)
/** Radio buttons and checkboxes may format their options. */
export const formattedOption: Rule = object(
  { text: anyText(75), value: string({ max: 75 }) },
  { description: anyText(75) },
)
export const overflowOption: Rule = object(
  { text: plainText(75) },
  { value: string({ max: 75 }), url, description: plainText(75) },
)

export const optionGroup: Rule = object({ label: plainText(75), options: list(option, { max: 100 }) })

export const dispatchActionConfig: Rule = object({
  trigger_actions_on: list(oneOf('on_enter_pressed', 'on_character_entered'), { max: 2 }),
})

export const conversationFilter: Rule = object(
  {},
  {
    include: list(oneOf('im', 'mpim', 'private', 'public')),
    exclude_external_shared_channels: boolean,
    exclude_bot_users: boolean,
  },
)

export const slackFile: Rule = object({}, { id: string(), url }, exactlyOne('id', 'url'))
