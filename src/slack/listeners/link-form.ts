import { type Account, accountName } from '../../routing/accounts.ts'
import { groupIdOf, slackUserId } from '../../routing/ids.ts'
import { blockIds } from '../ids.ts'
import type { ActionHandler, OptionsHandler, SubmissionAnswer, SubmissionHandler } from '../surface.ts'
import { directoryText } from '../text-directory.ts'
import { adminLinkText } from '../text-linking.ts'
import { parseReceiver } from '../values.ts'
import { linkForm } from '../views/link-form.ts'
import { textMessage } from '../views/message.ts'
import { answerModal } from '../views/modal.ts'
import { receiverOptions } from '../views/receiver-options.ts'
import type { ListenerContext } from './context.ts'
import { isAdmin, linkPerson } from './link-person.ts'
import { asReply, chosen, unreadableForm } from './reading.ts'

/** Link by Hand, on the report about everybody. */
export const linkByHandClicked =
  (context: ListenerContext): ActionHandler =>
  async ({ user }) =>
    (await isAdmin(context, user))
      ? { kind: 'open', view: formOf(context, null) }
      : asReply(textMessage(directoryText.adminsOnly))

const formOf = ({ accounts }: ListenerContext, problem: string | null) =>
  linkForm({
    accounts: [...accounts.values()].map(({ id, adapter }) => ({
      id,
      name: accountName(accounts, id),
      lists: adapter.listUsers !== undefined,
    })),
    problem,
  })

/** The only one there is, or the one that was chosen; null while none was. */
function accountOf(context: ListenerContext, form: Parameters<typeof chosen>[0]): Account | null {
  const [first, another] = context.accounts.values()
  if (first !== undefined && another === undefined) return first
  const id = chosen(form, 'account', 'account')
  return [...context.accounts.values()].find((account) => account.id === id) ?? null
}

/** The provider's users with whom nobody is linked, by name; of every account while none is chosen. */
export const providerUserOptions =
  (context: ListenerContext): OptionsHandler =>
  async (request) => {
    if (!(await isAdmin(context, request.user))) return []
    const account = accountOf(context, request)
    const accounts = account === null ? [...context.accounts.values()] : [account]
    const words = request.text.toLowerCase()
    const found = []
    for (const { id } of accounts) {
      const users = (await context.store.providerUsers(id)).filter(
        ({ id: user, name, email, active }) =>
          active &&
          groupIdOf(user) === null &&
          (name.toLowerCase().includes(words) || (email?.includes(words) ?? false)),
      )
      const linked = await context.store.slackUsers(
        id,
        users.map((user) => user.id),
      )
      const label = accounts.length > 1 ? accountName(context.accounts, id) : null
      for (const user of users.filter((one) => !linked.has(one.id))) {
        const accountLabel = label ?? user.email
        found.push({ account: id, user: user.id, name: user.name, away: false, accountLabel })
      }
    }
    return receiverOptions(found)
  }

export const linkFormSubmitted =
  (context: ListenerContext): SubmissionHandler =>
  async (submission) => {
    const { user: admin, values } = submission
    if (!(await isAdmin(context, admin)))
      return { kind: 'update', view: answerModal(directoryText.title, textMessage(directoryText.adminsOnly)) }
    const person = chosen(submission, 'person', 'person')
    if (person === null) return atField('person', directoryText.choosePerson)
    const account = accountOf(context, submission)
    if (account === null)
      return values[blockIds.account] === undefined
        ? unreadableForm
        : atField('account', directoryText.chooseAccount)
    const named = userIn(submission, account)
    if (named.kind === 'errors') return named
    const link = await linkPerson(context, account, {
      admin,
      person: slackUserId(person),
      providerUser: named.providerUser,
    })
    const provider = accountName(context.accounts, account.id)
    const sentence = adminLinkText(link, { provider, admins: context.admins })
    const view =
      link.kind === 'linked'
        ? answerModal(directoryText.title, textMessage(sentence))
        : formOf(context, sentence)
    return { kind: 'update', view }
  }

type Named =
  | { readonly kind: 'named'; readonly providerUser: string }
  | Extract<SubmissionAnswer, { kind: 'errors' }>

function userIn(submission: Parameters<SubmissionHandler>[0], { id, adapter }: Account): Named {
  if (adapter.listUsers === undefined) {
    const typed = chosen(submission, 'providerUserId', 'providerUserId')
    return typed === null
      ? atField('providerUserId', directoryText.idMissing)
      : { kind: 'named', providerUser: typed }
  }
  const user = parseReceiver(chosen(submission, 'providerUser', 'providerUser'))
  if (user === null) return atField('providerUser', directoryText.chooseUser)
  return user.account === id
    ? { kind: 'named', providerUser: user.user }
    : atField('providerUser', directoryText.otherAccount)
}

const atField = (block: keyof typeof blockIds, sentence: string) =>
  ({ kind: 'errors', errors: { [blockIds[block]]: sentence } }) as const
