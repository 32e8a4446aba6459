import { useId } from 'react'
import { recordsIn, stringOrEmpty, textObjectText } from '../../../slack/json.ts'
import { useConfirmation } from './confirmation.tsx'
import type { ElementProps, InputLabels } from './host.ts'
import { TextObject } from './text-object.tsx'

/** Radio buttons and checkboxes. The names of their options are always on the screen. */
export const ChoiceList = ({
  host,
  field,
  element,
  labels,
}: ElementProps & { readonly labels: InputLabels | null }) => {
  const name = useId()
  const { confirmed, dialog } = useConfirmation(element, host)
  const { names, openLink, disabled } = host
  const type = stringOrEmpty(element.type)
  const isMultiple = type === 'checkboxes'
  const value = host.valueOf(field, element)
  const chosen = value === null ? [] : typeof value === 'string' ? [value] : value

  const toggle = (option: string, text: string) => {
    const next = chosen.includes(option) ? chosen.filter((each) => each !== option) : [...chosen, option]
    const entered = isMultiple ? next : option
    host.enter(field, entered)
    if (labels === null || labels.dispatches) host.act({ ...field, type, value: entered, optionText: text })
  }

  return (
    <fieldset
      className="bk-choices"
      aria-label={labels === null ? 'Options' : undefined}
      aria-labelledby={labels?.labelId}
      aria-describedby={labels?.descriptionIds}
    >
      {recordsIn(element.options).map((option, index) => {
        const optionValue = stringOrEmpty(option.value)
        const descriptionId = option.description === undefined ? undefined : `${name}-${index}`
        return (
          <div key={optionValue} className="bk-choice">
            <label>
              <input
                type={isMultiple ? 'checkbox' : 'radio'}
                name={name}
                value={optionValue}
                checked={chosen.includes(optionValue)}
                aria-disabled={disabled || undefined}
                aria-describedby={descriptionId}
                onChange={() => {
                  if (!disabled) confirmed(() => toggle(optionValue, textObjectText(option.text)))
                }}
              />
              <TextObject value={option.text} names={names} openLink={openLink} />
            </label>
            {descriptionId !== undefined && (
              <div id={descriptionId} className="bk-option-description">
                <TextObject value={option.description} names={names} openLink={openLink} />
              </div>
            )}
          </div>
        )
      })}
      {dialog}
    </fieldset>
  )
}
