import type { ReactNode } from 'react'
import { isRecord, type JsonRecord, recordsIn, stringOrEmpty, textObjectText } from '../../../slack/json.ts'
import { Element, ImageElement } from './element.tsx'
import { type Host, keyOf } from './host.ts'
import { InputBlock } from './input-block.tsx'
import { PlainText } from './plain-text.tsx'
import { Problem } from './problem.tsx'
import { RichText } from './rich-text.tsx'
import { TextObject } from './text-object.tsx'

interface BlockProps {
  readonly host: Host
  readonly block: JsonRecord
}

/** One block, or a box that says that it cannot be shown. */
export const Block = ({ host, block }: BlockProps) => {
  const blockId = stringOrEmpty(block.block_id)
  const { names, openLink } = host
  switch (block.type) {
    case 'section':
      return <Section host={host} block={block} />
    case 'header':
      return (
        <h3 className="bk-header">
          <TextObject value={block.text} names={names} />
        </h3>
      )
    case 'context':
      return <Context host={host} block={block} />
    case 'actions':
      return (
        <div className="bk-actions">
          {recordsIn(block.elements).map((element, index) => (
            <Element key={keyOf(element.action_id, index)} host={host} blockId={blockId} element={element} />
          ))}
        </div>
      )
    case 'divider':
      return <hr className="bk-divider" />
    case 'image':
      return <ImageBlock block={block} />
    case 'input':
      return <InputBlock host={host} blockId={blockId} block={block} />
    case 'rich_text':
      return <RichText block={block} names={names} openLink={openLink} />
    case 'alert':
      return <Alert host={host} block={block} />
    default:
      return <Problem what={`a block of type “${String(block.type)}”`} source={block} />
  }
}

const Section = ({ host, block }: BlockProps): ReactNode => {
  const { names, openLink } = host
  const { text, accessory } = block
  const fields = recordsIn(block.fields)
  if (text === undefined && fields.length === 0) {
    return <Problem what="a section without text" source={block} />
  }
  return (
    <div className="bk-section">
      <div className="bk-section-text">
        {text !== undefined && <TextObject value={text} names={names} openLink={openLink} />}
        {fields.length > 0 && (
          <div className="bk-fields">
            {fields.map((field, index) => (
              <div key={String(index)}>
                <TextObject value={field} names={names} openLink={openLink} />
              </div>
            ))}
          </div>
        )}
      </div>
      {isRecord(accessory) && (
        <div className="bk-accessory">
          <Element host={host} blockId={stringOrEmpty(block.block_id)} element={accessory} />
        </div>
      )}
    </div>
  )
}

const Context = ({ host, block }: BlockProps) => (
  <div className="bk-context">
    {recordsIn(block.elements).map((element, index) =>
      element.type === 'image' ? (
        <ImageElement key={String(index)} element={element} />
      ) : (
        <TextObject key={String(index)} value={element} names={host.names} openLink={host.openLink} />
      ),
    )}
  </div>
)

const ImageBlock = ({ block }: { readonly block: JsonRecord }) => {
  if (typeof block.image_url !== 'string')
    return <Problem what="an image without an address" source={block} />
  return (
    <figure className="bk-image">
      {isRecord(block.title) && (
        <figcaption>
          <PlainText text={textObjectText(block.title)} />
        </figcaption>
      )}
      <img src={block.image_url} alt={stringOrEmpty(block.alt_text)} />
    </figure>
  )
}

const levels: Readonly<Record<string, { readonly sign: string; readonly word: string }>> = {
  default: { sign: '•', word: 'Note' },
  info: { sign: 'i', word: 'Information' },
  warning: { sign: '!', word: 'Warning' },
  error: { sign: '×', word: 'Error' },
  success: { sign: '✓', word: 'Done' },
}

const Alert = ({ host, block }: BlockProps) => {
  const level = stringOrEmpty(block.level) || 'default'
  const shown = Object.hasOwn(levels, level) ? levels[level] : undefined
  if (shown === undefined) return <Problem what={`an alert of level “${level}”`} source={block} />
  return (
    <div className="bk-alert" data-level={level} role={level === 'error' ? 'alert' : 'status'}>
      <span className="bk-alert-sign" role="img" aria-label={shown.word}>
        {shown.sign}
      </span>
      <TextObject value={block.text} names={host.names} openLink={host.openLink} />
    </div>
  )
}
