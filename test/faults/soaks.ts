import { readdirSync, readFileSync } from 'node:fs'
import { CUSTOMERS, type Customer, makeTraffic } from '../fixtures/traffic.ts'
import type { Row } from './row.ts'
import { together } from './traffic-until.ts'

const ROUNDS = 1_500
/** By then everything that is loaded late has been, and every chat has had to do with everybody. */
const WARM_AFTER = 300
/** All that there are, since Baton chooses from all. No name is the beginning of another one. */
const MANY: readonly Customer[] = [
  ...CUSTOMERS,
  ...Array.from({ length: 55 }, (_, index) => ({
    key: `7900200${1_000 + index}`,
    name: `Customer${index}s`,
  })),
]
/** What a collection that has not run yet may leave. */
const MORE_MB = 40
const MORE_DESCRIPTORS = 16

const soak = (what: string, env: Readonly<Record<string, string>>): Row => ({
  name: 'soak',
  what,
  runs: 1,
  env,
  async disturb(scene, dice) {
    const began = performance.now()
    for (const { key, name } of MANY) scene.wamm.customerWrites(key, { name, text: 'Hello?' })
    await scene.settled(60_000)
    let traffic = await makeTraffic(scene, dice, MANY)
    let warm = heldBy(scene.baton.pid)
    for (let round = 1; round < ROUNDS; round += 1) {
      traffic = together(traffic, await makeTraffic(scene, dice, MANY))
      // Whatever went wrong is over, so that nothing piles up that would not in a day.
      if (round % 10 !== 0) continue
      scene.wamm.faults.clear()
      scene.slack.faults.clear()
      await scene.settled(60_000)
      if (round === WARM_AFTER) warm = heldBy(scene.baton.pid)
    }
    const minutes = Math.round((performance.now() - began) / 60_000)
    const held = heldBy(scene.baton.pid)
    console.log(
      `${what}: ${minutes} minutes, ${warm.residentMb} MB and ${warm.descriptors} descriptors after ${WARM_AFTER} rounds, ${held.residentMb} MB and ${held.descriptors} after ${ROUNDS}`,
    )
    return {
      traffic,
      found: [
        ...(held.residentMb > warm.residentMb + MORE_MB
          ? [`memory has grown from ${warm.residentMb} MB to ${held.residentMb} MB`]
          : []),
        ...(held.descriptors > warm.descriptors + MORE_DESCRIPTORS
          ? [`descriptors have grown from ${warm.descriptors} to ${held.descriptors}`]
          : []),
      ],
    }
  },
})

/** From Linux' own account of the process. */
const heldBy = (pid: number): { readonly residentMb: number; readonly descriptors: number } => ({
  residentMb: Math.round(
    Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024,
  ),
  descriptors: readdirSync(`/proc/${pid}/fd`).length,
})

const ROUNDS_TEXT = ROUNDS.toLocaleString('en')

export const soaks: readonly Row[] = [
  soak(`${ROUNDS_TEXT} rounds about ${MANY.length} chats in one process`, {}),
  soak(`${ROUNDS_TEXT} rounds about ${MANY.length} chats, with --max-old-space-size=96`, {
    NODE_OPTIONS: '--max-old-space-size=96',
  }),
]
