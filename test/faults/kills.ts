import type { Fault as WammFault } from '../../sandbox/provider/faults.ts'
import type { Fault as SlackFault } from '../../sandbox/slack/faults.ts'
import type { WammMethod } from '../../sandbox/wamm/methods.ts'
import { duringTraffic } from '../fixtures/during-traffic.ts'
import type { CrashScene } from '../fixtures/start-crash-scene.ts'
import { answerIn } from '../fixtures/traffic.ts'
import type { Row } from './row.ts'
import { trafficUntil } from './traffic-until.ts'

const AT_RANDOM = 430
const AT_EACH_POINT = 10

/** Sets a trap; the function tells whether Baton stands in it. */
type Point = (scene: CrashScene) => () => boolean

const atWamm =
  (method: WammMethod, fault: WammFault): Point =>
  ({ wamm }) => {
    const trap = wamm.faults.add({ method, fault, times: 1 })
    return () => trap.met === 1
  }

const atSlack =
  (method: string, fault: SlackFault): Point =>
  ({ slack }) => {
    slack.faults.inject(method, fault, 1)
    const mine = slack.faults.active().length
    let met = false
    slack.onChange(() => {
      met ||= slack.faults.active().length < mine
    })
    return () => met
  }

const atAnAnswer: Point = ({ slack }) => {
  const done = (): number => slack.interactions.filter(({ answer }) => answerIn(answer) === 'done').length
  const before = done()
  return () => done() > before
}

const points: readonly (readonly [string, Point])[] = [
  ['as somebody has been told that it is done', atAnAnswer],
  ['before the provider is asked who has the chat', atWamm('contact_get', { kind: 'hang', handled: false })],
  ['between noting a write and the write', atWamm('contact_to_user', { kind: 'hang', handled: false })],
  ['between a write and its answer', atWamm('contact_to_user', { kind: 'hang', handled: true })],
  ['before a card is updated', atSlack('chat.update', { kind: 'reset' })],
  ['between the update of a card and its answer', atSlack('chat.update', { kind: 'lost-answer' })],
  ['before a message is posted', atSlack('chat.postMessage', { kind: 'reset' })],
  ['between a message and its answer', atSlack('chat.postMessage', { kind: 'lost-answer' })],
]

const killedAt = ([where, point]: (typeof points)[number]): Row => ({
  name: 'kill-at',
  what: `SIGKILL ${where}`,
  runs: AT_EACH_POINT,
  async disturb(scene, dice) {
    const isThere = point(scene)
    let killed: Promise<void> | null = null
    const look = (): void => {
      if (isThere()) killed ??= scene.baton.kill()
    }
    const stops = [scene.slack.onChange(look), scene.wamm.onChange(look)]
    const traffic = await trafficUntil(scene, dice, isThere)
    for (const stop of stops) stop()
    await killed
    await scene.crash()
    return { traffic, wasKilled: true }
  },
})

export const kills: readonly Row[] = [
  ...points.map(killedAt),
  {
    name: 'kill',
    what: 'SIGKILL at random',
    runs: AT_RANDOM,
    async disturb(scene, dice) {
      const traffic = await duringTraffic(scene, dice, () => scene.baton.kill())
      await scene.crash()
      return { traffic, wasKilled: true }
    },
  },
]
