import { blockId, url } from './composition.ts'
import {
  boolean,
  finiteNumber,
  integer,
  list,
  object,
  oneOf,
  pick,
  type Rule,
  type Shape,
  string,
  variant,
} from './rule.ts'

/** The rich_text block. Source: docs.slack.dev/reference/block-kit/blocks/rich-text-block. */
const style = object(
  {},
  { bold: boolean, code: boolean, italic: boolean, strike: boolean, underline: boolean },
)

const inline = (type: string, required: Shape, optional: Shape = {}): Rule =>
  object({ type: oneOf(type), ...required }, { style, ...optional })

const inlineElements: Shape = {
  text: inline('text', { text: string() }),
  link: inline('link', { url }, { text: string(), unsafe: boolean }),
  emoji: inline('emoji', { name: string() }, { unicode: string(), url }),
  user: inline('user', { user_id: string() }),
  usergroup: inline('usergroup', { usergroup_id: string() }),
  channel: inline('channel', { channel_id: string() }),
  team: inline('team', { team_id: string() }),
  broadcast: inline('broadcast', { range: oneOf('here', 'channel', 'everyone') }),
  color: inline('color', { value: string() }),
  date: inline('date', { timestamp: finiteNumber, format: string() }, { url, fallback: string() }),
}

const border = oneOf(0, 1)
const anyInline = list(variant(inlineElements), { min: 0 })
const section = object({ type: oneOf('rich_text_section'), elements: anyInline })

const parts: Shape = {
  rich_text_section: section,
  rich_text_quote: object({ type: oneOf('rich_text_quote'), elements: anyInline }, { border }),
  rich_text_preformatted: object(
    {
      type: oneOf('rich_text_preformatted'),
      elements: list(variant(pick(inlineElements, ['text', 'link'])), { min: 0 }),
    },
    { border, language: string() },
  ),
  rich_text_list: object(
    {
      type: oneOf('rich_text_list'),
      style: oneOf('bullet', 'ordered'),
      elements: list(variant({ rich_text_section: section })),
    },
    { border, indent: integer(0, 8), offset: integer(0, 100_000) },
  ),
}

export const richText: Rule = variant({
  rich_text: object({ type: oneOf('rich_text'), elements: list(variant(parts)) }, { block_id: blockId }),
})
