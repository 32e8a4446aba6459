import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { median, quantile } from './measure.ts'
import type { World } from './processes/world.ts'
import { startRemote } from './remote.ts'
import { asMs, figure, type Line } from './report.ts'
import { readyUrl, startBaton, worldEnv } from './stage.ts'

const MESSAGES = 200
/** Slack takes a message a second in a channel; what is faster waits for its turn, which is not Baton's time. */
const EVERY_MS = 1_050
const SECRET = 'bench-secret-of-webhook'

/**
 * Customers who have never written before write one after the other, WAMM tells of each by webhook, and there is no
 * poll. Found by poll alone, a chat would wait for the next one first.
 */
export async function measureWebhooks(directory: string): Promise<readonly Line[]> {
  const world = startRemote<World>(new URL('./processes/world.ts', import.meta.url))
  const env = worldEnv(await world.ask('address', undefined))
  const told = { WAMM_WEBHOOK_SECRET: SECRET, WAMM_POLL_SECONDS: '3600' }
  const baton = startBaton(join(directory, 'webhook.db'), { ...env, ...told })
  const times: number[] = []
  try {
    await world.ask('tellAt', { url: `${await baton.line(readyUrl)}/hooks/wamm/${SECRET}` })
    for (let message = 0; message < MESSAGES; message += 1) {
      const name = `Customer ${'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.charAt(message % 26)}${message}`
      const took = await world.ask('untilShown', { key: String(79_000_000_000 + message), name })
      times.push(took)
      await pause(Math.max(0, EVERY_MS - took))
    }
  } finally {
    await baton.end()
    await world.end()
  }
  return [
    figure('told by webhook: median', median(times), asMs, 1_000),
    figure('told by webhook: p95', quantile(times, 0.95), asMs),
  ]
}
