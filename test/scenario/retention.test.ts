import { expect, it } from 'vitest'
import { VIP } from '../fixtures/start-scene.ts'
import { type TimelessScene, timelessScene } from '../fixtures/timeless-scene.ts'

const IVAN = '+79001234567'
const DAY_MS = 24 * 60 * 60_000

/** A chat of Ivan, which Ann has had and released with a reason, and which is closed; its account keeps nobody for longer than 30 days. */
async function closedChat() {
  const scene = await timelessScene({ aelyst: { retentionDays: 30 }, linked: ['ann'] })
  const { aelyst, slack } = scene
  if (aelyst === null) throw new Error('the scene has no Aelyst')
  const ivan = aelyst.customerWrites(
    { phone: IVAN },
    { text: 'Hello?', firstName: 'Ivan', lastName: 'Petrov' },
  )
  const polled = scene.baton.pollNow()
  await scene.cardSays('Ivan Petrov', 'Waiting')
  await scene.during(polled)
  await slack.as('ann').command('/claim', 'Ivan')
  await scene.settled()
  await slack.as('ann').command('/release', 'Ivan Ivan is on holiday')
  await scene.settled()
  aelyst.closeConversation(ivan)
  await scene.during(scene.baton.pollNow())
  await scene.during(scene.baton.pollNow())
  const card = await scene.cardSays('Ivan Petrov', 'Closed')
  await scene.settled()
  return Object.assign(scene, { aelyst, ivan, ts: card.ts })
}

const cardAt = (scene: TimelessScene, ts: string) => {
  const card = scene.slack.messagesIn(VIP).find((message) => message.ts === ts)
  if (card === undefined) throw new Error('the card is gone')
  return card
}

/** The first pass comes a minute after a start, then one a day. */
async function daysPass(scene: TimelessScene, days: number): Promise<void> {
  scene.clock.jump(days * DAY_MS)
  await scene.pass(61_000)
  await scene.during(scene.baton.pollNow())
}

it('A customer is erased so long after the end of their chat: the card names nobody, and History stays without the texts', async () => {
  const scene = await closedChat()
  const { slack, ts } = scene
  await daysPass(scene, 29)
  await scene.settled()
  expect(cardAt(scene, ts).text).toContain('*Ivan Petrov*')
  await daysPass(scene, 2)
  const card = await scene.until(() => {
    const message = cardAt(scene, ts)
    return message.text.includes('*A customer* · Aelyst') ? message : undefined
  })
  expect(JSON.stringify(card)).not.toContain('Ivan')
  await slack.as('ann').click(card, 'History')
  const view = await scene.until(() => slack.as('ann').modal())
  const shown = JSON.stringify(view.blocks)
  expect(shown).toContain('Baton · Name, number, notes and reasons were removed')
  expect(shown).toContain('Ann Abel released the chat.')
  expect(shown).not.toMatch(/Ivan|holiday/)
  expect((await slack.as('ann').command('/chats', 'history Ivan')).message?.text).toContain('No chat matches')
})

it('A customer who writes again after that is a new one, whose chat waits on a card of its own', async () => {
  const scene = await closedChat()
  const { aelyst, slack, ts } = scene
  await daysPass(scene, 31)
  await scene.until(() => cardAt(scene, ts).text.includes('*A customer*') || undefined)
  aelyst.customerWrites({ phone: IVAN }, { text: 'Hello again' })
  await scene.during(scene.baton.pollNow())
  const card = await scene.cardSays('Ivan Petrov', 'Waiting')
  await scene.settled()
  expect(card.ts).not.toBe(ts)
  expect(cardAt(scene, ts).text).toContain('*A customer*')
  await slack.as('ann').click(card, 'Claim Chat')
  await scene.cardSays('Ivan Petrov', 'With <@U0ANN>')
  await scene.settled()
})
