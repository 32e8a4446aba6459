import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Baton } from '../../src/app.ts'
import { startAelyst } from '../aelyst/start-aelyst.ts'
import { startSalesChat } from '../saleschat/start-saleschat.ts'
import { startSlack } from '../slack/start-slack.ts'
import { startWamm } from '../wamm/start-wamm.ts'
import { onPort } from './on-port.ts'
import { setTheScene } from './set-the-scene.ts'
import { settleSoon } from './settle-soon.ts'
import type { World } from './world.ts'

/** A Slack, three providers, and the real Baton between them, in this process. */
export interface Stage extends World {
  readonly baton: Baton
  readonly databaseFile: string
  /** The latest lines of Baton's log that warn or report an error. */
  complaints(): readonly string[]
  /** Ends everything and removes the database and the log. */
  close(): Promise<void>
}

export interface StagePorts {
  readonly slack: number
  readonly wamm: number
  readonly saleschat: number
  readonly aelyst: number
}

/**
 * Starts all of them with a team and its chats. `onFatal` is told when Baton cannot go on.
 *
 * @param options.ports taken where they are free; else any, and any where absent
 */
export async function startStage(options: {
  readonly ports?: StagePorts
  readonly onFatal: (error: Error) => void
  /** Called when all but Baton is there. */
  readonly onWorld?: (world: World) => Promise<void>
}): Promise<Stage> {
  const directory = mkdtempSync(join(tmpdir(), 'baton-demo-'))
  const databaseFile = join(directory, 'baton.db')
  const logFile = join(directory, 'baton.log')
  const ports = options.ports ?? { slack: 0, wamm: 0, saleschat: 0, aelyst: 0 }

  let agoMs = 0
  const clock = () => Date.now() - agoMs
  const world: World = {
    slack: await onPort(ports.slack, (port) => startSlack(port)),
    wamm: await onPort(ports.wamm, (port) => startWamm({ token: 'sandbox-wamm-token', clock, ...port })),
    saleschat: await onPort(ports.saleschat, (port) =>
      startSalesChat({ token: 'sandbox-saleschat-token', orgId: 'acme', clock, ...port }),
    ),
    aelyst: await onPort(ports.aelyst, (port) =>
      startAelyst({ token: 'sandbox-aelyst-token', clock, ...port }),
    ),
  }
  setTheScene(world, (minutesAgo) => {
    agoMs = minutesAgo * 60_000
  })
  const stopSettling = settleSoon(world.saleschat)

  await options.onWorld?.(world)
  // Loading Baton takes longer than all the rest: whoever has opened the page sees it arrive.
  const { startBaton } = await import('./start-baton.ts')
  const baton = await startBaton({ world, databaseFile, logFile, onFatal: options.onFatal })

  return {
    ...world,
    baton,
    databaseFile,
    complaints: () => complaintsIn(readFileSync(logFile, 'utf8')),
    async close() {
      await baton.stop()
      stopSettling()
      const { slack, wamm, saleschat, aelyst } = world
      await Promise.all([slack.close(), wamm.close(), saleschat.close(), aelyst.close()])
      rmSync(directory, { recursive: true })
    },
  }
}

const WARN = 40

function complaintsIn(log: string): readonly string[] {
  const lines = log.split('\n').filter((line) => {
    const level = /"level":(\d+)/.exec(line)?.[1]
    return level !== undefined && Number(level) >= WARN
  })
  return lines.slice(-10)
}
