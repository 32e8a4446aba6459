import { expect, it } from 'vitest'
import { type TimelessScene, timelessScene } from '../fixtures/timeless-scene.ts'

const IVAN = '79001234567'

const kinds = (scene: TimelessScene) => scene.history(IVAN).map(({ facts }) => facts.kind)

async function claimedByAnn() {
  const scene = await timelessScene({ linked: ['ann', 'ben'] })
  await scene.arrives(IVAN, 'Ivan')
  const ann = scene.slack.as('ann')
  await ann.command('/claim', 'next')
  const claimed = await scene.told('ann', 'You have the chat')
  await scene.settled()
  return { scene, ann, ben: scene.slack.as('ben'), claimed, wamm: scene.wamm }
}

it('Undo of a claim lets the chat wait as before, at the provider too, and is in the history', async () => {
  const { scene, ann, claimed, wamm } = await claimedByAnn()
  await ann.click(claimed, 'Undo')
  expect((await scene.told('ann', 'Undone')).text).toContain('the chat with Ivan is waiting as before')
  await scene.cardSays('Ivan', 'Waiting')
  await scene.settled()
  expect(wamm.holder(IVAN)).toBeNull()
  expect(kinds(scene)).toEqual(['arrived', 'claimed', 'confirmed', 'undone', 'confirmed'])
  const thread = scene.slack.messages.filter(({ threadTs }) => threadTs === scene.card('Ivan').ts)
  expect(thread.at(-1)?.text).toContain('Ann Abel undid the claim: nobody has the chat as before.')
})

it('Undo clicked twice is done once, and the second click is answered with the present state', async () => {
  const { scene, ann, claimed } = await claimedByAnn()
  await Promise.all([ann.click(claimed, 'Undo'), ann.click(claimed, 'Undo')])
  await scene.told('ann', 'has moved on since you saw it, and is waiting now')
  await scene.settled()
  expect(kinds(scene).filter((kind) => kind === 'undone')).toHaveLength(1)
})

it('Undo never takes a chat from somebody who has claimed it since', async () => {
  const { scene, ann, ben, claimed, wamm } = await claimedByAnn()
  await ann.command('/release', 'ivan')
  const released = await scene.told('ann', 'You released')
  await ben.command('/claim', 'ivan')
  await scene.settled()
  for (const answer of [claimed, released]) {
    await ann.click(answer, 'Undo')
    await scene.told('ann', '<@U0BEN> has had it since')
  }
  await scene.settled()
  expect(wamm.holder(IVAN)).toBe('101')
})

it('Undo of a release steals from nobody who took the chat in the provider meanwhile', async () => {
  const { scene, ann, wamm } = await claimedByAnn()
  await ann.command('/release', 'ivan')
  const released = await scene.told('ann', 'You released')
  await scene.settled()
  wamm.assignInProvider(IVAN, '110')
  await ann.click(released, 'Undo')
  expect((await scene.told('ann', 'came too late')).text).toContain('taken in WAMM by Olga Orlova first')
  await scene.settled()
  expect(wamm.holder(IVAN)).toBe('110')
})

it('Undo after 31 s says what to do instead, and changes nothing', async () => {
  const { scene, ann, claimed, wamm } = await claimedByAnn()
  await scene.pass(31_000)
  await ann.click(claimed, 'Undo')
  const told = await scene.told('ann', 'Undo works for 30 seconds')
  expect(told.text).toContain('To give the chat with Ivan away, release it or hand it off.')
  expect(wamm.holder(IVAN)).toBe('100')
})

it('Undo of a hand-off gives the chat back, and the receiver hears once that it is over', async () => {
  const { scene, ann, ben, wamm } = await claimedByAnn()
  await ann.command('/handoff', 'ivan @ben please')
  const handed = await scene.told('ann', 'You handed')
  await scene.told('ben', 'handed the chat with Ivan to you')
  await ann.click(handed, 'Undo')
  expect((await scene.told('ben', 'by mistake')).text).toContain('There is nothing left for you to do')
  await scene.settled()
  expect(ben.dms()).toHaveLength(2)
  expect(wamm.holder(IVAN)).toBe('100')
})

it('Undo while the provider is down: it never hears of the decision, and nobody is told of either', async () => {
  const { scene, ann, ben, wamm } = await claimedByAnn()
  const writes = wamm.writes.length
  wamm.faults.add({ fault: { kind: 'status', status: 502 } })
  await ann.command('/handoff', 'ivan @ben')
  await ann.click(await scene.told('ann', 'You handed'), 'Undo')
  await scene.told('ann', 'Undone')
  wamm.faults.clear()
  await scene.settled()
  expect(wamm.writes).toHaveLength(writes)
  expect(ben.dms()).toEqual([])
  expect(kinds(scene).slice(-2)).toEqual(['handed-off', 'undone'])
})

it('In the Home tab, Undo stands at the top for what was done by a click on a card', async () => {
  const scene = await timelessScene({ linked: ['ann'] })
  await scene.arrives(IVAN, 'Ivan')
  const ann = scene.slack.as('ann')
  await ann.openHome()
  await ann.click(scene.card('Ivan'), 'Claim Chat')
  const home = await scene.until(() => {
    const view = ann.home()
    return JSON.stringify(view?.blocks).includes('You claimed the chat with Ivan') ? view : null
  })
  if (home === null) throw new Error('no home')
  await ann.click(home, 'Undo')
  await scene.cardSays('Ivan', 'Waiting')
  await scene.until(() => !JSON.stringify(ann.home()?.blocks).includes('undo_decision'))
  await scene.settled()
})

it('Undo in the answer of a form is answered in its place', async () => {
  const { scene, ann } = await claimedByAnn()
  await ann.command('/release')
  const form = await scene.until(() => ann.modal())
  const { options } = await ann.options(form, 'my_chat', '')
  const { view } = await ann.submit(form, { my_chat: String(options[0]?.value) })
  if (view == null) throw new Error('no answer')
  await ann.click(view, 'Undo')
  await scene.until(() => JSON.stringify(ann.modal()?.blocks).includes('with <@U0ANN> as before'))
  await scene.settled()
})

it('What is only overtaken tells nobody that it was a mistake', async () => {
  const { scene, ann, ben } = await claimedByAnn()
  await ann.command('/handoff', 'ivan @ben')
  await scene.told('ben', 'handed the chat with Ivan to you')
  await ben.command('/handoff', 'ivan @ann?')
  const asked = await scene.told('ann', /asks? whether|asks you|take the chat/)
  await ann.click(asked, 'Accept')
  await scene.cardSays('Ivan', 'With <@U0ANN>')
  await scene.settled()
  expect(JSON.stringify(ben.dms())).not.toContain('mistake')
  expect(kinds(scene)).not.toContain('undone')
})
