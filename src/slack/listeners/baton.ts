import { type Account, type Accounts, ownName } from '../../routing/accounts.ts'
import { awayNow } from '../../routing/away.ts'
import { type SlackUserId, slackUserId } from '../../routing/ids.ts'
import type { Answer, CommandHandler } from '../surface.ts'
import { listed } from '../text.ts'
import { directoryText } from '../text-directory.ts'
import { type AdminLink, adminLinkText, type Unlink, unlinkText } from '../text-linking.ts'
import { unknownCommandText } from '../text-surface.ts'
import { helpMessage } from '../views/help.ts'
import { textMessage } from '../views/message.ts'
import { whoAmI } from '../views/whoami.ts'
import { comeBack, leave } from './away.ts'
import type { ListenerContext } from './context.ts'
import { doctor } from './doctor.ts'
import { isAdmin, linkPerson } from './link-person.ts'
import { notRead } from './not-read.ts'
import { asReply } from './reading.ts'

const MENTION = /^<@([UW][A-Z0-9]+)(?:\|[^>]*)?>/

/** `/baton help | link | unlink | whoami | away | back | doctor` */
export const batonCommand =
  (context: ListenerContext): CommandHandler =>
  async (request): Promise<Answer> => {
    const [word = ''] = request.text.split(/\s+/, 1)
    const rest = request.text.slice(word.length).trim()
    const accounts = accountsMeant(context, rest)
    switch (word.toLowerCase()) {
      case '':
      case 'help':
        return asReply(
          helpMessage({
            provider: providersOf(context.accounts),
            found: providersOf(accountsWithUsers(context)),
            admins: context.admins,
          }),
        )
      case 'whoami':
        return whoami(context, request.user)
      case 'away':
        return asReply(textMessage(await leave(context, request.user, rest)))
      case 'doctor':
        return doctor(context, request.user)
      case 'back':
        return asReply(textMessage(await comeBack(context, request.user)))
      case 'link':
        if (/^everyone\b/i.test(rest)) return linkEveryone(context, request.user)
        return rest.startsWith('<@')
          ? linkByAdmin(context, accounts, request.user, rest)
          : inEach(accounts, (account) => linkMyself(context, account, request.user))
      case 'unlink':
        return inEach(accounts, (account) => unlink(context, account, request.user, rest))
      default:
        return asReply(textMessage(unknownCommandText(request.command, request.text)))
    }
  }

/** The account whose name is the last word; all of them where none is named. */
function accountsMeant(context: ListenerContext, text: string): readonly Account[] {
  const accounts = [...context.accounts.values()]
  const named = accounts.filter((account) => text.split(/\s+/).at(-1) === account.id)
  return named.length > 0 ? named : accounts
}

const providersOf = (accounts: Accounts): string =>
  listed([...new Set([...accounts.values()].map(({ adapter }) => adapter.label))])

/** Where people are found by their e-mail addresses. */
const accountsWithUsers = ({ accounts }: ListenerContext): Accounts =>
  new Map([...accounts].filter(([, { adapter }]) => adapter.listUsers !== undefined))

/** What became of it in each account, which is named where there are several. */
async function inEach(
  accounts: readonly Account[],
  act: (account: Account) => Promise<string>,
): Promise<Answer> {
  const lines: string[] = []
  for (const account of accounts) {
    const sentence = await act(account)
    lines.push(accounts.length > 1 ? `*${account.id}*: ${sentence}` : sentence)
  }
  return asReply(textMessage(lines.join('\n')))
}

