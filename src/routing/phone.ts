// The `max` metadata knows each country's number ranges exactly, `min` only their lengths; both load in
// about 45 ms, so there is nothing to save by being wrong.
import { type CountryCode, type PhoneNumber, parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { plainText } from './plain-text.ts'

export type { CountryCode }

/** Longer text is no phone number in any format. */
const maxPhoneLength = 60

/** Fewer, without a plus or a zero in front, are taken for a part of a number: whole ones are seldom so short. */
const minDigits = 8

/**
 * The E.164 numbers (with the plus) that `text` as a whole may spell, the likeliest first.
 *
 * Without a plus or `00`, it may be a number of `defaultCountry`, and one with its country code
 * (`79001234567`): where either exists it counts, for in some countries nearly any digits are a number. With
 * one, a number of the right length in a range that the metadata does not know yet counts as well: ranges are
 * opened faster than libraries are updated.
 */
export const parsePhones = (text: string, defaultCountry: CountryCode | null): readonly string[] => {
  const plain = plainText(text)
    .replace(/[()[\]]/g, ' ')
    .trim()
  if (plain.length > maxPhoneLength) return []
  const isNational = !plain.startsWith('+')
  if (isNational && !plain.startsWith('0') && plain.replace(/\D/g, '').length < minDigits) return []
  const national = isNational && defaultCountry !== null ? [parseWhole(plain, defaultCountry)] : []
  const international = parseWhole(isNational ? `+${plain.replace(/^00/, '')}` : plain)
  const readings = [...national, international].filter((phone) => phone !== undefined)
  const existing = readings.filter((phone) => phone.isValid())
  if (existing.length > 0) return [...new Set(existing.map(({ number }) => number))]
  return /^(?:\+|00)/.test(plain) && international?.isPossible() ? [international.number] : []
}

/** The likeliest of `parsePhones`, or null. */
export const parsePhone = (text: string, defaultCountry: CountryCode | null): string | null =>
  parsePhones(text, defaultCountry)[0] ?? null

/** The E.164 number that a provider's digits (`79001234567`) are, if it exists; a Telegram id seldom is one. */
export const phoneFromDigits = (digits: string): string | null => {
  if (!/^\d{7,15}$/.test(digits)) return null
  const phone = parseWhole(`+${digits}`)
  return phone?.isValid() ? phone.number : null
}

/**
 * `+390612345678` is country `39` and national `0612345678`: the zeros with which Italian and some African
 * numbers begin are kept. Null for what is no number.
 */
export const partsOfPhone = (
  e164: string,
): { readonly country: string; readonly national: string } | null => {
  const phone = parseWhole(e164)
  return phone === undefined ? null : { country: phone.countryCallingCode, national: phone.nationalNumber }
}

const parseWhole = (text: string, defaultCountry?: CountryCode): PhoneNumber | undefined =>
  parsePhoneNumberFromString(text, {
    extract: false,
    ...(defaultCountry === undefined ? {} : { defaultCountry }),
  })

/** `+7 900 123-45-67`: as people read a number aloud; the same groups as `maskPhone`. */
export const spellPhone = (e164: string): string => parseWhole(e164)?.formatInternational() ?? e164

const minHiddenDigits = 5

/**
 * `+7 900 ••• •• 67`: for everybody but the owner. Shows the country code and the last two digits, and
 * the area code only where at least five digits stay hidden.
 */
export const maskPhone = (e164: string): string => {
  const phone = parseWhole(e164)
  if (phone === undefined) return maskKey(e164)
  const country = `+${phone.countryCallingCode}`
  const rest = phone.formatInternational().slice(country.length).trim()
  const areaLength = /^\d*/.exec(rest)?.[0].length ?? 0
  const digits = phone.nationalNumber.length
  const shownFirst = digits - areaLength - 2 >= minHiddenDigits ? areaLength : 0
  let position = 0
  const masked = rest.replace(/\d/g, (digit) => {
    position += 1
    return position <= shownFirst || position > digits - 2 ? digit : '•'
  })
  return `${country} ${masked}`
}

/** `••••23`: a chat's key (a Telegram id, or a phone's digits) for everybody but the owner. */
export const maskKey = (key: string): string => {
  const characters = [...key]
  return characters.length >= 6 ? `••••${characters.slice(-2).join('')}` : '••••'
}

/** A name for everybody to read: providers put the customer's number there when they know nothing better. */
export const maskNumbersIn = (name: string): string =>
  name.replace(/\+?\p{Nd}(?:[\s().-]*\p{Nd}){6,}/gu, (number) => {
    const digits = [...number].filter((character) => /\p{Nd}/u.test(character)).length
    let position = 0
    return number.replace(/\p{Nd}/gu, (digit) => {
      position += 1
      return position > digits - 2 ? digit : '•'
    })
  })
