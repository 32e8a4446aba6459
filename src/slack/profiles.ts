import type { webApi } from '@slack/bolt'
import { z } from 'zod'
import type { ProfileAnswer, Profiles } from '../routing/enrol.ts'
import { slackUserId } from '../routing/ids.ts'
import type { SlackProfile } from '../store/contract.ts'
import { slackErrorCode } from './slack-error.ts'
import { SLACK_UNAVAILABLE } from './text-problems.ts'
import type { PacedCall, Tiers } from './tiers.ts'
import { readTimeZone } from './time-zone.ts'

/** docs.slack.dev/reference/objects/user-object; what is absent is taken as not so. */
const userSchema = z.object({
  id: z.string().transform(slackUserId),
  team_id: z.string().optional(),
  name: z.string().optional(),
  deleted: z.boolean().default(false),
  is_bot: z.boolean().default(false),
  is_restricted: z.boolean().default(false),
  is_ultra_restricted: z.boolean().default(false),
  is_stranger: z.boolean().default(false),
  is_admin: z.boolean().default(false),
  is_owner: z.boolean().default(false),
  real_name: z.string().optional(),
  profile: z.object({ email: z.string().optional() }).default({}),
})

/** Asks Slack who somebody is. `teamId` is the workspace that Baton serves. */
export function createProfiles(deps: {
  readonly client: webApi.WebClient
  readonly tiers: Tiers
  readonly teamId: () => string
}): Profiles {
  const { users } = deps.client

  async function ask(
    method: PacedCall['method'],
    call: () => Promise<{ readonly user?: object }>,
  ): Promise<ProfileAnswer> {
    try {
      const asked = await deps.tiers.inTurn({ method }, call)
      if (asked.kind === 'limited')
        return { kind: 'retry', reason: SLACK_UNAVAILABLE, afterMs: asked.afterMs }
      const profile = readProfile(asked.value.user, deps.teamId())
      if (profile === null) return { kind: 'retry', reason: SLACK_UNAVAILABLE }
      const timeZone = readTimeZone(asked.value.user)
      return { kind: 'found', profile, ...(timeZone === null ? {} : { timeZone }) }
    } catch (error) {
      const code = slackErrorCode(error)
      if (code !== null && NOBODY.includes(code)) return { kind: 'unknown' }
      return { kind: 'retry', reason: SLACK_UNAVAILABLE }
    }
  }

  return {
    byId: (user) => ask('users.info', () => users.info({ user })),
    byEmail: (email) => ask('users.lookupByEmail', () => users.lookupByEmail({ email })),
  }
}

/** Of everybody in the list the one who is no person, and is not marked as a bot either. */
const SLACKBOT = 'USLACKBOT'

const NOBODY = ['user_not_found', 'user_not_visible', 'users_not_found']

/** A user as methods and events show it; null for what is none. */
export function readProfile(object: unknown, ourTeam: string): SlackProfile | null {
  const user = userSchema.safeParse(object).data
  return user === undefined ? null : toProfile(user, ourTeam)
}

function toProfile(user: z.output<typeof userSchema>, ourTeam: string): SlackProfile {
  const isForeign = user.is_stranger || (user.team_id !== undefined && user.team_id !== ourTeam)
  const isGuest = user.is_restricted || user.is_ultra_restricted
  return {
    user: user.id,
    name: user.real_name ?? user.name ?? user.id,
    email: user.profile.email?.trim().toLowerCase() || null,
    workspaceAdmin: user.is_admin || user.is_owner,
    eligible: !user.deleted && !user.is_bot && !isForeign && !isGuest && user.id !== SLACKBOT,
    deactivated: user.deleted,
  }
}
