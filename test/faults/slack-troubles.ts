import { setTimeout as pause } from 'node:timers/promises'
import { duringTraffic } from '../fixtures/during-traffic.ts'
import { makeTraffic } from '../fixtures/traffic.ts'
import type { Row } from './row.ts'
import { together } from './traffic-until.ts'

const RUNS = 20
/** Between one and three minutes of Baton's clock. */
/** While Slack is down. */
const ROUND_EVERY_MS = 1_000
const OUTAGES = { runs: 8, leastMs: 6_000, moreMs: 12_000 }

export const slackTroubles: readonly Row[] = [
  {
    name: 'slack',
    what: 'Slack is down for one to three minutes',
    runs: OUTAGES.runs,
    async disturb(scene, dice) {
      const forMs = OUTAGES.leastMs + dice.below(OUTAGES.moreMs)
      let over = (): void => undefined
      let traffic = await duringTraffic(scene, dice, async () => {
        over = scene.slack.faults.inject('any', { kind: 'outage' })
      })
      // Slack takes no calls, and still brings what people do by the sockets that are open.
      for (const began = performance.now(); performance.now() - began < forMs; await pause(ROUND_EVERY_MS)) {
        traffic = together(traffic, await makeTraffic(scene, dice))
      }
      over()
      return { traffic: together(traffic, await makeTraffic(scene, dice)) }
    },
  },
  {
    name: 'slack',
    what: 'Slack answers 429 to the next 10 to 40 requests',
    runs: RUNS,
    async disturb(scene, dice) {
      const times = 10 + dice.below(30)
      const fault = { kind: 'rate-limited', retryAfterSeconds: 1 + dice.below(10) } as const
      return {
        traffic: await duringTraffic(scene, dice, async () => {
          scene.slack.faults.inject('any', fault, times)
          await scene.slack
            .until(() => scene.slack.faults.active().length === 0, { timeoutMs: 500 })
            .catch(() => {})
        }),
      }
    },
  },
  {
    name: 'slack',
    what: 'Slack does what it is asked and its answers are lost',
    runs: RUNS,
    async disturb(scene, dice) {
      const times = 1 + dice.below(8)
      return {
        traffic: await duringTraffic(scene, dice, async () => {
          scene.slack.faults.inject('any', { kind: 'lost-answer' }, times)
          await scene.slack
            .until(() => scene.slack.faults.active().length === 0, { timeoutMs: 1_000 })
            .catch(() => {})
        }),
      }
    },
  },
  {
    name: 'slack',
    what: 'Slack drops every socket',
    runs: RUNS,
    async disturb(scene, dice) {
      const traffic = await duringTraffic(scene, dice, async () => scene.slack.sockets.drop())
      await scene.slack.until(() => scene.slack.sockets.open > 0, { timeoutMs: 30_000 })
      return { traffic }
    },
  },
]
