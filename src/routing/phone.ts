// The `max` metadata knows each country's number ranges exactly, `min` only their lengths; both load in
// about 45 ms, so there is nothing to save by being wrong.
import { type CountryCode, type PhoneNumber, parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { plainText } from './plain-text.ts'

export type { CountryCode }

/** Longer text is no phone number in any format. */
const maxPhoneLength = 60

/**
 * The E.164 number (with the plus) that `text` as a whole spells, or null.
 *
 * Without a plus, a number of `defaultCountry`, if there is one, is meant where that gives one that exists, else a number
 * with its country code (`79001234567`, `0079001234567`). A number of the right length in a range that the
 * metadata does not know yet is accepted as well: ranges are opened faster than libraries are updated.
 */
export const parsePhone = (text: string, defaultCountry: CountryCode | null): string | null => {
  const readings = readingsOf(plainText(text), defaultCountry)
  const found = readings.find((phone) => phone.isValid()) ?? readings.find((phone) => phone.isPossible())
  return found?.number ?? null
}

/**
 * The numbers that `text` may mean where it may as well be something else, the likeliest first: each that
 * exists, for in some countries nearly any digits are a number. One of an unknown range has to have a plus
 * or `00`.
 */
export const parsePhones = (text: string, defaultCountry: CountryCode | null): readonly string[] => {
  const plain = plainText(text)
  const existing = readingsOf(plain, defaultCountry).filter((phone) => phone.isValid())
  if (existing.length > 0) return [...new Set(existing.map(({ number }) => number))]
  const phone = /^[([]?(?:\+|00)/.test(plain) ? parsePhone(plain, null) : null
  return phone === null ? [] : [phone]
}

const readingsOf = (plain: string, defaultCountry: CountryCode | null): readonly PhoneNumber[] => {
  const text = plain.replace(/[()[\]]/g, ' ').trim()
  if (text.length > maxPhoneLength) return []
  const isInternational = text.startsWith('+')
  const national = isInternational || defaultCountry === null ? undefined : parseWhole(text, defaultCountry)
  const international = parseWhole(isInternational ? text : `+${text.replace(/^00/, '')}`)
  return [national, international].filter((phone) => phone !== undefined)
}

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

const minHiddenDigits = 5

/**
 * `full`, `+7 900 123 45 67`: as people read a number aloud. `masked`, `+7 900 ••• •• 67`: for everybody but the owner,
 * with the country code and the last two digits, and the area code only where at least five digits stay hidden.
 */
export const spellPhone = (e164: string): { readonly full: string; readonly masked: string } => {
  const phone = parseWhole(e164)
  if (phone === undefined) return { full: e164, masked: maskKey(e164) }
  const full = phone.formatInternational()
  const country = `+${phone.countryCallingCode}`
  const rest = full.slice(country.length).trim()
  const areaLength = /^\d*/.exec(rest)?.[0].length ?? 0
  const digits = phone.nationalNumber.length
  const shownFirst = digits - areaLength - 2 >= minHiddenDigits ? areaLength : 0
  let position = 0
  const masked = rest.replace(/\d/g, (digit) => {
    position += 1
    return position <= shownFirst || position > digits - 2 ? digit : '•'
  })
  return { full, masked: `${country} ${masked}` }
}

/** `••••23`: a chat's key (a Telegram id, or a phone's digits) for everybody but the owner. */
export const maskKey = (key: string): string => {
  const characters = [...key]
  return characters.length >= 6 ? `••••${characters.slice(-2).join('')}` : '••••'
}

/** Whatever is no letter may stand between the digits of a number, seen or not: people write all kinds of marks. */
const longNumber = /[\p{Nd}\p{No}](?:[^[\p{L}\p{N}]--\p{Default_Ignorable_Code_Point}]*[\p{Nd}\p{No}]){6,}/gv

/** Of a month, or a month itself: people begin with either. */
const day = '(?:0?[1-9]|[12]\\d|3[01])'
const year = '(?:19|20)\\d\\d'
const time = '(?:[01]?\\d|2[0-3]):[0-5]\\d(?::[0-5]\\d)?'
const moment = [
  `${day}[./-]${day}[./-]${year}`,
  `${year}[./-]${day}[./-]${day}`,
  // Pairs of digits are a number in some countries, so that they are a day only before a time.
  `${day}[./-]${day}(?:[./-]\\d\\d)?\\.?(?=,?\\s+${time})`,
  `${time}(?:\\s?[-–]\\s?${time})?`,
].join('|')
const onlyMoments = new RegExp(`^(?:${moment})(?:[,;]?\\s+(?:${moment}))*$`, 'u')

/**
 * A name or note for everybody to read: providers put the customer's number there when they know nothing better.
 *
 * Prices and lists of as many digits are masked, too, for nobody can tell them from a number; dates and times of day
 * are not, without which notes would be of little use.
 */
export const maskNumbersIn = (text: string): string =>
  text.replace(longNumber, (number) => {
    if (onlyMoments.test(number)) return number
    const digits = number.match(/[\p{Nd}\p{No}]/gu)?.length ?? 0
    let position = 0
    return number.replace(/[\p{Nd}\p{No}]/gu, (digit) => {
      position += 1
      return position > digits - 2 ? digit : '•'
    })
  })
