import { describe, expect, it } from 'vitest'
import type { SlackUser } from '../../sandbox/slack/model.ts'
import type { SandboxWamm } from '../../sandbox/wamm/start-wamm.ts'
import { type TimelessScene, timelessScene } from '../fixtures/timeless-scene.ts'

const IVAN = '79001234567'

async function waiting(linked: readonly string[] = []): Promise<TimelessScene> {
  const scene = await timelessScene({ linked })
  await scene.arrives(IVAN, 'Ivan')
  await scene.settled()
  return scene
}

const says = async (scene: TimelessScene, user: string, command: string, text: string) =>
  (await scene.slack.as(user).command(command, text)).message?.text ?? ''

describe('The first action links by e-mail address and goes on by itself:', () => {
  it.each([
    ['a claim by command', 'ivan'],
    ['a claim of the next', 'next'],
    ['a claim of a number', '8 900 123-45-67'],
  ])('%s', async (_name, text) => {
    const scene = await waiting()
    const { slack, wamm } = scene
    expect(await says(scene, 'ann', '/claim', text)).toContain('Looking for you in WAMM')
    await scene.told('ann', 'You have the chat with Ivan')
    await scene.settled()
    expect(wamm.holder(IVAN)).toBe('100')
    expect(scene.card('Ivan').text).toContain('With <@U0ANN>')
    expect(scene.peopleHistory()).toMatchObject([{ facts: { kind: 'linked', to: '100', how: 'email' } }])
    expect(slack.as('ann').dms()).toEqual([])
  })

  it('a claim by click, also when WAMM is away at that moment', async () => {
    const scene = await waiting()
    const { slack, wamm } = scene
    await wamm.goDown()
    await slack.as('ann').click(scene.card('Ivan'), 'Claim Chat')
    await scene.told('ann', 'Looking for you')
    await scene.pass(5_000)
    await wamm.comeBack()
    await scene.told('ann', 'You have the chat with Ivan')
    await scene.settled()
    expect(wamm.holder(IVAN)).toBe('100')
  })

  it('a claim that somebody else was quicker with is refused with the owner', async () => {
    const scene = await waiting(['ben'])
    const { slack, wamm } = scene
    const held = wamm.faults.add({ fault: { kind: 'hold' }, method: 'user_list' })
    await slack.as('ann').command('/claim', 'ivan')
    await slack.as('ben').command('/claim', 'ivan')
    held.clear()
    await scene.told('ann', '<@U0BEN> has had the chat with Ivan since')
    await scene.settled()
    expect(wamm.holder(IVAN)).toBe('101')
  })

  it('a hand-off to somebody who is not linked yet', async () => {
    const scene = await waiting(['ann'])
    const { slack, wamm } = scene
    await slack.as('ann').command('/claim', 'ivan')
    await scene.settled()
    expect(await says(scene, 'ann', '/handoff', 'ivan @ben please')).toContain('Looking for <@U0BEN> in WAMM')
    await scene.told('ann', 'You handed the chat with Ivan to <@U0BEN>')
    await scene.told('ben', 'handed the chat with Ivan to you')
    expect(wamm.holder(IVAN)).toBe('101')
  })

  it('a hand-off that the chat was too quick for is refused with the present state', async () => {
    const scene = await waiting(['ann', 'carla'])
    const { slack, wamm } = scene
    await slack.as('ann').command('/claim', 'ivan')
    await scene.settled()
    const held = wamm.faults.add({ fault: { kind: 'hold' }, method: 'user_list' })
    await slack.as('ann').command('/handoff', 'ivan @ben')
    await scene.until(() => held.met === 1)
    await slack.as('ann').command('/handoff', 'ivan @carla')
    held.clear()
    await scene.told('ann', '<@U0CARLA> has had the chat with Ivan since')
    await scene.settled()
    expect(wamm.holder(IVAN)).toBe('102')
    expect(slack.as('ben').dms()).toEqual([])
  })

  it('a hand-off to somebody who is not in WAMM leaves the chat where it is', async () => {
    const scene = await waiting(['ann'])
    const { slack, wamm } = scene
    slack.addUser({ id: 'U0EVE', name: 'eve' })
    await slack.as('ann').command('/claim', 'ivan')
    await scene.settled()
    await slack.as('ann').command('/handoff', 'ivan @eve')
    await scene.told('ann', '<@U0EVE> is not linked to a WAMM user, so the chat stays where it is')
    await scene.settled()
    expect(wamm.holder(IVAN)).toBe('100')
  })
})

