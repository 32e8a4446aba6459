import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ContactField } from '../../src/providers/contract.ts'
import { faultsIn } from '../../src/routing/contact-values.ts'
import { hostileText } from './hostile-text.ts'

const name: ContactField = { id: 'name', kind: 'line', required: true, maxLength: 250 }
const note: ContactField = { id: 'note', kind: 'lines', required: false }
const lastName: ContactField = {
  id: 'last-name',
  kind: 'line',
  required: false,
  maxLength: 128,
  forbidden: '*_',
}
const email: ContactField = { id: 'email', kind: 'email', required: false, maxLength: 150 }
const web: ContactField = { id: 'web', kind: 'web', required: false, maxLength: 150 }
const date: ContactField = { id: 'opt-in-date', kind: 'date', required: true }
const stage: ContactField = { id: 'stage', kind: 'choice', required: false, choices: ['New', 'Won'] }
const fields = [name, note, lastName, email, web, date, stage]

const faultOf = (field: ContactField, value: string) => faultsIn([field], { [field.id]: value })[field.id]

describe('faultsIn', () => {
  it('finds nothing wrong with what the provider takes', () => {
    const values = { name: 'Ivan', note: 'a\nb', email: 'a@b.co', 'opt-in-date': '2026-11-20', stage: 'Won' }
    expect(faultsIn(fields, values)).toEqual({})
  })

  it('tells every field that has a fault, each by its first', () => {
    const values = {
      name: ' ',
      'last-name': `*${'x'.repeat(128)}`,
      email: 'a',
      web: 'b',
      'opt-in-date': 'c',
      stage: 'd',
    }
    expect(faultsIn(fields, values)).toEqual({
      name: 'missing',
      'last-name': 'too-long',
      email: 'no-email',
      web: 'no-web',
      'opt-in-date': 'no-date',
      stage: 'not-offered',
    })
  })

  it('misses what is required and absent, and nothing else', () => {
    expect(faultsIn(fields, {})).toEqual({ name: 'missing', 'opt-in-date': 'missing' })
  })

  it('does not look at values of fields that the provider does not have', () => {
    expect(faultsIn([name], { name: 'Ivan', email: 'nonsense' })).toEqual({})
  })

  it.each(['', ' ', '\t\n', '\u00a0\u2003', '\u200b\u2060\ufeff', '\u202e\u200f', '\u200d'])(
    'takes %j for a missing name, and for an empty field elsewhere',
    (blank) => {
      expect(faultOf(name, blank)).toBe('missing')
      for (const field of [note, lastName, email, web, stage]) expect(faultOf(field, blank)).toBeUndefined()
    },
  )

  it.each([
    ['x'.repeat(250), undefined],
    ['x'.repeat(251), 'too-long'],
    ['🔥'.repeat(125), undefined],
    [`${'🔥'.repeat(125)}x`, 'too-long'],
    ['👩‍👩‍👧‍👦', undefined],
    ['👩‍👩‍👧‍👦'.repeat(23), 'too-long'],
    ['مريم العبدالله', undefined],
    ['\u202bمريم\u202c', undefined],
    ['م'.repeat(250), undefined],
    ['م'.repeat(251), 'too-long'],
    ['李小龍', undefined],
    ['x'.repeat(4000), 'too-long'],
    [' '.repeat(4000), 'missing'],
  ])('counts UTF-16 code units, as Slack does (row %#)', (value, fault) => {
    expect(faultOf(name, value)).toBe(fault)
  })

  it('has no limit where the provider documents none, and one for blanks where it does', () => {
    expect(faultOf(note, 'x\n'.repeat(2000))).toBeUndefined()
    expect(faultOf(lastName, ' '.repeat(129))).toBe('too-long')
  })

  it.each([
    ['Petrov', undefined],
    ['Petrov*', 'forbidden-character'],
    ['_Petrov', 'forbidden-character'],
    ['Pet-rov', undefined],
  ])('looks in %j for the characters that the provider forbids', (value, fault) => {
    expect(faultOf(lastName, value)).toBe(fault)
  })

  it.each([
    'ivan@example.com',
    ' ivan@example.com ',
    'ivan.petrov+vip@mail.example.co.uk',
    "o'neil@example.com",
    'иван@пример.рф',
    'a@b.co',
  ])('takes %j for an e-mail address', (value) => {
    expect(faultOf(email, value)).toBeUndefined()
  })

  it.each([
    'ivan',
    'ivan@',
    '@example.com',
    'ivan@example',
    'ivan@example.',
    'ivan@.com',
    'a b@example.com',
    'a@b@c.de',
    'a@b..c',
    'a@b.co, c@d.co',
    'https://example.com',
  ])('takes %j for no e-mail address', (value) => {
    expect(faultOf(email, value)).toBe('no-email')
  })

  it.each([
    'https://example.com',
    'HTTP://EXAMPLE.COM',
    ' example.com ',
    'example.com/a?b=c#d',
    'www.example.co.uk:8080/x',
    'https://пример.рф/путь',
    'пример.рф',
    'https://intranet/customers/7',
    '192.0.2.1',
  ])('takes %j for a web address', (value) => {
    expect(faultOf(web, value)).toBeUndefined()
  })

  it.each([
    'example',
    'none',
    'example com',
    'https://',
    'https://exa mple.com',
    'http://[',
    'javascript:alert(1.5)',
    'ftp://example.com',
    '/path',
    '.',
  ])('takes %j for no web address', (value) => {
    expect(faultOf(web, value)).toBe('no-web')
  })

  it.each(['2026-11-20', '2024-02-29', '1999-12-31', '2000-02-29'])('takes %s for a date', (value) => {
    expect(faultOf(date, value)).toBeUndefined()
  })

  it.each([
    '2026-02-29',
    '2026-02-30',
    '1900-02-29',
    '2026-04-31',
    '2026-13-01',
    '2026-00-10',
    '2026-01-00',
    '2026-1-5',
    '20.11.2026',
    '2026-11-20T00:00:00Z',
    '+002026-11-20',
    '٢٠٢٦-١١-٢٠',
    'today',
  ])('takes %j for no date', (value) => {
    expect(faultOf(date, value)).toBe('no-date')
  })

  it('offers exactly the choices, letter for letter', () => {
    expect(faultOf(stage, 'Won')).toBeUndefined()
    for (const value of ['won', 'Won ', 'Lost', 'constructor'])
      expect(faultOf(stage, value)).toBe('not-offered')
    expect(faultOf({ id: 'stage', kind: 'choice', required: false }, 'Won')).toBe('not-offered')
  })

  it('has an answer to any text in any field, and never throws', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        for (const field of fields) faultOf(field, text)
      }),
      { numRuns: 300 },
    )
  })

  it.each([
    ['dots', `a@${'.'.repeat(3990)} x`],
    ['labels', `a@${'a.'.repeat(2000)}@`],
    ['at signs', '@'.repeat(4000)],
    ['slashes', `https://${'/'.repeat(4000)}`],
    ['spaces', `a${' '.repeat(4000)}b`],
  ])('looks at 4,000 characters of %s in a moment', (_what, text) => {
    const start = performance.now()
    for (const { maxLength: _none, ...field } of fields) faultOf(field, text)
    expect(performance.now() - start).toBeLessThan(500)
  })
})
