import type { MrkdwnBlock } from './mrkdwn-tree.ts'
import { edge, parseInline } from './parse-inline.ts'

const wholeQuote = /(?:&gt;|>){3}(?=[\s\S]*\S)/y
const quoteLines = /(?:(?:&gt;|>)[^\n]*(?:\n|$))+/y
const preformatted = new RegExp(`${edge.before}\`\`\`(?=\\s*[^\\s\`])([\\s\\S]+?)\`\`\`${edge.after}\n?`, 'y')

/**
 * A mrkdwn text as Slack shows it (docs.slack.dev/messaging/formatting-message-text). Lists are only text
 * there. Total: whatever is not markup is shown letter by letter.
 * @param verbatim do not turn bare addresses into links; of Slack's automatic links only those are made.
 */
export const parseMrkdwn = (text: string, verbatim = false): readonly MrkdwnBlock[] =>
  parseBlocks(text, verbatim, true)

const parseBlocks = (source: string, verbatim: boolean, mayQuote: boolean): readonly MrkdwnBlock[] => {
  const blocks: MrkdwnBlock[] = []
  let textFrom = 0
  let at = 0

  const matchHere = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at
    return pattern.exec(source)
  }
  /** The line break before a block belongs to neither. */
  const endParagraph = () => {
    const text = source.slice(textFrom, at).replace(/\n$/, '')
    if (text === '') return
    blocks.push({ kind: 'paragraph', children: parseInline(text, { verbatim, isCode: false }) })
  }
  const take = (length: number, block: MrkdwnBlock) => {
    endParagraph()
    blocks.push(block)
    at += length
    textFrom = at
  }

  while (at < source.length) {
    const startsLine = at === 0 || source[at - 1] === '\n'
    if (startsLine && mayQuote) {
      const whole = matchHere(wholeQuote)
      if (whole !== null) {
        const quoted = source.slice(at + whole[0].length)
        take(source.length - at, { kind: 'quote', children: parseBlocks(quoted, verbatim, false) })
        break
      }
      const lines = matchHere(quoteLines)
      if (lines !== null) {
        const quoted = lines[0].replace(/\n$/, '').replace(/^(?:&gt;|>) ?/gm, '')
        take(lines[0].length, { kind: 'quote', children: parseBlocks(quoted, verbatim, false) })
        continue
      }
    }
    const block = source[at] === '`' ? matchHere(preformatted) : null
    if (block === null) at += 1
    else {
      const text = (block[1] ?? '').replace(/^\n|\n$/g, '')
      take(block[0].length, {
        kind: 'preformatted',
        children: parseInline(text, { verbatim: true, isCode: true }),
      })
    }
  }
  endParagraph()
  return blocks
}
