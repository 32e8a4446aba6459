import { duringTraffic } from '../fixtures/during-traffic.ts'
import { disturbBaton } from '../fixtures/hurried/disturb-baton.ts'
import type { Row } from './row.ts'

const HOUR_MS = 3_600_000
const RUNS = 4

/** Where the clock of each scene stands, by its file. */
const jumps = (what: string, byMs: number): Row => {
  const ahead = new Map<string, number>()
  return {
    name: 'clock',
    what,
    runs: RUNS,
    troubled: true,
    async disturb(scene, dice, file) {
      const aheadMs = (ahead.get(file) ?? 0) + byMs
      ahead.set(file, aheadMs)
      return {
        traffic: await duringTraffic(scene, dice, () => disturbBaton(scene.baton.pid, file, { aheadMs })),
      }
    },
  }
}

export const clocks: readonly Row[] = [
  jumps('The clock jumps forward a day', 24 * HOUR_MS),
  jumps('The clock jumps back an hour', -HOUR_MS),
]
