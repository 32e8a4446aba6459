import type { Clock } from '../clock.ts'
import type { JobHandlers } from '../jobs/worker.ts'
import type { Store } from '../store/contract.ts'
import { createAbsences } from './absence.ts'
import type { Accounts } from './accounts.ts'
import { createDirectory, type PeoplePages } from './directory.ts'
import type { Profiles } from './enrol.ts'
import type { SlackUserId } from './ids.ts'
import { createLinker } from './link-person.ts'
import { createPeople } from './people.ts'
import { createDirectoryWatch } from './watch-directory.ts'

/** Who is in Slack and at the providers, kept up to date: the parts of it, put together. */
export interface Staff {
  /** Everybody is read, linked and reported to the admin. */
  linkEveryone(by: SlackUserId): Promise<void>
  readonly handlers: Pick<JobHandlers, 'directory' | 'person' | 'relink' | 'second-look' | 'absence'>
  /** Begins to look once a day. */
  start(): Promise<void>
  stop(): void
}

export function createStaff(deps: {
  readonly store: Store
  readonly profiles: Pick<Profiles, 'byId'>
  readonly pages: PeoplePages
  readonly accounts: Accounts
  readonly clock: Clock
  /** Asked each time, because members of user groups change. */
  readonly leads: () => readonly SlackUserId[]
  readonly admins: readonly SlackUserId[]
  readonly onError: (error: unknown) => void
}): Staff {
  const linker = createLinker(deps)
  const directory = createDirectory({ ...deps, linker })
  const watch = createDirectoryWatch({ ...deps, directory })
  return {
    linkEveryone: directory.linkEveryone,
    handlers: {
      ...createPeople({ ...deps, linker }),
      absence: createAbsences(deps),
      directory: (_, attempt) => directory.step(attempt),
    },
    start: watch.start,
    stop: watch.stop,
  }
}
