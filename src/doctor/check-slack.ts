import type { webApi } from '@slack/bolt'
import { z } from 'zod'
import type { Config } from '../config.ts'
import type { SlackUserId, UserGroupId } from '../routing/ids.ts'
import { askSlack } from '../slack/ask-slack.ts'
import { readProfile } from '../slack/profiles.ts'
import { identify, type SlackIdentity } from '../slack/start-checks.ts'
import type { Tiers } from '../slack/tiers.ts'
import { StartError } from '../start-error.ts'
import { settingOf } from './account-setting.ts'
import { type Finding, finding } from './finding.ts'

interface SlackDeps {
  readonly config: Config
  readonly client: webApi.WebClient
  readonly tiers: Tiers
}

const TOKEN = 'Slack, bot token'

/** Whose token it is and what it may do; then, if it is of any use, who is named in the settings and the channels. */
export async function checkSlack(deps: SlackDeps): Promise<readonly Finding[]> {
  let us: SlackIdentity
  try {
    us = await identify(deps.client)
  } catch (error) {
    if (error instanceof StartError) return finding(TOKEN, 'wrong', error.message)
    throw error
  }
  const { teamId } = us
  const found = await Promise.all([
    finding(TOKEN, 'ok', `SLACK_BOT_TOKEN is of the workspace ${teamId}.`),
    checkScopes(us),
    ...namedIn(deps.config).map((named) => checkPerson(deps, named, teamId)),
    ...deps.config.leadGroups.map((group) => checkGroup(deps, group)),
    ...deps.config.accounts.map((account) => checkChannel(deps, account)),
  ])
  return found.flat()
}

function checkScopes({ missingScopes }: SlackIdentity): readonly Finding[] {
  return missingScopes.length === 0
    ? finding('Slack, scopes', 'ok', 'The app may do all that manifest.yml asks for.')
    : finding(
        'Slack, scopes',
        'wrong',
        `The app lacks ${missingScopes.join(', ')}. Paste manifest.yml into the app's settings under App Manifest, then choose Install App, Reinstall to Workspace.`,
      )
}

interface Named {
  readonly user: SlackUserId
  readonly setting: 'ADMIN_USERS' | 'LEAD_USERS'
}

const namedIn = ({ admins, leads }: Config): readonly Named[] => [
  ...admins.map((user): Named => ({ user, setting: 'ADMIN_USERS' })),
  ...leads.map((user): Named => ({ user, setting: 'LEAD_USERS' })),
]

async function checkPerson(
  { client, tiers }: SlackDeps,
  { user, setting }: Named,
  teamId: string,
): Promise<readonly Finding[]> {
  const check = `${setting}, ${user}`
  const asked = await askSlack(tiers, 'users.info', () => client.users.info({ user }))
  const fix = `Put the right member id into ${setting}: in Slack, the person's profile, ⋮, Copy member ID.`
  if (asked.kind === 'not-now') return finding(check, 'unknown', NOT_NOW)
  if (asked.kind === 'refused') {
    return NOBODY.includes(asked.code)
      ? finding(check, 'wrong', `Slack knows nobody with this id. ${fix}`)
      : finding(check, 'unknown', `Slack does not say who that is (${asked.code}); see the scopes.`)
  }
  const profile = readProfile(asked.value.user, teamId)
  if (profile?.deactivated) {
    return finding(check, 'wrong', `Whoever that was is deactivated in Slack. ${fix}`)
  }
  return profile?.eligible
    ? finding(check, 'ok', 'Slack knows this person.')
    : finding(check, 'wrong', `That is a guest, a bot or somebody of another workspace. ${fix}`)
}

const NOBODY = ['user_not_found', 'user_not_visible']
const NOT_NOW = 'Slack does not answer now, or wants fewer questions. Run the doctor again in a minute.'

async function checkGroup({ client, tiers }: SlackDeps, group: UserGroupId): Promise<readonly Finding[]> {
  const check = `LEAD_USERS, ${group}`
  const asked = await askSlack(tiers, 'usergroups.users.list', () =>
    client.usergroups.users.list({ usergroup: group }),
  )
  if (asked.kind === 'told') return finding(check, 'ok', 'Slack knows this user group.')
  if (asked.kind === 'not-now') return finding(check, 'unknown', NOT_NOW)
  return asked.code === 'no_such_subteam'
    ? finding(
        check,
        'wrong',
        'Slack has no such user group, or it is disabled, so nobody is a lead by it. Correct its id in LEAD_USERS, or enable it in Slack.',
      )
    : finding(check, 'unknown', `Slack does not say who is in it (${asked.code}); see the scopes.`)
}

/** docs.slack.dev/reference/objects/conversation-object */
const channelSchema = z.object({
  channel: z.object({
    // Slack says it of public channels; of a private one it shows, the bot is a member.
    is_member: z.boolean().default(true),
    is_archived: z.boolean().default(false),
    is_ext_shared: z.boolean().default(false),
    is_pending_ext_shared: z.boolean().default(false),
  }),
})

async function checkChannel(
  { client, tiers }: SlackDeps,
  account: Config['accounts'][number],
): Promise<readonly Finding[]> {
  const { id, channel, allowSharedChannel } = account
  const check = `${id}, Slack channel ${channel}`
  const wrong = (says: string): readonly Finding[] => finding(check, 'wrong', says)
  const asked = await askSlack(tiers, 'conversations.info', async () =>
    channelSchema.safeParse(await client.conversations.info({ channel })),
  )
  const another = `or put the id of another one into ${settingOf(account, 'channel')}`
  if (asked.kind === 'not-now') return finding(check, 'unknown', NOT_NOW)
  if (asked.kind === 'refused') {
    return asked.code === 'channel_not_found'
      ? wrong(
          `Slack shows Baton no such channel: its id is wrong, or it is private and Baton is not in it. Send \`/invite @Baton\` there, ${another}; the id is at the bottom of the channel's details.`,
        )
      : finding(check, 'unknown', `Slack does not tell about it (${asked.code}); see the scopes.`)
  }
  const told = asked.value.data?.channel
  if (told === undefined) return finding(check, 'unknown', NOT_NOW)
  if (told.is_archived)
    return wrong(`The channel is archived, so no card can be posted. Unarchive it, ${another}.`)
  if (!told.is_member) {
    return wrong(
      `Baton is not in the channel, so it cannot post there. Send \`/invite @Baton\` in it, ${another}.`,
    )
  }
  const isShared = told.is_ext_shared || told.is_pending_ext_shared
  if (isShared && !allowSharedChannel) {
    return wrong(
      `People of another organisation read the channel, so Baton posts no cards there. Stop sharing it, ${another}; if they may read your customers' names, set allowSharedChannel for the account in ACCOUNTS_FILE.`,
    )
  }
  return finding(check, 'ok', 'Baton is in the channel.')
}

/** Nobody is told of trouble where there is nobody to tell. */
export const checkAdmins = ({ admins }: Pick<Config, 'admins'>): readonly Finding[] =>
  admins.length > 0
    ? []
    : finding(
        'ADMIN_USERS',
        'warning',
        'Nobody is named, so nobody is told when an account stops working. Put your own Slack member id there: your profile, ⋮, Copy member ID.',
      )
