import { describe, expect, it } from 'vitest'
import { changedValues, formValuesOf, mergedValues } from '../../sandbox/page/client/form-values.ts'
import { commandIn, complete, encodeMessage } from '../../sandbox/page/client/slack/completion.ts'
import { readManifest } from '../../sandbox/page/read-manifest.ts'
import type { SlackUser } from '../../sandbox/slack/model.ts'

const person = (id: string, name: string, realName: string, isDeleted = false): SlackUser => ({
  id,
  name,
  realName,
  email: null,
  isAdmin: false,
  isOwner: false,
  isBot: false,
  isDeleted,
  isRestricted: false,
  isUltraRestricted: false,
  isStranger: false,
  teamId: 'T1',
  tz: 'UTC',
  presence: 'active',
})

const people = [
  person('U1', 'ann', 'Ann Abel'),
  person('U2', 'ben', 'Ben Bauer'),
  person('U3', 'old', 'Bo Old', true),
]
const command = (name: string) => ({ command: name, description: `does ${name}`, usageHint: '[who]' })
const known = { commands: [command('/claim'), command('/handoff')], people }
const suggested = (text: string, caret = text.length) =>
  complete(text, caret, known)?.suggestions.map(({ insert }) => insert) ?? null

describe('completion', () => {
  it.each([
    ['/', ['/claim', '/handoff']],
    ['/CL', ['/claim']],
    ['/x', null],
    ['/claim ', null],
    ['text /', null],
    ['@b', ['@ben']],
    ['/handoff grace @ba', ['@ben']],
    ['mail@b', null],
    ['', null],
  ])('after “%s” offers %j', (text, expected) => {
    expect(suggested(text)).toEqual(expected)
  })

  it('looks at the word before the caret, not at the end', () => {
    expect(suggested('@an and more', 3)).toEqual(['@ann'])
  })
})

describe('what is sent', () => {
  it.each([
    ['/claim', { name: '/claim', text: '' }],
    ['/handoff  grace @ben\nsoon ', { name: '/handoff', text: 'grace @ben\nsoon' }],
    ['either / or', null],
  ])('“%s” is the command %j', (text, expected) => {
    expect(commandIn(text)).toEqual(expected)
  })

  it('a message mentions people by id and can contain no marks', () => {
    expect(encodeMessage(' <!channel> & @ben, @nobody ', people)).toBe(
      '&lt;!channel&gt; &amp; <@U2>, @nobody',
    )
  })
})

describe('the fields of a form', () => {
  const option = { text: { type: 'plain_text', text: 'One' }, value: '1' }
  const saved = formValuesOf({
    who: { pick: { type: 'external_select', selected_option: option } },
    tags: { pick: { type: 'multi_static_select', selected_options: [option] } },
    note: { text: { type: 'plain_text_input', value: null } },
  })

  it('are read from what Slack keeps', () => {
    expect(saved).toEqual({ who: { pick: '1' }, tags: { pick: ['1'] }, note: { text: null } })
  })

  it('are sent only where the person changed them', () => {
    expect(changedValues(saved, saved)).toEqual({})
    const typed = { ...saved, note: { text: 'hi' }, who: { pick: null } }
    expect(changedValues(saved, typed)).toEqual({ note: 'hi', who: null })
    expect(changedValues(saved, { ...saved, note: { text: '' } })).toEqual({})
  })

  it('keep what was typed when the form is updated, as far as they are still there', () => {
    const next = { note: { text: null }, reason: { text: null } }
    expect(mergedValues(next, { note: { text: 'typed' }, gone: { text: 'x' } })).toEqual({
      note: { text: 'typed' },
      reason: { text: null },
    })
  })
})

describe('the manifest', () => {
  it('says which commands and shortcuts there are, and whether there is a Home tab', () => {
    const manifest = `
display_information: { name: Test }
features:
  app_home: { home_tab_enabled: true }
  slash_commands: [{ command: /go, description: Goes }]
  shortcuts: [{ name: Take, type: message, callback_id: take }]
`
    expect(readManifest(manifest)).toEqual({
      name: 'Test',
      description: '',
      hasHome: true,
      commands: [{ command: '/go', description: 'Goes', usageHint: '' }],
      shortcuts: [{ name: 'Take', description: '', callbackId: 'take', type: 'message' }],
    })
    expect(() => readManifest('nonsense')).toThrow()
  })
})
