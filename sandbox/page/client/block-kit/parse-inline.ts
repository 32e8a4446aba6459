import { emojiCharacter } from './emoji.ts'
import type { MrkdwnInline } from './mrkdwn-tree.ts'

/** Where a text may be marked: at its edges Slack wants a space or one of these. */
export const edge = {
  before: String.raw`(?<=^|[\s([{=!?.,;:'"/#$%^+~–—…-])`,
  after: String.raw`(?=[\s)\]}{[=!?.,;:'"/#$%^+~–—…-]|$)`,
}

export interface InlineOptions {
  /** Bare addresses stay text. */
  readonly verbatim: boolean
  /** Nothing but `<…>` has a meaning: in code. */
  readonly isCode: boolean
}

interface Found {
  readonly node: MrkdwnInline
  readonly end: number
}

type Reader = (source: string, at: number, options: InlineOptions) => Found | null

const entities: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' }

/** The three characters that Slack wants escaped, and no other entity. */
export const decodeEntities = (text: string): string =>
  text.replace(/&(?:amp|lt|gt);/g, (entity) => entities[entity] ?? entity)

const matchAt = (pattern: RegExp, source: string, at: number): RegExpExecArray | null => {
  pattern.lastIndex = at
  return pattern.exec(source)
}

const date = (command: string, fallback: string | null): MrkdwnInline | null => {
  const [, timestamp, format, url] = /^date\^(\d{1,12})\^([^^]+)(?:\^(.+))?$/.exec(command) ?? []
  if (timestamp === undefined || format === undefined) return null
  return {
    kind: 'date',
    timestampSeconds: Number(timestamp),
    format: decodeEntities(format),
    url: url === undefined ? null : decodeEntities(url),
    fallback,
  }
}

const commandNode = (command: string, label: string | null): MrkdwnInline => {
  const [name = '', ...rest] = command.split('^')
  if (name === 'here' || name === 'channel' || name === 'everyone') {
    if (rest.length === 0) return { kind: 'broadcast', range: name, label }
  }
  if (name === 'subteam' && rest.length === 1) return { kind: 'usergroup', id: rest[0] ?? '', label }
  return date(command, label) ?? { kind: 'command', command: decodeEntities(command), label }
}

/** `<…>`: the one thing that has a meaning everywhere, in code too. */
const angle: Reader = (source, at, options) => {
  const match = matchAt(/<([@#!]?)([^<>|@#!\s][^<>|\n]*)(?:\|([^<>\n]*))?>/y, source, at)
  if (match === null) return null
  const [whole, sign = '', target = '', labelled = ''] = match
  const end = at + whole.length
  const label = labelled === '' ? null : decodeEntities(labelled)
  switch (sign) {
    case '@':
      return { node: { kind: 'user', id: decodeEntities(target), label }, end }
    case '#':
      return { node: { kind: 'channel', id: decodeEntities(target), label }, end }
    case '!':
      return { node: commandNode(target, label), end }
    default: {
      const marked = labelled === '' ? null : parseInline(labelled, { ...options, verbatim: true })
      return { node: { kind: 'link', url: decodeEntities(target), label: marked }, end }
    }
  }
}

const codeSpan = new RegExp(`${edge.before}\`([^\`\\n]+)\`${edge.after}`, 'y')

const code: Reader = (source, at, options) => {
  const match = matchAt(codeSpan, source, at)
  if (match === null) return null
  const children = parseInline(match[1] ?? '', { ...options, isCode: true })
  return { node: { kind: 'code', children }, end: at + match[0].length }
}

const styles = { '*': 'bold', _: 'italic', '~': 'strike' } as const
const isDelimiter = (character: string): character is keyof typeof styles => Object.hasOwn(styles, character)

const opening = new RegExp(`${edge.before}[*_~](?=\\S)`, 'y')
const closing = new RegExp(`(?<=\\S)[*_~]${edge.after}`, 'y')
const unmarked = /<[^<>\n]*>|`[^`\n]+`/y

/** Where the text that is marked from `from` on ends: its next delimiter closes it, or nothing does. */
const closingAt = (source: string, from: number, delimiter: string): number | null => {
  let at = from
  while (at < source.length && source[at] !== '\n') {
    if (source[at] === delimiter) return at > from && matchAt(closing, source, at) !== null ? at : null
    at += matchAt(unmarked, source, at)?.[0].length ?? 1
  }
  return null
}

const styled: Reader = (source, at, options) => {
  const delimiter = source.charAt(at)
  if (!isDelimiter(delimiter) || matchAt(opening, source, at) === null) return null
  const end = closingAt(source, at + 1, delimiter)
  if (end === null) return null
  const children = parseInline(source.slice(at + 1, end), options)
  return { node: { kind: styles[delimiter], children }, end: end + 1 }
}

const emoji: Reader = (source, at) => {
  const match = matchAt(/:([a-z0-9_+'-]+):/y, source, at)
  const name = match?.[1] ?? ''
  const character = emojiCharacter(name)
  return character === null ? null : { node: { kind: 'emoji', name, character }, end: at + name.length + 2 }
}

const bareUrl = new RegExp(`${edge.before}https?://[^\\s<>|]*[^\\s<>|.,!?;:)'"\\]*_~]`, 'y')

const bareLink: Reader = (source, at, { verbatim }) => {
  const match = verbatim ? null : matchAt(bareUrl, source, at)
  if (match === null) return null
  return { node: { kind: 'link', url: decodeEntities(match[0]), label: null }, end: at + match[0].length }
}

const readers: readonly Reader[] = [angle, code, styled, emoji, bareLink]
const codeReaders: readonly Reader[] = [angle]

/** Everything within lines: marks, code, links, mentions, dates and emoji. What means nothing stays text. */
export const parseInline = (source: string, options: InlineOptions): readonly MrkdwnInline[] => {
  const nodes: MrkdwnInline[] = []
  let textFrom = 0
  let at = 0
  const endText = () => {
    if (at > textFrom) nodes.push({ kind: 'text', text: decodeEntities(source.slice(textFrom, at)) })
  }
  while (at < source.length) {
    const found = readAt(options.isCode ? codeReaders : readers, source, at, options)
    if (found === null) {
      at += 1
      continue
    }
    endText()
    nodes.push(found.node)
    at = found.end
    textFrom = at
  }
  endText()
  return nodes
}

const readAt = (
  candidates: readonly Reader[],
  source: string,
  at: number,
  options: InlineOptions,
): Found | null => {
  if (!/[<`*_~:h]/.test(source.charAt(at))) return null
  for (const read of candidates) {
    const found = read(source, at, options)
    if (found !== null) return found
  }
  return null
}
