import type { Unread } from '../routing/directory-run.ts'
import type { SlackUserId } from '../routing/ids.ts'
import { foreign, mention } from './mrkdwn.ts'
import { listed } from './text.ts'
import { lookUpFailedText } from './text-problems.ts'

/** What Baton says of linking everybody. */

export const directoryText = {
  title: 'Link a person',
  begun:
    'Baton looks for everybody by their e-mail address, and links whom it finds. You get a private message with what came of it, usually within a few minutes.',
  adminsOnly: 'Only admins can link other people.',
  byHand: 'Link by Hand',
  chooseUser: 'Choose who this is there.',
  chooseAccount: 'Choose the account.',
  choosePerson: 'Choose somebody in Slack.',
  otherAccount: 'This user is of another account. Choose one of the account above.',
  idMissing: 'Type the id.',
  rest: 'Everybody else is linked by their first claim once the addresses match, or by hand.',
} as const

/** What came of one account; people and users by name as far as there is room. */
export interface AccountReport {
  /** `WAMM` */
  readonly name: string
  readonly people: number
  readonly linked: number
  readonly before: number
  readonly noMatch: readonly SlackUserId[]
  readonly several: readonly SlackUserId[]
  readonly inactive: readonly SlackUserId[]
  readonly taken: readonly SlackUserId[]
  readonly undone: readonly SlackUserId[]
  readonly noEmail: readonly SlackUserId[]
  /** Could have been linked, and was not. */
  readonly missed: readonly SlackUserId[]
  /** Names of the provider's users with whom nobody is linked. */
  readonly left: readonly string[]
}

const MOST_NAMES = 10

const names = (all: readonly string[]): string => {
  const shown = all.slice(0, MOST_NAMES)
  return all.length > shown.length
    ? `${shown.join(', ')} and ${all.length - shown.length} more`
    : listed(shown)
}

const mentions = (all: readonly SlackUserId[]): string => names(all.map(mention))

export const accountReportText = (report: AccountReport): string => {
  const { name } = report
  const line = (what: string, people: readonly SlackUserId[]): readonly string[] =>
    people.length === 0 ? [] : [`• ${people.length} ${what}: ${mentions(people)}`]
  return [
    `*${foreign(name)}*, of ${report.people} people in Slack who can take chats:`,
    `• ${report.linked} linked now`,
    `• ${report.before} linked already`,
    ...line(`with an address that nobody has there`, report.noMatch),
    ...line('with an address that several users have there', report.several),
    ...line('blocked or deleted there', report.inactive),
    ...line('whose user is linked to somebody else', report.taken),
    ...line('unlinked by hand, and left so', report.undone),
    ...line('without an address that Slack shows', report.noEmail),
    ...line('not linked because of a fault; send `/baton link everyone` again', report.missed),
    ...(report.left.length === 0
      ? []
      : [
          `• ${report.left.length} ${report.left.length === 1 ? 'user' : 'users'} there with whom nobody is linked: ${names(report.left.map((user) => foreign(user)))}`,
        ]),
  ].join('\n')
}

/** Of what could not be read. `provider` is null for Slack. */
export const unreadText = ({ problem }: Pick<Unread, 'problem'>, provider: string | null): string =>
  provider === null
    ? 'Slack did not list its people, so Baton went by those whom it knew before. Send `/baton link everyone` again in a few minutes.'
    : `Nobody could be looked for in ${provider}. ${lookUpFailedText(problem, provider)}`

/** Of an account whose provider cannot list its users. */
export const unlistedText = (provider: string): string =>
  `${provider} does not say who its users are: link people there by hand, with the id that they have there.`

/** Where the id of a user is found, where it cannot be chosen. */
export const idHint = (providers: readonly string[]): string =>
  `${listed(providers)} does not list its users. Open the user's page there: the id is in its address. Whoever made the user by the API got it as user_id.`
