import { describe, expect, it } from 'vitest'
import type { SandboxSalesChat } from '../../sandbox/saleschat/start-saleschat.ts'
import { SALES_STAFF } from '../fixtures/start-saleschat-account.ts'
import { SALES } from '../fixtures/start-scene.ts'
import { type TimelessScene, timelessScene } from '../fixtures/timeless-scene.ts'

const groups = [{ id: 'g-sales', name: 'Sales' }]
const settings = { users: SALES_STAFF, groups }

/** A team that has only SalesChat's contacts to deal with; WAMM's account stands beside it. */
async function salesScene(
  saleschat: Readonly<Record<string, unknown>> = settings,
): Promise<TimelessScene & { readonly saleschat: SandboxSalesChat }> {
  const scene = await timelessScene({
    saleschat,
    prepare: ({ saleschat: sandbox }) => {
      sandbox?.addContact({ id: 'c-ivan', phone: '+79001234567', firstName: 'Ivan', lastName: 'Petrov' })
    },
  })
  if (scene.saleschat === null) throw new Error('the scene has no SalesChat')
  return Object.assign(scene, { saleschat: scene.saleschat })
}

const writes = (scene: { readonly saleschat: SandboxSalesChat }) =>
  scene.saleschat.writes.map(({ key, to, onHandover }) => ({ key, to, onHandover }))

