import { expect, it } from 'vitest'
import { SUPPORT } from '../fixtures/start-scene.ts'
import { type TimelessScene, timelessScene } from '../fixtures/timeless-scene.ts'

const IVAN = '79001234567'
const MARIA = '79001234568'
const HOUR = 3_600_000

/** As somebody who may delete other people's messages does it. */
async function deleteCard({ slack, card }: TimelessScene, name: string): Promise<void> {
  const { channel, ts } = card(name)
  const response = await fetch(`${slack.apiUrl}chat.delete`, {
    method: 'POST',
    headers: { authorization: `Bearer ${slack.botToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ channel, ts }),
  })
  expect(await response.json()).toMatchObject({ ok: true })
}

const cardsOf = ({ slack }: TimelessScene, name: string) =>
  slack.messagesIn(SUPPORT).filter(({ text, threadTs }) => text.includes(name) && threadTs === null)

it('A card of a waiting chat that somebody has deleted is back within two hours, and the others cost one update an hour', async () => {
  const scene = await timelessScene({ linked: ['ann'] })
  const { slack, clock } = scene
  await scene.arrives(IVAN, 'Ivan')
  await scene.arrives(MARIA, 'Maria')
  await scene.settled()
  await deleteCard(scene, 'Ivan')
  const updates = slack.countCalls('chat.update')
  const until = clock.now() + 2 * HOUR
  await scene.until(() => clock.now() >= until, { stepMs: 20_000 })
  expect(cardsOf(scene, 'Ivan')).toHaveLength(1)
  expect(cardsOf(scene, 'Maria')).toHaveLength(1)
  expect(slack.countCalls('chat.update') - updates).toBeLessThanOrEqual(3)
  await slack.as('ann').click(scene.card('Ivan'), 'Claim Chat')
  await scene.cardSays('Ivan', 'With <@U0ANN>')
})
