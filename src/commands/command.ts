import type { Writable } from 'node:stream'
import type { Clock } from '../clock.ts'
import type { Config } from '../config.ts'

/** What a command needs of the process. */
export interface CommandEdges {
  readonly config: Config
  readonly clock: Clock
  /** A fresh unguessable id. */
  readonly newId: () => string
  /** What the command gives, for files and other programs. */
  readonly out: Writable
  readonly fetch: typeof globalThis.fetch
  /** `v24.1.0` */
  readonly nodeVersion: string
}

/** What people ask of Baton on the command line, beside starting it: `src/main.ts <name> [arguments]`. */
export type Command = (args: readonly string[], edges: CommandEdges) => Promise<CommandEnd>

/** `sentence` is for whoever typed the command. */
export type CommandEnd =
  | { readonly kind: 'done' }
  /** It was done, and what it found is bad; all has been said. */
  | { readonly kind: 'unwell' }
  | { readonly kind: 'refused'; readonly sentence: string }