describe('A chat of SalesChat', () => {
  it('is claimed by its number, by somebody who was never seen before, and what is said is "asked", not "assigned"', async () => {
    const scene = await salesScene()
    const ann = scene.slack.as('ann')
    await ann.command('/claim', 'saleschat: 8 (900) 123-45-67')
    await scene.told('ann', 'You have the chat with Ivan Petrov. Baton asks SalesChat now')
    await scene.settled()
    expect(writes(scene)).toEqual([{ key: 'c-ivan', to: { user: 'u-ann' }, onHandover: false }])
    scene.saleschat.settle()
    expect(scene.saleschat.holder('c-ivan')).toBe('u-ann')
  })

  it('comes out of two contacts with one number by a choice, and an expired one is not offered', async () => {
    const scene = await salesScene()
    scene.saleschat.addContact({
      id: 'c-shop',
      phone: '+79001234567',
      firstName: 'Ivan',
      lastName: "Petrov's shop",
    })
    scene.saleschat.addContact({
      id: 'c-old',
      phone: '+79001234567',
      firstName: 'Ivan',
      lastName: 'Long ago',
    })
    scene.saleschat.expireContact('c-old')
    const ben = scene.slack.as('ben')
    await ben.command('/baton', 'link saleschat')
    const { answer } = await ben.command('/claim', 'saleschat:+79001234567')
    const shown = JSON.stringify(answer)
    expect(shown).toContain('2 chats match')
    expect(shown).toContain("Petrov's shop")
    expect(shown).not.toContain('Long ago')
    expect(writes(scene)).toEqual([])

    const message = await scene.until(() =>
      scene.slack.messages.find(({ text }) => text.includes('2 chats match')),
    )
    const shop =
      JSON.stringify(message.blocks)
        .match(/{\\"chat[^}]*}/g)
        ?.at(-1)
        ?.replaceAll('\\', '') ?? ''
    await ben.click(message, 'claim_chat', { value: shop })
    await scene.settled()
    expect(writes(scene)).toHaveLength(1)
    expect(writes(scene)[0]).toMatchObject({ to: { user: 'u-ben' } })
  })

  it('is handed to a group, from which anybody may take it', async () => {
    const scene = await salesScene()
    const ann = scene.slack.as('ann')
    await ann.command('/claim', 'saleschat:+79001234567')
    await scene.settled()
    await scene.pass(10_000)
    await ann.command('/handoff')
    const form = await scene.until(() => ann.modal())
    const [chat] = (await ann.options(form, 'my_chat', '')).options
    const { options } = await ann.options(form, 'receiver', 'sales')
    const group = options.find((option) => JSON.stringify(option).includes('Sales'))
    await ann.submit(form, { my_chat: String(chat?.value), receiver: String(group?.value) })
    await scene.settled()
    expect(writes(scene).at(-1)).toMatchObject({ to: { group: 'g-sales' }, onHandover: false })

    const ben = scene.slack.as('ben')
    await ben.command('/claim', 'Ivan')
    await scene.told('ben', 'You have the chat with Ivan Petrov')
    await scene.pass(10_000)
    await scene.settled()
    expect(writes(scene).at(-1)).toMatchObject({ to: { user: 'u-ben' } })
    await ann.command('/claim', 'Ivan')
    expect(scene.lastTold('ann')).toContain('<@U0BEN> has had the chat with Ivan Petrov')
  })

  it('has a card from its claim on, on which one that was handed to a group can be claimed', async () => {
    const scene = await salesScene()
    const ann = scene.slack.as('ann')
    await ann.command('/claim', 'saleschat:+79001234567')
    await scene.settled()
    const card = scene.card('Ivan Petrov')
    expect(card.channel).toBe(SALES)
    expect(card.text).toContain('With <@U0ANN>')
    await scene.pass(10_000)
    await ann.click(card, 'hand_off')
    const form = await scene.until(() => ann.modal())
    const [group] = (await ann.options(form, 'receiver', 'sales')).options
    await ann.submit(form, { receiver: String(group?.value) })
    await scene.slack.as('ben').click(await scene.cardSays('Ivan Petrov', 'the group Sales'), 'claim_chat')
    await scene.cardSays('Ivan Petrov', 'With <@U0BEN>')
    await scene.pass(10_000)
    await scene.settled()
    expect(writes(scene).map(({ to }) => to)).toEqual([
      { user: 'u-ann' },
      { group: 'g-sales' },
      { user: 'u-ben' },
    ])
  })

  it('can be handed over once the customer has answered', async () => {
    const scene = await salesScene()
    const ann = scene.slack.as('ann')
    await ann.command('/claim', 'saleschat:+79001234567')
    await scene.settled()
    scene.saleschat.settle()
    await scene.pass(10_000)
    await ann.command('/handoff')
    const form = await scene.until(() => ann.modal())
    const [chat] = (await ann.options(form, 'my_chat', '')).options
    const withChat = ann.fill(form, { my_chat: String(chat?.value) })
    const { options } = await ann.options(withChat, 'receiver', 'ben bauer')
    // Ben is a user of WAMM, too, but the chat is not there.
    expect(options).toHaveLength(1)
    await ann.submit(withChat, { receiver: String(options[0]?.value), how: 'on-reply' })
    await scene.settled()
    expect(writes(scene).at(-1)).toEqual({ key: 'c-ivan', to: { user: 'u-ben' }, onHandover: true })
    scene.saleschat.settle()
    expect(scene.saleschat.holder('c-ivan')).toBe('u-ann')
    scene.saleschat.customerReplies('c-ivan')
    expect(scene.saleschat.holder('c-ivan')).toBe('u-ben')
  })

  it('can, and one of WAMM cannot, which is said at the box and nothing is done', async () => {
    const scene = await salesScene()
    const ann = scene.slack.as('ann')
    await scene.arrives('79007654321', 'Maria')
    await ann.command('/baton', 'link')
    await ann.command('/claim', 'maria')
    await scene.settled()
    await ann.command('/handoff')
    const form = await scene.until(() => ann.modal())
    const [chat] = (await ann.options(form, 'my_chat', 'maria')).options
    const withChat = ann.fill(form, { my_chat: String(chat?.value) })
    const { options } = await ann.options(withChat, 'receiver', 'ben bauer')
    const entered = { receiver: String(options[0]?.value), how: 'on-reply' }
    const { errors } = await ann.submit(withChat, entered)
    expect(errors).toEqual({
      how: 'WAMM cannot wait with an assignment. Choose another way.',
    })
    await scene.settled()
    expect(scene.wamm.holder('79007654321')).toBe('100')
  })

  it('is assigned once in 10 s: of what is decided meanwhile only the newest is sent', async () => {
    const scene = await salesScene()
    const [ann, ben] = [scene.slack.as('ann'), scene.slack.as('ben')]
    await ann.command('/claim', 'saleschat:+79001234567')
    await scene.settled()
    await ben.command('/baton', 'link saleschat')
    await ann.command('/handoff', 'Ivan <@U0BEN>')
    await ben.command('/handoff', 'Ivan <@U0ANN>')
    await ann.command('/handoff', 'Ivan <@U0BEN> last word')
    await scene.settled()
    expect(writes(scene).map(({ to }) => to)).toEqual([{ user: 'u-ann' }, { user: 'u-ben' }])
    expect(scene.saleschat.state.breaches).toEqual([])
  })

  it('that is released waits in Baton, stays where it is in SalesChat, and the button says so before', async () => {
    const scene = await salesScene()
    const ann = scene.slack.as('ann')
    await ann.command('/claim', 'saleschat:+79001234567')
    await scene.settled()
    const mine = await scene.told('ann', 'You have the chat with Ivan Petrov')
    expect(JSON.stringify(mine.blocks)).toContain(
      'SalesChat cannot take a chat from anybody: there, a released chat stays with whoever has it.',
    )
    await ann.command('/release', 'Ivan not my field')
    expect(scene.lastTold('ann')).toContain('there, a released chat stays with whoever has it')
    const card = await scene.cardSays('Ivan Petrov', 'Waiting')
    expect(card.channel).toBe(SALES)
    await scene.settled()
    expect(writes(scene)).toHaveLength(1)
    await scene.slack.as('ben').click(card, 'claim_chat')
    await scene.cardSays('Ivan Petrov', 'With <@U0BEN>')
    expect(scene.card('Ivan Petrov').text).toContain(
      "by Baton's own record: SalesChat does not say who has a chat",
    )
  })

  it('that is released goes to the pool where there is one', async () => {
    const scene = await salesScene({ ...settings, pool: { group: 'g-sales' } })
    const ann = scene.slack.as('ann')
    await ann.command('/claim', 'saleschat:+79001234567')
    await scene.settled()
    await scene.pass(10_000)
    await ann.command('/release', 'Ivan')
    expect(scene.lastTold('ann')).toContain('so Baton asks it to assign a released chat to Sales')
    await scene.settled()
    expect(writes(scene).at(-1)).toMatchObject({ to: { group: 'g-sales' } })
    await scene.cardSays('Ivan Petrov', 'Waiting')
  })

  it('goes to somebody whom an admin has linked by id, where no users are in the settings', async () => {
    const scene = await salesScene({})
    const [ann, dora] = [scene.slack.as('ann'), scene.slack.as('dora')]
    await ann.command('/baton', 'link saleschat')
    expect(scene.lastTold('ann')).toContain('SalesChat does not tell Baton who its users are')
    await dora.command('/baton', `link <@${ann.id}> u-ann`)
    expect(scene.lastTold('dora')).toContain('one of wamm or saleschat')
    await dora.command('/baton', `link <@${ann.id}> u-ann saleschat`)
    expect(scene.lastTold('dora')).toContain('is now linked to Ann Abel in SalesChat')
    await ann.command('/claim', 'saleschat:+79001234567')
    await scene.settled()
    expect(writes(scene)).toEqual([{ key: 'c-ivan', to: { user: 'u-ann' }, onHandover: false }])
  })

  it('has a contact whose name, CRM id, stage and disposition are kept in SalesChat', async () => {
    const scene = await salesScene({ ...settings, stages: ['New', 'Won'] })
    const ann = scene.slack.as('ann')
    await ann.command('/claim', 'saleschat:+79001234567')
    await scene.settled()
    await ann.command('/contact', 'Ivan')
    const form = await scene.until(() => ann.modal())
    expect(JSON.stringify(form.blocks)).toContain('crm-c-ivan')
    await ann.submit(form, {
      'contact_last-name': 'Sidorov',
      contact_stage: 'Won',
      contact_disposition: 'Paid',
    })
    await scene.settled()
    expect(scene.saleschat.state.contacts.get('c-ivan')).toMatchObject({
      lastName: 'Sidorov',
      stage: 'Won',
      disposition: 'Paid',
    })
  })

  it('whose number SalesChat does not know is added with its opt-in date, and can be claimed then', async () => {
    const scene = await salesScene()
    const ann = scene.slack.as('ann')
    await ann.command('/baton', 'link saleschat')
    await ann.command('/contact', 'saleschat:+39 06 1234 5678')
    const form = await scene.until(() => ann.modal())
    const { view } = await ann.submit(form, {
      'contact_crm-id': 'crm-77',
      'contact_opt-in-date': '2026-11-20',
      'contact_first-name': 'Giulia',
    })
    expect(JSON.stringify(view)).toContain('Giulia was added to SalesChat')
    await ann.command('/claim', 'Giulia')
    await ann.command('/claim', 'saleschat:+390612345678')
    await scene.settled()
    expect(writes(scene)).toHaveLength(1)
  })

  it('that a colleague has cannot be changed by adding its number anew', async () => {
    const scene = await salesScene()
    const [ann, ben] = [scene.slack.as('ann'), scene.slack.as('ben')]
    await ann.command('/claim', 'saleschat:+79001234567')
    await ben.command('/baton', 'link saleschat')
    await scene.settled()
    await ben.command('/contact', 'saleschat:+39 06 1234 5678')
    const { view } = await ben.submit(await scene.until(() => ben.modal()), {
      phone: '+7 900 123-45-67',
      'contact_crm-id': 'crm-77',
      'contact_opt-in-date': '2026-11-20',
      'contact_first-name': 'Mine',
    })
    expect(JSON.stringify(view)).toContain('<@U0ANN> has had the chat with Ivan Petrov since')
    expect(scene.saleschat.state.contacts.get('c-ivan')).toMatchObject({ firstName: 'Ivan' })
  })
})
