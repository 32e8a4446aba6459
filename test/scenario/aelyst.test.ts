import { describe, expect, it } from 'vitest'
import type { SandboxAelyst } from '../../sandbox/aelyst/start-aelyst.ts'
import { VIP } from '../fixtures/start-scene.ts'
import { type TimelessScene, timelessScene } from '../fixtures/timeless-scene.ts'

const IVAN = '+79001234567'

interface AelystScene extends TimelessScene {
  readonly aelyst: SandboxAelyst
  /** The contact's id. */
  readonly ivan: string
}

/** Ivan has written to Aelyst, and his card stands in its channel. */
async function aelystScene(): Promise<AelystScene> {
  const scene = await timelessScene({ aelyst: {} })
  const { aelyst } = scene
  if (aelyst === null) throw new Error('the scene has no Aelyst')
  const ivan = aelyst.customerWrites(
    { phone: IVAN },
    { text: 'Hello?', firstName: 'Ivan', lastName: 'Petrov' },
  )
  const polled = scene.baton.pollNow()
  const card = await scene.cardSays('Ivan Petrov', 'Waiting')
  await scene.during(polled)
  expect(card.channel).toBe(VIP)
  return Object.assign(scene, { aelyst, ivan })
}

describe('A chat of Aelyst', () => {
  it('is claimed from its card by somebody who was never seen before', async () => {
    const scene = await aelystScene()
    await scene.slack.as('ann').click(scene.card('Ivan Petrov'), 'claim_chat')
    await scene.cardSays('Ivan Petrov', 'With <@U0ANN>')
    await scene.settled()
    expect(scene.aelyst.holder(scene.ivan)).toBe('1')
    expect(scene.aelyst.writes).toHaveLength(1)
  })

  it('is handed on with a note, which stands at Aelyst as a comment, and nothing of it is filled in there', async () => {
    const scene = await aelystScene()
    const ann = scene.slack.as('ann')
    await ann.command('/baton', 'link')
    await ann.command('/claim', 'Ivan')
    await scene.settled()
    await scene.during(ann.command('/handoff', ''))
    const form = await scene.until(() => ann.modal())
    expect(JSON.stringify(form.blocks)).toContain('Staff can read it in Aelyst too, as a comment.')
    await ann.close(form)
    await ann.command('/handoff', 'Ivan <@U0BEN> asks for {{$contact.email}}')
    await scene.told('ben', 'handed the chat with Ivan Petrov to you')
    await scene.settled()
    expect(scene.aelyst.holder(scene.ivan)).toBe('2')
    const [comment] = scene.aelyst.state.contacts.get(scene.ivan)?.comments ?? []
    expect(JSON.stringify(comment)).toContain('Ann Abel handed this chat to Ben Bauer in Slack: asks for')
    expect(JSON.stringify(comment)).not.toContain('{{$contact.email}}')
  })

  it('is released, and waits for somebody else', async () => {
    const scene = await aelystScene()
    const ann = scene.slack.as('ann')
    await ann.command('/baton', 'link')
    await ann.command('/claim', 'Ivan')
    await scene.settled()
    await ann.command('/release', 'Ivan not my field')
    await scene.cardSays('Ivan Petrov', 'Waiting')
    await scene.settled()
    expect(scene.aelyst.holder(scene.ivan)).toBeNull()
  })

  it('that somebody took in Aelyst itself is never taken from them', async () => {
    const scene = await aelystScene()
    const ann = scene.slack.as('ann')
    await ann.command('/baton', 'link')
    scene.aelyst.assignInProvider(scene.ivan, '3')
    await ann.command('/claim', 'Ivan')
    await scene.told('ann', 'came too late: it was taken in Aelyst by Carla Cruz first')
    await scene.settled()
    expect(scene.aelyst.holder(scene.ivan)).toBe('3')
    expect(scene.aelyst.writes).toEqual([])
  })

  it('whose contact has queued work waits for minutes, and the person is told so once', async () => {
    const scene = await aelystScene()
    const ann = scene.slack.as('ann')
    await ann.command('/baton', 'link')
    scene.aelyst.queueWork(scene.ivan)
    await ann.command('/claim', 'Ivan')
    await scene.told(
      'ann',
      'Aelyst still works on earlier requests about this customer and has queued this one',
    )
    await scene.pass(90_000)
    scene.aelyst.queueWork(scene.ivan, false)
    await scene.told('ann', 'Aelyst has confirmed: the chat with Ivan Petrov is yours now')
    expect(scene.aelyst.holder(scene.ivan)).toBe('1')
  })

  it('is closed and opened again from its contact form', async () => {
    const scene = await aelystScene()
    const ann = scene.slack.as('ann')
    await ann.command('/baton', 'link')
    await ann.command('/claim', 'Ivan')
    await scene.settled()
    await scene.during(ann.command('/contact', 'Ivan'))
    const form = await scene.until(() => ann.modal())
    await scene.during(ann.submit(form, { contact_conversation: 'closed' }))
    await scene.settled()
    expect(scene.aelyst.state.contacts.get(scene.ivan)?.status).toBe('closed')
    for (let poll = 0; poll < 2; poll++) await scene.during(scene.baton.pollNow())
    await scene.cardSays('Ivan Petrov', 'Closed in Aelyst')

    // The menu cannot be cleared at Aelyst: emptied, it stays as it is.
    for (const [chosen, status] of [
      [null, 'closed'],
      ['open', 'open'],
    ] as const) {
      await scene.during(ann.command('/contact', `aelyst: ${IVAN}`))
      const again = await scene.until(() => ann.modal())
      await scene.during(ann.submit(again, { contact_conversation: chosen }))
      await scene.settled()
      expect(scene.aelyst.state.contacts.get(scene.ivan)?.status).toBe(status)
      await ann.close(again, { all: true })
    }
  })

  it('of a customer whom no list has shown is found by number or address, once', async () => {
    const scene = await aelystScene()
    const ann = scene.slack.as('ann')
    await ann.command('/baton', 'link')
    const olga = scene.aelyst.customerWrites(
      { email: 'olga@shop.example' },
      { text: 'Hi', firstName: 'Olga' },
    )
    await ann.command('/claim', 'aelyst: olga@shop.example')
    await scene.settled()
    expect(scene.aelyst.holder(olga)).toBe('1')
  })
})

describe('Three accounts at once', () => {
  it('are named where it matters, and a number is looked for in all of them', async () => {
    const scene = await timelessScene({
      aelyst: {},
      saleschat: { users: [{ id: 'u-ann', name: 'Ann Abel', email: 'ann@acme.test' }] },
      prepare: ({ saleschat, aelyst }) => {
        saleschat?.addContact({ id: 'c-1', phone: IVAN, firstName: 'Ivan', lastName: 'Sales' })
        const id = aelyst?.customerWrites({ phone: IVAN }, { text: 'Hi', firstName: 'Ivan', lastName: 'Vip' })
        aelyst?.closeConversation(id ?? '')
      },
    })
    const ann = scene.slack.as('ann')
    await ann.command('/baton', 'link')
    expect(scene.lastTold('ann')).toMatch(
      /\*wamm\*: .*WAMM.*\*saleschat\*: .*SalesChat.*\*aelyst\*: .*Aelyst/s,
    )
    await scene.during(ann.command('/claim', IVAN))
    expect(scene.lastTold('ann')).toContain('2 chats match')
    expect(scene.lastTold('ann')).toContain('SalesChat')
    expect(scene.lastTold('ann')).toContain('Aelyst')
    await ann.command('/baton', 'help')
    expect(scene.lastTold('ann')).toContain('WAMM, SalesChat and Aelyst')
  })
})
