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

  it('is with whoever answered in WAMM while a claim was on its way, and the claimer is told', async () => {
    const scene = await toldScene()
    scene.wamm.customerWrites(IVAN, { name: 'Ivan', text: 'Hello?' })
    const card = await scene.cardSays('Ivan', 'Waiting')
    await scene.settled()
    const held = scene.wamm.faults.add({ fault: { kind: 'hold' }, method: 'contact_get' })
    await scene.slack.as('ann').click(card, 'claim_chat')
    await scene.until(() => held.met === 1)
    scene.wamm.staffWrites(IVAN, { userId: '101', text: 'Good morning' })
    await scene.until(() => scene.wamm.told.length >= 2)
    held.clear()
    await scene.told('ann', 'came too late')
    await scene.cardSays('Ivan', 'Taken in WAMM by Ben Bauer')
    await scene.settled()
    expect(scene.wamm.writes).toEqual([])
    expect(kinds(scene)).toEqual(['arrived', 'claimed', 'overruled'])
  })

  it('is kept for whoever claims its number at the moment when the customer first writes', async () => {
    const scene = await toldScene()
    const held = scene.wamm.faults.add({ fault: { kind: 'hold-answer' }, method: 'contact_get' })
    await scene.slack.as('ann').command('/claim', `+${IVAN}`)
    await scene.until(() => held.met === 1)
    scene.wamm.customerWrites(IVAN, { name: 'Ivan', text: 'Hello?' })
    await scene.until(() => (scene.wamm.told.length > 0 ? true : null))
    held.clear()
    await scene.cardSays('Ivan', 'Waiting')
    await scene.settled()
    expect(kinds(scene)).toEqual(['claimed', 'failed'])
    await scene.slack.as('ann').click(scene.card('Ivan'), 'claim_chat')
    await scene.cardSays('Ivan', 'With <@U0ANN>')
  })

  it('by a stranger is refused, and changes nothing', async () => {
    const scene = await toldScene()
    scene.wamm.setWebhook(`${scene.baton.url()}/hooks/wamm/${SECRET.slice(0, -1)}0`)
    scene.wamm.customerWrites(IVAN, { name: 'Ivan', text: 'Hello?' })
    await scene.until(() => (scene.wamm.told.some(({ status }) => status === 401) ? true : null))
    expect(scene.history(IVAN)).toEqual([])
  })
})

/** Ivan has just written, and Aelyst tells of all that happens. */
async function aelystTells() {
  const scene = await timelessScene({ aelyst: { webhookKeys: ['another-key', KEY] } })
  const { aelyst } = scene
  if (aelyst === null) throw new Error('the scene has no Aelyst')
  aelyst.setWebhook({ url: `${scene.baton.url()}/hooks/aelyst`, key: KEY })
  const ivan = aelyst.customerWrites({ phone: `+${IVAN}` }, { text: 'Hello?', firstName: 'Ivan' })
  return { scene, aelyst, ivan }
}

describe('A chat that Aelyst tells of', () => {
  it('changes hands and closes as it does there, and echoes of our own writes change nothing', async () => {
    const { scene, aelyst, ivan } = await aelystTells()
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

  it('stays with its claimer when a look that began before the claim ends after it', async () => {
    const { scene, aelyst, ivan } = await aelystTells()
    await scene.cardSays('Ivan', 'Waiting')
    await scene.settled()
    const past = aelyst.faults.add({ fault: { kind: 'hold-answer' }, method: 'getcontact', times: 1 })
    aelyst.assignInProvider(ivan, '2')
    await scene.until(() => past.met === 1)
    aelyst.assignInProvider(ivan, null)
    await scene.slack.as('ann').click(scene.card('Ivan'), 'claim_chat')
    await scene.cardSays('Ivan', 'With <@U0ANN>')
    past.clear()
    await scene.settled()
    expect(aelyst.holder(ivan)).toBe('1')
    expect(scene.card('Ivan').text).toContain('With <@U0ANN>')
    expect(scene.history(ivan).map(({ facts }) => facts.kind)).toEqual(['arrived', 'claimed', 'confirmed'])
  })

  it('ends with the newest decision when the echo of an older one is told meanwhile', async () => {
    const { scene, aelyst, ivan } = await aelystTells()
    const ann = scene.slack.as('ann')
    await ann.click(await scene.cardSays('Ivan', 'Waiting'), 'claim_chat')
    await scene.until(() => aelyst.writes.length === 1)
    await ann.command('/handoff', 'Ivan @ben')
    await scene.cardSays('Ivan', 'With <@U0BEN>')
    await scene.settled()
    expect(aelyst.holder(ivan)).toBe('2')
    const trail = scene.history(ivan).map(({ facts }) => facts.kind)
    expect(trail.filter((kind) => kind === 'adopted' || kind === 'overruled')).toEqual([])
  })

  it('waits, and is not closed, when its closing is told after it was opened again', async () => {
    const { scene, aelyst, ivan } = await aelystTells()
    await scene.cardSays('Ivan', 'Waiting')
    await scene.settled()
    const before = aelyst.told.length
    aelyst.setDelivery('swapped')
    aelyst.closeConversation(ivan)
    for (const text of ['One more thing', 'Please'])
      aelyst.customerWrites({ phone: `+${IVAN}` }, { text, firstName: 'Ivan' })
    await scene.until(() => aelyst.told.length >= before + 4)
    await scene.settled()
    for (let poll = 0; poll < 2; poll++) await scene.baton.pollNow()
    await scene.settled()
    expect(scene.card('Ivan').text).toContain('Waiting')
    expect(scene.history(ivan).map(({ facts }) => facts.kind)).toEqual(['arrived'])
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
