import { expect, it } from 'vitest'
import { type TimelessScene, timelessScene } from '../fixtures/timeless-scene.ts'

const names = ['Ivan', 'Maria', 'Oleg'] as const
const key = (name: (typeof names)[number]) => `7900123450${names.indexOf(name)}`
const MINUTE = 60_000

async function connectedTwice(): Promise<TimelessScene> {
  const scene = await timelessScene({ linked: ['ann', 'ben'] })
  for (const name of names) await scene.arrives(key(name), name)
  await scene.settled()
  scene.slack.faults.inject('apps.connections.open', { kind: 'outage' }, 1)
  await scene.pass(2 * MINUTE)
  await scene.until(() => scene.slack.sockets.open === 2)
  return scene
}

const opened = ({ slack }: TimelessScene) => slack.callsTo('apps.connections.open').length

/** Two people claim every chat at the same moment, and nobody's click is lost; the scene's end looks at that. */
async function everybodyClaims(scene: TimelessScene): Promise<void> {
  const { slack } = scene
  await Promise.all(
    names.flatMap((name) =>
      ['ann', 'ben'].map((person) => slack.as(person).click(scene.card(name), 'Claim Chat')),
    ),
  )
  await scene.settled()
  for (const name of names) {
    const claims = scene.history(key(name)).filter(({ facts }) => facts.kind === 'claimed')
    expect([name, claims.length]).toEqual([name, 1])
  }
}

it.each(['warning', 'refresh_requested'] as const)(
  'A connection is renewed (%s) while people click: each click is answered once, by the other connection',
  async (reason) => {
    const scene = await connectedTwice()
    const before = opened(scene)
    scene.slack.sockets.refresh(reason, 1)
    await everybodyClaims(scene)
    await scene.pass(MINUTE)
    await scene.until(() => scene.slack.sockets.open === 2)
    expect(opened(scene)).toBe(before + 1)
  },
)

it('A connection is lost: clicks come by the other one, and a minute later there are two again', async () => {
  const scene = await connectedTwice()
  const before = opened(scene)
  scene.slack.sockets.drop(1)
  await expect.poll(() => scene.slack.sockets.open).toBe(1)
  await everybodyClaims(scene)
  expect(opened(scene)).toBe(before)
  await scene.pass(MINUTE)
  await scene.until(() => scene.slack.sockets.open === 2)
})

it('Both connections are lost: one is opened at once, the other a minute later', async () => {
  const scene = await connectedTwice()
  scene.slack.sockets.drop()
  await expect.poll(() => scene.slack.sockets.open).toBe(1)
  await everybodyClaims(scene)
  await scene.pass(MINUTE)
  await scene.until(() => scene.slack.sockets.open === 2)
})
