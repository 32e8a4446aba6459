import type { SlackUserId, UserGroupId } from '../routing/ids.ts'
import type { Standing } from '../routing/roles.ts'
import { foreign, mentionGroup } from './mrkdwn.ts'
import { outsiderText } from './text.ts'

/** What Baton says about who may do what, and about customers' numbers. */

/** Of the modal that takes a form's place. */
export const roleTitle = 'Not for You'

/** `/baton whoami`: the role, where it comes from, and what it is good for. */
export const standingText = (standing: Standing, admins: readonly SlackUserId[]): string => {
  switch (standing.role) {
    case 'outsider':
      return outsiderText(admins)
    case 'agent':
      return 'You can claim chats, and hand off or release your own.'
    case 'lead':
      return `You are a lead, ${byGroup(standing.because)}: you can also hand off and release other people's chats, and read every customer's number.`
    case 'admin': {
      const because =
        standing.because === 'named' ? "because Baton's settings name you" : 'as an admin of this workspace'
      return `You are an admin, ${because}: you can also link people, hand off and release other people's chats, and read every customer's number.`
    }
    default:
      return standing satisfies never
  }
}

const byGroup = (because: 'named' | UserGroupId): string =>
  because === 'named' ? "because Baton's settings name you" : `as a member of ${mentionGroup(because)}`

/** For admins and the log. @param code `gone`, or what Slack answered */
export const groupProblemText = (group: UserGroupId, code: string): string =>
  code === 'gone'
    ? `LEAD_USERS names the user group ${group}, which does not exist in Slack or is disabled, so it makes nobody a lead. Correct the setting, or enable the group.`
    : `Slack does not tell Baton who is in the user group ${group} of LEAD_USERS (${code}). Install the app again with manifest.yml, which asks for usergroups:read, or name the people themselves.`

/** The answer to Show Number, for locked screens too. */
export const numberShownText = (customer: string): string =>
  `Here is how to reach ${foreign(customer)}. Only you see it, and it is recorded that you asked.`
