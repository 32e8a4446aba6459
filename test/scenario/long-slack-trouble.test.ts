import Sqlite from 'better-sqlite3'
import { expect, it } from 'vitest'
import { SUPPORT } from '../fixtures/start-scene.ts'
import { type TimelessScene, timelessScene } from '../fixtures/timeless-scene.ts'

const IVAN = '79001234567'
const MARIA = '79001234568'
const HOUR = 3_600_000

/** Hours pass from one due task to the next, which is quicker than step by step. */
async function passes({ clock, pass }: TimelessScene, byMs: number): Promise<void> {
  const end = clock.now() + byMs
  for (await pass(0); clock.now() < end; await pass(0)) {
    await clock.advance(Math.min(clock.nextInMs(), end - clock.now()))
  }
}

/** What is wrong with Slack, and the function that puts it right. */
const troubles: readonly (readonly [string, (scene: TimelessScene) => () => void])[] = [
  ['that Baton was not invited to', goneFromChannel],
  ['of a Slack that is down', ({ slack }) => slack.faults.inject('chat.postMessage', { kind: 'outage' })],
  [
    'of a Slack that has lost Baton’s token',
    ({ slack }) => slack.faults.inject('chat.postMessage', { kind: 'error', error: 'token_revoked' }),
  ],
]

function goneFromChannel({ slack }: TimelessScene): () => void {
  const channel = slack.people.channel(SUPPORT)
  if (channel === null) throw new Error('no channel')
  const { members } = channel
  const others = new Set([...members].filter((member) => member !== slack.app.botUserId))
  slack.people.changeChannel(channel, { members: others })
  return () => slack.people.changeChannel(channel, { members })
}

it.each(troubles)(
  'cards appear, however many hours later, in the channel %s',
  async (_name, begins) => {
    const scene = await timelessScene({ linked: ['ann'] })
    const { slack, wamm, baton } = scene
    const mend = begins(scene)
    wamm.customerWrites(IVAN, { name: 'Ivan', text: 'Hello?' })
    await baton.pollNow()
    await passes(scene, 2.2 * HOUR)
    expect(slack.messagesIn(SUPPORT)).toEqual([])
    mend()
    await scene.cardSays('Ivan', 'Waiting')
    await scene.settled()
    expect(slack.messagesIn(SUPPORT)).toHaveLength(1)
    await scene.arrives(MARIA, 'Maria')
  },
  30_000,
)

it('a card that an older version had given up comes back with the next start', async () => {
  const scene = await timelessScene({ linked: ['ann'] })
  const over = scene.slack.faults.inject('chat.postMessage', { kind: 'outage' })
  scene.wamm.customerWrites(IVAN, { name: 'Ivan', text: 'Hello?' })
  await scene.baton.pollNow()
  await scene.pass(5_000)
  await scene.restart(async () => {
    const db = new Sqlite(scene.databaseFile)
    db.exec("UPDATE jobs SET run_at = NULL, attempts = 60 WHERE kind = 'card'")
    db.close()
    over()
  })
  await scene.cardSays('Ivan', 'Waiting')
})
