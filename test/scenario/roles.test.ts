import { describe, expect, it } from 'vitest'
import { SUPPORT, VIP } from '../fixtures/start-scene.ts'
import { type TimelessScene, timelessScene } from '../fixtures/timeless-scene.ts'

const IVAN = '79001234567'
const FULL = '+7 900 123 45 67'
const OUTSIDE = 'Guests and people of other workspaces'

const says = async (scene: TimelessScene, user: string, command: string, text: string) =>
  (await scene.slack.as(user).command(command, text)).message?.text ?? ''

/** Ivan's chat is with the person. */
async function owned(by: string, options: Parameters<typeof timelessScene>[0] = {}): Promise<TimelessScene> {
  const scene = await timelessScene({ ...options, linked: [by, ...(options.linked ?? [])] })
  await scene.arrives(IVAN, 'Ivan')
  await scene.slack.as(by).command('/claim', 'ivan')
  await scene.cardSays('Ivan', 'With <@')
  await scene.settled()
  return scene
}

describe('A guest', () => {
  it('gets the reason and nothing else, whatever they do', async () => {
    const scene = await owned('ann')
    await scene.arrives('79007654321', 'Petra')
    const { slack, wamm } = scene
    const gus = slack.as('gus')
    const writes = wamm.writes.length
    for (const [command, text] of [
      ['/claim', ''],
      ['/claim', 'next'],
      ['/claim', 'petra'],
      ['/claim', 'nobody'],
      ['/handoff', ''],
      ['/handoff', 'ivan @gus'],
      ['/release', 'ivan'],
      ['/contact', 'ivan'],
      ['/baton', 'link'],
      ['/baton', 'link @ann 110'],
      ['/baton', 'whoami'],
    ] as const) {
      expect(await says(scene, 'gus', command, text), `${command} ${text}`).toContain(OUTSIDE)
    }
    for (const [card, control] of [
      ['Petra', 'Claim Chat'],
      ['Ivan', 'Hand Off'],
      ['Ivan', 'Release'],
      ['Ivan', 'Contact'],
      ['Ivan', 'Show Number'],
    ] as const) {
      const told = slack.messages.length
      await gus.click(scene.card(card), control)
      await scene.until(() => slack.messages.slice(told).some(({ ephemeralTo }) => ephemeralTo === gus.id))
      expect(scene.lastTold('gus'), control).toContain(OUTSIDE)
    }
    await scene.settled()
    expect(gus.modal()).toBeNull()
    expect(wamm.writes).toHaveLength(writes)
    expect(scene.card('Petra').text).toContain('Waiting')
    // Asked about once; from then on Baton knows.
    expect(slack.callsTo('users.info').filter(({ args }) => args.user === gus.id)).toHaveLength(1)
  })

  it('cannot be handed a chat, though they were linked as a member', async () => {
    const scene = await owned('ann', { linked: ['ben'] })
    const { slack } = scene
    const asked = slack.countCalls('users.info')
    await slack.changes('ben', { isRestricted: true })
    await scene.until(() => slack.countCalls('users.info') > asked)
    await scene.settled()
    expect(await says(scene, 'ann', '/handoff', 'ivan @ben')).toContain('<@U0BEN> is a guest')
    expect(scene.card('Ivan').text).toContain('With <@U0ANN>')
  })
})

it('A person of another workspace is refused by what Slack says in the click itself', async () => {
  const scene = await timelessScene()
  const { slack } = scene
  await scene.arrives(IVAN, 'Ivan')
  const support = slack.people.channel(SUPPORT)
  if (support !== null)
    slack.people.changeChannel(support, { members: new Set([...support.members, 'U0SID']) })
  await slack.as('sid').click(scene.card('Ivan'), 'Claim Chat')
  await scene.told('sid', 'Baton serves only the workspace')
  expect(slack.callsTo('users.info').filter(({ args }) => args.user === 'U0SID')).toEqual([])
})

describe('Show Number', () => {
  it('answers whoever has the chat and leads, privately, and records it; nobody else', async () => {
    const scene = await owned('ann', { linked: ['ben'] })
    const { slack } = scene
    const before = scene.history(IVAN).length
    for (const [user, words] of [
      ['ann', FULL],
      ['ben', 'Ask them or a lead: <@U0CARLA>'],
      ['carla', FULL],
    ] as const) {
      await slack.as(user).click(scene.card('Ivan'), 'Show Number')
      expect((await scene.told(user, words)).ephemeralTo).toBe(slack.as(user).id)
    }
    await scene.settled()
    expect(scene.history(IVAN).slice(before)).toMatchObject([
      { actor: 'U0ANN', via: 'slack', facts: { kind: 'number-shown' } },
      { actor: 'U0CARLA', via: 'slack', facts: { kind: 'number-shown' } },
    ])
    const thread = slack.messagesIn(SUPPORT).filter(({ threadTs }) => threadTs !== null)
    expect(JSON.stringify(thread)).not.toContain('number')
  })
})

describe('Whoever is refused', () => {
  it('is not told to ask themselves, nor twice to ask whoever has the chat', async () => {
    const scene = await owned('carla', { linked: ['ann'] })
    expect(await says(scene, 'ann', '/release', 'ivan')).toContain('Ask them or <@U0DORA>.')
    const alone = await owned('dora', { linked: ['ann'], env: { LEAD_USERS: '' } })
    expect(await says(alone, 'ann', '/release', 'ivan')).toContain('Ask them or a workspace admin.')
  })
})

