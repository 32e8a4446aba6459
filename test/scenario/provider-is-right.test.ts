import { expect, it } from 'vitest'
import { SUPPORT } from '../fixtures/start-scene.ts'
import { type TimelessScene, timelessScene } from '../fixtures/timeless-scene.ts'

const IVAN = '79001234567'

async function claimedByAnn(): Promise<TimelessScene> {
  const scene = await timelessScene({ linked: ['ann', 'ben'] })
  await scene.arrives(IVAN, 'Ivan')
  await scene.slack.as('ann').command('/claim', 'ivan')
  await scene.settled()
  return scene
}

const last = (scene: TimelessScene) => scene.history(IVAN).at(-1)

it('The provider is right: an owner chosen in WAMM is adopted, shown with where it came from, and audited', async () => {
  const scene = await claimedByAnn()
  const { wamm, baton } = scene
  const writes = wamm.writes.length
  wamm.assignInProvider(IVAN, '110')
  await baton.pollNow()
  await scene.cardSays('Ivan', 'Taken in WAMM by Olga Orlova')
  await scene.settled()
  expect(last(scene)).toMatchObject({
    actor: null,
    via: 'provider',
    facts: { kind: 'adopted', from: '100', holder: '110' },
  })
  expect(wamm.writes).toHaveLength(writes)
})

it('The provider is right: after a change in WAMM the old owner can no longer give the chat away', async () => {
  const scene = await claimedByAnn()
  const { slack, wamm, baton } = scene
  wamm.assignInProvider(IVAN, '101')
  await baton.pollNow()
  await scene.cardSays('Ivan', 'Taken in WAMM by <@U0BEN>')
  const { message } = await slack.as('ann').command('/release', 'ivan')
  expect(message?.text).toContain('<@U0BEN> has had the chat with')
  await slack.as('ben').command('/release', 'ivan')
  await scene.settled()
  expect(wamm.holder(IVAN)).toBeNull()
})

it('The provider is right: a chat that is freed in WAMM waits again, shown with where that was, and can be claimed', async () => {
  const scene = await claimedByAnn()
  const { slack, wamm, baton } = scene
  wamm.assignInProvider(IVAN, null)
  await baton.pollNow()
  const freed = await scene.cardSays('Ivan', 'Waiting')
  expect(freed.text).toContain('Released in WAMM.')
  await slack.as('ben').click(freed, 'Claim Chat')
  await scene.cardSays('Ivan', 'With <@U0BEN>')
  expect(wamm.holder(IVAN)).toBe('101')
  await slack.as('ben').command('/release', 'ivan')
  expect((await scene.cardSays('Ivan', 'Waiting')).text).not.toContain('Released')
})

it('The provider is right: who answers a customer in WAMM first owns the chat in Slack too', async () => {
  const scene = await timelessScene()
  const { wamm, baton } = scene
  await scene.arrives(IVAN, 'Ivan')
  wamm.staffWrites(IVAN, { userId: '102', text: 'How can I help?' })
  await baton.pollNow()
  await scene.cardSays('Ivan', 'Taken in WAMM by Carla Cruz')
})

it('The provider is right: a chat closed in WAMM is closed after two polls, and open again when the customer writes', async () => {
  const scene = await claimedByAnn()
  const { slack, wamm, baton } = scene
  wamm.closeChat(IVAN)
  await baton.pollNow()
  await scene.settled()
  expect(scene.card('Ivan').text).toContain('With <@U0ANN>')
  await baton.pollNow()
  const closed = await scene.cardSays('Ivan', 'Closed in WAMM')
  expect(JSON.stringify(closed.blocks)).not.toContain('Claim Chat')
  expect(last(scene)?.facts.kind).toBe('closed')
  const { message } = await slack.as('ann').command('/claim', `+${IVAN}`)
  expect(message?.text).toContain('is closed in WAMM')

  wamm.assignInProvider(IVAN, null)
  wamm.customerWrites(IVAN, { text: 'One more thing' })
  await baton.pollNow()
  const again = await scene.cardSays('Ivan', 'Waiting')
  expect(again.text).not.toContain('Released')
  await slack.as('ben').click(again, 'Claim Chat')
  await scene.cardSays('Ivan', 'With <@U0BEN>')
  expect(scene.history(IVAN).map(({ facts }) => facts.kind)).toContain('reopened')
})

it('The provider is right: one poll that fails or shows nothing closes no chat', async () => {
  const scene = await claimedByAnn()
  const { wamm, baton } = scene
  wamm.faults.add({ fault: { kind: 'err', err: 'fail get data' }, method: 'user_chats', times: 1 })
  await baton.pollNow()
  wamm.faults.add({ fault: { kind: 'status', status: 502 }, method: 'user_chats', times: 3 })
  for (let poll = 0; poll < 3; poll += 1) await baton.pollNow()
  await baton.pollNow()
  await scene.settled()
  expect(scene.card('Ivan').text).toContain('With <@U0ANN>')
  expect(last(scene)?.facts.kind).toBe('confirmed')
})

it('The provider is right: polls go on by themselves, also after WAMM was away', async () => {
  const scene = await timelessScene({ env: { WAMM_POLL_SECONDS: '30' } })
  const { wamm } = scene
  await wamm.goDown()
  await scene.pass(120_000)
  await wamm.comeBack()
  wamm.customerWrites(IVAN, { name: 'Ivan', text: 'Hello?' })
  const cards = () => scene.slack.messagesIn(SUPPORT).length
  await scene.until(() => cards() === 1, { stepMs: 5_000 })
})
