import { type AccountId, type ChatKey, chatKey } from './ids.ts'
import { type CountryCode, parsePhones } from './phone.ts'
import { plainName, plainText } from './plain-text.ts'

/**
 * Which customer a person means. `account` is set when the text named one.
 *
 * - `phone`: search for the number, for `otherPhones`, which the same text spells elsewhere, and for each of
 *   `keys` as a chat's exact key: the numbers as WAMM writes them, and the digits as typed, which may be a
 *   Telegram id that looks like a number.
 * - `key`: a Telegram chat id; `id`: whatever stood behind `id:`. Both are a chat's exact key.
 * - `name`: a fragment of the name, or of a number or key too short to be either.
 */
export type Who =
  | { readonly kind: 'nothing' }
  | {
      readonly kind: 'phone'
      readonly account: AccountId | null
      readonly phone: string
      readonly otherPhones: readonly string[]
      readonly keys: readonly ChatKey[]
    }
  | { readonly kind: 'key'; readonly account: AccountId | null; readonly key: ChatKey }
  | { readonly kind: 'id'; readonly account: AccountId | null; readonly id: ChatKey }
  | { readonly kind: 'email'; readonly account: AccountId | null; readonly email: string }
  | { readonly kind: 'name'; readonly account: AccountId | null; readonly text: string }

export interface WhoContext {
  readonly defaultCountry: CountryCode | null
  /** `account:` is a prefix only for these; `Ivan: VIP` stays a name. */
  readonly accounts: readonly AccountId[]
}

/** No provider keeps longer names. */
const maxNameLength = 250
/**
 * From so many digits on, what is no phone number is an id. Fewer are a fragment, even where whole numbers are as
 * short (as a fragment they are found too), unless a plus or a zero in front says that it is the whole.
 */
const minKeyDigits = 8
const minNegativeKeyDigits = 5

/** Reads `<who>` of a command, as a person typed, pasted or dictated it. Total: any text has a reading. */
export const parseWho = (text: string, context: WhoContext): Who => {
  const { account, rest } = splitAccount(unquoted(withoutSlackMarkup(text)), context.accounts)
  const name = [...unquoted(rest)].slice(0, maxNameLength).join('')
  // A comma behind it belongs to the sentence.
  const plain = plainText(unquoted(rest)).replace(/[,;:]+$/, '')
  if (plain === '') return { kind: 'nothing' }

  const id = /^id: ?(\S.*)$/i.exec(plain)?.[1]
  if (id !== undefined) return { kind: 'id', account, id: chatKey(id) }

  const email = /^(?:email: ?)?([^\s@:]+@[^\s@]+\.[^\s@]+)$/i.exec(plain)?.[1]
  if (email !== undefined) return { kind: 'email', account, email: email.toLowerCase() }

  const number = plain.replace(/^(?:tel|phone)[.:]+ ?/i, '')
  const digits = number.replace(/\D/g, '')
  if (/^- ?\d+$/.test(number) && digits.length >= minNegativeKeyDigits)
    return { kind: 'key', account, key: chatKey(`-${digits}`) }
  const isFragment = digits.length < minKeyDigits && !/^[([]?[+0]/.test(number)
  const [phone, ...otherPhones] = isFragment ? [] : parsePhones(number, context.defaultCountry)
  if (phone !== undefined) {
    const spelt = [phone, ...otherPhones].map((each) => each.slice(1))
    const keys = new Set([...spelt, ...(/^\d+$/.test(number) ? [number] : [])])
    return { kind: 'phone', account, phone, otherPhones, keys: [...keys].map(chatKey) }
  }
  if (/^[\d\s().+/-]+$/.test(number) && digits !== '')
    return digits.length >= minKeyDigits
      ? { kind: 'key', account, key: chatKey(digits) }
      : { kind: 'name', account, text: digits }
  return { kind: 'name', account, text: name }
}

/**
 * Where `<who>` may end when more text follows it, as in `/release +7 900 123-45-67 wrong department`:
 * the longest reading first, at most 12. Take the first whose `who` finds a chat. A quoted beginning is
 * the only reading.
 */
export const whoCandidates = (text: string): readonly { readonly who: string; readonly rest: string }[] => {
  const trimmed = text.trim()
  const quoted = quotation.exec(trimmed)
  if (quoted !== null) {
    const rest = trimmed.slice(quoted[0].length)
    if (rest === '' || /^\s/u.test(rest)) return [{ who: quoted[0].slice(1, -1).trim(), rest: rest.trim() }]
  }
  const candidates: { readonly who: string; readonly rest: string }[] = []
  // A link of Slack's may contain spaces and is one word all the same.
  for (const word of trimmed.matchAll(/(?:<[^<>]*>|\S)+/gu)) {
    const end = word.index + word[0].length
    candidates.unshift({ who: trimmed.slice(0, end), rest: trimmed.slice(end).trim() })
    if (candidates.length === maxCandidates) break
  }
  return candidates
}

const maxCandidates = 12

/** At the beginning, between quotes of the same kind. */
const quotation = /^(?:"[^"]*"|“[^“”]*”|„[^„“”]*[“”]|«[^«»]*»|'[^']*'|‘[^‘’]*’)/u

const unquoted = (text: string): string => {
  const name = plainName(text)
  return quotation.exec(name)?.[0] === name ? name.slice(1, -1).trim() : name
}

const splitAccount = (
  text: string,
  accounts: readonly AccountId[],
): { readonly account: AccountId | null; readonly rest: string } => {
  const colon = text.indexOf(':')
  const prefix = text.slice(0, Math.max(colon, 0)).trim().toLowerCase()
  const account = accounts.find((name) => name === prefix) ?? null
  return { account, rest: account === null ? text : text.slice(colon + 1) }
}

/**
 * Slack turns numbers and addresses into links (`<tel:+79001234567|+7 900 123-45-67>`) and escapes three
 * characters (docs.slack.dev, formatting message text). A mention is a colleague, never a customer.
 */
const withoutSlackMarkup = (text: string): string =>
  text
    .replace(/<(?:tel|mailto):([^<>|]*)(?:\|[^<>]*)?>/gi, '$1')
    .replace(/<[@#!][^<>]*>/g, ' ')
    .replace(/<([^<>|]*)(?:\|([^<>]*))?>/g, (_link, address: string, label?: string) => label ?? address)
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
