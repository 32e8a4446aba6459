import { expect, it } from 'vitest'
import { type TimelessScene, timelessScene } from '../fixtures/timeless-scene.ts'

const IVAN = '79001234567'

async function linkedTeam(): Promise<TimelessScene> {
  const scene = await timelessScene({ linked: ['ann', 'ben'] })
  await scene.arrives(IVAN, 'Ivan')
  await scene.settled()
  return scene
}

const kinds = (scene: TimelessScene) => scene.history(IVAN).map(({ facts }) => facts.kind)

it('A claim never steals: who took the chat in WAMM a moment ago keeps it, and the claimer is told by name', async () => {
  const scene = await linkedTeam()
  const { slack, wamm } = scene
  wamm.assignInProvider(IVAN, '110')
  await slack.as('ann').click(scene.card('Ivan'), 'Claim Chat')
  const told = await scene.told('ann', 'came too late')
  await scene.settled()

  expect(told.text).toContain('it was taken in WAMM by Olga Orlova first')
  expect(wamm.writes).toEqual([])
  expect(wamm.holder(IVAN)).toBe('110')
  expect(scene.card('Ivan').text).toContain('Taken in WAMM by Olga Orlova')
  expect(kinds(scene)).toEqual(['arrived', 'claimed', 'overruled'])
})

it('A claim never steals: a colleague who is linked is named as the person in Slack', async () => {
  const scene = await linkedTeam()
  const { slack, wamm } = scene
  wamm.assignInProvider(IVAN, '101')
  await slack.as('ann').command('/claim', 'next')
  expect((await scene.told('ann', 'came too late')).text).toContain('by <@U0BEN> first')
  await scene.cardSays('Ivan', 'Taken in WAMM by <@U0BEN>')
  expect(wamm.writes).toEqual([])
})

it('A claim never steals: a claim of a number that no list has shown finds out who has it', async () => {
  const scene = await timelessScene({ linked: ['ann'] })
  const { slack, wamm } = scene
  wamm.customerWrites(IVAN, { name: 'Ivan', text: 'Hello?' })
  wamm.assignInProvider(IVAN, '110')
  await slack.as('ann').command('/claim', '+7 900 123-45-67')
  expect((await scene.told('ann', 'came too late')).text).toContain('Olga Orlova')
  await scene.settled()
  expect(wamm.writes).toEqual([])
})

it.each([
  ['a hand-off', '/handoff', 'ivan @ben'],
  ['a release', '/release', 'ivan'],
])(
  'A claim never steals: %s gives nothing away that was taken in WAMM meanwhile',
  async (_name, command, text) => {
    const scene = await linkedTeam()
    const { slack, wamm } = scene
    await slack.as('ann').command('/claim', 'ivan')
    await scene.settled()
    const writes = wamm.writes.length
    wamm.assignInProvider(IVAN, '110')
    await slack.as('ann').command(command, text)
    expect((await scene.told('ann', 'came too late')).text).toContain('taken in WAMM by Olga Orlova first')
    await scene.settled()
    expect(wamm.writes).toHaveLength(writes)
    expect(wamm.holder(IVAN)).toBe('110')
    expect(scene.card('Ivan').text).toContain('Taken in WAMM by Olga Orlova')
    expect(slack.as('ben').dms()).toEqual([])
  },
)

it('A claim never steals: a hand-off of what was freed in WAMM meanwhile leaves it waiting', async () => {
  const scene = await linkedTeam()
  const { slack, wamm } = scene
  await slack.as('ann').command('/claim', 'ivan')
  await scene.settled()
  wamm.assignInProvider(IVAN, null)
  await slack.as('ann').command('/handoff', 'ivan @ben')
  const told = await scene.told('ann', 'came too late')
  expect(told.text).toContain('it was released in WAMM first')
  await scene.cardSays('Ivan', 'Waiting')
  await slack.as('ben').click(scene.card('Ivan'), 'Claim Chat')
  await scene.cardSays('Ivan', 'With <@U0BEN>')
  expect(wamm.holder(IVAN)).toBe('101')
})

it('A claim never steals: a poll in the middle of a claim leaves it to the claim to find out and to tell', async () => {
  const scene = await linkedTeam()
  const { slack, wamm, baton } = scene
  const held = wamm.faults.add({ fault: { kind: 'hold' }, method: 'contact_get' })
  await slack.as('ann').command('/claim', 'ivan')
  await scene.until(() => held.met === 1)
  wamm.assignInProvider(IVAN, '110')
  await baton.pollNow()
  expect(kinds(scene)).toEqual(['arrived', 'claimed'])
  held.clear()
  expect((await scene.told('ann', 'came too late')).text).toContain('by Olga Orlova first')
  await scene.cardSays('Ivan', 'Taken in WAMM by Olga Orlova')
  await scene.settled()
  expect(kinds(scene)).toEqual(['arrived', 'claimed', 'overruled'])
  expect(wamm.writes).toEqual([])
})
