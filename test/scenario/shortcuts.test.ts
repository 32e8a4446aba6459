import { expect, it } from 'vitest'
import { shortcutIds } from '../../src/slack/ids.ts'
import { SUPPORT } from '../fixtures/start-scene.ts'
import { timelessScene } from '../fixtures/timeless-scene.ts'

const IVAN = '79001234567'
const PETRA = '79007654321'

it('Claim Chat in the menu of a card takes its chat, and says so privately with Undo', async () => {
  const scene = await timelessScene({ linked: ['ann'] })
  const { slack, wamm } = scene
  await scene.arrives(IVAN, 'Ivan')
  await slack.as('ann').shortcut(shortcutIds.claimThis, scene.card('Ivan'))
  const told = await scene.told('ann', 'You have the chat with Ivan')
  expect(JSON.stringify(told.blocks)).toContain('"Undo"')
  await scene.settled()
  expect(wamm.holder(IVAN)).toBe('100')
})

it('In the thread of a card, where commands do not work, each shortcut is about its chat', async () => {
  const scene = await timelessScene({ linked: ['ann', 'ben'] })
  const { slack, wamm } = scene
  await scene.arrives(IVAN, 'Ivan')
  await scene.arrives(PETRA, 'Petra')
  const ann = slack.as('ann')
  const written = ann.say(SUPPORT, 'Who knows about this one?', { threadTs: scene.card('Ivan').ts })
  await ann.shortcut(shortcutIds.claimThis, written)
  await scene.cardSays('Ivan', 'With <@U0ANN>')

  await ann.shortcut(shortcutIds.handOffThis, written)
  const handOff = await scene.until(() => ann.modal())
  expect(JSON.stringify(handOff)).toContain('Ivan')
  await ann.close(handOff)
  await ann.shortcut(shortcutIds.historyOfThis, written)
  const history = await scene.until(() => ann.modal())
  expect(JSON.stringify(history)).toContain('claimed')
  await ann.close(history)
  await ann.shortcut(shortcutIds.contactOfThis, written)
  const contact = await scene.until(() => ann.modal())
  expect(JSON.stringify(contact)).toContain('Contact')
  await ann.close(contact)

  await ann.shortcut(shortcutIds.releaseThis, written)
  const release = await scene.until(() => ann.modal())
  await scene.during(ann.submit(release, { reason: 'Wrong team' }))
  await scene.settled()
  expect(wamm.holder(IVAN)).toBe(null)
  const released = scene.history(IVAN).find(({ facts }) => facts.kind === 'released')
  expect(JSON.stringify(released)).toContain('Wrong team')
})

it('Whoever does not have the chat reads why no form opens', async () => {
  const scene = await timelessScene({ linked: ['ann', 'ben'] })
  const { slack } = scene
  await scene.arrives(IVAN, 'Ivan')
  await slack.as('ann').click(scene.card('Ivan'), 'Claim Chat')
  await scene.cardSays('Ivan', 'With <@U0ANN>')
  for (const id of [shortcutIds.handOffThis, shortcutIds.releaseThis, shortcutIds.claimThis]) {
    await slack.as('ben').shortcut(id, scene.card('Ivan'))
    await scene.told('ben', /<@U0ANN> has had (it|the chat with Ivan)/)
    expect(slack.as('ben').modal()).toBeNull()
  }
})

it('Two who choose Claim Chat on the same card at once: one has the chat, the other reads who', async () => {
  const scene = await timelessScene({ linked: ['ann', 'ben'] })
  const { slack, wamm } = scene
  await scene.arrives(IVAN, 'Ivan')
  const card = scene.card('Ivan')
  await Promise.all(['ann', 'ben'].map((who) => slack.as(who).shortcut(shortcutIds.claimThis, card)))
  await scene.settled()
  expect(wamm.writes.filter(({ key }) => key === IVAN)).toHaveLength(1)
  const told = ['ann', 'ben'].map((who) => scene.lastTold(who))
  expect(told.filter((text) => text.includes('You have the chat with Ivan'))).toHaveLength(1)
  expect(told.filter((text) => text.includes('has had the chat with Ivan since'))).toHaveLength(1)
})

it('Everywhere else the shortcuts ask which chat is meant', async () => {
  const scene = await timelessScene({ linked: ['ann'] })
  const { slack } = scene
  const ann = slack.as('ann')
  await scene.arrives(IVAN, 'Ivan')
  const chatter = ann.say(SUPPORT, 'Good morning')
  for (const on of [undefined, chatter]) {
    await ann.shortcut(on === undefined ? shortcutIds.claim : shortcutIds.claimThis, on)
    const picker = await scene.until(() => ann.modal())
    expect(picker.title).toBe('Claim a chat')
    const { options } = await ann.options(picker, 'waiting_chat', '')
    expect(JSON.stringify(options)).toContain('Ivan')
    await ann.close(picker)
  }
  await ann.command('/claim', 'ivan')
  for (const [id, title] of [
    [shortcutIds.handOff, 'Hand off a chat'],
    [shortcutIds.release, 'Release a chat'],
    [shortcutIds.contact, 'Contact'],
  ] as const) {
    await ann.shortcut(id)
    const form = await scene.until(() => ann.modal())
    expect(form.title).toBe(title)
    await ann.close(form)
  }
  await ann.shortcut(shortcutIds.historyOfThis, chatter)
  await scene.told('ann', 'This message is not about a chat')
})

it('A guest gets nothing from a shortcut but the reason', async () => {
  const scene = await timelessScene({})
  const { slack } = scene
  await scene.arrives(IVAN, 'Ivan')
  for (const id of Object.values(shortcutIds)) await slack.as('gus').shortcut(id, scene.card('Ivan'))
  await scene.told('gus', 'Guests and people of other')
  expect(slack.callsTo('views.open')).toEqual([])
  expect(scene.history(IVAN).filter(({ actor }) => actor !== null)).toEqual([])
})
