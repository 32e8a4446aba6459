import { expect, it } from 'vitest'
import type { SlackMessage } from '../../sandbox/slack/model.ts'
import { OFFER_LASTS_MS } from '../../src/routing/decide-offer.ts'
import { type TimelessScene, timelessScene } from '../fixtures/timeless-scene.ts'

const IVAN = '79001234567'

/** Ann has the chat with Ivan, and WAMM agrees. */
async function annHasIvan(): Promise<TimelessScene> {
  const scene = await timelessScene({ linked: ['ann', 'ben', 'carla'] })
  await scene.slack.as('ann').click(await scene.arrives(IVAN, 'Ivan'), 'Claim Chat')
  await scene.cardSays('Ivan', 'With <@U0ANN>')
  await scene.settled()
  return scene
}

/** She has asked Ben; resolves with the message to him. */
async function annAsksBen(scene: TimelessScene, note = ''): Promise<SlackMessage> {
  await scene.slack.as('ann').command('/handoff', `ivan @ben? ${note}`)
  return scene.told('ben', '<@U0ANN> asks whether you take the chat with Ivan')
}

const kinds = (scene: TimelessScene) => scene.history(IVAN).map(({ facts }) => facts.kind)
/** The message as it is now. */
const now = (scene: TimelessScene, { ts, channel }: SlackMessage) =>
  scene.slack.messagesIn(channel).find((message) => message.ts === ts)
const becomes = (scene: TimelessScene, message: SlackMessage, words: string) =>
  scene.until(() => {
    const present = now(scene, message)
    return present?.text.includes(words) ? present : undefined
  })

it('An offer leaves the chat where it is until it is accepted, and then it is handed over', async () => {
  const scene = await annHasIvan()
  const { slack, wamm } = scene
  const asked = await annAsksBen(scene, 'Speaks Russian')
  expect(JSON.stringify(asked.blocks)).toContain('Speaks Russian')
  await scene.cardSays('Ivan', 'Offered to <@U0BEN> by <@U0ANN> (')
  expect(wamm.holder(IVAN)).toBe('100')

  await slack.as('ben').click(asked, 'Accept')
  await scene.cardSays('Ivan', 'With <@U0BEN>')
  const accepted = await becomes(scene, asked, 'You accepted the chat with Ivan, which <@U0ANN> had offered')
  expect(JSON.stringify(accepted.blocks)).toContain('+7 900 123 45 67')
  await scene.told('ann', '<@U0BEN> accepted the chat with Ivan')
  await scene.settled()
  expect(wamm.holder(IVAN)).toBe('101')
  expect(kinds(scene).slice(-3)).toEqual(['offered', 'accepted', 'confirmed'])
})

it('Whoever declines may say why, and the chat stays', async () => {
  const scene = await annHasIvan()
  const { slack, wamm } = scene
  const ben = slack.as('ben')
  const asked = await annAsksBen(scene)
  await ben.click(asked, 'Decline')
  const form = await scene.until(() => ben.modal())
  const { view } = await ben.submit(form, { reason: 'At lunch, call +7 900 123 45 67' })
  expect(JSON.stringify(view?.blocks)).toContain('You declined the chat with Ivan')
  const told = await scene.told('ann', '<@U0BEN> declined, so the chat with Ivan stays where it is')
  expect(JSON.stringify(told.blocks)).toContain('At lunch')
  await becomes(scene, asked, 'You declined the chat with Ivan')
  await scene.settled()
  expect(wamm.holder(IVAN)).toBe('100')
  expect(kinds(scene).slice(-2)).toEqual(['offered', 'declined'])
  expect(scene.card('Ivan').text).not.toContain('Offered')
})

it('An offer that was taken back can be neither accepted nor declined any more', async () => {
  const scene = await annHasIvan()
  const { slack, wamm } = scene
  const asked = await annAsksBen(scene)
  await slack.as('ann').click(await scene.cardSays('Ivan', 'Offered to'), 'Take Back Offer')
  await becomes(scene, asked, '<@U0ANN> took back the offer')
  await scene.settled()
  const before = scene.history(IVAN).length
  for (const button of ['Accept', 'Decline']) {
    await slack.as('ben').click(asked, button, { forged: true })
    expect((await scene.told('ben', 'This offer is over, and nothing was changed')).text).toContain(
      '<@U0ANN> has had the chat with Ivan since',
    )
  }
  expect(slack.as('ben').modal()).toBeNull()
  expect(scene.history(IVAN)).toHaveLength(before)
  expect(wamm.holder(IVAN)).toBe('100')
})