async function whoami(context: ListenerContext, user: SlackUserId): Promise<Answer> {
  const links = await context.store.links(user)
  const accounts = []
  for (const account of context.accounts.values()) {
    const link = links.find((one) => one.account === account.id)
    const users = await context.store.providerUsers(account.id)
    const chats =
      link === undefined
        ? []
        : await context.store.findChats({
            state: 'open',
            owners: [{ account: account.id, user: link.providerUser }],
            limit: 1_000,
          })
    const user = users.find(({ id }) => id === link?.providerUser)
    accounts.push({
      id: account.id,
      label: ownName(context.accounts, account.id) ?? account.adapter.label,
      isFound: account.adapter.listUsers !== undefined,
      linkedTo: link === undefined ? null : (user?.name ?? link.providerUser),
      blocked: user?.active === false,
      chats: chats.length,
      how: link?.how ?? null,
      since: link?.since ?? null,
    })
  }
  const stale = await notRead(context)
  const met = await context.meet(user)
  if (met.kind === 'retry') return asReply(await context.answers.refusal({ kind: 'not-known' }, null, user))
  const { standing } = met
  const amiss =
    standing.role === 'admin' ? [...context.userGroups.problems(), ...context.sharedChannels.problems()] : []
  const away = awayNow((await context.store.away([user])).get(user), context.clock.now())
  return asReply(
    whoAmI({ user, standing, accounts, away, stale: [...stale, ...amiss], admins: context.admins }),
  )
}

async function linkMyself(context: ListenerContext, account: Account, user: SlackUserId): Promise<string> {
  const before = (await context.store.links(user)).some((link) => link.account === account.id)
  const outcome = await context.enrolment.byEmail(account, user, user)
  const { answers } = context
  switch (outcome.kind) {
    case 'linked':
      return answers.link({ kind: before ? 'linked-already' : 'linked', name: outcome.to.name }, account.id)
        .text
    case 'problem':
      return answers.linkProblem(outcome.problem, account.id).text
    case 'retry':
      return answers.link({ kind: 'provider-failed', reason: outcome.reason }, account.id).text
    default:
      return outcome satisfies never
  }
}

async function linkEveryone(context: ListenerContext, admin: SlackUserId): Promise<Answer> {
  if (!(await isAdmin(context, admin))) {
    const link = { provider: providersOf(context.accounts), admins: context.admins }
    return asReply(textMessage(adminLinkText({ kind: 'admins-only' }, link)))
  }
  await context.staff.linkEveryone(admin)
  return asReply(textMessage(directoryText.begun))
}

async function linkByAdmin(
  context: ListenerContext,
  [account, another]: readonly Account[],
  admin: SlackUserId,
  text: string,
): Promise<Answer> {
  const provider =
    account === undefined || another !== undefined ? providersOf(context.accounts) : account.adapter.label
  const say = (link: AdminLink): Answer =>
    asReply(textMessage(adminLinkText(link, { provider, admins: context.admins })))
  if (!(await isAdmin(context, admin))) return say({ kind: 'admins-only' })
  if (account === undefined || another !== undefined)
    return say({ kind: 'which-account', accounts: [...context.accounts.keys()] })
  const mention = MENTION.exec(text)
  const [word = ''] = text
    .slice(mention?.[0].length ?? 0)
    .trim()
    .split(/\s+/)
  if (mention?.[1] === undefined) return say({ kind: 'person-unknown', tried: text })
  if (word === '') return say({ kind: 'usage' })
  const person = slackUserId(mention[1])
  const providerUser = word.replace(/^<mailto:([^|>]+)(?:\|[^>]*)?>$/, '$1')
  return say(await linkPerson(context, account, { admin, person, providerUser }))
}

async function unlink(
  context: ListenerContext,
  account: Account,
  user: SlackUserId,
  rest: string,
): Promise<string> {
  const say = (what: Unlink): string =>
    unlinkText(what, { provider: account.adapter.label, admins: context.admins })
  const mentioned = MENTION.exec(rest)?.[1]
  const person = mentioned === undefined ? user : slackUserId(mentioned)
  if (person !== user && !(await isAdmin(context, user))) return say({ kind: 'admins-only' })
  const removed = await context.enrolment.unlink(account, { by: user, user: person })
  if (removed === null) return say({ kind: 'was-not-linked', person })
  const users = await context.store.providerUsers(account.id)
  const name = users.find(({ id }) => id === removed)?.name ?? removed
  return say({ kind: 'unlinked', person: person === user ? 'you' : person, name })
}
