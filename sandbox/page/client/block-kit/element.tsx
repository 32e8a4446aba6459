import { type JsonRecord, stringOrEmpty, stringOrNull } from '../../../slack/json.ts'
import { Button } from './button.tsx'
import { ChoiceList } from './choice-list.tsx'
import type { ElementProps, Host, InputLabels } from './host.ts'
import { OverflowMenu } from './overflow-menu.tsx'
import { Problem } from './problem.tsx'
import { SelectElement } from './select-element.tsx'
import { isTextField, TextField } from './text-field.tsx'

const isSelect = (type: string): boolean =>
  /^(?:multi_)?(?:static|external|users|channels|conversations)_select$/.test(type)

/** An element that holds a value; `labels` are those of its input block. Null for any other element. */
export const valueElement = (type: string, props: ElementProps & { readonly labels: InputLabels | null }) => {
  if (isSelect(type)) return <SelectElement {...props} />
  if (isTextField(type)) return <TextField {...props} />
  if (type === 'radio_buttons' || type === 'checkboxes') return <ChoiceList {...props} />
  return null
}

/** An element of an actions block, or the accessory of a section. */
export const Element = ({
  host,
  blockId,
  element,
}: {
  readonly host: Host
  readonly blockId: string
  readonly element: JsonRecord
}) => {
  const type = stringOrEmpty(element.type)
  const props = { host, element, field: { blockId, actionId: stringOrEmpty(element.action_id) } }
  switch (type) {
    case 'button':
      return <Button {...props} />
    case 'overflow':
      return <OverflowMenu {...props} />
    case 'image':
      return <ImageElement element={element} />
    case 'plain_text_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
      return <Problem what={`a “${type}” outside an input block`} source={element} />
    default:
      return (
        valueElement(type, { ...props, labels: null }) ?? (
          <Problem what={`an element of type “${type}”`} source={element} />
        )
      )
  }
}

export const ImageElement = ({ element }: { readonly element: JsonRecord }) => {
  const url = stringOrNull(element.image_url)
  return url === null ? (
    <Problem what="an image without an address" source={element} />
  ) : (
    <img className="bk-thumbnail" src={url} alt={stringOrEmpty(element.alt_text)} />
  )
}
