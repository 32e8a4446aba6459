/** Everything invisible that comes along when text is copied: bidi marks, zero-width spaces, soft hyphens. */
const invisible = /[\p{Cf}\p{Cc}]/gu
/** The same without the two joiners, which are part of how some names are spelt. */
const invisibleInNames = /(?![\u200c\u200d])[\p{Cf}\p{Cc}]/gu
const dashes = /[\p{Pd}\u2212]/gu
const foreignDigits = /(?![0-9])\p{Nd}/gu

/** For numbers, ids and addresses: one spelling for what looks the same. Digits of any script become 0-9. */
export const plainText = (text: string): string =>
  text
    .replace(/\s+/gu, ' ')
    .normalize('NFKC')
    .replace(invisible, '')
    .replace(dashes, '-')
    .replace(foreignDigits, (digit) => String(digitValue(digit)))
    .replace(/ +/g, ' ')
    .trim()

/** For names: keeps letters as they are written, and removes what nobody typed on purpose. */
export const plainName = (text: string): string =>
  text.replace(/\s+/gu, ' ').normalize('NFC').replace(invisibleInNames, '').replace(/ +/g, ' ').trim()

/** Unicode keeps the ten digits of a script side by side, zero first; so count how many precede this one. */
const digitValue = (digit: string): number => {
  const codePoint = digit.codePointAt(0) ?? 0
  let value = 0
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(codePoint - value - 1))) value += 1
  return value
}
