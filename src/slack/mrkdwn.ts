import type { types } from '@slack/bolt'
import type { Instant, SlackUserId, UserGroupId } from '../routing/ids.ts'

/**
 * Text objects, and the way of foreign text into them. Whatever a customer, a colleague or a provider wrote
 * goes through `escaped` before it becomes part of mrkdwn, through `visible` before it becomes plain text.
 */

// Joiners belong to emoji and to some scripts, but only between two visible characters; the variation
// selector behind an emoji. Every other character without a width, bidi controls included, only deceives.
const invisible =
  /(?!(?<=[\p{L}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}])[\u200c\u200d](?=[\p{L}\p{Extended_Pictographic}])|(?<=\p{Emoji})\ufe0f)\p{Default_Ignorable_Code_Point}/gu
const manyMarks = /(\p{M}{3})\p{M}+/gu

/** One line of what can be seen; at most three marks on a letter. */
export const visible = (text: string): string =>
  text
    .toWellFormed()
    .replace(/\p{Cc}+/gu, ' ')
    .replace(invisible, '')
    .replace(manyMarks, '$1')
    .replace(/\s+/gu, ' ')
    .trim()

/** The same with its line breaks. */
export const visibleLines = (text: string): string =>
  text
    .split(/\r\n|[\r\n\u2028\u2029]/u)
    .map(visible)
    .join('\n')
    .trim()

const lookalike: Readonly<Record<string, string>> = { '*': '∗', _: 'ˍ', '~': '∼', '`': 'ˋ' }

/**
 * Foreign text for mrkdwn: it can neither mention, link nor format. Slack has no escape for its formatting
 * characters, so these become look-alikes; an underscore inside a word formats nothing and stays.
 */
export const escaped = (text: string): string =>
  visible(text)
    .replace(/[*~`]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, (character) => lookalike[character] ?? '')
    .replace(/^>+/, (quote) => '›'.repeat(quote.length))
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')

/** At most `max` UTF-16 units, cut between what readers see as characters; nothing becomes a dash. */
export const clamp = (text: string, max: number): string => {
  if (text.trim() === '') return '–'
  if (text.length <= max) return text
  let kept = ''
  const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })
  for (const { segment } of graphemes.segment(text)) {
    if (kept.length + segment.length >= max) break
    kept += segment
  }
  return `${kept.trimEnd()}…`
}

/** The same for mrkdwn: no half of a mention, a date or an escape is left, which would swallow what follows it. */
export const clampMrkdwn = (text: string, max: number): string => {
  const kept = clamp(text, max)
  return kept === text ? text : kept.replace(/\s*(?:<[^<>]*|&\w*)…$/u, '…')
}

export const plain = (text: string, max = 3000): types.PlainTextElement => ({
  type: 'plain_text',
  text: clamp(text, max),
  emoji: false,
})

/** `verbatim`: Slack adds no links of its own to what looks like an address. */
export const mrkdwn = (text: string, max = 3000): types.MrkdwnElement => ({
  type: 'mrkdwn',
  text: clampMrkdwn(text, max),
  verbatim: true,
})

export const mention = (user: SlackUserId): string => `<@${user}>`

/** Of an id out of the settings. */
export const mentionChannel = (channel: string): string => `<#${channel.replace(/[^A-Z0-9]/g, '')}>`

/** Where nobody but its members and the reader see it: it notifies everybody in the group who does. */
export const mentionGroup = (group: UserGroupId): string => `<!subteam^${group}>`

/** Everybody reads it in their own time zone; where Slack cannot show that, in UTC. */
export const slackDate = (at: Instant): string => dateAs('{date_short_pretty} {time}', at)

/** The same with how long ago that is. Slack reckons it, so that it is right without an update. */
export const slackAge = (at: Instant): string => dateAs('{date_short_pretty} {time} ({ago})', at)

/** For what ends within a minute. */
export const slackSecond = (at: Instant): string => dateAs('{time_secs}', at)

const dateAs = (format: string, at: Instant): string => {
  const utc = new Date(at).toISOString().slice(0, 16).replace('T', ' ')
  return `<!date^${Math.floor(at / 1000)}^${format}|${utc} UTC>`
}

const nameLength = 60

/**
 * What a customer, a colleague or a provider wrote, inside a sentence of ours: at most `max` characters to read, and
 * twice as many with their escapes, since a name of nothing but ampersands would be five times as long.
 */
export const foreign = (text: string, max = nameLength): string =>
  clampMrkdwn(escaped(clamp(visible(text), max)), 2 * max)
