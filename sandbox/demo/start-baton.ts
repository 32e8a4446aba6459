import { randomUUID } from 'node:crypto'
import { pino } from 'pino'
import { type Baton, createApp } from '../../src/app.ts'
import { systemClock } from '../../src/clock.ts'
import { parseConfig, secretsOf } from '../../src/config.ts'
import { createLogger } from '../../src/log.ts'
import { supportChannel, wammToken } from './cast.ts'
import type { Stage } from './start-stage.ts'

const POLL_SECONDS = 5

/** The real Baton, between the demo's Slack and its WAMM. */
export async function startBaton({
  slack,
  wamm,
  databaseFile,
  logFile,
  onFatal,
}: Pick<Stage, 'slack' | 'wamm' | 'databaseFile'> & {
  readonly logFile: string
  readonly onFatal: (error: Error) => void
}): Promise<Baton> {
  const parsed = parseConfig({
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    PORT: '0',
    DATABASE_URL: `file:${databaseFile}`,
    ADMIN_USERS: slack.as('dora').id,
    WAMM_TOKEN: wammToken,
    WAMM_BASE_URL: wamm.url,
    WAMM_SLACK_CHANNEL: supportChannel.id,
    WAMM_POLL_SECONDS: String(POLL_SECONDS),
  })
  if (parsed.kind === 'invalid') throw new Error(parsed.problems.join('\n'))
  const { config } = parsed
  const logger = createLogger({
    level: 'info',
    secrets: secretsOf(config),
    destination: pino.destination({ dest: logFile, sync: true }),
  })
  const baton = createApp(config, {
    clock: systemClock,
    random: Math.random,
    newId: randomUUID,
    fetch,
    logger,
    onFatal,
  })
  await baton.start()
  return baton
}
