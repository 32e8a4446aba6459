import { backupCommand } from './backup.ts'
import type { Command } from './command.ts'
import { doctorCommand } from './doctor.ts'
import { exportCommand } from './export.ts'
import { jobsCommand } from './jobs.ts'
import { linksCommand } from './links.ts'
import { restoreCommand } from './restore.ts'

const commands: ReadonlyMap<string, Command> = new Map([
  ['backup', backupCommand],
  ['doctor', doctorCommand],
  ['export', exportCommand],
  ['jobs', jobsCommand],
  ['links', linksCommand],
  ['restore', restoreCommand],
])

/** The command of this name; one that is not known says which are. */
export const findCommand = (name: string): Command =>
  commands.get(name) ??
  (async () => ({
    kind: 'refused',
    sentence: `There is no command of this name. There is ${[...commands.keys()].join(', ')}; without a command, Baton starts.`,
  }))
