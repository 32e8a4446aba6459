import { disturbBaton } from '../fixtures/hurried/disturb-baton.ts'
import { makeTraffic } from '../fixtures/traffic.ts'
import type { Row } from './row.ts'
import { together } from './traffic-until.ts'

const HOUR_MS = 3_600_000
const RUNS = 20

/** Between what people are answered and what follows from it, which goes on; then they act again. */
const jumps = (what: string, byMs: number): Row => {
  /** Where the clock of each scene's Baton stands, by its process. */
  const ahead = new Map<number, number>()
  return {
    name: 'clock',
    what,
    runs: RUNS,
    troubled: true,
    async disturb(scene, dice, file) {
      const { pid } = scene.baton
      const before = await makeTraffic(scene, dice)
      const aheadMs = (ahead.get(pid) ?? 0) + byMs
      ahead.set(pid, aheadMs)
      await disturbBaton(pid, file, { aheadMs })
      return { traffic: together(before, await makeTraffic(scene, dice)) }
    },
  }
}

export const clocks: readonly Row[] = [
  jumps('The clock is set forward by a day', 24 * HOUR_MS),
  jumps('The clock is set back by an hour', -HOUR_MS),
]
