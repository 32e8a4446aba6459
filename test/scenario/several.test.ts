import { expect, it } from 'vitest'
import type { SlackView } from '../../sandbox/slack/model.ts'
import { type TimelessScene, timelessScene } from '../fixtures/timeless-scene.ts'

const customers = ['Ivan', 'Olga', 'Petr', 'Rosa'] as const
const keyOf = (name: (typeof customers)[number]): string => `7900123450${customers.indexOf(name)}`

/** Ann has all four chats. */
async function withFour(): Promise<TimelessScene> {
  const scene = await timelessScene({ linked: ['ann', 'ben', 'carla'] })
  for (const name of customers) scene.wamm.customerWrites(keyOf(name), { name, text: 'Hello?' })
  await scene.baton.pollNow()
  for (const name of customers) await scene.cardSays(name, 'Waiting')
  await scene.slack.as('ann').command('/claim', 'next 4')
  await scene.settled()
  return scene
}

const holders = ({ wamm }: TimelessScene) => customers.map((name) => wamm.holder(keyOf(name)))

/** The form from the Home tab, with all of Ann's chats chosen. */
async function formOf(scene: TimelessScene) {
  const ann = scene.slack.as('ann')
  await ann.openHome()
  const home = await scene.until(() => ann.home())
  await ann.click(home, 'Release or Hand Off Several')
  const form = await scene.until(() => ann.modal())
  const { options } = await ann.options(form, 'my_chats', '')
  const [option] = (await ann.options(form, 'receiver', 'ben')).options
  const ben = String(option?.value)
  const names = options.map(({ text }) => JSON.stringify(text))
  return { ann, form, chats: options.map(({ value }) => String(value)), names, ben }
}

async function submit(
  scene: TimelessScene,
  form: SlackView,
  values: Readonly<Record<string, string | readonly string[]>>,
) {
  const { view, errors } = await scene.slack.as('ann').submit(form, values)
  return { said: JSON.stringify(view?.blocks), errors }
}

it('/claim next 3 takes the three longest-waiting chats in one answer, which Undo gives back', async () => {
  const scene = await timelessScene({ linked: ['ann'] })
  for (const name of customers) {
    scene.wamm.customerWrites(keyOf(name), { name, text: 'Hello?' })
    await scene.pass(60_000)
  }
  await scene.baton.pollNow()
  await scene.cardSays('Rosa', 'Waiting')
  await scene.slack.as('ann').command('/claim', 'next 3')
  const answer = await scene.told('ann', 'You have 3 chats more')
  await scene.settled()
  expect(holders(scene)).toEqual(['100', '100', '100', null])
  await scene.slack.as('ann').click(answer, 'Undo')
  await scene.told('ann', 'Undone for 3 chats')
  await scene.settled()
  expect(holders(scene)).toEqual([null, null, null, null])
})

it('/claim next with more than there are, or than one may, says so', async () => {
  const scene = await timelessScene({ linked: ['ann'] })
  const ann = scene.slack.as('ann')
  await scene.arrives(keyOf('Ivan'), 'Ivan')
  for (const count of ['0', '11', '99999999999999999999']) {
    await ann.command('/claim', `next ${count}`)
    expect(scene.lastTold('ann')).toContain(`1 to 10 chats are taken at once, not ${count}`)
  }
  await ann.command('/claim', 'next 5')
  const told = await scene.told('ann', 'You have 1 chat more, and asked for 5')
  expect(told.text).toContain('No chat is waiting right now')
  await ann.command('/claim', 'next 5')
  await scene.told('ann', /^No chat is waiting right now/)
  await scene.settled()
})

it('Several chats are released with one reason and reported at once', async () => {
  const scene = await withFour()
  const { form, chats } = await formOf(scene)
  expect(chats).toHaveLength(4)
  const { said } = await submit(scene, form, { my_chats: chats, deed: 'release', note: 'End of shift' })
  expect(said).toContain('Baton releases 4 chats now')
  await scene.told('ann', 'You released 4 chats.')
  await scene.settled()
  expect(holders(scene)).toEqual([null, null, null, null])
  for (const name of customers) {
    expect(scene.history(keyOf(name))).toContainEqual(
      expect.objectContaining({ facts: { kind: 'released', from: '100', reason: 'End of shift' } }),
    )
  }
})

it('Several chats handed off are one message to the receiver, and one more when all are taken back', async () => {
  const scene = await withFour()
  const { ann, form, chats, ben } = await formOf(scene)
  await submit(scene, form, { my_chats: chats, deed: 'hand-off', receiver: ben, note: 'Please help' })
  const report = await scene.told('ann', 'You handed 4 chats to <@U0BEN>')
  const told = await scene.told('ben', '<@U0ANN> handed 4 chats to you')
  expect(JSON.stringify(told.blocks)).toContain('Please help')
  await scene.settled()
  expect(holders(scene)).toEqual(['101', '101', '101', '101'])
  expect(scene.slack.as('ben').dms()).toHaveLength(1)

  await ann.click(report, 'Undo')
  await scene.told('ann', 'Undone for 4 chats')
  await scene.told('ben', 'handed 4 chats to you by mistake and has taken them back')
  await scene.settled()
  expect(holders(scene)).toEqual(['100', '100', '100', '100'])
  expect(scene.slack.as('ben').dms()).toHaveLength(2)
})

