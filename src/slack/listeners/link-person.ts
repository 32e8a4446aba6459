import type { Account } from '../../routing/accounts.ts'
import type { LinkOutcome } from '../../routing/enrol.ts'
import type { SlackUserId } from '../../routing/ids.ts'
import { whyNotAs } from '../../routing/permissions.ts'
import { mention } from '../mrkdwn.ts'
import type { AdminLink } from '../text-linking.ts'
import type { ListenerContext } from './context.ts'

export async function isAdmin({ meet }: Pick<ListenerContext, 'meet'>, user: SlackUserId): Promise<boolean> {
  const met = await meet(user)
  return met.kind === 'met' && whyNotAs('admin', met.standing) === null
}

/** Links somebody by an admin's word. `providerUser`: an id or e-mail address. */
export async function linkPerson(
  context: Pick<ListenerContext, 'enrolment' | 'profiles'>,
  account: Account,
  {
    admin,
    person,
    providerUser,
  }: {
    readonly admin: SlackUserId
    readonly person: SlackUserId
    readonly providerUser: string
  },
): Promise<AdminLink> {
  const asked = await context.profiles.byId(person)
  if (asked.kind === 'retry') return { kind: 'provider-failed', reason: asked.reason }
  if (asked.kind === 'unknown') return { kind: 'person-unknown', tried: mention(person) }
  if (!asked.profile.eligible) return { kind: 'person-not-eligible', person }
  const outcome = await context.enrolment.byAdmin(account, { admin, user: person, providerUser })
  return toAdminLink(outcome, person, providerUser)
}

function toAdminLink(outcome: LinkOutcome, person: SlackUserId, tried: string): AdminLink {
  if (outcome.kind === 'linked') return { kind: 'linked', person, name: outcome.to.name }
  if (outcome.kind === 'retry') return { kind: 'provider-failed', reason: outcome.reason }
  const { problem } = outcome
  switch (problem.kind) {
    case 'no-match':
    case 'several':
      return { kind: 'user-unknown', tried }
    case 'inactive':
      return { kind: 'user-blocked', name: problem.name }
    case 'taken':
      return problem
    case 'no-directory':
      return { kind: 'provider-failed', reason: problem.problem ?? 'refused-otherwise' }
    case 'not-eligible':
    case 'no-email':
    case 'undone':
      return { kind: 'person-not-eligible', person }
    default:
      return problem satisfies never
  }
}
