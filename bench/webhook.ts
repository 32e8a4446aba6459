import { join } from 'node:path'
import { median, quantile } from './measure.ts'
import type { World } from './processes/world.ts'
import { startRemote } from './remote.ts'
import { asMs, figure, type Line } from './report.ts'
import { readyUrl, startBaton, worldEnv } from './stage.ts'
import { timeCards } from './time-cards.ts'

const SECRET = 'bench-secret-of-webhook'

/** WAMM tells of each message by webhook, and there is no poll. */
export async function measureWebhooks(directory: string): Promise<readonly Line[]> {
  const world = startRemote<World>(new URL('./processes/world.ts', import.meta.url))
  const env = worldEnv(await world.ask('address', undefined))
  const told = { WAMM_WEBHOOK_SECRET: SECRET, WAMM_POLL_SECONDS: '3600' }
  const baton = startBaton(join(directory, 'webhook.db'), { ...env, ...told })
  await world.ask('tellAt', { url: `${await baton.line(readyUrl)}/hooks/wamm/${SECRET}` })
  const times = await timeCards(world)
  await baton.end()
  await world.end()
  return [
    figure('told by webhook: median', median(times), asMs, 1_000),
    figure('told by webhook: p95', quantile(times, 0.95), asMs),
  ]
}
