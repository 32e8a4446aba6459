import { setTimeout as pause } from 'node:timers/promises'
import type { CrashScene } from '../fixtures/start-crash-scene.ts'
import { type Dice, makeTraffic, type Traffic } from '../fixtures/traffic.ts'

const MOST_ROUNDS = 20
const ASK_AGAIN_MS = 10
/** What a round of traffic causes has mostly begun by then. */
const BEGUN_WITHIN_MS = 400

/** Lets people act again and again until something has been met. */
export async function trafficUntil(scene: CrashScene, dice: Dice, isMet: () => boolean): Promise<Traffic> {
  let all = await makeTraffic(scene, dice)
  for (let round = 1; !(await soon(isMet)); round += 1) {
    if (round === MOST_ROUNDS) throw new Error('what was to go wrong has not been met')
    all = together(all, await makeTraffic(scene, dice))
  }
  return all
}

export const together = (one: Traffic, other: Traffic): Traffic => ({
  intents: [...one.intents, ...other.intents],
  changedThere: new Set([...one.changedThere, ...other.changedThere]),
})

async function soon(isMet: () => boolean): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < BEGUN_WITHIN_MS; waitedMs += ASK_AGAIN_MS) {
    if (isMet()) return true
    await pause(ASK_AGAIN_MS)
  }
  return isMet()
}
