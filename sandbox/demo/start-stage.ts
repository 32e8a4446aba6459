import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Baton } from '../../src/app.ts'
import { type SandboxSlack, startSlack } from '../slack/start-slack.ts'
import { type SandboxWamm, startWamm } from '../wamm/start-wamm.ts'
import { earlierChats, olga, supportChannel, team, wammToken } from './cast.ts'
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

/**
 * Starts all three with a team and its chats. `onFatal` is told when Baton cannot go on.
 *
 * @param options.ports taken where they are free; else any
 */
export async function startStage(options: {
  readonly ports: { readonly slack: number; readonly wamm: number }
  readonly onFatal: (error: Error) => void
  /** Called when Slack and WAMM are there, before Baton. */
  readonly onWorld?: (world: Pick<Stage, 'slack' | 'wamm'>) => Promise<void>
}): Promise<Stage> {
  const directory = mkdtempSync(join(tmpdir(), 'baton-demo-'))
  const databaseFile = join(directory, 'baton.db')
  const logFile = join(directory, 'baton.log')

  const slack = await onPort(options.ports.slack, (port) => startSlack(port))
  let agoMs = 0
  const clock = () => Date.now() - agoMs
  const wamm = await onPort(options.ports.wamm, (port) => startWamm({ token: wammToken, clock, ...port }))
  addTeam(slack, wamm)
  for (const { minutesAgo, heldBy, key, ...customer } of earlierChats) {
    agoMs = minutesAgo * 60_000
    wamm.customerWrites(key, writing(customer))
    if (heldBy !== null) wamm.assignInProvider(key, heldBy.wammId)
  }
  agoMs = 0

  await options.onWorld?.({ slack, wamm })
  // Loading Baton takes longer than all the rest: whoever has opened the page sees it arrive.
  const { startBaton } = await import('./start-baton.ts')
  const baton = await startBaton({ slack, wamm, databaseFile, logFile, onFatal: options.onFatal })

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