it('Of accepting and taking back in the same moment one wins, and the other is told', async () => {
  const scene = await annHasIvan()
  const { slack } = scene
  const asked = await annAsksBen(scene)
  const card = await scene.cardSays('Ivan', 'Offered to')
  await Promise.all([
    slack.as('ben').click(asked, 'Accept'),
    slack.as('ann').click(card, 'Take Back Offer'),
    slack.as('ben').click(asked, 'Accept'),
  ])
  await scene.settled()
  const ends = kinds(scene).filter((kind) => kind === 'accepted' || kind === 'taken-back')
  expect(ends).toHaveLength(1)
  expect(scene.wamm.holder(IVAN)).toBe(ends[0] === 'accepted' ? '101' : '100')
  await scene.told(ends[0] === 'accepted' ? 'ann' : 'ben', 'This offer is over')
})

it('A new offer takes the place of the old one', async () => {
  const scene = await annHasIvan()
  const { slack } = scene
  const asked = await annAsksBen(scene)
  await slack.as('ann').command('/handoff', 'ivan @carla? ')
  const next = await scene.told('carla', 'asks whether you take the chat')
  await becomes(scene, asked, 'Somebody else is asked to take the chat with Ivan now')
  await slack.as('ben').click(asked, 'Accept', { forged: true })
  await scene.told('ben', 'This offer is over')
  await slack.as('carla').click(next, 'Accept')
  await scene.cardSays('Ivan', 'With <@U0CARLA>')
})

it('An offer that nobody answers in time goes back to whoever made it, even over a restart', async () => {
  const scene = await annHasIvan()
  const asked = await annAsksBen(scene)
  await scene.during(scene.restart())
  await scene.settled()
  await scene.clock.advance(OFFER_LASTS_MS)
  await scene.told('ann', '<@U0BEN> has not answered in time, so the chat with Ivan stays where it is')
  await becomes(scene, asked, 'Nobody answered in time.')
  await scene.settled()
  expect(kinds(scene).slice(-2)).toEqual(['offered', 'offer-ended'])
  expect(scene.wamm.holder(IVAN)).toBe('100')
})

it('What gives the chat to somebody else or closes it ends the offer, and both are told', async () => {
  const scene = await annHasIvan()
  const { wamm } = scene
  const asked = await annAsksBen(scene)
  wamm.assignInProvider(IVAN, '110')
  await scene.during(scene.baton.pollNow())
  await becomes(scene, asked, 'the chat has moved on. Taken in WAMM by Olga Orlova')
  await scene.told('ann', 'Your offer of the chat with Ivan to <@U0BEN> is over: the chat has moved on')
})

it('The provider is down when an offer is accepted: both hear how that ends', async () => {
  const scene = await annHasIvan()
  const { slack, wamm } = scene
  const asked = await annAsksBen(scene)
  wamm.blockUser('101')
  await slack.as('ben').click(asked, 'Accept')
  await scene.told('ben', 'Your acceptance of the chat with Ivan did not go through')
  await scene.told('ann', '<@U0BEN> accepted the chat with Ivan, but that did not go through')
  await scene.settled()
  expect(scene.card('Ivan').text).toContain('<@U0ANN>')
})

it('Whoever claims what they were asked to take accepts it', async () => {
  const scene = await annHasIvan()
  const asked = await annAsksBen(scene)
  await scene.slack.as('ben').command('/claim', 'ivan')
  await scene.told('ben', 'You have the chat with Ivan')
  await becomes(scene, asked, 'You accepted the chat with Ivan')
  await scene.settled()
  expect(scene.wamm.holder(IVAN)).toBe('101')
})

it('In the form people choose between handing over and asking; who cannot be asked is said at the field', async () => {
  const scene = await annHasIvan()
  const { slack, wamm } = scene
  const ann = slack.as('ann')
  await ann.click(scene.card('Ivan'), 'Hand Off')
  const form = await scene.until(() => ann.modal())
  const submit = async (who: string) => {
    const { options } = await ann.options(form, 'receiver', who)
    return ann.submit(form, {
      receiver: String(options[0]?.value),
      how: 'ask',
      note: 'Call +7 900 123 45 67',
    })
  }
  const olga = await submit('olga')
  expect(olga.errors).toEqual({
    receiver: expect.stringContaining('Nobody in Slack has the e-mail address of this colleague'),
  })
  const dora = await submit('dora')
  expect(JSON.stringify(dora.view?.blocks)).toContain('You asked <@U0DORA> to take the chat with Ivan')
  await scene.told('dora', '<@U0ANN> asks whether you take the chat with Ivan')
  expect(wamm.holder(IVAN)).toBe('100')
})

it('Somebody who is not linked is found by e-mail before they are asked, and before they accept', async () => {
  const scene = await annHasIvan()
  const { slack } = scene
  await slack.as('ann').command('/handoff', 'ivan @dora? please')
  await scene.told('ann', 'Looking for <@U0DORA> in WAMM')
  const asked = await scene.told('dora', '<@U0ANN> asks whether you take the chat with Ivan')
  await scene.told('ann', 'You asked <@U0DORA> to take the chat with Ivan')
  await slack.as('dora').command('/baton', 'unlink')
  await slack.as('dora').click(asked, 'Accept')
  await scene.told('dora', 'You have the chat with Ivan')
  await becomes(scene, asked, 'You accepted the chat with Ivan')
  await scene.settled()
  expect(scene.wamm.holder(IVAN)).toBe('103')
})