describe('Who cannot be linked is told what to do and whom to ask:', () => {
  const cases: readonly (readonly [string, Partial<SlackUser>, (wamm: SandboxWamm) => void, string])[] = [
    ['without an e-mail address', { email: null }, () => {}, 'does not show Baton your e-mail address'],
    [
      'with an address that nobody has',
      { email: 'other@acme.test' },
      () => {},
      'Nobody in WAMM has your e-mail address',
    ],
    [
      'with an address that two have',
      {},
      (wamm) => wamm.addUser({ id: '199', name: 'Ann Again', email: 'ANN@acme.test' }),
      'Several people in WAMM have your e-mail address',
    ],
    ['who is blocked in WAMM', {}, (wamm) => wamm.blockUser('100'), 'is blocked or deleted in WAMM'],
    ['who is deleted in WAMM', {}, (wamm) => wamm.deleteUser('100'), 'is blocked or deleted in WAMM'],
    ['who is a guest', { isRestricted: true }, () => {}, 'Guests and people of other workspaces'],
    ['who is a single-channel guest', { isUltraRestricted: true }, () => {}, 'Guests and people of other'],
    ['who is of another workspace', { isStranger: true, teamId: 'T0OTHER' }, () => {}, 'other workspaces'],
    ['who is deactivated', { isDeleted: true }, () => {}, 'cannot take chats'],
  ]

  it.each(cases)('somebody %s', async (_name, change, prepare, sentence) => {
    const scene = await waiting()
    const { slack, wamm } = scene
    slack.people.changeUser('ann', change)
    prepare(wamm)
    await slack.as('ann').command('/claim', 'ivan')
    const claim = await scene.until(() =>
      slack.messages.find(({ ephemeralTo, text }) => ephemeralTo === 'U0ANN' && text.includes(sentence)),
    )
    expect(claim.text).toContain('<@U0DORA>')
    expect(await says(scene, 'ann', '/baton', 'link')).toContain(sentence)
    await scene.settled()
    expect(wamm.writes).toEqual([])
    expect(scene.peopleHistory().filter(({ facts }) => facts.kind === 'linked')).toEqual([])
  })

  it('somebody whose WAMM user another person is linked to', async () => {
    const scene = await waiting()
    await says(scene, 'dora', '/baton', 'link @ben 100')
    expect(await says(scene, 'ann', '/baton', 'link')).toContain('is linked to <@U0BEN> already')
  })
})

