import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { SALES_STAFF } from '../fixtures/start-saleschat-account.ts'
import { type TimelessScene, timelessScene } from '../fixtures/timeless-scene.ts'

const SECRET = 'intake-secret-0123456789'

/** How a customer called Ivan comes to have a card, and who has the chat in the end. */
interface Provider {
  readonly id: string
  arrive(scene: TimelessScene): Promise<void>
  holder(scene: TimelessScene): string | null | undefined
}

const providers: Readonly<Record<string, Provider>> = {
  WAMM: {
    id: '100',
    arrive: async (scene) => void (await scene.arrives('79001234567', 'Ivan')),
    holder: ({ wamm }) => wamm.holder('79001234567'),
  },
  Aelyst: {
    id: '1',
    arrive: async ({ aelyst, baton, during }) => {
      aelyst?.customerWrites({ phone: '+79001234567' }, { text: 'Hello?', firstName: 'Ivan' })
      await during(baton.pollNow())
    },
    holder: ({ aelyst }) => aelyst?.holder('501'),
  },
  SalesChat: {
    id: 'u-ann',
    arrive: async ({ saleschat, baton, clock }) => {
      saleschat?.addContact({ id: 'c-ivan', phone: '+79001234567', firstName: 'Ivan' })
      const body = JSON.stringify({
        event_id: '1',
        reference: 'c-ivan',
        customer: { name: 'Ivan' },
        text: 'Hi',
      })
      const time = String(Math.floor(clock.now() / 1_000))
      const signature = createHmac('sha256', SECRET).update(`v0:${time}:${body}`).digest('hex')
      await fetch(`${baton.url()}/intake/saleschat`, {
        method: 'POST',
        body,
        headers: {
          'content-type': 'application/json',
          'x-baton-timestamp': time,
          'x-baton-signature': `v0=${signature}`,
        },
      })
    },
    holder: ({ saleschat }) => {
      saleschat?.settle()
      return saleschat?.holder('c-ivan')
    },
  },
}

const accounts = { aelyst: {}, saleschat: { users: SALES_STAFF, intakeSecret: SECRET } }

it.each(Object.entries(providers))(
  "a never-seen colleague's first click on Claim Chat ends as if they had been linked before: %s",
  async (_name, { id, arrive, holder }) => {
    const ends = []
    for (const linked of [[], ['ann']]) {
      const scene = await timelessScene({ ...accounts, linked })
      await arrive(scene)
      await scene.cardSays('Ivan', 'Waiting')
      await scene.slack.as('ann').click(scene.card('Ivan'), 'Claim Chat')
      await scene.cardSays('Ivan', 'With <@U0ANN>')
      await scene.settled()
      expect(scene.slack.as('ann').modal()).toBeNull()
      expect(holder(scene)).toBe(id)
      const linkedTo = scene
        .peopleHistory()
        .flatMap(({ facts }) => (facts.kind === 'linked' ? [facts.to] : []))
      expect(linkedTo).toContain(id)
      const card = scene.card('Ivan').text.replaceAll(/<!date[^>]*>/g, 'then')
      ends.push({ card, dms: scene.slack.as('ann').dms() })
    }
    expect(ends[0]).toEqual(ends[1])
  },
)

it.each([
  ['a claim', 'You have the chat with Ivan'],
  ['a refusal', 'Nobody in WAMM has your e-mail address'],
] as const)(
  'Every interaction is answered: the late end of %s is told once Slack takes it',
  async (what, end) => {
    const scene = await timelessScene()
    const { slack } = scene
    await scene.arrives('79001234567', 'Ivan')
    if (what === 'a refusal') slack.people.changeUser('ann', { email: 'nobody@acme.test' })
    slack.faults.inject('response_url', { kind: 'outage' })
    slack.faults.inject('chat.postMessage', { kind: 'outage' })
    await slack.as('ann').command('/claim', 'ivan')
    await scene.until(() => scene.log.some((line) => line.includes('An answer could not be delivered')))
    slack.faults.clear()
    await scene.told('ann', end)
    await scene.settled()
    expect(scene.wamm.writes).toHaveLength(what === 'a claim' ? 1 : 0)
  },
)

describe('/claim next 3 ends as if the person had been linked before,', () => {
  const waitingInWamm = async (scene: TimelessScene, names: readonly string[]) => {
    for (const name of names) scene.wamm.customerWrites(keyOf(name), { name, text: 'Hello?' })
    await scene.during(scene.baton.pollNow())
    for (const name of names) await scene.cardSays(name, 'Waiting')
  }
  const keyOf = (name: string): string => `7900123450${name.length}`

  it('linked nowhere: with three chats and one answer, whose Undo gives all of them back', async () => {
    const scene = await timelessScene()
    await waitingInWamm(scene, ['Iva', 'Olga', 'Petra', 'Robert'])
    const held = () => ['Iva', 'Olga', 'Petra', 'Robert'].filter((name) => scene.wamm.holder(keyOf(name)))
    await scene.slack.as('ann').command('/claim', 'next 3')
    await scene.told('ann', 'Looking for you in WAMM')
    const answer = await scene.told('ann', 'You have 3 chats more')
    await scene.settled()
    expect(held()).toHaveLength(3)
    await scene.slack.as('ann').click(answer, 'Undo')
    await scene.told('ann', 'Undone for 3 chats')
    await scene.settled()
    expect(held()).toEqual([])
  })

  it('linked in one of two accounts: with the chats of both in the order of their waiting', async () => {
    const scene = await timelessScene({ aelyst: {} })
    await scene.slack.as('dora').command('/baton', 'link @ann 100 wamm')
    await scene.told('dora', 'is now linked')
    await scene.slack.as('ann').command('/baton', 'whoami')
    await waitingInWamm(scene, ['Iva'])
    for (const [phone, firstName] of [
      ['+79001234567', 'Anton'],
      ['+79001234568', 'Boris'],
    ] as const) {
      await scene.pass(1_000)
      scene.aelyst?.customerWrites({ phone }, { text: 'Hello?', firstName })
    }
    await scene.during(scene.baton.pollNow())
    await scene.cardSays('Boris', 'Waiting')
    await scene.pass(1_000)
    await waitingInWamm(scene, ['Olga'])
    await scene.slack.as('ann').command('/claim', 'next 4')
    const first = await scene.told('ann', 'You have 1 chat more, and asked for 4')
    expect(first.text).toContain('Looking for you in Aelyst')
    await scene.told('ann', 'You have 3 chats more')
    await scene.settled()
    expect(['Iva', 'Olga'].map((name) => scene.wamm.holder(keyOf(name)))).toEqual(['100', '100'])
    expect(['501', '502'].map((key) => scene.aelyst?.holder(key))).toEqual(['1', '1'])
  })

  it('with fewer than asked for, and why', async () => {
    const scene = await timelessScene()
    await waitingInWamm(scene, ['Iva', 'Olga'])
    await scene.slack.as('ann').command('/claim', 'next 3')
    const answer = await scene.told('ann', 'You have 2 chats more, and asked for 3')
    expect(answer.text).toContain('No chat is waiting right now')
    await scene.settled()
  })
})
