/** Reading JSON that somebody else wrote: no key is assumed, no type is believed. */
export type JsonRecord = { readonly [key: string]: unknown }

export const isRecord = (value: unknown): value is JsonRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const recordOrEmpty = (value: unknown): JsonRecord => (isRecord(value) ? value : {})

export const recordsIn = (value: unknown): readonly JsonRecord[] =>
  Array.isArray(value) ? value.filter(isRecord) : []

export const stringOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null)

export const stringOrEmpty = (value: unknown): string => (typeof value === 'string' ? value : '')

/** The text of a text object (`plain_text`, `mrkdwn`), or an empty string. */
export const textObjectText = (value: unknown): string => stringOrEmpty(recordOrEmpty(value).text)

/** Undefined when it is not JSON. */
export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
