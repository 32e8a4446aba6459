import {
  type JsonRecord,
  recordOrEmpty,
  recordsIn,
  stringOrEmpty,
  stringOrNull,
} from '../../../slack/json.ts'
import type { FieldValue } from './host.ts'

const strings = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []

/** What the app chose beforehand. */
export const initialValue = (element: JsonRecord): FieldValue => {
  switch (element.type) {
    case 'static_select':
    case 'external_select':
    case 'radio_buttons':
      return stringOrNull(recordOrEmpty(element.initial_option).value)
    case 'multi_static_select':
    case 'multi_external_select':
    case 'checkboxes':
      return recordsIn(element.initial_options).map(({ value }) => stringOrEmpty(value))
    case 'users_select':
      return stringOrNull(element.initial_user)
    case 'multi_users_select':
      return strings(element.initial_users)
    case 'channels_select':
      return stringOrNull(element.initial_channel)
    case 'multi_channels_select':
      return strings(element.initial_channels)
    case 'conversations_select':
      return stringOrNull(element.initial_conversation)
    case 'multi_conversations_select':
      return strings(element.initial_conversations)
    case 'datepicker':
      return stringOrNull(element.initial_date)
    case 'timepicker':
      return stringOrNull(element.initial_time)
    default:
      return stringOrNull(element.initial_value)
  }
}