it('An offer to somebody who becomes a guest ends, and whoever asked hears of it', async () => {
  const scene = await annHasIvan()
  const asked = await annAsksBen(scene)
  await scene.slack.changes('ben', { isRestricted: true })
  await scene.told('ann', 'so the chat with Ivan stays where it is')
  await becomes(scene, asked, 'is over')
  expect(kinds(scene).at(-1)).toBe('offer-ended')
})

it('Who goes away gets no offers, comes last and marked in the form, and can still be handed a chat', async () => {
  const scene = await annHasIvan()
  const { slack, wamm } = scene
  const ann = slack.as('ann')
  const ben = slack.as('ben')
  const asked = await annAsksBen(scene)
  await ben.command('/baton', 'away until 12:30')
  // In Berlin, where Ben is.
  await scene.told('ben', 'You are away until <!date^1795174200^')
  await becomes(scene, asked, 'You are away. The offer of the chat with Ivan is over')
  await scene.told('ann', '<@U0BEN> is away, so the chat with Ivan stays where it is')
  expect(kinds(scene).at(-1)).toBe('offer-ended')

  await ann.command('/handoff', 'ivan @ben?')
  await scene.told('ann', '<@U0BEN> is away until <!date^1795174200^')
  await ann.command('/handoff')
  const form = await scene.until(() => ann.modal())
  const { options } = await ann.options(form, 'receiver', '')
  expect(options.at(-1)).toMatchObject({ text: { text: 'Ben Bauer (away)' } })
  const chats = await ann.options(form, 'my_chat', '')
  const entered = { my_chat: String(chats.options[0]?.value), receiver: String(options.at(-1)?.value) }
  const { errors } = await ann.submit(form, { ...entered, how: 'ask' })
  expect(errors).toEqual({ receiver: expect.stringContaining('This colleague is away') })
  const { view } = await ann.submit(form, { ...entered, how: 'now' })
  expect(JSON.stringify(view?.blocks)).toContain('They are away until')
  await scene.settled()
  expect(wamm.holder(IVAN)).toBe('101')

  await ben.command('/baton', 'whoami')
  expect(scene.lastTold('ben')).toContain('You are away until')
  await ben.command('/baton', 'back')
  await ben.command('/baton', 'whoami')
  expect(scene.lastTold('ben')).not.toContain('away')
  await ben.command('/baton', 'back')
  expect(scene.lastTold('ben')).toContain('You were not away')
  await ben.command('/baton', 'away for a while')
  expect(scene.lastTold('ben')).toContain('or say how long')
  expect(
    scene
      .peopleHistory()
      .map(({ actor, facts }) => [actor, facts.kind])
      .slice(-2),
  ).toEqual([
    ['U0BEN', 'away'],
    ['U0BEN', 'back'],
  ])
})

it('Slack is down while somebody is asked and the offer ends: nothing is left over', async () => {
  const scene = await annHasIvan()
  const { slack } = scene
  const mend = slack.faults.inject('chat.postMessage', { kind: 'outage' })
  await slack.as('ann').command('/handoff', 'ivan @ben?')
  await slack.as('ann').click(await scene.cardSays('Ivan', 'Offered to'), 'Take Back Offer')
  await scene.cardSays('Ivan', 'With <@U0ANN>')
  mend()
  await scene.settled()
  expect(
    slack
      .as('ben')
      .dms()
      .map(({ text }) => text),
  ).toEqual([])
})

it('Whoever made an offer hears at once that Slack delivers nothing to whoever is asked', async () => {
  const scene = await annHasIvan()
  const { slack } = scene
  slack.faults.inject('chat.postMessage', { kind: 'error', error: 'user_disabled' }, 1)
  await slack.as('ann').command('/handoff', 'ivan @ben?')
  await scene.told('ann', '<@U0BEN> cannot be asked now, so the chat with Ivan stays where it is')
  await scene.settled()
  expect(kinds(scene).at(-1)).toBe('offer-ended')
})

it.each(['is deactivated in Slack', 'is blocked in WAMM'])(
  'An offer to somebody who %s ends',
  async (what) => {
    const scene = await annHasIvan()
    const { slack, wamm } = scene
    const asked = await annAsksBen(scene)
    if (what === 'is blocked in WAMM') {
      wamm.blockUser('101')
      // Baton reads who is there.
      await slack.as('dora').command('/baton', 'link')
    } else await slack.changes('ben', { isDeleted: true })
    await scene.told('ann', '<@U0BEN> cannot be asked now, so the chat with Ivan stays where it is')
    await becomes(scene, asked, 'You could not answer. The offer of the chat with Ivan is over')
    expect(kinds(scene).at(-1)).toBe('offer-ended')
    await scene.settled()
  },
)
