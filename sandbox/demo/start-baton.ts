import { randomUUID } from 'node:crypto'
import { pino } from 'pino'
import { type Baton, createApp } from '../../src/app.ts'
import { systemClock } from '../../src/clock.ts'
import { parseConfig, secretsOf } from '../../src/config.ts'
import { createLogger } from '../../src/log.ts'
import { pool, salesChannel, salesTeam, stages, supportChannel, team, vipChannel } from './cast.ts'
import type { World } from './world.ts'

const POLL_SECONDS = 5

/** The real Baton, between the demo's Slack and its providers. */
export async function startBaton({
  world,
  databaseFile,
  logFile,
  onFatal,
}: {
  readonly world: World
  readonly databaseFile: string
  readonly logFile: string
  readonly onFatal: (error: Error) => void
}): Promise<Baton> {
  const { slack } = world
  const parsed = parseConfig(
    {
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_API_URL: slack.apiUrl,
      PORT: '0',
      DATABASE_URL: `file:${databaseFile}`,
      ADMIN_USERS: slack.as('dora').id,
    },
    { kind: 'read', content: { accounts: accountsAt(world) } },
  )
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

/** As in the file that ACCOUNTS_FILE names. */
const accountsAt = ({ wamm, saleschat, aelyst }: World): readonly object[] => [
  {
    name: 'wamm',
    provider: 'wamm',
    token: wamm.token,
    baseUrl: wamm.url,
    channel: supportChannel.id,
    pollSeconds: POLL_SECONDS,
  },
  {
    name: 'saleschat',
    provider: 'saleschat',
    token: saleschat.token,
    orgId: saleschat.orgId,
    baseUrl: saleschat.url,
    channel: salesChannel.id,
    users: [
      ...Object.values(team).map(({ salesChatId, name, email }) => ({ id: salesChatId, name, email })),
      pool,
    ],
    groups: [{ id: salesTeam.id, name: salesTeam.name }],
    pool: { user: pool.id },
    stages: [...stages],
  },
  {
    name: 'aelyst',
    provider: 'aelyst',
    token: aelyst.token,
    baseUrl: `${aelyst.url}/v1`,
    channel: vipChannel.id,
    pollSeconds: POLL_SECONDS,
  },
]
