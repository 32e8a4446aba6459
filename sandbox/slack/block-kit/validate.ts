import { surfaceBlock } from './blocks.ts'
import { option, optionGroup, plainText } from './composition.ts'
import {
  type Breach,
  boolean,
  type Context,
  exactlyOne,
  isList,
  isObject,
  list,
  type ObjectRule,
  object,
  oneOf,
  type Rule,
  type Surface,
  string,
} from './rule.ts'
import { focusedOnce, messageSums, uniqueIds } from './whole.ts'

export type { Breach } from './rule.ts'

/** What a message may carry; other arguments of the Slack method (channel, thread) are not looked at. */
export interface MessageContent {
  readonly text?: unknown
  readonly blocks?: unknown
  readonly attachments?: unknown
  readonly markdown_text?: unknown
}

/**
 * Everything for which Slack would refuse the message. A text over 4,000 characters is a breach although
 * chat.postMessage would take it: chat.update would not, and every card is updated one day. Blocks without
 * a text are one too: Slack only warns, but screen readers and notifications then have nothing to say.
 */
export const validateMessage = (message: MessageContent): readonly Breach[] => {
  const breaches: Breach[] = []
  const breach = (error: string, pointer: string, text: string): void => {
    breaches.push({ error, pointer, message: text })
  }
  const context: Context = {
    surface: 'message',
    report: (pointer, text) => breach('invalid_blocks', pointer, text),
  }
  const { text, blocks, attachments, markdown_text: markdown } = message
  if (markdown === undefined) {
    if (typeof text !== 'string' || text.trim() === '') breach('no_text', '/text', 'a text is required')
    else if (text.length > 4000) breach('msg_too_long', '/text', 'must be less than 4001 characters')
  } else {
    if (text !== undefined || blocks !== undefined) {
      breach('markdown_text_conflict', '/markdown_text', 'goes neither with text nor with blocks')
    }
    if (typeof markdown !== 'string' || markdown === '') breach('no_text', '/markdown_text', 'is empty')
    else if (markdown.length > 12_000) {
      breach('msg_too_long', '/markdown_text', 'must be less than 12001 characters')
    }
  }
  if (attachments !== undefined) {
    if (!isList(attachments)) breach('invalid_arguments', '/attachments', 'must be an array')
    else if (attachments.length > 100) {
      breach('too_many_attachments', '/attachments', 'no more than 100 items allowed')
    }
  }
  if (blocks !== undefined) {
    list(surfaceBlock, { min: 0, max: 50 })(blocks, '/blocks', context)
    uniqueIds(blocks, '/blocks', context)
    messageSums(blocks, breach, context)
  }
  return breaches
}

const modalTitle = plainText(24)

const viewBlocks: Rule = (value, at, context) => {
  list(surfaceBlock, { min: context.surface === 'home' ? 0 : 1, max: 100 })(value, at, context)
  uniqueIds(value, at, context)
  focusedOnce(value, at, context)
}

const submitWithInputs: ObjectRule = (value, at, { report }) => {
  const blocks = isList(value.blocks) ? value.blocks : []
  const asks = blocks.some((block) => isObject(block) && block.type === 'input')
  if (asks && value.submit === undefined) report(at, 'missing required field: submit')
}

const common = {
  private_metadata: string({ min: 0, max: 3000 }),
  callback_id: string({ max: 255 }),
  external_id: string({ max: 255 }),
}

const views: Readonly<Record<Exclude<Surface, 'message'>, Rule>> = {
  modal: object(
    { type: oneOf('modal'), title: modalTitle, blocks: viewBlocks },
    {
      ...common,
      submit: modalTitle,
      close: modalTitle,
      clear_on_close: boolean,
      notify_on_close: boolean,
      submit_disabled: boolean,
    },
    submitWithInputs,
  ),
  home: object({ type: oneOf('home'), blocks: viewBlocks }, common),
}

const maxViewBytes = 250 * 1024

/** Everything for which Slack would refuse the modal or Home tab. */
export const validateView = (view: unknown): readonly Breach[] => {
  const breaches: Breach[] = []
  const breach = (error: string, pointer: string, message: string): void => {
    breaches.push({ error, pointer, message })
  }
  const type = isObject(view) ? view.type : undefined
  if (type !== 'modal' && type !== 'home') {
    breach('invalid_arguments', '/type', 'must be one of: modal, home')
    return breaches
  }
  if (Buffer.byteLength(JSON.stringify(view)) > maxViewBytes) {
    breach('view_too_large', '', 'must be less than 250 KB')
  }
  const report = (pointer: string, message: string): void => breach('invalid_arguments', pointer, message)
  views[type](view, '', { surface: type, report })
  return breaches
}

const optionsAnswer: Rule = object(
  {},
  {
    options: list(option, { min: 0, max: 100 }),
    option_groups: list(optionGroup, { min: 0, max: 100 }),
  },
  exactlyOne('options', 'option_groups'),
  (value, at, { report }) => {
    const groups = isList(value.option_groups) ? value.option_groups : []
    const inside = (group: unknown): number =>
      isObject(group) && isList(group.options) ? group.options.length : 0
    if (groups.reduce<number>((sum, group) => sum + inside(group), 0) > 100) {
      report(`${at}/option_groups`, 'no more than 100 options allowed over all groups')
    }
  },
)

/** What is wrong with the answer to a `block_suggestion`; Slack shows an error in the menu then. */
export const validateOptions = (answer: unknown): readonly Breach[] => {
  const breaches: Breach[] = []
  optionsAnswer(answer, '', {
    surface: 'modal',
    report: (pointer, message) => breaches.push({ error: 'invalid_options', pointer, message }),
  })
  return breaches
}
