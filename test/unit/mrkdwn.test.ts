import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { instant, slackUserId } from '../../src/routing/ids.ts'
import {
  clamp,
  clampMrkdwn,
  escaped,
  mention,
  slackDate,
  visible,
  visibleLines,
} from '../../src/slack/mrkdwn.ts'
import { hostileSamples, hostileText } from './hostile-text.ts'

const graphemes = (text: string): readonly string[] =>
  [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)].map(({ segment }) => segment)

describe('escaped', () => {
  it.each([
    ['<!channel> *x*', '&lt;!channel&gt; ∗x∗'],
    ['<@U0ANN>', '&lt;@U0ANN&gt;'],
    ['Tom & Jerry', 'Tom &amp; Jerry'],
    ['_hi_ `rm` ~no~', 'ˍhiˍ ˋrmˋ ∼no∼'],
    ['ivan_petrov_99', 'ivan_petrov_99'],
    ['> quoted', '› quoted'],
    ['\u202eevil\u202c', 'evil'],
  ])('turns %j into %j', (text, expected) => {
    expect(escaped(text)).toBe(expected)
  })

  it('leaves nothing that Slack reads as a mention, a link or formatting', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(escaped(text)).not.toMatch(/[<>*~`\n]|(?<![\p{L}\p{N}])_|&(?!amp;|lt;|gt;)/u)
      }),
    )
  })
})

describe('visible', () => {
  it('keeps emoji sequences and joiners inside words', () => {
    for (const text of ['👩‍👩‍👧‍👦', '❤️', '👍🏽', 'می‌خواهم', 'क्‍ष']) expect(visible(text)).toBe(text)
  })

  it('removes what takes no room or turns the reading direction', () => {
    expect(visible('a\u200bb\u2060c\ufeffd\u00ade\u200ef\u2066g')).toBe('abcdefg')
    expect(visible('\u200d\u200c')).toBe('')
  })

  it('makes one line of many', () => {
    expect(visible(' a\r\n\tb\u2028c ')).toBe('a b c')
    expect(visibleLines('a\r\n\tb\u2028c ')).toBe('a\nb\nc')
  })

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(visible(visible(text))).toBe(visible(text))
      }),
      { numRuns: 500 },
    )
  })
})

describe('clampMrkdwn', () => {
  it('leaves no half of a mention, a date or an escape, wherever it cuts', () => {
    const text = `Ask ${mention(slackUserId('U0ANN'))} &amp; see ${slackDate(instant(0))}. ${escaped('<!channel>')} Then.`
    const whole = /^(?:[^<>&]|<[^<>]+>|&(?:amp|lt|gt);)*$/u
    for (let max = 1; max <= text.length; max++) {
      const kept = clampMrkdwn(text, max)
      expect(kept).toMatch(whole)
      expect(kept.length).toBeLessThanOrEqual(max)
    }
    expect(clampMrkdwn(text, text.length)).toBe(text)
    expect(clampMrkdwn(text, 12)).toBe('Ask…')
  })
})

describe('clamp', () => {
  it('never exceeds the limit, is never empty and cuts only between graphemes', () => {
    fc.assert(
      fc.property(hostileText, fc.integer({ min: 1, max: 100 }), (text, max) => {
        const clamped = clamp(text, max)
        expect(clamped.length).toBeLessThanOrEqual(max)
        expect(clamped.trim()).not.toBe('')
        if (clamped === text || clamped === '–') return
        const kept = graphemes(clamped.slice(0, -1))
        expect(graphemes(text).slice(0, kept.length)).toEqual(kept)
      }),
    )
  })

  it('marks what was cut', () => {
    expect(clamp('Ivan Petrov', 6)).toBe('Ivan…')
    expect(clamp('👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 12)).toBe('👩‍👩‍👧‍👦…')
    for (const text of hostileSamples) expect(clamp(text, 4000).length).toBeLessThanOrEqual(4000)
  })
})

it('shows a time in the zone of the reader, and in UTC where Slack cannot', () => {
  expect(slackDate(instant(Date.UTC(2026, 10, 20, 10, 42, 59)))).toBe(
    `<!date^${Date.UTC(2026, 10, 20, 10, 42, 59) / 1000}^{date_short_pretty} {time}|2026-11-20 10:42 UTC>`,
  )
})
