import type { ContactField, ContactFieldId, ContactValues } from '../providers/contract.ts'
import { plainText } from './plain-text.ts'

export type ContactFault =
  | 'missing'
  | 'too-long'
  | 'forbidden-character'
  | 'no-email'
  | 'no-web'
  | 'no-date'
  | 'not-offered'

/**
 * What is wrong with the values, field by field, by the limits that the provider documents; the first fault of
 * each. A value that is absent, or of nothing but blanks and invisible characters, is missing where the field
 * is required, and nothing to look at elsewhere.
 */
export const faultsIn = (
  fields: readonly ContactField[],
  values: ContactValues,
): Readonly<Partial<Record<ContactFieldId, ContactFault>>> => {
  const faults: Partial<Record<ContactFieldId, ContactFault>> = {}
  for (const field of fields) {
    const fault = faultOf(field, values[field.id] ?? '')
    if (fault !== null) faults[field.id] = fault
  }
  return faults
}

const faultOf = (field: ContactField, value: string): ContactFault | null => {
  const { required, maxLength = Number.POSITIVE_INFINITY, forbidden = '' } = field
  const isBlank = plainText(value) === ''
  if (isBlank && required) return 'missing'
  if (value.length > maxLength) return 'too-long'
  if (isBlank) return null
  if ([...forbidden].some((character) => value.includes(character))) return 'forbidden-character'
  return faultOfKind(field, value)
}

const faultOfKind = ({ kind, choices = [] }: ContactField, value: string): ContactFault | null => {
  switch (kind) {
    case 'line':
    case 'lines':
      return null
    case 'email':
      return emailShape.test(value.trim()) ? null : 'no-email'
    case 'web':
      return isWebAddress(value.trim()) ? null : 'no-web'
    case 'date':
      return isDate(value) ? null : 'no-date'
    case 'choice':
      return choices.includes(value) ? null : 'not-offered'
    default:
      return kind satisfies never
  }
}

/** Tolerant: whether the address exists, only a letter to it can tell. */
const emailShape = /^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$/

/** With `http://` or `https://`, or without where the host has a dot inside, as people write it. */
const isWebAddress = (value: string): boolean => {
  if (/\s/.test(value)) return false
  if (/^https?:\/\//i.test(value)) return URL.canParse(value)
  return /[^.]\.[^.]/.test(URL.parse(`https://${value}`)?.hostname ?? '')
}

/** JavaScript takes 30 February for 2 March, so it is asked for the date back. */
const isDate = (value: string): boolean => {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(value) ? Date.parse(`${value}T00:00:00Z`) : Number.NaN
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value)
}
