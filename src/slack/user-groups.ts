import type { webApi } from '@slack/bolt'
import { z } from 'zod'
import type { Clock } from '../clock.ts'
import type { Logger } from '../log.ts'
import { type SlackUserId, slackUserId, type UserGroupId } from '../routing/ids.ts'
import { askSlack } from './ask-slack.ts'
import { type Fresh, keepFresh } from './keep-fresh.ts'
import { groupProblemText } from './text-roles.ts'
import type { Tiers } from './tiers.ts'

/** Members of the user groups that the settings name. */
export interface UserGroups extends Fresh {
  /** As Slack last told them; nobody before it has. */
  members(group: UserGroupId): ReadonlySet<SlackUserId>
  /** For admins, a sentence for each group that Slack does not tell the members of. */
  problems(): readonly string[]
}

const HOUR_MS = 60 * 60_000
/** Slack was away, or takes no more calls now. */
const AGAIN_MS = 60_000

const answerSchema = z.object({ users: z.array(z.string().transform(slackUserId)) })

/** docs.slack.dev/reference/methods/usergroups.users.list: tier 2, scope `usergroups:read`, not paged. */
export function createUserGroups(deps: {
  readonly client: webApi.WebClient
  readonly tiers: Tiers
  readonly groups: readonly UserGroupId[]
  readonly clock: Clock
  readonly logger: Logger
}): UserGroups {
  const { client, groups, logger } = deps
  const members = new Map<UserGroupId, ReadonlySet<SlackUserId>>()
  const problems = new Map<UserGroupId, string>()

  /** Whether Slack gave an answer, be it that there is no such group. */
  async function readOne(group: UserGroupId): Promise<boolean> {
    const asked = await askSlack(deps.tiers, 'usergroups.users.list', async () =>
      answerSchema.safeParse(await client.usergroups.users.list({ usergroup: group })),
    )
    if (asked.kind === 'not-now') return false
    if (asked.kind === 'refused') {
      if (asked.code === GONE) members.delete(group)
      const problem = groupProblemText(group, asked.code === GONE ? 'gone' : asked.code)
      if (problems.get(group) !== problem) logger.warn({ group, code: asked.code }, problem)
      problems.set(group, problem)
      return true
    }
    if (!asked.value.success) return false
    members.set(group, new Set(asked.value.data.users))
    problems.delete(group)
    return true
  }

  const fresh = keepFresh({
    after: deps.clock.after,
    async read() {
      const told = await Promise.all(groups.map(readOne))
      return told.every(Boolean) ? HOUR_MS : AGAIN_MS
    },
  })

  return {
    ...fresh,
    look() {
      if (groups.length > 0) fresh.look()
    },
    members: (group) => members.get(group) ?? NOBODY,
    problems: () => [...problems.values()],
  }
}

/** There is none, or it is disabled. */
const GONE = 'no_such_subteam'
const NOBODY: ReadonlySet<SlackUserId> = new Set()
