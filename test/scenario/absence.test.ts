import { describe, expect, it } from 'vitest'
import { homeOf, rowIn } from '../fixtures/home-of.ts'
import { type TimelessScene, timelessScene } from '../fixtures/timeless-scene.ts'

const IVAN = '79001234567'
const DAY_MS = 24 * 60 * 60_000

const says = async (scene: TimelessScene, user: string, command: string, text: string) =>
  (await scene.slack.as(user).command(command, text)).message?.text ?? ''

/** Ann has the chat with Ivan; everybody has been listed once. */
async function annHasIvan(options: Parameters<typeof timelessScene>[0] = {}): Promise<TimelessScene> {
  const scene = await timelessScene({ linked: ['ann', 'ben'], ...options })
  await scene.arrives(IVAN, 'Ivan')
  await scene.slack.as('ann').command('/claim', 'ivan')
  await scene.cardSays('Ivan', 'With <@U0ANN>')
  await scene.settled()
  return scene
}

const aDayLater = async (scene: TimelessScene): Promise<void> => {
  scene.clock.jump(DAY_MS)
  await scene.pass(2_000)
  await scene.settled()
}

/** What leads have been told of absences. */
const toldCarla = (scene: TimelessScene) =>
  scene.slack
    .as('carla')
    .dms()
    .filter(({ text }) => text.includes('Anybody can claim them'))

const events = (scene: TimelessScene) =>
  scene
    .peopleHistory()
    .flatMap(({ facts }) =>
      facts.kind === 'absent' || facts.kind === 'returned'
        ? [`${facts.kind} ${facts.user} ${facts.why}`]
        : [],
    )

describe('Whoever is deactivated in Slack', () => {
  it.each(['is told by an event', 'is found by the daily look'] as const)(
    'leaves chats that anybody may claim, and leads hear of them once; it %s',
    async (way) => {
      const scene = await annHasIvan()
      const { slack, wamm } = scene
      if (way === 'is told by an event') await slack.changes('ann', { isDeleted: true })
      else {
        slack.people.changeUser('ann', { isDeleted: true })
        await aDayLater(scene)
      }
      await scene.cardSays('Ivan', '<@U0ANN> is deactivated in Slack. Anybody can claim the chat.')
      await scene.told('carla', '<@U0ANN> is deactivated in Slack, and has 1 chat there.')
      await slack.as('ben').click(scene.card('Ivan'), 'Claim Chat')
      await scene.cardSays('Ivan', 'With <@U0BEN>')
      await scene.settled()
      expect(wamm.holder(IVAN)).toBe('101')
      expect(events(scene)).toEqual(['absent 100 slack'])
      await aDayLater(scene)
      expect(toldCarla(scene)).toHaveLength(1)
    },
  )

  it('is in no list of receivers, and gets no chat by name', async () => {
    const scene = await annHasIvan()
    const { slack } = scene
    await slack.changes('ben', { isDeleted: true })
    await scene.until(() => events(scene).length === 1)
    await scene.settled()
    expect(await says(scene, 'ann', '/handoff', 'ivan @ben')).toContain(
      'Whoever should get the chat is deactivated in Slack, so it stays where it is.',
    )
    await slack.as('ann').click(scene.card('Ivan'), 'Hand Off')
    const form = await scene.until(() => slack.as('ann').modal())
    const { options } = await slack.as('ann').options(form, 'receiver', '')
    expect(JSON.stringify(options)).toContain('Carla Cruz')
    expect(JSON.stringify(options)).not.toContain('Ben Bauer')
    // Ben has no chats, so there is nothing to hear of.
    expect(toldCarla(scene)).toEqual([])
  })

  it('has the chats back when they are active again, also when the events come in the wrong order', async () => {
    const scene = await annHasIvan()
    const { slack } = scene
    const ann = slack.people.user('ann')
    await slack.changes('ann', { isDeleted: true })
    await scene.cardSays('Ivan', 'deactivated in Slack')
    slack.people.changeUser('ann', { isDeleted: false })
    await slack.event({ type: 'user_change', user: { id: 'U0ANN', team_id: ann?.teamId, deleted: false } })
    await scene.until(() => !scene.card('Ivan').text.includes('deactivated'))
    await slack.event({ type: 'user_change', user: { id: 'U0ANN', team_id: ann?.teamId, deleted: true } })
    await scene.settled()
    expect(scene.card('Ivan').text).not.toContain('deactivated')
    expect(await says(scene, 'ben', '/claim', 'ivan')).toContain('<@U0ANN> has had the chat')
    expect(events(scene)).toEqual(['absent 100 slack', 'returned 100 slack'])
  })

  it('A claim never steals: what somebody took at WAMM meanwhile stays theirs', async () => {
    const scene = await annHasIvan()
    const { slack, wamm } = scene
    await slack.changes('ann', { isDeleted: true })
    await scene.cardSays('Ivan', 'deactivated in Slack')
    await scene.settled()
    wamm.assignInProvider(IVAN, '110')
    await slack.as('ben').click(scene.card('Ivan'), 'Claim Chat')
    await scene.told('ben', 'taken in WAMM by Olga Orlova first')
    await scene.settled()
    expect(wamm.holder(IVAN)).toBe('110')
  })
})

