import { setTimeout as pause } from 'node:timers/promises'
import type { World } from './processes/world.ts'
import type { Remote } from './remote.ts'

const MESSAGES = 50
/** Slack takes a message a second in a channel; what is faster waits for its turn, which is not Baton's time. */
const EVERY_MS = 1_050

/**
 * Customers who have never written before write to WAMM one after the other, `restMs` and the second that Slack wants
 * between them: after how many milliseconds each has a card in Slack.
 */
export async function timeCards(
  world: Remote<World>,
  restMs: () => number = () => 0,
): Promise<readonly number[]> {
  const times: number[] = []
  for (let message = 0; message < MESSAGES; message += 1) {
    const name = `Customer ${'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.charAt(message % 26)}${message}`
    const took = await world.ask('untilShown', { key: String(79_000_000_000 + message), name })
    times.push(took)
    await pause(Math.max(0, EVERY_MS - took) + restMs())
  }
  return times
}
