import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { createApp } from '../src/app.ts'
import { systemClock } from '../src/clock.ts'
import { parseConfig } from '../src/config.ts'
import { createLogger } from '../src/log.ts'
import { median, quantile } from './measure.ts'
import type { World } from './processes/world.ts'
import { startRemote } from './remote.ts'
import { asMs, figure, type Line } from './report.ts'
import { worldEnv } from './stage.ts'
import { timeCards } from './time-cards.ts'

/** Shorter than the settings allow, so that it does not take long. A poll is at most a tenth later than that. */
const POLL_MS = 1_000

/** Customers write at any time between two polls, and nothing but the next one tells. */
export async function measurePolled(directory: string): Promise<readonly Line[]> {
  const world = startRemote<World>(new URL('./processes/world.ts', import.meta.url))
  const parsed = parseConfig(
    {
      ...worldEnv(await world.ask('address', undefined)),
      SLACK_MODE: 'http',
      PORT: '0',
      DATABASE_URL: `file:${join(directory, 'polled.db')}`,
      WAMM_SLACK_CHANNEL: 'C0SUPPORT',
    },
    null,
  )
  if (parsed.kind === 'invalid') throw new Error(parsed.problems.join('\n'))
  const accounts = parsed.config.accounts.map((account) => ({ ...account, pollSeconds: POLL_MS / 1_000 }))
  const baton = createApp(
    { ...parsed.config, accounts },
    {
      clock: systemClock,
      random: Math.random,
      newId: randomUUID,
      fetch,
      logger: createLogger({ level: 'fatal', secrets: [] }),
      onFatal: (error) => {
        throw error
      },
    },
  )
  await baton.start()
  const times = await timeCards(world, () => Math.random() * POLL_MS)
  await baton.stop()
  await world.end()
  return [
    figure('found by a poll each second: median', median(times), asMs, POLL_MS + 1_000),
    figure('found by a poll each second: p95', quantile(times, 0.95), asMs),
  ]
}
