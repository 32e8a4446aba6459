import fc from 'fast-check'
import { expect, it } from 'vitest'
import { SUPPORT } from '../fixtures/start-scene.ts'
import { type TimelessScene, timelessScene } from '../fixtures/timeless-scene.ts'

const IVAN = '79001234567'
const commands = ['/claim', '/handoff', '/release', '/baton'] as const

async function waiting(): Promise<TimelessScene> {
  const scene = await timelessScene({ linked: ['ann', 'ben'] })
  await scene.arrives(IVAN, 'Ivan')
  await scene.settled()
  return scene
}

const hostile: readonly (readonly [string, string])[] = [
  ['a number that is none', '+7 999 12'],
  ['more digits than any number has', '9'.repeat(400)],
  ['4,000 characters', 'x'.repeat(4_000)],
  ['4,000 emoji', '🧑‍🚒'.repeat(800)],
  ['right-to-left text', 'שלום ‮nosrep‬ مرحبا'],
  ['characters without a width', '\u200b\u200c\u200d\u2060\ufeff'],
  ['half a character', '\ud800 \udfff'],
  ['control characters', 'a\u0000b\u0007c\u001b[31m\r\n\td'],
  ['a mention of everybody', '<!channel> <!here> <!everyone>'],
  ['a group', '<!subteam^S0SUPPORT|@support-team>'],
  ['markup', '*bold* _it_ ~no~ `code` ```block``` > quote'],
  ['a link', '<https://evil.example/?a=1|+79009999999 >'],
  ['SQL', "' OR 1=1; DROP TABLE chats; --"],
  ['wildcards', '%_%'],
  ['JSON', '{"__proto__":{"kind":"claim"}}'],
  ['a path', '../../../../etc/passwd'],
  ['ids that change a path', 'id:../contact_to_user/x'],
  ['an id that is nothing', 'id:'],
  ['an e-mail address', 'email:nobody@acme.test'],
  ['an unknown account', 'other: ivanov'],
]

it.each(hostile)('Bad input costs nothing: %s gets a clear answer to every command', async (_name, text) => {
  const scene = await waiting()
  const { slack, wamm } = scene
  const before = { writes: wamm.writes.length, events: scene.history(IVAN).length }
  for (const command of commands) {
    for (const typed of [text, `${text} @ben`, `@ben ${text}`]) {
      const { acknowledged, message } = await slack.as('carla').command(command, typed)
      expect(acknowledged, command).toBe(true)
      const answer = message?.text ?? ''
      expect(answer.length, command).toBeGreaterThan(10)
      expect(answer).not.toContain('Something went wrong')
      expect(answer).not.toMatch(/<!(?:channel|here|everyone|subteam)/)
    }
  }
  await scene.settled()
  expect(wamm.writes).toHaveLength(before.writes)
  expect(scene.history(IVAN)).toHaveLength(before.events)
})

it('Bad input costs nothing: thousands of strange texts in every command change nothing and break nothing', async () => {
  const scene = await waiting()
  const { slack, wamm } = scene
  // A single letter may mean the only customer there is, so Ivan is Ann's, and Ben may do nothing to him.
  await slack.as('ann').command('/claim', 'ivan')
  await scene.settled()
  const piece = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.string({ unit: 'grapheme', maxLength: 40 }),
    fc.constantFrom(
      '+7',
      '(900)',
      ' ',
      '"',
      '«',
      '<',
      '>',
      '|',
      ':',
      '@ben',
      '<@U0BEN|ben>',
      '<tel:',
      'id:',
      'wamm:',
    ),
    fc.integer().map(String),
  )
  const text = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''))
  const round = fc.array(fc.tuple(fc.constantFrom(...commands), text), { minLength: 25, maxLength: 25 })
  await fc.assert(
    fc.asyncProperty(round, async (typed) => {
      const answers = await Promise.all(
        typed
          // These mean something: they are not bad input.
          .filter(([, words]) => !/^\s*(?:next|link.*|unlink.*)?\s*$/iu.test(words))
          .map(([command, words]) => slack.as('ben').command(command, words)),
      )
      for (const { acknowledged, message, error } of answers) {
        expect(acknowledged).toBe(true)
        expect(error).toBeUndefined()
        expect(message?.text ?? '').not.toContain('Something went wrong')
      }
    }),
    { numRuns: 80, seed: 20_261_120 },
  )
  await scene.settled()
  expect(wamm.writesOf(IVAN)).toHaveLength(1)
  expect(scene.history(IVAN).map(({ facts }) => facts.kind)).toEqual(['arrived', 'claimed', 'confirmed'])
  expect(scene.card('Ivan').text).toContain('With <@U0ANN>')
}, 120_000)

