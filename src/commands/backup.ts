import { backUp } from '../store/sqlite/back-up.ts'
import type { Command } from './command.ts'

const USAGE = 'Use: npm run backup -- /somewhere/baton-2026-11-20.db'

/** Copies the database into a file, beside a running Baton. */
export const backupCommand: Command = async ([file, more], { config, out }) => {
  if (file === undefined || more !== undefined) return { kind: 'refused', sentence: USAGE }
  const copied = await backUp({ from: config.databasePath, to: file })
  if (copied.kind === 'not-copied') return { kind: 'refused', sentence: `No backup was made: ${copied.why}.` }
  const megabytes = (copied.bytes / 1_000_000).toFixed(1)
  out.write(`${config.databasePath} was copied to ${file} (${megabytes} MB), and the copy is in order.\n`)
  return { kind: 'done' }
}
