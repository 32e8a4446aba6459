import { type Changes, createChanges } from './changes.ts'
import { createIds, type Ids } from './ids.ts'
import { createMessages, type Messages } from './messages.ts'
import type { RecordedBreach, SlackChannel } from './model.ts'
import { createPeople, type People } from './people.ts'
import { createTriggers, type Triggers } from './triggers.ts'
import { createViews, type Views } from './views.ts'

export interface Team {
  readonly id: string
  readonly name: string
  readonly domain: string
}

/** The one app that is installed in the workspace. */
export interface InstalledApp {
  readonly id: string
  readonly name: string
  readonly botId: string
  readonly botUserId: string
  /** The old verification token that every payload still carries. */
  readonly verificationToken: string
  /** Bot scopes; null means all. */
  readonly scopes: readonly string[] | null
}

/** Everything Slack knows, in memory. */
export interface Workspace {
  readonly team: Team
  readonly app: InstalledApp
  readonly clock: () => number
  readonly ids: Ids
  readonly changes: Changes
  readonly people: People
  readonly messages: Messages
  readonly views: Views
  readonly triggers: Triggers
  readonly breaches: readonly RecordedBreach[]
  readonly recordBreach: (breach: RecordedBreach) => void
  /** The private conversation of the bot and one person. */
  readonly botDm: (userId: string) => SlackChannel
}

export const createWorkspace = (parts: {
  readonly team: Team
  readonly app: InstalledApp
  readonly clock: () => number
}): Workspace => {
  const ids = createIds(parts.clock)
  const changes = createChanges()
  const people = createPeople({ ids, changes, teamId: parts.team.id })
  const breaches: RecordedBreach[] = []
  return {
    ...parts,
    ids,
    changes,
    people,
    messages: createMessages(ids, changes),
    views: createViews(ids, changes),
    triggers: createTriggers(ids, parts.clock),
    breaches,
    recordBreach: (breach) => {
      breaches.push(breach)
      changes.announce({ kind: 'breach', where: breach.where, error: breach.error })
    },
    botDm: (userId) => people.direct([parts.app.botUserId, userId]).channel,
  }
}
