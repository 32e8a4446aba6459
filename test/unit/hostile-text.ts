import fc from 'fast-check'

/** Names, notes and numbers as customers, colleagues and providers could send them. */
export const hostileSamples: readonly string[] = [
  '',
  ' ',
  '\u200b\u2060\ufeff',
  '<!channel> *x*',
  '<@U0ANN> <#C1|x> <https://evil.test|click>',
  '&lt;!here&gt; &amp;',
  '> quoted\n> twice',
  '*bold* _italic_ ~struck~ `code` ```block```',
  '\u202egnp.exe\u202c \u2066isolated\u2069',
  'אבגד 123 العربية ١٢٣',
  '李小龍 こんにちは 한국어 ไทย हिन्दी',
  '👩‍👩‍👧‍👦🏳️‍🌈👍🏽'.repeat(40),
  `Z${'\u0334'.repeat(300)}algo`,
  '\ud83d',
  '\u0000\u0007\u001b[31m',
  'x'.repeat(4000),
  '&'.repeat(4000),
  '*'.repeat(4000),
  '<!channel>'.repeat(400),
  'line\n'.repeat(1000),
]

export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...hostileSamples),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc
    .array(fc.constantFrom('<!channel>', '*', '_', '`', '\u202e', '\u200d', '👨‍💻', '&', '\n', 'ab ', '٣'), {
      maxLength: 200,
    })
    .map((parts) => parts.join('')),
)
