import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { type Baton, createApp } from '../../src/app.ts'
import { systemClock } from '../../src/clock.ts'
import { parseConfig, secretsOf } from '../../src/config.ts'
import { createLogger } from '../../src/log.ts'
import { type SandboxSlack, startSlack } from '../slack/start-slack.ts'
import { type SandboxWamm, startWamm } from '../wamm/start-wamm.ts'
import { earlierChats, olga, supportChannel, team } from './cast.ts'
import { onPort } from './on-port.ts'

/** A Slack, a WAMM, and the real Baton between them, in this process. */
export interface Stage {
  readonly slack: SandboxSlack
  readonly wamm: SandboxWamm
  readonly baton: Baton
  readonly databaseFile: string
  /** The latest lines of Baton's log that warn or report an error. */
  complaints(): readonly string[]
  /** Ends everything and removes the database and the log. */
  close(): Promise<void>
}

const WAMM_TOKEN = 'sandbox-wamm-token'
const POLL_SECONDS = 5

/**
 * Starts all three with a team and its chats. `onFatal` is told when Baton cannot go on.
 *
 * @param options.ports taken where they are free; else any
 */
export async function startStage(options: {
  readonly ports: { readonly slack: number; readonly wamm: number }
  readonly onFatal: (error: Error) => void
}): Promise<Stage> {
  const directory = mkdtempSync(join(tmpdir(), 'baton-demo-'))
  const databaseFile = join(directory, 'baton.db')
  const logFile = join(directory, 'baton.log')

  const slack = await onPort(options.ports.slack, (port) => startSlack(port))
  let agoMs = 0
  const clock = () => Date.now() - agoMs
  const wamm = await onPort(options.ports.wamm, (port) => startWamm({ token: WAMM_TOKEN, clock, ...port }))
  addTeam(slack, wamm)
  for (const { minutesAgo, heldBy, key, ...customer } of earlierChats) {
    agoMs = minutesAgo * 60_000
    wamm.customerWrites(key, writing(customer))
    if (heldBy !== null) wamm.assignInProvider(key, heldBy.wammId)
  }
  agoMs = 0

  const parsed = parseConfig({
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    PORT: '0',
    DATABASE_URL: `file:${databaseFile}`,
    ADMIN_USERS: slack.as('dora').id,
    WAMM_TOKEN,
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
    onFatal: options.onFatal,
  })
  await baton.start()

  return {
    slack,
    wamm,
    baton,
    databaseFile,
    complaints: () => complaintsIn(readFileSync(logFile, 'utf8')),
    async close() {
      await baton.stop()
      await slack.close()
      await wamm.close()
      rmSync(directory, { recursive: true })
    },
  }
}

/** What WAMM is told of a customer who writes. */
export const writing = (customer: {
  readonly name: string
  readonly text: string
  readonly nickname?: string
}) => ({
  name: customer.name,
  text: customer.text,
  ...(customer.nickname === undefined ? {} : { phoneReal: customer.nickname }),
})

function addTeam(slack: SandboxSlack, wamm: SandboxWamm): void {
  const support = slack.people.channel(supportChannel.id)
  if (support === null) throw new Error(`the sandbox's Slack has no channel ${supportChannel.id}`)
  const members = new Set(support.members)
  for (const { name, wammId, email } of [...Object.values(team), olga]) {
    wamm.addUser({ id: wammId, name, email })
  }
  for (const { handle, name, email } of Object.values(team)) {
    const user = slack.people.user(handle) ?? slack.addUser({ name: handle, realName: name, email })
    members.add(user.id)
  }
  slack.people.changeChannel(support, { members })
}

const WARN = 40

function complaintsIn(log: string): readonly string[] {
  const lines = log.split('\n').filter((line) => {
    const level = /"level":(\d+)/.exec(line)?.[1]
    return level !== undefined && Number(level) >= WARN
  })
  return lines.slice(-10)
}
