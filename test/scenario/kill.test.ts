import { randomInt } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it, onTestFailed } from 'vitest'
import { duringTraffic } from '../fixtures/during-traffic.ts'
import { judgeRun } from '../fixtures/judge-run.ts'
import { type CrashScene, startCrashScene } from '../fixtures/start-crash-scene.ts'
import { CUSTOMERS, createDice } from '../fixtures/traffic.ts'

/** Together with kill-at.test.ts more than fifty kills. */
const RUNS = 50
/** Put a seed that was printed here to have the same dice again. */
const SEED = randomInt(2 ** 31)

describe('the process is killed again and again', () => {
  let scene: CrashScene
  beforeAll(async () => {
    scene = await startCrashScene({ hurried: true })
    for (const { key, name } of CUSTOMERS) scene.wamm.customerWrites(key, { name, text: 'Hello?' })
    await scene.start()
    for (const who of ['ann', 'ben', 'carla', 'dora']) await scene.slack.as(who).command('/baton', 'link')
    await scene.settled()
  }, 60_000)
  afterAll(() => scene.close())

  it('ends as if it had not been, whenever it happens and whatever is under way', {
    timeout: 600_000,
  }, async () => {
    onTestFailed(() => console.log(`seed ${SEED}`))
    const dice = createDice(SEED)
    for (let run = 1; run <= RUNS; run++) {
      const since = { truth: scene.truth(), writes: scene.wamm.writes.length }
      const traffic = await duringTraffic(scene, dice, () => scene.baton.kill())
      await scene.crash()
      const after = await scene.settled()
      const verdict = judgeRun(scene, since, { ...traffic, wasKilled: true }, after)
      expect(verdict, `run ${run}`).toMatchObject({
        lost: [],
        invented: [],
        needless: [],
      })
    }
    expect(scene.slack.breaches).toEqual([])
    const sorted = [...scene.readyMs].sort((a, b) => a - b)
    const median = sorted[Math.floor(sorted.length / 2)] ?? 0
    console.log(
      `ready on an existing database after ${Math.round(median)} ms (median of ${sorted.length} starts)`,
    )
    expect(median).toBeLessThan(10_000)
  })
})