describe('What somebody has left behind who is deactivated', () => {
  async function left() {
    const scene = await annHasIvan()
    await scene.slack.changes('ann', { isDeleted: true })
    await scene.told('carla', 'deactivated in Slack')
    await scene.settled()
    return { scene, ben: scene.slack.as('ben'), wamm: scene.wamm }
  }

  it('leads are told where to find', async () => {
    const { scene } = await left()
    expect(toldCarla(scene)[0]?.text).toMatch(/in the Home tab under “Left behind”.*`\/claim`/)
  })

  it('is taken from the Home tab', async () => {
    const { scene, ben, wamm } = await left()
    await ben.openHome()
    await scene.until(() => ben.home())
    const { view, under } = homeOf(scene.slack, 'ben')
    expect(under('Left behind: 1')).toMatch(/Ivan[\s\S]*<@U0ANN> is deactivated in Slack\. Anybody can claim/)
    await ben.click(view, 'Claim Chat', rowIn(view, 'Ivan', 'Claim Chat'))
    await scene.until(() => homeOf(scene.slack, 'ben').under('Your chats').includes('Ivan'))
    expect(homeOf(scene.slack, 'ben').under('Left behind')).toBe('')
    await scene.settled()
    expect(wamm.holder(IVAN)).toBe('101')
  })

  it('is chosen with /claim, of which /chats tells', async () => {
    const { scene, ben, wamm } = await left()
    expect(await says(scene, 'ben', '/chats', 'waiting')).toContain('1 more chat is left behind')
    await ben.command('/claim')
    const form = await scene.until(() => ben.modal())
    expect(JSON.stringify(form.blocks)).toContain('1 chat is left behind')
    const { options } = await ben.options(form, 'waiting_chat', 'iv')
    expect(JSON.stringify(options)).toMatch(/Ivan · left behind/)
    await ben.submit(form, { waiting_chat: String(options[0]?.value) })
    await scene.settled()
    expect(wamm.holder(IVAN)).toBe('101')
  })

  it('comes with /claim next, after those who are known to wait', async () => {
    const { scene, wamm } = await left()
    await scene.arrives('79005550000', 'Olga K')
    expect(await says(scene, 'ben', '/claim', 'next')).toContain('You have the chat with Olga K')
    expect(await says(scene, 'ben', '/claim', 'next')).toContain('You have the chat with Ivan')
    expect(await says(scene, 'ben', '/claim', 'next')).toContain('No chat is waiting')
    await scene.settled()
    expect(wamm.holder(IVAN)).toBe('101')
  })
})

