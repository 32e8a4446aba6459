import { type KeyboardEvent, useRef } from 'react'
import { isRecord, type JsonRecord, stringOrEmpty, textObjectText } from '../../../slack/json.ts'
import { useFocusOnLoad } from './focus-on-load.ts'
import type { ElementProps, InputLabels } from './host.ts'

const inputTypes: Readonly<Record<string, string>> = {
  plain_text_input: 'text',
  email_text_input: 'email',
  url_text_input: 'url',
  number_input: 'number',
  datepicker: 'date',
  timepicker: 'time',
}

export const isTextField = (type: string): boolean => Object.hasOwn(inputTypes, type)

const numberOr = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined)
const textOr = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/** Whether the app hears of this kind of typing; Slack's default for `dispatch_action` is Enter. */
const triggers = (element: JsonRecord, trigger: string): boolean => {
  const { dispatch_action_config: config } = element
  if (!isRecord(config) || !Array.isArray(config.trigger_actions_on)) return trigger === 'on_enter_pressed'
  return config.trigger_actions_on.includes(trigger)
}

/** Everything that the browser has a field for: text, e-mail, address, number, date and time. */
export const TextField = ({
  host,
  field,
  element,
  labels,
}: ElementProps & { readonly labels: InputLabels | null }) => {
  const type = stringOrEmpty(element.type)
  const isPicker = type === 'datepicker' || type === 'timepicker'
  const value = host.valueOf(field, element)
  const single = useRef<HTMLInputElement>(null)
  const several = useRef<HTMLTextAreaElement>(null)
  const isMultiline = element.multiline === true
  useFocusOnLoad(isMultiline ? several : single, element.focus_on_load === true)

  const dispatch = (text: string) => host.act({ ...field, type, value: text === '' ? null : text })
  const onEntered = (text: string) => {
    host.enter(field, text === '' ? null : text)
    const isHeard = isPicker
      ? labels === null || labels.dispatches
      : labels?.dispatches && triggers(element, 'on_character_entered')
    if (isHeard) dispatch(text)
  }
  const placeholder = textObjectText(element.placeholder) || undefined
  const shared = {
    id: labels?.inputId,
    className: 'bk-field',
    'aria-label': labels === null ? (placeholder ?? (type === 'timepicker' ? 'Time' : 'Date')) : undefined,
    'aria-describedby': labels?.descriptionIds,
    'aria-invalid': labels?.isInvalid || undefined,
    'aria-required': labels?.isRequired || undefined,
    placeholder,
    readOnly: host.disabled,
    minLength: numberOr(element.min_length),
    maxLength: numberOr(element.max_length),
    value: typeof value === 'string' ? value : '',
  }
  if (isMultiline) {
    return <textarea {...shared} ref={several} rows={4} onChange={(event) => onEntered(event.target.value)} />
  }
  return (
    <input
      {...shared}
      ref={single}
      type={inputTypes[type]}
      min={textOr(element.min_value)}
      max={textOr(element.max_value)}
      step={element.is_decimal_allowed === true ? 'any' : undefined}
      onChange={(event) => onEntered(event.target.value)}
      onKeyDown={(event: KeyboardEvent<HTMLInputElement>) => {
        if (event.key !== 'Enter' || !labels?.dispatches || !triggers(element, 'on_enter_pressed')) return
        event.preventDefault()
        dispatch(event.currentTarget.value)
      }}
    />
  )
}
