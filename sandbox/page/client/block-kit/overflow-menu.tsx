import { type JsonRecord, recordsIn, stringOrNull, textObjectText } from '../../../slack/json.ts'
import { useConfirmation } from './confirmation.tsx'
import type { ElementProps } from './host.ts'
import { MenuButton } from './menu-button.tsx'

/** The menu behind three dots. */
export const OverflowMenu = ({ host, field, element }: ElementProps) => {
  const { confirmed, dialog } = useConfirmation(element, host)
  const choose = (option: JsonRecord) =>
    confirmed(() => {
      const url = stringOrNull(option.url)
      if (url !== null) host.openLink?.(url)
      host.act({
        ...field,
        type: 'overflow',
        value: stringOrNull(option.value),
        optionText: textObjectText(option.text),
      })
    })
  return (
    <>
      <MenuButton
        label="More actions"
        face="⋯"
        disabled={host.disabled}
        entries={recordsIn(element.options).map((option) => ({
          key: `${String(option.value)} ${textObjectText(option.text)}`,
          text: textObjectText(option.text),
          description: option.description === undefined ? undefined : textObjectText(option.description),
          choose: () => choose(option),
        }))}
      />
      {dialog}
    </>
  )
}
