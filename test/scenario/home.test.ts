import { describe, expect, it } from 'vitest'
import type { Interaction } from '../../sandbox/slack/interactions.ts'
import { encodeLook, firstLook } from '../../src/slack/home-look.ts'
import { homeOf, rowIn } from '../fixtures/home-of.ts'
import { type TimelessScene, timelessScene } from '../fixtures/timeless-scene.ts'

const IVAN = '79001234567'
const GRACE = '79001234568'

async function waiting(options: Parameters<typeof timelessScene>[0] = {}): Promise<TimelessScene> {
  const scene = await timelessScene({ linked: ['ann', 'ben'], ...options })
  await scene.arrives(IVAN, 'Ivan')
  await scene.pass(2_000)
  await scene.arrives(GRACE, 'Grace')
  await scene.settled()
  return scene
}

async function opened(scene: TimelessScene, ...users: readonly string[]): Promise<void> {
  for (const user of users) {
    await scene.slack.as(user).openHome()
    await scene.until(() => scene.slack.as(user).home())
  }
}

/** A button in the row of a customer. */
const press = ({ slack }: TimelessScene, user: string, row: string, button: string): Promise<Interaction> => {
  const { view } = homeOf(slack, user)
  return slack.as(user).click(view, button, rowIn(view, row, button))
}

const under = ({ slack }: TimelessScene, user: string, heading: string): string =>
  homeOf(slack, user).under(heading)

const modalSays = ({ slack, until }: TimelessScene, user: string, words: string): Promise<unknown> =>
  until(() => JSON.stringify(slack.as(user).modal()?.blocks ?? []).includes(words))

