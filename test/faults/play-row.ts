import { randomInt } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { troubledEnv } from '../fixtures/hurried/disturb-baton.ts'
import { judgeRun } from '../fixtures/judge-run.ts'
import { type CrashScene, startCrashScene } from '../fixtures/start-crash-scene.ts'
import { CUSTOMERS, createDice, type Dice } from '../fixtures/traffic.ts'
import type { Result, Row } from './row.ts'

/** Time until everything agrees; Baton's own clock runs ten times as fast. */
const SETTLED_WITHIN_MS = 60_000
/** Scenes at once: they mostly wait. */
const SCENES = 2

/** Plays each run of a row in turn on scenes that live as long as everything comes to an end in them. */
export async function playRow(row: Row): Promise<Result> {
  const results: Result[] = []
  let left = row.runs
  /** What was shown where it may not be is no less wrong than what was lost. */
  const close = (scene: CrashScene): Promise<void> =>
    scene.close().catch((error: unknown) => {
      results.push({ ...cleanRun(row), disagreements: [String(error)] })
    })
  const player = async (): Promise<void> => {
    const directory = mkdtempSync(join(tmpdir(), 'baton-faults-'))
    const troubleFile = join(directory, 'trouble')
    let scene: CrashScene | null = null
    while (left > 0) {
      left -= 1
      const seed = randomInt(2 ** 31)
      scene ??= await setScene(row, troubleFile)
      const result = await playRun(row, scene, createDice(seed), troubleFile)
      results.push(result)
      if (isClean(result)) continue
      console.log(`${row.what}: a run with seed ${seed} went wrong`)
      await close(scene)
      scene = null
    }
    if (scene !== null) await close(scene)
    rmSync(directory, { recursive: true })
  }
  await Promise.all(Array.from({ length: Math.min(SCENES, row.runs) }, player))
  return {
    what: row.what,
    runs: row.runs,
    acknowledged: results.reduce((sum, { acknowledged }) => sum + (acknowledged ?? 0), 0),
    lost: results.flatMap(({ lost }) => lost ?? []),
    doubled: results.flatMap(({ doubled }) => doubled ?? []),
    disagreements: results.flatMap(({ disagreements }) => disagreements),
  }
}

export const isClean = ({ lost, doubled, disagreements }: Result): boolean =>
  [...(lost ?? []), ...(doubled ?? []), ...disagreements].length === 0

async function setScene({ env, troubled }: Row, troubleFile: string): Promise<CrashScene> {
  const scene = await startCrashScene({
    hurried: true,
    env: { ...env, ...(troubled ? troubledEnv(troubleFile) : {}) },
  })
  for (const { key, name } of CUSTOMERS) scene.wamm.customerWrites(key, { name, text: 'Hello?' })
  await scene.start()
  for (const who of ['ann', 'ben', 'carla', 'dora']) await scene.slack.as(who).command('/baton', 'link')
  await scene.settled(SETTLED_WITHIN_MS)
  return scene
}

async function playRun(row: Row, scene: CrashScene, dice: Dice, troubleFile: string): Promise<Result> {
  const since = { truth: scene.truth(), writes: scene.wamm.writes.length }
  const breaches = scene.slack.breaches.length
  const nothing = cleanRun(row)
  try {
    const { traffic, wasKilled = false, found = [] } = await row.disturb(scene, dice, troubleFile)
    scene.wamm.faults.clear()
    scene.slack.faults.clear()
    const after = await scene.settled(SETTLED_WITHIN_MS)
    const verdict = judgeRun(scene, since, { ...traffic, wasKilled }, after)
    const { acknowledged, lost, invented, needless } = verdict
    const broken = scene.slack.breaches.slice(breaches).map((breach) => JSON.stringify(breach))
    return {
      ...nothing,
      acknowledged,
      lost,
      doubled: [...invented, ...needless],
      disagreements: [...found, ...broken],
    }
  } catch (error) {
    const log = scene.baton.log().trim().split('\n').slice(-3)
    return { ...nothing, disagreements: [String(error), ...log, scene.baton.stderr()] }
  }
}

const cleanRun = ({ what }: Row): Result => ({
  what,
  runs: 1,
  acknowledged: 0,
  lost: [],
  doubled: [],
  disagreements: [],
})
