import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileOf, openHomes } from './home.ts'
import { median } from './measure.ts'
import type { World } from './processes/world.ts'
import { startRemote } from './remote.ts'
import { asMs, figure, type Line } from './report.ts'
import { readyUrl, startBaton, worldEnv } from './stage.ts'

const STARTS = 5

/** From starting the process until its log says that it is ready, on a database that exists. */
export async function measureStarts(directory: string): Promise<readonly Line[]> {
  const mine = join(directory, 'start')
  mkdirSync(mine)
  await (await openHomes(mine, 'manyWait')).close()
  const world = startRemote<World>(new URL('./processes/world.ts', import.meta.url))
  const env = worldEnv(await world.ask('address', undefined))
  const times: number[] = []
  const cpuTimes: number[] = []
  try {
    for (let start = 0; start < STARTS; start += 1) {
      const startedAt = performance.now()
      const baton = startBaton(fileOf(mine, 'manyWait'), env)
      await baton.line(readyUrl)
      times.push(performance.now() - startedAt)
      cpuTimes.push(await baton.ask('cpuMs', undefined))
      await baton.end()
    }
  } finally {
    await world.end()
  }
  return [
    figure('start to ready, 100,000 chats', median(times), asMs, 1_000),
    figure('CPU time of a start', median(cpuTimes), asMs),
  ]
}
