import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MrkdwnBlock, MrkdwnInline } from '../../sandbox/page/client/block-kit/mrkdwn-tree.ts'
import { decodeEntities } from '../../sandbox/page/client/block-kit/parse-inline.ts'
import { parseMrkdwn } from '../../sandbox/page/client/block-kit/parse-mrkdwn.ts'
import { escaped } from '../../src/slack/mrkdwn.ts'
import { hostileText } from './hostile-text.ts'

/** The tree as short markup, so that a table of examples can be read. */
const inline = (node: MrkdwnInline): string => {
  switch (node.kind) {
    case 'text':
      return node.text
    case 'emoji':
      return `[${node.character}]`
    case 'bold':
    case 'italic':
    case 'strike':
    case 'code':
      return `[${node.kind} ${node.children.map(inline).join('')}]`
    case 'link':
      return `[link ${node.url}${node.label === null ? '' : ` = ${node.label.map(inline).join('')}`}]`
    case 'user':
    case 'channel':
    case 'usergroup':
      return `[${node.kind} ${node.id}${node.label === null ? '' : ` = ${node.label}`}]`
    case 'broadcast':
      return `[ping ${node.range}]`
    case 'date':
      return `[date ${node.timestampSeconds} ${node.format} ${node.url} ${node.fallback}]`
    case 'command':
      return `[command ${node.command}${node.label === null ? '' : ` = ${node.label}`}]`
    default:
      return node satisfies never
  }
}

const block = (each: MrkdwnBlock): string => {
  switch (each.kind) {
    case 'paragraph':
      return each.children.map(inline).join('')
    case 'preformatted':
      return `[pre ${each.children.map(inline).join('')}]`
    case 'quote':
      return `[quote ${each.children.map(block).join('¶')}]`
    default:
      return each satisfies never
  }
}

const outline = (text: string, verbatim = true): string => parseMrkdwn(text, verbatim).map(block).join('¶')