describe('/baton', () => {
  it('links somebody else for an admin of the configuration and for one of the workspace, and for nobody else', async () => {
    const scene = await timelessScene({ env: { ADMIN_USERS: 'U0CARLA' } })
    expect(await says(scene, 'ben', '/baton', 'link @ann 110')).toContain('Only admins can link other people')
    expect(await says(scene, 'carla', '/baton', 'link @ann 110')).toContain(
      '<@U0ANN> is now linked to Olga Orlova',
    )
    expect(await says(scene, 'dora', '/baton', 'link @ann ANN@acme.test')).toContain(
      'is now linked to Ann Abel',
    )
    expect(scene.peopleHistory()).toMatchObject([
      { actor: 'U0CARLA', facts: { kind: 'linked', to: '110', how: 'admin' } },
      { actor: 'U0DORA', facts: { kind: 'linked', to: '100', how: 'admin' } },
    ])
  })

  it.each([
    ['link @ann', 'followed by their id or e-mail address'],
    ['link <@U0NOBODY> 100', 'does not know who'],
    ['link <@oops> 100', 'does not know who'],
    ['link @ann 999', 'Nobody in WAMM has the id or e-mail address 999'],
    ['link @gus 100', 'cannot take chats'],
    ['link @olaf 100', 'cannot take chats'],
    ['unlink @ann', 'is not linked to anybody in WAMM'],
  ])('answers an admin who sends “%s”', async (text, sentence) => {
    const scene = await timelessScene()
    expect(await says(scene, 'dora', '/baton', text)).toContain(sentence)
    expect(scene.peopleHistory()).toEqual([])
  })

  it('unlinks oneself, and others for admins only', async () => {
    const scene = await timelessScene({ linked: ['ann', 'ben'] })
    expect(await says(scene, 'ann', '/baton', 'unlink @ben')).toContain('Only admins can unlink other people')
    expect(await says(scene, 'ann', '/baton', 'unlink')).toContain('You are no longer linked to Ann Abel')
    expect(await says(scene, 'dora', '/baton', 'unlink @ben')).toContain('is no longer linked to Ben Bauer')
    expect(await says(scene, 'ann', '/baton', 'whoami')).toContain('not linked')
  })

  it('stays undone until they ask for something themselves, whatever Baton or others do', async () => {
    const scene = await waiting(['ann', 'ben'])
    const { slack } = scene
    await slack.as('ann').command('/claim', 'ivan')
    await says(scene, 'dora', '/baton', 'unlink @ben')
    const links = () => scene.peopleHistory().filter(({ facts }) => facts.kind === 'linked').length
    const before = links()
    await slack.changes('ben', { email: 'other@acme.test' })
    await slack.changes('ben', { email: 'ben@acme.test' })
    await scene.settled()
    await says(scene, 'dora', '/baton', 'link everyone')
    await scene.told('dora', '1 unlinked by hand, and left so: <@U0BEN>')
    await says(scene, 'ann', '/handoff', 'ivan @ben')
    await scene.told('ann', '<@U0BEN> is not linked to a WAMM user, so the chat stays where it is')
    await scene.settled()
    const others = scene.peopleHistory().filter(({ facts }) => facts.kind === 'linked')
    expect(others.slice(before).map(({ facts }) => 'slackUser' in facts && facts.slackUser)).not.toContain(
      'U0BEN',
    )
    await scene.arrives('79005550000', 'Olga K')
    await says(scene, 'ben', '/claim', 'olga k')
    await scene.told('ben', 'You have the chat with Olga K')
  })

  it('says who one is, and what one may do', async () => {
    const scene = await waiting(['ann'])
    await scene.slack.as('ann').command('/claim', 'ivan')
    await scene.settled()
    expect(await says(scene, 'ann', '/baton', 'whoami')).toContain('linked to Ann Abel, with 1 chat.')
    expect(await says(scene, 'carla', '/baton', 'whoami')).toContain('You are a lead')
    expect(await says(scene, 'dora', '/baton', 'whoami')).toContain('You are an admin')
  })

  it('does not tell an admin to ask herself, and says how and since when one is linked', async () => {
    const scene = await waiting()
    const unlinked = await says(scene, 'dora', '/baton', 'whoami')
    expect(unlinked).toContain('where that finds nobody, `/baton link`, your own name with @')
    expect(unlinked).not.toContain('ask <@U0DORA>')
    expect(await says(scene, 'ann', '/baton', 'whoami')).toContain('or ask <@U0DORA>')
    await says(scene, 'dora', '/baton', 'link @ann 110')
    await says(scene, 'dora', '/baton', 'link')
    expect(await says(scene, 'ann', '/baton', 'whoami')).toContain('Linked by an admin since <!date^')
    expect(await says(scene, 'dora', '/baton', 'whoami')).toContain(
      'Linked by your e-mail address since <!date^',
    )
  })

  it('explains itself', async () => {
    const scene = await timelessScene()
    for (const text of ['', 'help', 'HELP']) {
      expect(await says(scene, 'ann', '/baton', text)).toMatch(/\/claim.*\/handoff.*\/release.*<@U0DORA>/s)
    }
  })
})

describe('When Slack does not say who somebody is,', () => {
  it.each([
    ['ann', 'link'],
    ['dora', 'link @ann 100'],
  ])('WAMM is not blamed: %s sends `/baton %s`', async (user, text) => {
    const scene = await timelessScene({ env: { ADMIN_USERS: 'U0DORA' } })
    for (const fault of [{ kind: 'outage' }, { kind: 'rate-limited', retryAfterSeconds: 30 }] as const) {
      scene.slack.faults.inject('users.info', fault, 1)
      const answer = await says(scene, user, '/baton', text)
      expect(answer).toContain('Slack did not say who you are')
      expect(answer).toContain('Please try again')
      expect(answer).not.toContain('WAMM')
    }
    await scene.pass(30_000)
    expect(await says(scene, user, '/baton', text)).toContain('now linked')
  })
})
