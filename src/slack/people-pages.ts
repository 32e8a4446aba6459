import type { webApi } from '@slack/bolt'
import type { PeoplePages } from '../routing/directory.ts'
import { readProfile } from './profiles.ts'
import { slackErrorCode } from './slack-error.ts'
import { SLACK_UNAVAILABLE } from './text-problems.ts'
import type { Tiers } from './tiers.ts'

/** docs.slack.dev/reference/methods/users.list: "no more than 200 results at a time". */
const PAGE = 200

/** Everybody in the workspace by users.list; people who are deactivated, guests and bots are among them. */
export function createPeoplePages(deps: {
  readonly client: webApi.WebClient
  readonly tiers: Tiers
  readonly teamId: () => string
}): PeoplePages {
  const { client, tiers } = deps
  return async (cursor) => {
    try {
      const asked = await tiers.inTurn({ method: 'users.list', keepsPlace: true }, () =>
        client.users.list({ limit: PAGE, ...(cursor === null ? {} : { cursor }) }),
      )
      if (asked.kind === 'limited')
        return { kind: 'retry', reason: SLACK_UNAVAILABLE, afterMs: asked.afterMs }
      const { members, response_metadata: metadata } = asked.value
      if (members === undefined) return { kind: 'retry', reason: SLACK_UNAVAILABLE }
      const people = members.flatMap((member) => readProfile(member, deps.teamId()) ?? [])
      return { kind: 'page', people, next: metadata?.next_cursor || null }
    } catch (error) {
      return cursor !== null && slackErrorCode(error) === 'invalid_cursor'
        ? { kind: 'lost' }
        : { kind: 'retry', reason: SLACK_UNAVAILABLE }
    }
  }
}