describe('The Home tab', () => {
  it('shows who waits, most urgent first, and Claim Chat there makes the chat one of mine', async () => {
    const scene = await waiting()
    await opened(scene, 'ann')
    expect(under(scene, 'ann', 'Waiting')).toMatch(/Waiting: 2\n.*Ivan.*\n.*\n.*\n.*Grace/)
    expect(under(scene, 'ann', 'Your chats')).toContain('You have no chats.')
    // In full for whoever has the chat alone.
    const number = '+7 900 123 45 67'
    expect(homeOf(scene.slack, 'ann').text).not.toContain(number)
    await press(scene, 'ann', 'Ivan', 'Claim Chat')
    await scene.until(() => under(scene, 'ann', 'Your chats').includes('Ivan'))
    expect(under(scene, 'ann', 'Your chats')).toContain(number)
    await opened(scene, 'carla')
    expect(homeOf(scene.slack, 'carla').text).not.toContain(number)
    expect(under(scene, 'ann', 'Waiting')).not.toContain('Ivan')
    expect(scene.slack.as('ann').modal()).toBeNull()
    await scene.settled()
    expect(scene.wamm.holder(IVAN)).toBe('100')
  })

  it('follows what others do, for those who look at it', async () => {
    const scene = await waiting()
    await opened(scene, 'ann')
    await scene.slack.as('ben').command('/claim', 'grace')
    await scene.until(() => !under(scene, 'ann', 'Waiting').includes('Grace'))
    expect(under(scene, 'ann', 'Team')).toContain('▇ 1 · <@U0BEN>')
    expect(scene.slack.as('ben').home()).toBeNull()
  })

  it('says in a modal which chat Claim Next took, and shows it', async () => {
    const scene = await waiting()
    await opened(scene, 'ann')
    await scene.slack.as('ann').click(homeOf(scene.slack, 'ann').view, 'Claim Next')
    await modalSays(scene, 'ann', 'You have the chat with Ivan')
    await scene.until(() => under(scene, 'ann', 'Your chats').includes('Ivan'))
  })

  it('One owner: of two who press Claim Chat at once the other reads in a modal who has it', async () => {
    const scene = await waiting()
    await opened(scene, 'ann', 'ben')
    await Promise.all(['ann', 'ben'].map((user) => press(scene, user, 'Ivan', 'Claim Chat')))
    await modalSays(scene, 'ben', '<@U0ANN> has had the chat with Ivan since')
    await scene.until(() => !under(scene, 'ben', 'Waiting').includes('Ivan'))
    await scene.until(() => under(scene, 'ann', 'Your chats').includes('Ivan'))
    expect(scene.slack.as('ann').modal()).toBeNull()
  })

  it('says at the second of two same clicks that the chat is mine already', async () => {
    const scene = await waiting()
    await opened(scene, 'ann')
    await Promise.all([1, 2].map(() => press(scene, 'ann', 'Ivan', 'Claim Chat')))
    await modalSays(scene, 'ann', 'is yours already')
    await scene.until(() => under(scene, 'ann', 'Your chats').includes('Ivan'))
  })

  it('hands off and releases from a row, and opens the contact', async () => {
    const scene = await waiting()
    const { slack } = scene
    for (const name of ['ivan', 'grace']) await slack.as('ann').command('/claim', name)
    await scene.settled()
    await opened(scene, 'ann', 'ben')

    await press(scene, 'ann', 'Ivan', 'Contact')
    const contact = await scene.until(() => slack.as('ann').modal())
    expect(JSON.stringify(contact.blocks)).toContain('Ivan')
    await slack.as('ann').close(contact)

    await press(scene, 'ann', 'Ivan', 'Hand Off')
    const form = await scene.until(() => slack.as('ann').modal())
    const { options } = await slack.as('ann').options(form, 'receiver', 'ben')
    const { view } = await slack.as('ann').submit(form, { receiver: String(options[0]?.value) })
    expect(JSON.stringify(view?.blocks)).toContain('You handed the chat with Ivan to <@U0BEN>')
    await scene.until(() => under(scene, 'ben', 'Your chats').includes('Ivan'))
    await scene.until(() => !under(scene, 'ann', 'Your chats').includes('Ivan'))

    await press(scene, 'ann', 'Grace', 'Release')
    await scene.until(() => under(scene, 'ann', 'Your chats').includes('You have no chats.'))
    await scene.until(() => under(scene, 'ben', 'Waiting').includes('Grace'))
  })

  it('refuses a late click with the present state, and shows that', async () => {
    const scene = await waiting()
    const { slack } = scene
    await slack.as('ann').command('/claim', 'ivan')
    await scene.settled()
    await opened(scene, 'ann')
    await slack.as('ann').command('/handoff', 'ivan @ben')
    await press(scene, 'ann', 'Ivan', 'Release')
    await modalSays(scene, 'ann', 'has moved on since you saw it')
    await scene.until(() => !under(scene, 'ann', 'Your chats').includes('Ivan'))
  })

  it('keeps what was chosen over updates, and over a restart', async () => {
    const scene = await waiting()
    const { slack } = scene
    await opened(scene, 'ann')
    const mine = encodeLook({ ...firstLook, show: 'mine' })
    await slack.as('ann').click(homeOf(slack, 'ann').view, 'home_show', { value: mine })
    await scene.until(() => under(scene, 'ann', 'Waiting') === '')
    await slack.as('ann').command('/claim', 'ivan')
    await scene.until(() => under(scene, 'ann', 'Your chats').includes('Ivan'))
    expect(under(scene, 'ann', 'Team')).toBe('')
    await scene.during(scene.restart())
    await slack.as('ann').command('/claim', 'grace')
    await scene.pass(2_000)
    await slack.as('ann').openHome()
    await scene.until(() => under(scene, 'ann', 'Your chats').includes('Grace'))
    expect(under(scene, 'ann', 'Team')).toBe('')
  })

  it('is drawn when it is opened, not when the messages beside it are', async () => {
    const scene = await waiting()
    await scene.slack.event({ type: 'app_home_opened', user: 'U0ANN', channel: 'D1', tab: 'messages' })
    await scene.slack.event({ type: 'app_home_opened', user: 'U0ANN', channel: 'D1', tab: 7, view: 'odd' })
    await scene.pass(2_000)
    expect(scene.slack.countCalls('views.publish')).toBe(0)
    await scene.slack.event({
      type: 'app_home_opened',
      user: 'U0ANN',
      channel: 'D1',
      tab: 'home',
      view: { hash: 7, private_metadata: '["forged"]' },
    })
    await scene.until(() => scene.slack.as('ann').home())
  })

  it('answers a control that an older version drew', async () => {
    const scene = await waiting()
    await opened(scene, 'ann')
    const { view } = homeOf(scene.slack, 'ann')
    await scene.slack.as('ann').click(view, 'home_next', { value: '["old"]', forged: true })
    await modalSays(scene, 'ann', 'older version of Baton')
  })

  it('says who is not linked how that is mended, and a claim there mends it', async () => {
    const scene = await waiting({ linked: [] })
    await opened(scene, 'ann')
    expect(homeOf(scene.slack, 'ann').text).toContain('You are not linked to a user of WAMM yet.')
    await press(scene, 'ann', 'Ivan', 'Claim Chat')
    await modalSays(scene, 'ann', 'Looking for you in WAMM')
    await scene.until(() => under(scene, 'ann', 'Your chats').includes('Ivan'))
    expect(homeOf(scene.slack, 'ann').text).not.toContain('not linked')
  })

  it('ticks off for admins what has been set up, and tells them what does not work', async () => {
    const scene = await timelessScene()
    const { slack, wamm } = scene
    await opened(scene, 'dora')
    expect(under(scene, 'dora', 'For admins')).toMatch(/✓ Done: Baton can read WAMM[\s\S]*To do: No card in/)
    expect(under(scene, 'dora', 'For admins')).toContain('To do: Nobody is linked yet')
    await scene.arrives(IVAN, 'Ivan')
    await slack.as('ann').command('/baton', 'link')
    await scene.pass(62_000)
    expect(under(scene, 'dora', 'For admins')).toBe('For admins\nEvery account works.')
    await wamm.goDown()
    await scene.during(scene.baton.pollNow())
    await scene.pass(62_000)
    expect(under(scene, 'dora', 'For admins')).toContain('Baton has not been able to read WAMM since')
    await opened(scene, 'ann')
    expect(under(scene, 'ann', 'For admins')).toBe('')
  })

  it('asks whoever is offered a chat, and shows who is away', async () => {
    const scene = await waiting()
    const { slack } = scene
    await slack.as('ann').command('/claim', 'ivan')
    await slack.as('ann').command('/claim', 'grace')
    await scene.settled()
    await opened(scene, 'ann', 'ben')
    await slack.as('ann').command('/handoff', 'ivan @ben?')
    await scene.until(() => under(scene, 'ben', 'Offered to you').includes('Ivan'))
    await scene.until(() => under(scene, 'ann', 'Your chats').includes('Offered to <@U0BEN>'))
    await press(scene, 'ben', 'Ivan', 'Accept')
    await scene.until(() => under(scene, 'ben', 'Your chats').includes('Ivan'))
    expect(under(scene, 'ben', 'Offered to you')).toBe('')
    expect(slack.as('ben').modal()).toBeNull()

    await slack.as('ann').command('/baton', 'away')
    await scene.pass(62_000)
    expect(under(scene, 'ben', 'Team')).toMatch(/<@U0ANN> · away/)
    expect(homeOf(slack, 'ann').text).toContain('You are away')
  })

  it('says of an account that neither lists its users nor what is new only what is so there', async () => {
    const scene = await timelessScene({ saleschat: {} })
    const { slack } = scene
    await opened(scene, 'ann', 'dora')
    await scene.until(() => under(scene, 'dora', 'For admins').includes('SalesChat takes Baton'))
    const admins = under(scene, 'dora', 'For admins')
    expect(admins).toContain("✓ Done: SalesChat takes Baton's token.")
    expect(admins).toContain('their id in SalesChat, and `saleschat`')
    const ann = homeOf(slack, 'ann').text
    expect(ann).toContain('You are not linked to a user of WAMM yet. Claim a chat')
    expect(ann).toMatch(/SalesChat does not tell Baton who its users are\. Ask <@U0DORA> to link you/)
    expect(ann).toContain('SalesChat does not say what is new there')
    expect(homeOf(slack, 'dora').text).toContain('Send `/baton link`, your own name with @')

    for (const text of ['help', 'whoami']) {
      const { message } = await slack.as('ann').command('/baton', text)
      expect(message?.text).not.toMatch(/SalesChat[^•]* by e-mail address|SalesChat: not linked. Send/)
    }
    await slack.as('dora').command('/baton', 'link @ann u-ann saleschat')
    await scene.pass(62_000)
    expect(under(scene, 'dora', 'For admins')).toContain('1 person is linked; to link others, send')
  })

  it('tells guests nothing but that they are guests, whatever they do there', async () => {
    const scene = await waiting()
    const { slack } = scene
    await opened(scene, 'gus')
    expect(homeOf(slack, 'gus').text).toMatch(/^Guests and people of other workspaces[^\n]*$/)
    await slack.as('ann').openHome()
    await scene.until(() => slack.as('ann').home())
    const claim = homeOf(slack, 'ann').controls.find((control) => control.action_id === 'claim_chat')
    const value = String(claim?.value)
    expect(value).toContain('version')
    await slack.as('gus').click(homeOf(slack, 'gus').view, 'claim_chat', { value, forged: true })
    const look = encodeLook({ ...firstLook, show: 'mine' })
    await slack.as('gus').click(homeOf(slack, 'gus').view, 'home_next', { value: look, forged: true })
    await scene.pass(3_000)
    expect(homeOf(slack, 'gus').text).not.toContain('Ivan')
    expect(scene.wamm.holder(IVAN)).toBeNull()
  })

  it('shows customers with hostile names, and numbers that nobody can parse, as what they are', async () => {
    const scene = await timelessScene({ linked: ['ann'] })
    scene.wamm.customerWrites('79001112233', { name: '<!channel> *x*', text: 'Hi' })
    scene.wamm.customerWrites('12', { name: '', text: 'Hi' })
    await scene.baton.pollNow()
    await scene.settled()
    await opened(scene, 'ann')
    expect(under(scene, 'ann', 'Waiting: 2')).toContain('*&lt;!channel&gt; ∗x∗*')
  })
})
