import { Fragment, type ReactNode } from 'react'
import {
  isRecord,
  type JsonRecord,
  recordOrEmpty,
  recordsIn,
  stringOrEmpty,
  stringOrNull,
} from '../../../slack/json.ts'
import { emojiCharacter } from './emoji.ts'
import { type InlineProps, Link, Mention, Ping, SlackDate } from './inline.tsx'
import { Emoji } from './mrkdwn.tsx'
import { Problem } from './problem.tsx'

/** A rich_text block: formatted by structure, so that nothing in its texts is markup. */
export const RichText = ({ block, ...shared }: InlineProps & { readonly block: JsonRecord }) => (
  <div className="bk-text">{keyed(recordsIn(block.elements), (part) => showPart(part, shared))}</div>
)

const keyed = (parts: readonly JsonRecord[], show: (part: JsonRecord) => ReactNode): readonly ReactNode[] =>
  parts.map((part, index) => <Fragment key={String(index)}>{show(part)}</Fragment>)

const showPart = (part: JsonRecord, shared: InlineProps): ReactNode => {
  const inlines = keyed(recordsIn(part.elements), (each) => styled(each, shared))
  switch (part.type) {
    case 'rich_text_section':
      return <div>{inlines}</div>
    case 'rich_text_quote':
      return <blockquote className="bk-quote">{inlines}</blockquote>
    case 'rich_text_preformatted':
      return <pre className="bk-preformatted">{inlines}</pre>
    case 'rich_text_list':
      return <RichTextList list={part} {...shared} />
    default:
      return <Problem what={`rich text of type “${String(part.type)}”`} source={part} />
  }
}

const RichTextList = ({ list, ...shared }: InlineProps & { readonly list: JsonRecord }) => {
  const items = recordsIn(list.elements).map((section, index) => (
    <li key={String(index)}>{keyed(recordsIn(section.elements), (each) => styled(each, shared))}</li>
  ))
  const indent = { 'data-indent': typeof list.indent === 'number' ? list.indent : 0, className: 'bk-list' }
  const start = (typeof list.offset === 'number' ? list.offset : 0) + 1
  return list.style === 'ordered' ? (
    <ol start={start} {...indent}>
      {items}
    </ol>
  ) : (
    <ul {...indent}>{items}</ul>
  )
}

const styled = (element: JsonRecord, shared: InlineProps): ReactNode => {
  const style = recordOrEmpty(element.style)
  let shown = inline(element, shared)
  if (style.code === true) shown = <code className="bk-code">{shown}</code>
  if (style.underline === true) shown = <u>{shown}</u>
  if (style.strike === true) shown = <s>{shown}</s>
  if (style.italic === true) shown = <em>{shown}</em>
  if (style.bold === true) shown = <strong>{shown}</strong>
  return shown
}

const inline = (element: JsonRecord, { names, openLink }: InlineProps): ReactNode => {
  switch (element.type) {
    case 'text':
      return stringOrEmpty(element.text)
    case 'link': {
      const url = stringOrEmpty(element.url)
      return (
        <Link url={url} openLink={openLink}>
          {stringOrNull(element.text) ?? url}
        </Link>
      )
    }
    case 'emoji': {
      const name = stringOrEmpty(element.name)
      const character = emojiCharacter(name)
      return character === null ? `:${name}:` : <Emoji name={name} character={character} />
    }
    case 'user':
      return <Mention kind="user" id={stringOrEmpty(element.user_id)} names={names} />
    case 'usergroup':
      return <Mention kind="usergroup" id={stringOrEmpty(element.usergroup_id)} names={names} />
    case 'channel':
      return <Mention kind="channel" id={stringOrEmpty(element.channel_id)} names={names} />
    case 'broadcast':
      return <Ping range={stringOrEmpty(element.range)} />
    case 'date':
      if (typeof element.timestamp !== 'number') break
      return (
        <SlackDate
          timestampSeconds={element.timestamp}
          format={stringOrEmpty(element.format)}
          url={stringOrNull(element.url)}
          fallback={stringOrNull(element.fallback)}
          openLink={openLink}
        />
      )
    default:
      break
  }
  return (
    isRecord(element) && <Problem what={`rich text of type “${String(element.type)}”`} source={element} />
  )
}
