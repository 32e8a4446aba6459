import type { Account } from '../../routing/accounts.ts'
import type { LinkOutcome } from '../../routing/enrol.ts'
import { type SlackUserId, slackUserId } from '../../routing/ids.ts'
import type { Answer, CommandHandler } from '../surface.ts'
import { type AdminLink, adminLinkText, type Unlink, unlinkText } from '../text-linking.ts'
import { unknownCommandText } from '../text-surface.ts'
import { helpMessage } from '../views/help.ts'
import { textMessage } from '../views/message.ts'
import { whoAmI } from '../views/whoami.ts'
import type { ListenerContext } from './context.ts'
import { asReply } from './reading.ts'

const MENTION = /^<@([UW][A-Z0-9]+)(?:\|[^>]*)?>/

/** `/baton help | link | unlink | whoami` */
export const batonCommand =
  (context: ListenerContext): CommandHandler =>
  async (request): Promise<Answer> => {
    const [word = ''] = request.text.split(/\s+/, 1)
    const rest = request.text.slice(word.length).trim()
    const account = accountNamed(context, rest)
    switch (word.toLowerCase()) {
      case '':
      case 'help':
        return asReply(helpMessage({ provider: account.adapter.label, admins: context.admins }))
      case 'whoami':
        return whoami(context, request.user)
      case 'link':
        return rest.startsWith('<@')
          ? linkByAdmin(context, account, request.user, rest)
          : linkMyself(context, account, request.user)
      case 'unlink':
        return unlink(context, account, request.user, rest)
      default:
        return asReply(textMessage(unknownCommandText(request.command, request.text)))
    }
  }

/** The account whose name is the last word; the first one where none is named. */
function accountNamed(context: ListenerContext, text: string): Account {
  const accounts = [...context.accounts.values()]
  const named = accounts.find((account) => text.split(/\s+/).at(-1) === account.id)
  const [first] = accounts
  const account = named ?? first
  if (account === undefined) throw new Error('no account is configured')
  return account
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
    accounts.push({
      label: context.accounts.size > 1 ? account.id : account.adapter.label,
      linkedTo:
        link === undefined
          ? null
          : (users.find(({ id }) => id === link.providerUser)?.name ?? link.providerUser),
      chats: chats.length,
    })
  }
  return asReply(whoAmI({ user, role: context.roleOf(user), accounts, admins: context.admins }))
}

async function linkMyself(context: ListenerContext, account: Account, user: SlackUserId): Promise<Answer> {
  const before = (await context.store.links(user)).some((link) => link.account === account.id)
  const outcome = await context.enrolment.byEmail(account, user)
  const { answers } = context
  switch (outcome.kind) {
    case 'linked':
      return asReply(
        answers.link({ kind: before ? 'linked-already' : 'linked', name: outcome.to.name }, account.id),
      )
    case 'problem':
      return asReply(answers.linkProblem(outcome.problem, account.id))
    case 'retry':
      return asReply(answers.link({ kind: 'provider-failed', reason: outcome.reason }, account.id))
    default:
      return outcome satisfies never
  }
}

async function linkByAdmin(
  context: ListenerContext,
  account: Account,
  admin: SlackUserId,
  text: string,
): Promise<Answer> {
  const say = (link: AdminLink): Answer =>
    asReply(textMessage(adminLinkText(link, { provider: account.adapter.label, admins: context.admins })))
  if (!(await isAdmin(context, admin))) return say({ kind: 'admins-only' })
  const mention = MENTION.exec(text)
  const [word = ''] = text
    .slice(mention?.[0].length ?? 0)
    .trim()
    .split(/\s+/)
  if (mention?.[1] === undefined) return say({ kind: 'person-unknown', tried: text })
  if (word === '') return say({ kind: 'usage' })
  const person = slackUserId(mention[1])
  const asked = await context.profiles.byId(person)
  if (asked.kind === 'retry') return say({ kind: 'provider-failed', reason: asked.reason })
  if (asked.kind === 'unknown') return say({ kind: 'person-unknown', tried: mention[0] })
  if (!asked.profile.eligible) return say({ kind: 'person-not-eligible', person })
  const providerUser = word.replace(/^<mailto:([^|>]+)(?:\|[^>]*)?>$/, '$1')
  const outcome = await context.enrolment.byAdmin(account, { admin, user: person, providerUser })
  return say(toAdminLink(outcome, person, providerUser))
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
      return { kind: 'person-not-eligible', person }
    default:
      return problem satisfies never
  }
}

async function unlink(
  context: ListenerContext,
  account: Account,
  user: SlackUserId,
  rest: string,
): Promise<Answer> {
  const say = (what: Unlink): Answer =>
    asReply(textMessage(unlinkText(what, { provider: account.adapter.label, admins: context.admins })))
  const mentioned = MENTION.exec(rest)?.[1]
  const person = mentioned === undefined ? user : slackUserId(mentioned)
  if (person !== user && !(await isAdmin(context, user))) return say({ kind: 'admins-only' })
  const removed = await context.enrolment.unlink(account, { by: user, user: person })
  if (removed === null) return say({ kind: 'was-not-linked', person })
  const users = await context.store.providerUsers(account.id)
  const name = users.find(({ id }) => id === removed)?.name ?? removed
  return say({ kind: 'unlinked', person: person === user ? 'you' : person, name })
}

/** Those named in the configuration, and the workspace's own admins. */
async function isAdmin(context: ListenerContext, user: SlackUserId): Promise<boolean> {
  if (context.roleOf(user) === 'admin') return true
  const asked = await context.profiles.byId(user)
  return asked.kind === 'found' && asked.profile.eligible && asked.profile.workspaceAdmin
}
