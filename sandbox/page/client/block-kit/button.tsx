import { stringOrEmpty, stringOrNull } from '../../../slack/json.ts'
import { useConfirmation } from './confirmation.tsx'
import type { ElementProps } from './host.ts'
import { TextObject } from './text-object.tsx'

export const Button = ({ host, field, element }: ElementProps) => {
  const { confirmed, dialog } = useConfirmation(element, host)
  const { names, disabled, act, openLink } = host
  const url = stringOrNull(element.url)

  const press = () => {
    if (url !== null) {
      if (openLink === undefined) window.open(url, '_blank', 'noreferrer')
      else openLink(url)
    }
    act({ ...field, type: 'button', value: stringOrNull(element.value) })
  }

  return (
    <>
      {/* Not `disabled`: that would take the focus away from who has just pressed it. */}
      <button
        type="button"
        className="bk-button"
        data-style={stringOrEmpty(element.style) || undefined}
        aria-disabled={disabled || undefined}
        aria-label={stringOrNull(element.accessibility_label) ?? undefined}
        onClick={() => {
          if (!disabled) confirmed(press)
        }}
      >
        <TextObject value={element.text} names={names} />
      </button>
      {dialog}
    </>
  )
}
