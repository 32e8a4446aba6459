import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { SUPPORT } from '../fixtures/start-scene.ts'
import { type TimelessScene, timelessScene } from '../fixtures/timeless-scene.ts'

const IVAN = '79001234567'
const SECRET = 'a1b2c3d4e5f6a7b8'
const KEY = 'signing-key-1'

/** WAMM tells Baton of every message; polls come when the test asks for them. */
async function toldScene(): Promise<TimelessScene> {
  const scene = await timelessScene({ linked: ['ann'], env: { WAMM_WEBHOOK_SECRET: SECRET } })
  scene.wamm.setWebhook(`${scene.baton.url()}/hooks/wamm/${SECRET}`)
  return scene
}

const cardsOf = (scene: TimelessScene, name: string) =>
  scene.slack
    .messagesIn(SUPPORT)
    .filter(({ text, ephemeralTo }) => ephemeralTo === null && text.includes(name))
const kinds = (scene: TimelessScene) => scene.history(IVAN).map(({ facts }) => facts.kind)

describe('A chat that WAMM tells of', () => {
  it('has its card at once, without a poll, and the poll that comes later changes nothing', async () => {
    const scene = await toldScene()
    const lists = () => scene.wamm.calls.filter(({ method }) => method === 'user_chats').length
    const before = lists()
    scene.wamm.customerWrites(IVAN, { name: 'Ivan', text: 'Hello?' })
    await scene.cardSays('Ivan', 'Waiting')
    expect(lists()).toBe(before)
    await scene.settled()
    const calls = scene.slack.calls.length
    await scene.baton.pollNow()
    await scene.settled()
    expect(kinds(scene)).toEqual(['arrived'])
    expect(cardsOf(scene, 'Ivan')).toHaveLength(1)
    expect(scene.slack.calls.length).toBe(calls)
  })

  it.each(['twice', 'swapped'] as const)(
    'is one chat with one card when messages are told %s',
    async (delivery) => {
      const scene = await toldScene()
      scene.wamm.setDelivery(delivery)
      for (const text of ['One', 'Two', 'Three', 'Four'])
        scene.wamm.customerWrites(IVAN, { name: 'Ivan', text })
      await scene.cardSays('Ivan', 'Waiting')
      await scene.until(() => (scene.wamm.told.length >= 4 ? true : null))
      await scene.settled()
      expect(kinds(scene)).toEqual(['arrived'])
      expect(cardsOf(scene, 'Ivan')).toHaveLength(1)
    },
  )

  it('is found by the poll when nobody told of it', async () => {
    const scene = await toldScene()
    scene.wamm.setDelivery('dropped')
    scene.wamm.customerWrites(IVAN, { name: 'Ivan', text: 'Hello?' })
    await scene.baton.pollNow()
    await scene.cardSays('Ivan', 'Waiting')
  })

  it('is with whoever answers in WAMM itself, seconds later', async () => {
    const scene = await toldScene()
    scene.wamm.customerWrites(IVAN, { name: 'Ivan', text: 'Hello?' })
    await scene.cardSays('Ivan', 'Waiting')
    scene.wamm.staffWrites(IVAN, { userId: '101', text: 'Good morning' })
    await scene.cardSays('Ivan', 'Taken in WAMM by Ben Bauer')
  })

  it('that was closed waits anew when the customer writes, and whoever had it last is told', async () => {
    const scene = await toldScene()
    const ann = scene.slack.as('ann')
    scene.wamm.customerWrites(IVAN, { name: 'Ivan', text: 'Hello?' })
    await ann.click(await scene.cardSays('Ivan', 'Waiting'), 'claim_chat')
    await scene.cardSays('Ivan', 'With <@U0ANN>')
    await scene.settled()
    scene.wamm.closeChat(IVAN)
    for (let poll = 0; poll < 2; poll++) await scene.baton.pollNow()
    await scene.cardSays('Ivan', 'Closed in WAMM')
    scene.wamm.assignInProvider(IVAN, null)
    await scene.pass(60_000)
    scene.wamm.customerWrites(IVAN, { name: 'Ivan', text: 'One more thing' })
    await scene.told('ann', 'has written again: Ivan')
    await scene.cardSays('Ivan', 'Waiting')
  })

  it('that was closed and that WAMM opens with whoever had it waits for nobody, and nobody is told that it does', async () => {
    const scene = await toldScene()
    scene.wamm.customerWrites(IVAN, { name: 'Ivan', text: 'Hello?' })
    await scene.slack.as('ann').click(await scene.cardSays('Ivan', 'Waiting'), 'claim_chat')
    await scene.cardSays('Ivan', 'With <@U0ANN>')
    await scene.settled()
    scene.wamm.closeChat(IVAN)
    for (let poll = 0; poll < 2; poll++) await scene.baton.pollNow()
    await scene.cardSays('Ivan', 'Closed in WAMM')
    await scene.pass(60_000)
    scene.wamm.customerWrites(IVAN, { name: 'Ivan', text: 'One more thing' })
    await scene.cardSays('Ivan', 'Taken in WAMM by <@U0ANN>')
    await scene.settled()
    expect(
      scene.slack
        .as('ann')
        .dms()
        .filter(({ text }) => text.includes('written again')),
    ).toEqual([])
  })

  it('survives a restart between what was told and what Slack shows', async () => {
    const scene = await toldScene()
    scene.slack.faults.inject('chat.postMessage', { kind: 'outage' }, 1)
    scene.wamm.customerWrites(IVAN, { name: 'Ivan', text: 'Hello?' })
    await scene.until(() => (scene.wamm.told.some(({ status }) => status === 200) ? true : null))
    await scene.during(scene.restart())
    await scene.cardSays('Ivan', 'Waiting')
  })

  it('by a stranger is refused, and changes nothing', async () => {
    const scene = await toldScene()
    scene.wamm.setWebhook(`${scene.baton.url()}/hooks/wamm/${SECRET.slice(0, -1)}0`)
    scene.wamm.customerWrites(IVAN, { name: 'Ivan', text: 'Hello?' })
    await scene.until(() => (scene.wamm.told.some(({ status }) => status === 401) ? true : null))
    expect(scene.history(IVAN)).toEqual([])
  })
})

