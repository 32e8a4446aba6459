import { useState } from 'react'
import { recordsIn, stringOrEmpty, textObjectText } from '../../../slack/json.ts'
import { Combobox } from './combobox.tsx'
import { useConfirmation } from './confirmation.tsx'
import type { OfferedOption } from './contract.ts'
import type { ElementProps, InputLabels } from './host.ts'
import { optionsWithin, readOption, useOffered } from './offered-options.ts'

/** Any menu of Slack's: static, external, users, channels, conversations; of one or of several. */
export const SelectElement = ({
  host,
  field,
  element,
  labels,
}: ElementProps & { readonly labels: InputLabels | null }) => {
  const [typed, setTyped] = useState<string | null>(null)
  const [isOpen, setIsOpen] = useState(false)
  /** What was chosen here: the app's list, which had its text, is gone by the time it is shown. */
  const [seen, setSeen] = useState<readonly OfferedOption[]>([])
  const { confirmed, dialog } = useConfirmation(element, host)
  const offered = useOffered({ host, element, actionId: field.actionId, typed: typed ?? '', isOpen })

  const type = stringOrEmpty(element.type)
  const isMultiple = type.startsWith('multi_')
  const value = host.valueOf(field, element)
  const values = value === null ? [] : typeof value === 'string' ? [value] : value
  const initial = recordsIn([element.initial_option, ...recordsIn(element.initial_options)])
  const texts = [
    ...seen,
    ...optionsWithin(element).flatMap(({ options }) => options),
    ...initial.map(readOption),
  ]
  const asOption = (chosen: string): OfferedOption =>
    texts.find((option) => option.value === chosen) ?? {
      text: host.names.user(chosen) ?? host.names.channel(chosen) ?? chosen,
      description: null,
      value: chosen,
    }

  const enter = (next: readonly string[], text: string) => {
    const entered = isMultiple ? next : (next[0] ?? null)
    const isForm = labels !== null
    host.enter(field, entered)
    if (!isForm || labels.dispatches) host.act({ ...field, type, value: entered, optionText: text })
  }

  return (
    <>
      <Combobox
        offered={offered}
        isOpen={isOpen}
        onOpenChange={setIsOpen}
        typed={typed}
        onType={setTyped}
        chosen={values.map(asOption)}
        isMultiple={isMultiple}
        maxChosen={typeof element.max_selected_items === 'number' ? element.max_selected_items : Infinity}
        onChoose={(option) =>
          confirmed(() => {
            setSeen((before) => [option, ...before])
            enter(isMultiple ? [...values, option.value] : [option.value], option.text)
          })
        }
        onRemove={
          isMultiple || labels !== null
            ? (option) =>
                enter(
                  values.filter((each) => each !== option.value),
                  option.text,
                )
            : null
        }
        placeholder={textObjectText(element.placeholder) || (isMultiple ? 'Choose some' : 'Choose one')}
        labels={labels}
        disabled={host.disabled}
        focusOnLoad={element.focus_on_load === true}
      />
      {dialog}
    </>
  )
}
