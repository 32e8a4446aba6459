import type { webApi } from '@slack/bolt'
import { z } from 'zod'
import type { LookUpProfile } from '../routing/enrol.ts'
import { slackErrorCode, slackRetryAfterMs } from './slack-error.ts'
import { SLACK_UNAVAILABLE } from './text.ts'

/** docs.slack.dev/reference/objects/user-object; what is absent is taken as not so. */
const userSchema = z.object({
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
export const createLookUpProfile =
  (deps: { readonly client: webApi.WebClient; readonly teamId: () => string }): LookUpProfile =>
  async (user) => {
    try {
      const { user: answer } = await deps.client.users.info({ user })
      const parsed = userSchema.safeParse(answer)
      if (!parsed.success) return { kind: 'retry', reason: SLACK_UNAVAILABLE }
      const { profile, ...facts } = parsed.data
      const isForeign = facts.is_stranger || (facts.team_id !== undefined && facts.team_id !== deps.teamId())
      const isGuest = facts.is_restricted || facts.is_ultra_restricted
      return {
        kind: 'found',
        profile: {
          user,
          name: facts.real_name ?? facts.name ?? user,
          email: profile.email?.trim().toLowerCase() || null,
          workspaceAdmin: facts.is_admin || facts.is_owner,
          eligible: !facts.deleted && !facts.is_bot && !isForeign && !isGuest,
        },
      }
    } catch (error) {
      const afterMs = slackRetryAfterMs(error)
      if (afterMs !== null) return { kind: 'retry', reason: SLACK_UNAVAILABLE, afterMs }
      const code = slackErrorCode(error)
      if (code === 'user_not_found' || code === 'user_not_visible') return { kind: 'unknown' }
      return { kind: 'retry', reason: SLACK_UNAVAILABLE }
    }
  }
