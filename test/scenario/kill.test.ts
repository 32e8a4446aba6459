import { randomInt } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it, onTestFailed } from 'vitest'
import { isDecision, type TrailEvent } from '../fixtures/read-truth.ts'
import { type CrashScene, startCrashScene } from '../fixtures/start-crash-scene.ts'
import { CUSTOMERS, createDice, type Dice, makeTraffic, type Traffic } from '../fixtures/traffic.ts'

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
      const before = scene.truth()
      const writesBefore = scene.wamm.writes.length
      const traffic = await trafficUntilKilled(scene, dice)
      const after = await scene.settled()
      const fresh = after.events.slice(before.events.length)
      expect(after.events.slice(0, before.events.length), 'the trail is only added to').toEqual(before.events)
      expect(lost(traffic, fresh), `run ${run}: acknowledged and not kept`).toEqual([])
      expect(invented(traffic, fresh), `run ${run}: kept and not asked for`).toEqual([])
      expect(needlessWrites(scene, writesBefore, traffic, fresh), `run ${run}: written in vain`).toEqual([])
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

/** Kills after so many happenings on either side, or when everybody has been answered if there are fewer. */
async function trafficUntilKilled(scene: CrashScene, dice: Dice): Promise<Traffic> {
  let left = dice.below(50)
  let killed: Promise<void> | null = null
  const happened = (): void => {
    left -= 1
    if (left < 0) killed ??= scene.baton.kill()
  }
  const stops = [scene.slack.onChange(happened), scene.wamm.onChange(happened)]
  const traffic = await makeTraffic(scene, dice)
  for (const stop of stops) stop()
  await killed
  await scene.crash()
  return traffic
}

const aboutSame =
  (one: { readonly actor: string | null; readonly kind: string; readonly key: string | null }) =>
  (other: { readonly actor: string | null; readonly kind: string; readonly key: string | null }): boolean =>
    one.actor === other.actor && one.kind === other.kind && one.key === other.key

const lost = ({ acknowledged }: Traffic, fresh: readonly TrailEvent[]) =>
  acknowledged.filter(
    (one) => fresh.filter(aboutSame(one)).length < acknowledged.filter(aboutSame(one)).length,
  )

const invented = ({ sent }: Traffic, fresh: readonly TrailEvent[]) => {
  const decided = Map.groupBy(fresh.filter(isDecision), (event) => event.actor ?? 'nobody')
  return [...decided].filter(([actor, events]) => events.length > (sent.get(actor) ?? 0))
}

/** One write is enough for one decision, and none for a holder that is right; only WAMM's screens excuse more. */
const needlessWrites = (
  { wamm }: CrashScene,
  from: number,
  { changedThere }: Traffic,
  fresh: readonly TrailEvent[],
) => {
  const writes = wamm.writes.slice(from).filter((write) => !changedThere.has(write.key))
  const decisions = (key: string): number =>
    fresh.filter((event) => isDecision(event) && event.key === key).length
  return writes.filter(
    (write) =>
      write.from === write.to ||
      writes.filter((other) => other.key === write.key).length > decisions(write.key),
  )
}
