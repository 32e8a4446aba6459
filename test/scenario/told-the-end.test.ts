import { expect, it } from 'vitest'
import { intakeSecret, signedForIntake } from '../fixtures/start-hooks.ts'
import { type TimelessScene, timelessScene } from '../fixtures/timeless-scene.ts'

const IVAN = '79001234567'

const dms = ({ slack }: TimelessScene, user: string): readonly string[] =>
  slack
    .as(user)
    .dms()
    .map(({ text }) => text)

/** Ann has Ivan's chat and has been told that her release of it is kept. */
async function delayedRelease(): Promise<TimelessScene> {
  const scene = await timelessScene({ linked: ['ann', 'ben'] })
  const ann = scene.slack.as('ann')
  await ann.click(await scene.arrives(IVAN, 'Ivan'), 'Claim Chat')
  await scene.cardSays('Ivan', 'With <@U0ANN>')
  await scene.settled()
  await scene.wamm.goDown()
  await ann.command('/release', 'ivan')
  await scene.told('ann', 'Your release of the chat with Ivan is kept')
  return scene
}

it('Every interaction is answered: whose delayed release is overtaken by a colleague is told so, once', async () => {
  const scene = await delayedRelease()
  await scene.slack.as('ben').command('/claim', 'ivan')
  await scene.told('ann', 'Your release of the chat with Ivan is overtaken: <@U0BEN> has claimed it since')
  await scene.wamm.comeBack()
  await scene.settled()
  expect(scene.wamm.holder(IVAN)).toBe('101')
  expect(dms(scene, 'ann')).toHaveLength(2)
})

it('Every interaction is answered: who changes a delayed release of their own hears of the newer decision alone', async () => {
  const scene = await delayedRelease()
  await scene.slack.as('ann').command('/claim', 'ivan')
  await scene.wamm.comeBack()
  await scene.settled()
  expect(scene.wamm.holder(IVAN)).toBe('100')
  expect(dms(scene, 'ann').join()).not.toContain('overtaken')
})

it('Every interaction is answered: whose claim is still to go through when SalesChat closes the chat is told so', async () => {
  const scene = await timelessScene({
    prepare: ({ saleschat }) => saleschat?.addContact({ id: 'c-7', phone: '+971501234567' }),
    saleschat: { intakeSecret, users: [{ id: 'u-ann', name: 'Ann Abel', email: 'ann@acme.test' }] },
  })
  const tell = async (event: object): Promise<void> => {
    const body = JSON.stringify({ reference: 'c-7', customer: { name: 'Omar' }, ...event })
    const headers = signedForIntake(body, Math.floor(scene.clock.now() / 1_000))
    const answer = await fetch(`${scene.baton.url()}/intake/saleschat`, { method: 'POST', headers, body })
    expect(answer.status).toBe(200)
  }
  await tell({ event_id: '1' })
  const card = await scene.cardSays('Omar', 'Waiting')
  await scene.slack.as('ann').command('/baton', 'link saleschat')
  await scene.saleschat?.goDown()
  await scene.slack.as('ann').click(card, 'Claim Chat')
  await scene.told('ann', 'Your claim of the chat with Omar is kept')
  await tell({ event_id: '2', event: 'closed' })
  await scene.told('ann', 'Your claim of the chat with Omar came too late: it was closed in SalesChat')
  await scene.saleschat?.comeBack()
  await scene.settled()
  expect(scene.saleschat?.writes).toEqual([])
  expect(dms(scene, 'ann')).toHaveLength(2)
})