it('Of several chats, one that is a colleague’s meanwhile stays theirs, and the report says so', async () => {
  const scene = await withFour()
  const { form, chats } = await formOf(scene)
  const carla = scene.slack.as('carla')
  await carla.command('/handoff', 'petr @ben')
  await scene.told('carla', 'You handed')
  await scene.settled()
  await submit(scene, form, { my_chats: chats, deed: 'release' })
  const report = await scene.told('ann', 'You released 3 of 4 chats.')
  expect(report.text).toMatch(/Not for 1 chat.*\n.*Petr.*With <@U0BEN>/)
  await scene.settled()
  expect(holders(scene)).toEqual([null, null, '101', null])
})

it('Of several chats, one that the provider refuses comes back, and whoever asked is told of that one', async () => {
  const scene = await withFour()
  const { form, chats, ben } = await formOf(scene)
  const refused = scene.wamm.faults.add({
    fault: { kind: 'err', err: 'user_fail' },
    method: 'contact_to_user',
    times: 1,
  })
  await submit(scene, form, { my_chats: chats, deed: 'hand-off', receiver: ben })
  await scene.told('ann', 'did not go through')
  await scene.told('ben', 'handed 3 chats to you')
  await scene.settled()
  expect(refused.met).toBe(1)
  expect(holders(scene).toSorted()).toEqual(['100', '101', '101', '101'])
  expect(scene.slack.as('ben').dms()).toHaveLength(1)
})

it('The form about several chats says what is missing; sent twice, it decides once', async () => {
  const scene = await withFour()
  const { ann, form, chats } = await formOf(scene)
  expect((await submit(scene, form, { my_chats: chats, deed: 'hand-off' })).errors).toHaveProperty('receiver')
  for (const values of [{ deed: 'release' }, { my_chats: chats }]) {
    const { errors } = await ann.submit(form, values, { forged: true })
    expect(Object.keys(errors ?? {})).toHaveLength(1)
  }
  const [first = ''] = chats
  // One that is named twice is one.
  const twice = await ann.submit(form, { my_chats: [first, first], deed: 'release' }, { forged: true })
  expect(JSON.stringify(twice.view?.blocks)).toContain('Baton releases 1 chat now')
  await scene.told('ann', 'You released 1 chat.')
  const again = await ann.submit(form, { my_chats: [first], deed: 'release' }, { forged: true })
  expect(JSON.stringify(again.view?.blocks)).toContain('You have asked for that already')
  await scene.settled()
  expect(ann.dms().filter(({ text }) => text.includes('released'))).toHaveLength(1)
  expect(holders(scene).filter((holder) => holder === null)).toHaveLength(1)
})

it('One chat alone, handed off by that form, is taken back with one word to the receiver too', async () => {
  const scene = await withFour()
  const { ann, form, chats, ben } = await formOf(scene)
  await submit(scene, form, { my_chats: chats.slice(0, 1), deed: 'hand-off', receiver: ben })
  const report = await scene.told('ann', 'You handed 1 chat to <@U0BEN>')
  await scene.told('ben', 'handed 1 chat to you')
  await ann.click(report, 'Undo')
  await scene.told('ben', 'by mistake')
  await scene.settled()
  expect(scene.slack.as('ben').dms()).toHaveLength(2)
  expect(holders(scene)).toEqual(['100', '100', '100', '100'])
})

it('The form lists those chats first in which nothing was written for longest', async () => {
  const scene = await withFour()
  await scene.pass(60_000)
  scene.wamm.customerWrites(keyOf('Olga'), { name: 'Olga', text: 'Still there?' })
  await scene.baton.pollNow()
  await scene.settled()
  const { names } = await formOf(scene)
  expect(names).toHaveLength(4)
  expect(names.at(-1)).toContain('Olga')
})

it('Undo of several chats, pressed again while that goes on and when it is over, is done and told of once', async () => {
  const scene = await withFour()
  const { ann, form, chats, ben } = await formOf(scene)
  await submit(scene, form, { my_chats: chats, deed: 'hand-off', receiver: ben })
  const report = await scene.told('ann', 'You handed 4 chats')
  await scene.told('ben', 'handed 4 chats to you')
  await scene.settled()
  await Promise.all([ann.click(report, 'Undo'), ann.click(report, 'Undo')])
  await ann.click(report, 'Undo')
  const again = () =>
    scene.slack.messages.filter(({ text }) => text.includes('You have asked for that already'))
  await scene.until(() => again().length === 2)
  await scene.settled()
  await ann.click(report, 'Undo')
  await scene.until(() => again().length === 3)
  await scene.settled()
  const reports = ann.dms().map(({ text }) => text)
  expect(reports.filter((text) => /Undone|Nothing was changed/.test(text))).toEqual([
    expect.stringContaining('Undone for 4 chats.'),
  ])
  const bens = scene.slack.as('ben').dms()
  expect(bens.map(({ text }) => text)).toEqual([
    expect.stringContaining('handed 4 chats to you'),
    expect.stringContaining('handed 4 chats to you by mistake and has taken them back'),
  ])
  expect(holders(scene)).toEqual(['100', '100', '100', '100'])
})