it('Secrets and customers are protected: what customers call themselves can neither ping, link nor format', async () => {
  const scene = await timelessScene({ linked: ['ann', 'ben'] })
  const { slack, wamm, baton } = scene
  const names = [
    '<!channel> *Bold* _x_',
    '<@U0BEN> `code`',
    '<https://evil.example|WAMM>',
    '+7 (900) 000-00-04',
    '\u202eIvan\u200b',
    '> quoted\n\n*more*',
    '&lt;!here&gt;',
    '​',
    'Ivan '.repeat(200),
    '𝓘van 👩‍👩‍👧',
  ]
  names.forEach((name, at) => {
    wamm.customerWrites(`7900000000${at}`, { name, text: 'Hello?' })
  })
  await baton.pollNow()
  await scene.settled()
  for (const _ of names) await slack.as('ann').command('/claim', 'next')
  await scene.settled()
  expect(wamm.writes).toHaveLength(names.length)
  for (const card of slack.messagesIn(SUPPORT)) {
    const shown = JSON.stringify([card.text, card.blocks])
    expect(shown).not.toMatch(/<!(?:channel|here)|<@U0BEN>|<https/)
    expect(shown).not.toMatch(/\*Bold\*/)
  }
  const form = async () => {
    await slack.as('ann').command('/handoff')
    return scene.until(() => slack.as('ann').modal())
  }
  const { options } = await slack.as('ann').options(await form(), 'my_chat', '')
  expect(options).toHaveLength(names.length)
})

it('Secrets and customers are protected: only the owner reads a number in full, and never in a fallback', async () => {
  const scene = await timelessScene({ linked: ['ann', 'ben'] })
  const { slack } = scene
  await scene.arrives(IVAN, 'Ivan')
  const answers = [
    await slack.as('ann').command('/claim', 'ivan'),
    await slack.as('ben').command('/claim', 'ivan'),
    await slack.as('ben').command('/release', 'ivan'),
    await slack.as('ann').command('/handoff', 'ivan @ben'),
  ]
  await scene.told('ben', 'handed the chat with Ivan to you')
  const [claimed, refused, notYours, given] = answers.map(({ message }) => JSON.stringify(message?.blocks))
  expect(claimed).toContain('+7 900 123 45 67')
  for (const shown of [refused, notYours, given]) expect(shown).not.toMatch(/9001234567/)
  for (const { message } of answers) expect(message?.text).not.toMatch(/9001234567/)
  const [toBen] = slack.as('ben').dms()
  expect(JSON.stringify(toBen?.blocks)).toContain('+7 900 123 45 67')
  expect(toBen?.text).not.toMatch(/9001234567/)
})

it("Bad input costs nothing: a colleague's customer, named in full, is not one's own customer of that first name", async () => {
  const scene = await timelessScene({ linked: ['ann', 'ben'] })
  const { slack, wamm } = scene
  await scene.arrives(IVAN, 'Ivan Sidorov')
  await scene.arrives('79007654321', 'Ivan Petrov')
  await slack.as('ann').command('/claim', 'ivan sidorov')
  await slack.as('ben').command('/claim', 'ivan petrov')
  await slack.as('ann').command('/release', 'ivan petrov lunch')
  expect(scene.lastTold('ann')).toContain('<@U0BEN> has had the chat with Ivan Petrov')
  await slack.as('ann').command('/release', 'ivan lunch')
  expect(scene.lastTold('ann')).toContain('You released the chat with Ivan Sidorov')
  await scene.settled()
  expect(wamm.holder(IVAN)).toBeNull()
  expect(wamm.holder('79007654321')).toBe('101')
})
