import { expect, it } from 'vitest'
import { type TimelessScene, timelessScene } from '../fixtures/timeless-scene.ts'

const IVAN = '79001234567'
const MINUTE = 60_000

const adminsScene = () => timelessScene({ linked: ['ann'], env: { ADMIN_USERS: 'U0DORA,U0CARLA' } })

const dms = ({ slack }: TimelessScene, user: string): readonly string[] =>
  slack
    .as(user)
    .dms()
    .map(({ text }) => text)

/** Time passes for Baton, then it polls. */
async function pollsAfter(scene: TimelessScene, ms: number): Promise<void> {
  await scene.clock.advance(ms)
  await scene.during(scene.baton.pollNow())
  await scene.settled()
}

it('An account that is down for five minutes is told to each admin once, over a restart too, and once that it is back', async () => {
  const scene = await adminsScene()
  const { wamm } = scene
  await wamm.goDown()
  await pollsAfter(scene, 0)
  await pollsAfter(scene, 4 * MINUTE)
  expect(dms(scene, 'dora')).toEqual([])
  await pollsAfter(scene, MINUTE)
  await pollsAfter(scene, MINUTE)
  for (const admin of ['dora', 'carla']) {
    expect(dms(scene, admin)).toEqual([
      expect.stringMatching(/^Baton has not been able to read WAMM since .*WAMM cannot be reached/),
    ])
  }
  expect(dms(scene, 'ann')).toEqual([])

  await scene.during(scene.restart())
  await pollsAfter(scene, 10 * MINUTE)
  expect(dms(scene, 'dora')).toHaveLength(1)

  await wamm.comeBack()
  await pollsAfter(scene, MINUTE)
  await pollsAfter(scene, MINUTE)
  for (const admin of ['dora', 'carla']) {
    expect(dms(scene, admin).slice(1)).toEqual([expect.stringContaining('Baton can read WAMM again')])
  }
})

it('A token that is refused is told at once and once, whether by a poll or by an assignment', async () => {
  const scene = await adminsScene()
  const { slack, wamm } = scene
  const card = await scene.arrives(IVAN, 'Ivan')
  const refused = wamm.faults.add({ fault: { kind: 'err', err: 'token fail' } })
  await slack.as('ann').click(card, 'Claim Chat')
  await scene.told('dora', 'WAMM refuses what people decide in Slack')
  await pollsAfter(scene, MINUTE)
  expect(dms(scene, 'dora')).toEqual([expect.stringContaining('An admin must put a new one into Baton')])
  refused.clear()
  await pollsAfter(scene, MINUTE)
  expect(dms(scene, 'dora').slice(1)).toEqual([
    expect.stringContaining('does what people decide in Slack again'),
  ])
})

it('Chats of an account that cannot be read stay as they were, and where people choose it is said how old that is', async () => {
  const scene = await adminsScene()
  const { slack, wamm } = scene
  await scene.arrives(IVAN, 'Ivan')
  const since = Math.floor(scene.clock.now() / 1_000)
  const stale = new RegExp(`WAMM has not been read since <!date\\^${since}`)
  const picker = async (): Promise<string> => {
    await slack.as('ann').command('/claim')
    const view = await scene.until(() => slack.as('ann').modal())
    await slack.as('ann').close(view)
    const shown = JSON.stringify(view)
    expect(shown).toContain('1 chat is waiting')
    return shown
  }
  await wamm.goDown()
  await scene.during(scene.baton.pollNow())
  expect(await picker()).not.toContain('has not been read')
  scene.clock.jump(3 * 3_600_000 + 1)
  expect(await picker()).toMatch(stale)
  await slack.as('ann').command('/baton', 'whoami')
  await scene.told('ann', stale)
  await wamm.comeBack()
  await pollsAfter(scene, 0)
  expect(await picker()).not.toContain('has not been read')
})

it('An account whose webhook was never set up is told to admins while polls find messages, and once that it works', async () => {
  const env = { ADMIN_USERS: 'U0DORA', WAMM_WEBHOOK_SECRET: 'a1b2c3d4e5f6a7b8' }
  const scene = await timelessScene({ env })
  const { wamm } = scene
  const writes = () => wamm.customerWrites(IVAN, { name: 'Ivan', text: 'Hello?' })
  for (const ms of [0, 4 * MINUTE, 4 * MINUTE]) {
    writes()
    await pollsAfter(scene, ms)
  }
  await pollsAfter(scene, 4 * MINUTE)
  expect(dms(scene, 'dora')).toEqual([])
  for (let message = 0; message < 2; message++) {
    await scene.pass(MINUTE)
    writes()
    await pollsAfter(scene, 0)
  }
  expect(dms(scene, 'dora')).toEqual([expect.stringMatching(/^WAMM has told Baton nothing by webhook since/)])

  wamm.setWebhook(`${scene.baton.url()}/hooks/wamm/${env.WAMM_WEBHOOK_SECRET}`)
  for (let message = 0; message < 2; message++) {
    await scene.pass(MINUTE)
    writes()
    await scene.settled()
    await pollsAfter(scene, 0)
  }
  await scene.told('dora', 'WAMM tells Baton of new messages by webhook now')
  expect(dms(scene, 'dora')).toHaveLength(2)
})

it('A SalesChat token that is refused is told as Baton starts, and once, over a restart too', async () => {
  const scene = await timelessScene({ saleschat: { token: 'a-token-of-another-time' } })
  await scene.told('dora', 'SalesChat does not accept Baton')
  await scene.during(scene.restart())
  await scene.settled()
  expect(dms(scene, 'dora')).toHaveLength(1)
  expect(scene.log.filter((line) => line.includes('The account does not work'))).toHaveLength(2)
})