describe('Whoever is blocked or deleted in WAMM', () => {
  it.each(['blockUser', 'deleteUser'] as const)(
    'leaves chats that leads hear of, and cannot claim: %s',
    async (how) => {
      const scene = await annHasIvan()
      const { slack, wamm } = scene
      wamm[how]('100')
      await aDayLater(scene)
      expect(scene.card('Ivan').text).toContain(
        '<@U0ANN> is blocked or deleted in WAMM. Anybody can claim the chat.',
      )
      expect(toldCarla(scene)).toHaveLength(1)
      await slack.as('ben').click(scene.card('Ivan'), 'Claim Chat')
      await scene.cardSays('Ivan', 'With <@U0BEN>')
      await scene.arrives('79005550000', 'Olga K')
      const { writes } = wamm
      const before = writes.length
      expect(await says(scene, 'ann', '/claim', 'olga k')).toContain(
        'Your user is blocked or deleted in WAMM',
      )
      expect(await says(scene, 'ann', '/baton', 'whoami')).toContain(
        'Your user is blocked or deleted in WAMM',
      )
      await scene.settled()
      expect(wamm.writes).toHaveLength(before)
    },
  )

  it('can claim again once unblocked there, after asking Baton to look', async () => {
    const scene = await annHasIvan()
    const { wamm } = scene
    await scene.arrives('79005550000', 'Olga K')
    wamm.blockUser('100')
    await aDayLater(scene)
    expect(await says(scene, 'ann', '/baton', 'link')).toContain('is blocked or deleted in WAMM')
    wamm.blockUser('100', false)
    expect(await says(scene, 'ann', '/baton', 'link')).toContain('linked to Ann Abel in WAMM already')
    expect(await says(scene, 'ann', '/claim', 'olga k')).toContain('You have the chat with Olga K')
    await scene.settled()
    expect(events(scene)).toEqual(['absent 100 provider', 'returned 100 provider'])
  })

  it('is told once to leads when deactivated in Slack and then blocked, as whoever leaves is', async () => {
    const scene = await annHasIvan()
    await scene.slack.changes('ann', { isDeleted: true })
    await scene.told('carla', 'is deactivated in Slack')
    scene.wamm.blockUser('100')
    await aDayLater(scene)
    expect(toldCarla(scene)).toHaveLength(1)
  })

  it('moves to the user who was made anew with the same address', async () => {
    const scene = await annHasIvan()
    const { wamm } = scene
    wamm.deleteUser('100')
    wamm.addUser({ id: '300', name: 'Ann Abel', email: 'ann@acme.test' })
    await aDayLater(scene)
    const moved = scene.peopleHistory().find(({ facts }) => facts.kind === 'linked' && facts.how === 'moved')
    expect(moved).toMatchObject({ actor: null, via: 'rule', facts: { slackUser: 'U0ANN', to: '300' } })
    expect(scene.card('Ivan').text).toContain('Ann Abel is blocked or deleted in WAMM')
    expect(wamm.holder(IVAN)).toBe('100')
    await scene.slack.as('ann').click(scene.card('Ivan'), 'Claim Chat')
    await scene.until(() => wamm.holder(IVAN) === '300')
    expect(await says(scene, 'ann', '/baton', 'whoami')).toContain('when your user there was made anew since')
  })
})

it('Whom a list does not show is absent only when the next one does not show them either', async () => {
  const scene = await timelessScene({
    aelyst: {},
    prepare: ({ aelyst }) => aelyst?.addUser({ id: '777', firstName: 'Eve' }),
  })
  await aDayLater(scene)
  scene.aelyst?.removeUser('777')
  // Reads the list before it answers.
  expect(await says(scene, 'ann', '/baton', 'link')).toContain('linked to Ann Abel in Aelyst')
  expect(events(scene)).toEqual([])
  await scene.settled()
  expect(events(scene)).toEqual(['absent 777 provider'])
})

describe('Whoever changes', () => {
  it('is linked when their address comes to match, by event or by the daily look, and stays linked when it changes', async () => {
    const scene = await timelessScene({
      linked: ['ben'],
      prepare: ({ slack }) => {
        slack.people.changeUser('ann', { email: 'old@acme.test' })
        slack.people.changeUser('carla', { email: 'old2@acme.test' })
      },
    })
    const { slack } = scene
    await aDayLater(scene)
    await slack.changes('ann', { email: 'Ann@acme.test' })
    await slack.changes('ben', { email: 'other@acme.test' })
    slack.people.changeUser('carla', { email: 'carla@acme.test' })
    await aDayLater(scene)
    const links = scene.peopleHistory().map(({ actor, facts }) => [actor, facts])
    expect(links).toMatchObject([
      ['U0BEN', { slackUser: 'U0BEN', to: '101' }],
      [null, { slackUser: 'U0ANN', to: '100', how: 'email' }],
      [null, { slackUser: 'U0CARLA', to: '102', how: 'email' }],
    ])
    expect(await says(scene, 'ben', '/baton', 'whoami')).toContain('linked to Ben Bauer')
  })

  it('is linked on the day they join, and a status text costs no call', async () => {
    const scene = await timelessScene()
    const { slack, wamm } = scene
    wamm.addUser({ id: '120', name: 'Eve Eden', email: 'eve@acme.test' })
    await says(scene, 'dora', '/baton', 'link @ann 100')
    await slack.joins({ id: 'U0EVE', name: 'eve' })
    await scene.until(() => scene.peopleHistory().length === 2)
    expect(scene.peopleHistory().at(-1)).toMatchObject({
      actor: null,
      facts: { slackUser: 'U0EVE', to: '120' },
    })
    await scene.settled()
    const before = slack.countCalls('users.info')
    await slack.changes('eve', { tz: 'Asia/Dubai' })
    await slack.joins({ id: 'U0BOT2', name: 'helper', isBot: true })
    await slack.event({ type: 'user_change', user: { nonsense: true } })
    await slack.event({ type: 'team_join' })
    await scene.settled()
    expect(slack.countCalls('users.info')).toBe(before + 1)
    expect(scene.peopleHistory()).toHaveLength(2)
  })
})
