import { expect, it } from 'vitest'
import { SUPPORT } from '../fixtures/start-scene.ts'
import { type TimelessScene, timelessScene } from '../fixtures/timeless-scene.ts'

const IVAN = '79001234567'

async function claimedByAnn(): Promise<TimelessScene> {
  const scene = await timelessScene({ linked: ['ann', 'ben'] })
  await scene.arrives(IVAN, 'Ivan')
  await scene.slack.as('ann').click(scene.card('Ivan'), 'Claim Chat')
  await scene.cardSays('Ivan', 'With <@U0ANN>')
  await scene.settled()
  return scene
}

const changesOf = (scene: TimelessScene) => scene.history(IVAN).length

it.each(['Release', 'Hand Off'])(
  'A late click never undoes newer state: %s on the card of an older version is refused with the present state',
  async (button) => {
    const scene = await claimedByAnn()
    const { slack } = scene
    const old = scene.card('Ivan')
    await slack.as('ann').command('/release', 'ivan')
    await scene.settled()
    await slack.as('ann').command('/claim', 'ivan')
    await scene.settled()
    const before = changesOf(scene)
    await slack.as('ann').click(old, button, { forged: true })
    const told = await scene.told('ann', 'has moved on since you saw it')
    expect(told.text).toContain('<@U0ANN> has had it since <!date')
    expect(slack.as('ann').modal()).toBeNull()
    expect(changesOf(scene)).toBe(before)
  },
)

it('A late click never undoes newer state: Claim Chat on the card of an older version names the owner', async () => {
  const scene = await timelessScene({ linked: ['ann', 'ben'] })
  const { slack, wamm } = scene
  const old = await scene.arrives(IVAN, 'Ivan')
  await slack.as('ann').click(old, 'Claim Chat')
  await scene.cardSays('Ivan', 'With <@U0ANN>')
  await slack.as('ben').click(old, 'Claim Chat', { forged: true })
  expect((await scene.told('ben', 'If you need it, ask for a hand-off')).text).toContain(
    '<@U0ANN> has had the chat with Ivan since',
  )
  expect(wamm.holder(IVAN)).toBe('100')
})

it('A late click never undoes newer state: a hand-off form that was opened before the chat moved on changes nothing', async () => {
  const scene = await claimedByAnn()
  const { slack, wamm } = scene
  const ann = slack.as('ann')
  await ann.click(scene.card('Ivan'), 'Hand Off')
  const form = await scene.until(() => ann.modal())
  const { options } = await ann.options(form, 'receiver', 'carla')
  await ann.command('/release', 'ivan')
  await slack.as('ben').command('/claim', 'ivan')
  await scene.settled()

  const before = changesOf(scene)
  const { view } = await ann.submit(form, { receiver: String(options[0]?.value) })
  expect(JSON.stringify(view?.blocks)).toContain('has moved on since you saw it. <@U0BEN> has had it since')
  await scene.settled()
  expect(changesOf(scene)).toBe(before)
  expect(wamm.holder(IVAN)).toBe('101')
})

it('A late click never undoes newer state: a release form that was opened before the chat moved on changes nothing', async () => {
  const scene = await claimedByAnn()
  const { slack, wamm } = scene
  const ann = slack.as('ann')
  await ann.command('/release')
  const form = await scene.until(() => ann.modal())
  const { options } = await ann.options(form, 'my_chat', '')
  await ann.command('/handoff', 'ivan @ben')
  await scene.settled()
  const { view } = await ann.submit(form, { my_chat: String(options[0]?.value) })
  expect(JSON.stringify(view?.blocks)).toContain('has moved on since you saw it. <@U0BEN> has had it since')
  await scene.settled()
  expect(wamm.holder(IVAN)).toBe('101')
})

it('A late click never undoes newer state: a picker that was opened before somebody took the chat says who has it', async () => {
  const scene = await timelessScene({ linked: ['ann', 'ben'] })
  const { slack, wamm } = scene
  await scene.arrives(IVAN, 'Ivan')
  await scene.arrives('79007654321', 'Maria')
  const ann = slack.as('ann')
  await ann.command('/claim')
  const picker = await scene.until(() => ann.modal())
  const { options } = await ann.options(picker, 'waiting_chat', 'ivan')
  await slack.as('ben').command('/claim', 'ivan')
  await scene.settled()
  const { view } = await ann.submit(picker, { waiting_chat: String(options[0]?.value) })
  expect(JSON.stringify(view?.blocks)).toContain('<@U0BEN> has had the chat with')
  expect(JSON.stringify(view?.blocks)).toContain('1 chat is waiting')
  expect(wamm.holder(IVAN)).toBe('101')
})

it('A late click never undoes newer state: a form that is sent twice is carried out once', async () => {
  const scene = await claimedByAnn()
  const { slack, wamm } = scene
  const ann = slack.as('ann')
  await ann.click(scene.card('Ivan'), 'Hand Off')
  const form = await scene.until(() => ann.modal())
  const { options } = await ann.options(form, 'receiver', 'ben')
  const entered = { receiver: String(options[0]?.value) }
  await Promise.all([ann.submit(form, entered), ann.submit(form, entered, { forged: true })])
  await scene.settled()
  expect(wamm.writesOf(IVAN).map(({ to }) => to)).toEqual(['100', '101'])
  expect(scene.history(IVAN).filter(({ facts }) => facts.kind === 'handed-off')).toHaveLength(1)
  expect(slack.as('ben').dms()).toHaveLength(1)
})

it('A late click never undoes newer state: the same click twice is one claim', async () => {
  const scene = await timelessScene({ linked: ['ann'] })
  const { slack, wamm } = scene
  const card = await scene.arrives(IVAN, 'Ivan')
  const ann = slack.as('ann')
  await Promise.all([ann.click(card, 'Claim Chat'), ann.click(card, 'Claim Chat')])
  await scene.settled()
  expect(wamm.writesOf(IVAN)).toHaveLength(1)
  expect(scene.history(IVAN).filter(({ facts }) => facts.kind === 'claimed')).toHaveLength(1)
  await scene.told('ann', 'The chat with Ivan is yours already since')
})

it('A late click never undoes newer state: a second card works, and turns into a pointer as soon as it is touched', async () => {
  const scene = await timelessScene({ linked: ['ann', 'ben'] })
  const { slack, wamm, baton } = scene
  slack.faults.inject('chat.postMessage', { kind: 'lost-answer' }, 1)
  wamm.customerWrites(IVAN, { name: 'Ivan', text: 'Hello?' })
  await baton.pollNow()
  await scene.until(() => slack.messagesIn(SUPPORT).length === 2)
  await scene.settled()
  const [stray, living] = slack.messagesIn(SUPPORT)
  if (stray === undefined || living === undefined) throw new Error('two cards')

  await slack.as('ann').click(stray, 'Claim Chat')
  await scene.settled()
  const now = (ts: string) => slack.message(SUPPORT, ts)
  expect(wamm.holder(IVAN)).toBe('100')
  expect(now(living.ts)?.text).toContain('With <@U0ANN>')
  expect(now(stray.ts)?.text).toContain('a newer card')
  expect(now(stray.ts)?.text).toContain(`p${living.ts.replace('.', '')}`)
  expect(JSON.stringify(now(stray.ts)?.blocks)).not.toContain('"button"')
  await scene.told('ann', 'You have the chat with Ivan')

  await slack.as('ben').click(stray, 'Claim Chat', { forged: true })
  await scene.told('ben', '<@U0ANN> has had the chat with Ivan since')
})
