import type { CrashScene } from '../fixtures/start-crash-scene.ts'
import type { Dice, Traffic } from '../fixtures/traffic.ts'

/** What happened in one run, once nothing disturbs any more. */
export interface Disturbed {
  readonly traffic: Traffic
  readonly wasKilled?: true
  /** What is wrong beside lost, doubled and disagreeing; read with the disagreements. */
  readonly found?: readonly string[]
}

/** One line of the table that is played with Baton as a process of its own between a local Slack and a local WAMM. */
export interface Row {
  /** On the command line; several rows may share it. */
  readonly name: string
  readonly what: string
  readonly runs: number
  /** Baton's environment beside what it needs. */
  readonly env?: Readonly<Record<string, string>>
  /** Of the process's file of troubles (`disturbBaton`). */
  readonly troubled?: true
  /** Lets people act, and something go wrong meanwhile; what it leaves is well again when it resolves. */
  readonly disturb: (scene: CrashScene, dice: Dice, troubleFile: string) => Promise<Disturbed>
}

/** A line of the table. Null where that is not measured. */
export interface Result {
  readonly what: string
  readonly runs: number
  readonly acknowledged: number | null
  readonly lost: readonly string[] | null
  readonly doubled: readonly string[] | null
  readonly disagreements: readonly string[]
}
