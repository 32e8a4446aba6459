import { execFileSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import { duringTraffic } from '../fixtures/during-traffic.ts'
import { disturbBaton, type Trouble } from '../fixtures/hurried/disturb-baton.ts'
import type { CrashScene } from '../fixtures/start-crash-scene.ts'
import { type Dice, makeTraffic, type Traffic } from '../fixtures/traffic.ts'
import type { Row } from './row.ts'
import { together, trafficUntil } from './traffic-until.ts'

const RUNS = 12

/** What SQLite has said to Baton, and Baton to its log. */
const timesLogged = ({ baton }: CrashScene, word: string): number => baton.log().split(word).length

/** Begins while people act, goes on until it has been met, and ends; then they act once more. */
async function amidst(
  scene: CrashScene,
  dice: Dice,
  trouble: { readonly code: string; readonly begin: () => Promise<void>; readonly end: () => Promise<void> },
): Promise<Traffic> {
  const before = timesLogged(scene, trouble.code)
  const begun = await duringTraffic(scene, dice, trouble.begin)
  const met = await trafficUntil(scene, dice, () => timesLogged(scene, trouble.code) > before)
  await trouble.end()
  return [begun, met, await makeTraffic(scene, dice)].reduce(together)
}

const inside = (what: string, trouble: Trouble, code: string): Row => ({
  name: 'disk',
  what,
  runs: RUNS,
  troubled: true,
  async disturb(scene, dice, file) {
    const { pid } = scene.baton
    const begin = () => disturbBaton(pid, file, trouble)
    return { traffic: await amidst(scene, dice, { code, begin, end: () => disturbBaton(pid, file, {}) }) }
  },
})

/** The kernel refuses every write behind the end of the log as it is then. */
const limited: Row = {
  name: 'disk',
  what: 'The system refuses writes (ulimit -f)',
  runs: RUNS,
  async disturb(scene, dice) {
    const limit = async (to: string) =>
      void execFileSync('prlimit', ['--pid', String(scene.baton.pid), `--fsize=${to}:`])
    const traffic = await amidst(scene, dice, {
      code: 'SQLITE_IOERR',
      begin: () => limit(String(statSync(`${scene.databaseFile}-wal`).size)),
      end: () => limit('unlimited'),
    })
    return { traffic }
  },
}

/** Longer than SQLite waits for a lock, and shorter. */
const LONGEST_LOCK_MS = 7_000

const locked: Row = {
  name: 'disk',
  what: 'Another process locks the database, for up to 7 s',
  runs: RUNS,
  async disturb(scene, dice) {
    const forMs = dice.below(LONGEST_LOCK_MS)
    const traffic = await duringTraffic(scene, dice, async () => {
      const other = new Sqlite(scene.databaseFile)
      other.exec('BEGIN IMMEDIATE')
      await pause(forMs)
      other.exec('ROLLBACK')
      other.close()
    })
    return { traffic }
  },
}

export const fullDisk = inside('The disk is full (SQLITE_FULL)', { full: true }, 'SQLITE_FULL')

export const disks: readonly Row[] = [
  fullDisk,
  limited,
  inside('The database is read-only (SQLITE_READONLY)', { readOnly: true }, 'SQLITE_READONLY'),
  locked,
]