describe('A chat that Aelyst tells of', () => {
  it('changes hands and closes as it does there, and echoes of our own writes change nothing', async () => {
    const scene = await timelessScene({ aelyst: { webhookKeys: ['another-key', KEY] } })
    const { aelyst } = scene
    if (aelyst === null) throw new Error('the scene has no Aelyst')
    aelyst.setWebhook({ url: `${scene.baton.url()}/hooks/aelyst`, key: KEY })
    const ivan = aelyst.customerWrites({ phone: `+${IVAN}` }, { text: 'Hello?', firstName: 'Ivan' })
    await scene.slack.as('ann').click(await scene.cardSays('Ivan', 'Waiting'), 'claim_chat')
    await scene.cardSays('Ivan', 'With <@U0ANN>')
    await scene.settled()
    const trail = () => scene.history(ivan).map(({ facts }) => facts.kind)
    expect(trail()).toEqual(['arrived', 'claimed', 'confirmed'])
    aelyst.assignInProvider(ivan, '2')
    await scene.cardSays('Ivan', 'Taken in Aelyst by Ben Bauer')
    await scene.settled()
    aelyst.closeConversation(ivan)
    await scene.cardSays('Ivan', 'Closed in Aelyst')
    expect(trail()).toEqual(['arrived', 'claimed', 'confirmed', 'adopted', 'closed'])
  })
})

describe('A chat that others tell of', () => {
  it('waits in Slack, by the signed intake, though SalesChat itself lists none', async () => {
    const scene = await timelessScene({
      prepare: ({ saleschat }) => saleschat?.addContact({ id: 'c-7', phone: '+971501234567' }),
      saleschat: { intakeSecret: SECRET, users: [{ id: 'u-ann', name: 'Ann Abel', email: 'ann@acme.test' }] },
    })
    const tell = async (body: object): Promise<number> => {
      const text = JSON.stringify(body)
      const timestamp = String(Math.floor(scene.clock.now() / 1_000))
      const signature = createHmac('sha256', SECRET).update(`v0:${timestamp}:${text}`).digest('hex')
      const answer = await fetch(`${scene.baton.url()}/intake/saleschat`, {
        method: 'POST',
        headers: { 'x-baton-timestamp': timestamp, 'x-baton-signature': `v0=${signature}` },
        body: text,
      })
      return answer.status
    }
    const event = { event_id: '1', reference: 'c-7', customer: { name: 'Omar', phone: '+971 50 123 4567' } }
    expect(await tell(event)).toBe(200)
    expect(await tell(event)).toBe(200)
    await scene.slack.as('ann').click(await scene.cardSays('Omar', 'Waiting'), 'claim_chat')
    await scene.cardSays('Omar', 'With <@U0ANN>')
    await scene.settled()
    expect(scene.saleschat?.writes.map(({ key, to }) => ({ key, to }))).toEqual([
      { key: 'c-7', to: { user: 'u-ann' } },
    ])
  })
})