describe('Leads by a user group of Slack', () => {
  const LEAD_USERS = 'S0SUPPORT'

  it('are those who are in it now, and whoever they must ask is named', async () => {
    const scene = await owned('carla', { linked: ['ann'], env: { LEAD_USERS } })
    const { slack } = scene
    expect(await says(scene, 'ann', '/baton', 'whoami')).toContain(
      'You are a lead, as a member of <!subteam^S0SUPPORT>',
    )
    await slack.changeUsergroup('S0SUPPORT', { users: ['U0BEN'] })
    await scene.until(() => slack.countCalls('usergroups.users.list') === 2)
    await scene.pass(0)
    expect(await says(scene, 'ann', '/release', 'ivan')).toContain('Ask them or a lead: <@U0BEN>.')
    slack.faults.inject('usergroups.users.list', { kind: 'outage' })
    await slack.changeUsergroup('S0SUPPORT', { users: ['U0ANN'] })
    await scene.until(() => slack.countCalls('usergroups.users.list') === 3)
    expect(await says(scene, 'ann', '/release', 'ivan')).toContain('<@U0BEN>')
    slack.faults.clear()
    await scene.pass(60_000)
    await scene.until(() => slack.countCalls('usergroups.users.list') === 4)
    await scene.pass(0)
    expect(await says(scene, 'ann', '/release', 'ivan')).toContain('You released')
  })

  it('are nobody when there is no such group, which the log says once and admins read', async () => {
    const scene = await timelessScene({ env: { LEAD_USERS: 'S0NONE' } })
    await scene.until(() => scene.log.some((line) => line.includes('S0NONE')))
    expect(await says(scene, 'dora', '/baton', 'whoami')).toContain('names the user group S0NONE')
    expect(await says(scene, 'ann', '/baton', 'whoami')).not.toContain('S0NONE')
    await scene.slack.event({ type: 'subteam_updated', subteam: { id: 'S0NONE' } })
    await scene.until(() => scene.slack.countCalls('usergroups.users.list') === 2)
    await scene.settled()
    expect(scene.log.filter((line) => line.includes('S0NONE'))).toHaveLength(1)
  })
})

describe('A channel that is shared with another organisation', () => {
  it('gets no card until it is ours alone, and admins are told once what to do, then that it is over', async () => {
    const scene = await timelessScene({
      prepare: ({ slack }) => {
        const channel = slack.people.channel(SUPPORT)
        if (channel !== null) slack.people.changeChannel(channel, { isExtShared: true })
      },
    })
    const { slack, wamm } = scene
    await scene.told('dora', `people of another organisation read <#${SUPPORT}>`)
    wamm.customerWrites(IVAN, { name: 'Ivan', text: 'Hello?' })
    await scene.baton.pollNow()
    await scene.pass(10_000)
    expect(slack.messagesIn(SUPPORT)).toEqual([])
    expect(slack.as('dora').dms()).toHaveLength(1)

    const cards = () => slack.messagesIn(SUPPORT).filter(({ threadTs }) => threadTs === null)
    const cardSays = (words: string) =>
      scene.until(() => cards().some(({ text }) => text.includes(words)), { stepMs: 20_000 })
    await slack.shareChannel(SUPPORT, false)
    await scene.told('dora', `Baton posts the cards of WAMM in <#${SUPPORT}> again`)
    await cardSays('Waiting')

    await slack.shareChannel(SUPPORT, true)
    await scene.until(() => slack.as('dora').dms().length === 3)
    await slack.as('ann').command('/claim', 'ivan')
    await scene.told('ann', 'You have the chat with Ivan')
    await scene.pass(10_000)
    expect(scene.card('Ivan').text).toContain('Waiting')
    await slack.shareChannel(SUPPORT, false)
    await cardSays('With <@U0ANN>')
    expect(cards()).toHaveLength(1)
  })

  it('gets cards where the settings say so', async () => {
    const scene = await timelessScene({
      aelyst: { allowSharedChannel: true },
      prepare: ({ slack }) => {
        const channel = slack.people.channel(VIP)
        if (channel !== null) slack.people.changeChannel(channel, { isExtShared: true })
      },
    })
    scene.aelyst?.customerWrites({ phone: '+971501234567' }, { firstName: 'Aisha', text: 'Hello?' })
    await scene.baton.pollNow()
    await scene.cardSays('Aisha', 'Waiting')
    expect(scene.slack.as('dora').dms()).toEqual([])
  })

  it('cannot be told by an app that lacks the scopes: cards are posted as before, and admins read what to do', async () => {
    const scopes = ['chat:write', 'commands', 'im:write', 'users:read', 'users:read.email']
    const scene = await timelessScene({ slack: { scopes }, env: { LEAD_USERS: 'S0SUPPORT' } })
    await scene.arrives(IVAN, 'Ivan')
    const told = await says(scene, 'dora', '/baton', 'whoami')
    expect(told).toContain('channels:read and groups:read')
    expect(told).toContain('usergroups:read')
    expect(scene.log.filter((line) => line.includes('channels:read and groups:read'))).toHaveLength(1)
  })
})