describe('mrkdwn', () => {
  it.each([
    ['plain text', 'plain text'],
    ['*bold* _italic_ ~gone~ `code`', '[bold bold] [italic italic] [strike gone] [code code]'],
    ['*bold _and ~all~_*', '[bold bold [italic and [strike all]]]'],
    ['(*bold*), "_italic_"!', '([bold bold]), "[italic italic]"!'],
    ['snake_case_name and 2*3*4', 'snake_case_name and 2*3*4'],
    ['*foo*bar foo*bar*', '*foo*bar foo*bar*'],
    ['a * b * c, * d*, *e *', 'a * b * c, * d*, *e *'],
    ['**not markdown**', '**not markdown**'],
    ['*two\nlines*', '*two\nlines*'],
    ['*one*\n*two*', '[bold one]\n[bold two]'],
    ['`*no bold* :tada:`', '[code *no bold* :tada:]'],
    ['*with `a*b` in it*', '[bold with [code a*b] in it]'],
    ['Йод *жирный* текст', 'Йод [bold жирный] текст'],
    ['你好*世界*', '你好*世界*'],
    ['• one\n• two', '• one\n• two'],
    ['1 &lt; 2 &amp;&amp; 3 &gt; 2 &copy; &amp;lt;', '1 < 2 && 3 > 2 &copy; &lt;'],
    ['&lt;!channel&gt;', '<!channel>'],
  ])('%s', (text, expected) => {
    expect(outline(text)).toBe(expected)
  })

  it.each([
    ['<https://a.test/?x=1&amp;y=2>', '[link https://a.test/?x=1&y=2]'],
    ['<https://a.test|*here* &amp; there>', '[link https://a.test = [bold here] & there]'],
    ['*<https://a.test|a*b>*', '[bold [link https://a.test = a*b]]'],
    ['<@U0ANN> <@W1|ann>', '[user U0ANN] [user W1 = ann]'],
    ['<#C1> <#C1|general>', '[channel C1] [channel C1 = general]'],
    ['<!subteam^S1> <!subteam^S1|@support>', '[usergroup S1] [usergroup S1 = @support]'],
    ['<!here> <!channel> <!everyone|all>', '[ping here] [ping channel] [ping everyone]'],
    ['`<!channel>` ```<!here>```', '[code [ping channel]] ¶[pre [ping here]]'],
    ['<!date^1392734382^{date_num} {time}|then>', '[date 1392734382 {date_num} {time} null then]'],
    ['<!date^1392734382^{date}^https://a.test/|then>', '[date 1392734382 {date} https://a.test/ then]'],
    ['<!date^soon^{date}|then>', '[command date^soon^{date} = then]'],
    ['<!unknown|said>', '[command unknown = said]'],
    ['< > <> <@> <|x> a < b', '< > <> <@> <|x> a < b'],
    ['<a\nb>', '<a\nb>'],
  ])('%s', (text, expected) => {
    expect(outline(text)).toBe(expected)
  })

  it.each([
    ['> one\n> two\nthree', '[quote one\ntwo]¶three'],
    ['&gt; one', '[quote one]'],
    ['a\n>b *c*', 'a¶[quote b [bold c]]'],
    ['a > b', 'a > b'],
    ['x\n>>> all\n\nof > it', 'x¶[quote  all\n\nof > it]'],
    ['>>>', '[quote >>]'],
    ['```\ncode *x*\n```', '[pre code *x*]'],
    ['see ```a\n> b``` done', 'see ¶[pre a\n> b]¶ done'],
    ['> ```quoted```', '[quote [pre quoted]]'],
    ['foo```bar```baz', 'foo```bar```baz'],
    ['``` ```', '``` ```'],
    ['```open', '```open'],
  ])('%j as blocks', (text, expected) => {
    expect(outline(text)).toBe(expected)
  })

  it.each([
    [':tada: :white_check_mark:', '[🎉] [✅]'],
    ['10:30:15 :constructor: :nope:', '10:30:15 :constructor: :nope:'],
  ])('%s as emoji', (text, expected) => {
    expect(outline(text)).toBe(expected)
  })

  it('links a bare address unless it is verbatim', () => {
    const text = 'See https://a.test/x_y_z?q=1&amp;r=2, or (https://b.test).'
    expect(outline(text, false)).toBe('See [link https://a.test/x_y_z?q=1&r=2], or ([link https://b.test]).')
    expect(outline(text, true)).toBe(decodeEntities(text))
  })

  it('never throws and never loses a visible character', () => {
    const marks = fc.constantFrom(
      '*',
      '_',
      '~',
      '`',
      '```',
      '<',
      '>',
      '|',
      '^',
      '!',
      '@',
      '#',
      '&gt;',
      '&',
      '\n',
    )
    const words = fc.constantFrom(' ', 'a', 'ж', '👍', '7', 'date^1^{time}', 'subteam^S', 'channel', ':tada:')
    const markedUp = fc.array(fc.oneof(marks, words), { maxLength: 60 }).map((parts) => parts.join(''))
    // Signs that are markup somewhere are dropped on both sides; so is white space.
    const kept = (text: string) => text.replace(/[\s*_~`<>|^!@#:]/gu, '')
    fc.assert(
      fc.property(fc.oneof(markedUp, hostileText), fc.boolean(), (text, verbatim) => {
        const shown = parseMrkdwn(text, verbatim).map(everything).join('')
        expect(kept(shown)).toBe(kept(decodeEntities(text)))
      }),
      { numRuns: 3000 },
    )
  })

  it("shows foreign text that went through Baton's escape letter by letter", () => {
    fc.assert(
      fc.property(hostileText, (name) => {
        for (const text of [escaped(name), `*${escaped(`x${name}`)}*`]) {
          const kinds = parseMrkdwn(text, true).flatMap((each) =>
            each.kind === 'quote' ? ['quote'] : each.children.flatMap(kindsIn),
          )
          expect(kinds.filter((kind) => !['text', 'bold', 'emoji'].includes(kind))).toEqual([])
        }
      }),
      { numRuns: 1000 },
    )
  })
})

const kindsIn = (node: MrkdwnInline): string[] =>
  'children' in node ? [node.kind, ...node.children.flatMap(kindsIn)] : [node.kind]

/** All that a tree holds, in the order in which it was written. */
const everything = (each: MrkdwnBlock): string =>
  each.kind === 'quote' ? each.children.map(everything).join('') : each.children.map(allOf).join('')

const allOf = (node: MrkdwnInline): string => {
  switch (node.kind) {
    case 'text':
      return node.text
    case 'emoji':
      return node.name
    case 'bold':
    case 'italic':
    case 'strike':
    case 'code':
      return node.children.map(allOf).join('')
    case 'link':
      return `${node.url}${(node.label ?? []).map(allOf).join('')}`
    case 'user':
    case 'channel':
      return `${node.id}${node.label ?? ''}`
    case 'usergroup':
      return `subteam${node.id}${node.label ?? ''}`
    case 'broadcast':
      return `${node.range}${node.label ?? ''}`
    case 'date':
      return `date${node.timestampSeconds}${node.format}${node.url ?? ''}${node.fallback ?? ''}`
    case 'command':
      return `${node.command}${node.label ?? ''}`
    default:
      return node satisfies never
  }
}
