import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileOf, openHomes, stores } from './home.ts'
import type { World } from './processes/world.ts'
import { startRemote } from './remote.ts'
import { asMb, figure, type Line } from './report.ts'
import { customers } from './seed-store.ts'
import { staff } from './staff.ts'
import { readyUrl, startBaton, worldEnv } from './stage.ts'

/** By then the first poll has been compared, and whoever opened their Home tab has it. */
const AT_REST_AFTER_MS = 8_000

/** What Baton's process holds after a start, a poll and two Home tabs: as it is, and after a collection. */
export async function measureRest(directory: string): Promise<readonly Line[]> {
  const mine = join(directory, 'rest')
  mkdirSync(mine)
  const lines: Line[] = []
  for (const name of ['small', 'middle', 'mostClosed', 'manyWait'] as const) {
    const homes = await openHomes(mine, name)
    await homes.close()
    const { chats, waiting } = stores[name]
    const { resident, used } = await atRest(fileOf(mine, name), waiting)
    const what = `${chats.toLocaleString('en')} chats, of which ${waiting.toLocaleString('en')} wait`
    lines.push(figure(`${what}: resident`, resident, asMb, 200 * 1_048_576))
    lines.push(figure(`${what}: heap used`, used, asMb))
  }
  return lines
}

async function atRest(file: string, listed: number): Promise<{ resident: number; used: number }> {
  const world = startRemote<World>(new URL('./processes/world.ts', import.meta.url))
  const env = worldEnv(await world.ask('address', undefined))
  const chats = customers(listed).map(({ key, name }) => ({ key, name: name ?? key }))
  await world.ask('addChats', { chats })
  const baton = startBaton(file, { ...env, WAMM_POLL_SECONDS: '5' })
  await world.ask('deliverTo', { url: `${await baton.line(readyUrl)}/slack/events` })
  for (const { slackUser } of staff.slice(0, 2)) await world.ask('untilHome', { user: slackUser })
  await pause(AT_REST_AFTER_MS)
  const resident = await baton.ask('resident', undefined)
  const { heapUsed } = await baton.ask('memory', undefined)
  await baton.end()
  await world.end()
  return { resident, used: heapUsed }
}
