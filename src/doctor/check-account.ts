import type { AccountConfig } from '../account-config.ts'
import type { Outcome, ProviderAdapter, ProviderUser } from '../providers/contract.ts'
import { groupIdOf, type Instant } from '../routing/ids.ts'
import { whyText } from '../slack/text-problems.ts'
import type { DoctorReads } from '../store/doctor-contract.ts'
import { settingOf } from './account-setting.ts'
import { type Finding, finding } from './finding.ts'

export type AccountReads = 'lastTold' | 'silentSince' | 'countStaff'

export interface AccountDeps {
  readonly account: AccountConfig
  readonly adapter: ProviderAdapter
  /** Whether others can tell of its news. */
  readonly isTold: boolean
  /** Null while there is no database. */
  readonly store: Pick<DoctorReads, AccountReads> | null
}

/** What an account's provider lets Baton do, and what is known here. One question after the other: some take few. */
export async function checkAccount(deps: AccountDeps): Promise<readonly Finding[]> {
  const { account, adapter } = deps
  const token = await adapter.health()
  if (token.kind !== 'done') {
    return [
      ...refused(`${account.id}, token`, token, deps),
      ...finding(`${account.id}, users`, 'skipped', 'Nothing more can be asked before that works.'),
    ]
  }
  return [
    ...finding(`${account.id}, token`, 'ok', `${adapter.label} lets Baton in.`),
    ...(await checkUsers(deps)),
    ...(await checkRead(deps)),
    ...(await checkWebhook(deps)),
    ...(await checkLinks(deps)),
  ]
}

type Refusal = Exclude<Outcome<unknown>, { readonly kind: 'done' }>

/** A provider that wants fewer questions has answered them neither way. */
const refused = (check: string, refusal: Refusal, deps: AccountDeps): readonly Finding[] =>
  ['rate-limited', 'paced', 'queued'].includes(refusal.problem)
    ? finding(
        check,
        'unknown',
        `${deps.adapter.label} takes no more questions right now. Run the doctor again in a minute.`,
      )
    : finding(check, 'wrong', refusalOf(refusal, deps))

function refusalOf(refusal: Refusal, { account, adapter }: AccountDeps): string {
  const token = settingOf(account, 'token')
  const { label } = adapter
  if (refusal.kind === 'retry') {
    return `${whyText(refusal.problem, label)}. Check that this machine reaches it, and the address in ${settingOf(account, 'baseUrl')}.`
  }
  switch (refusal.problem) {
    case 'token-refused':
      return `${label} does not accept the token. Copy it again from ${label} into ${token}.`
    case 'not-allowed':
      return `${label} does not let this token do that. Give its user the administrator's role in ${label}, or put an administrator's token into ${token}.`
    case 'channel-not-authorized':
      return `${label} says that the messenger's channel is not connected. Connect it again in ${label}.`
    default:
      return `${label} refuses (${refusal.problem}). Check ${token} and the address in ${settingOf(account, 'baseUrl')}.`
  }
}

const listUsers = ({
  listUsers: all,
  listUserPage,
}: ProviderAdapter): Promise<Outcome<readonly ProviderUser[]>> | null => {
  if (all !== undefined) return all()
  return (
    listUserPage?.(null).then((page) =>
      page.kind === 'done' ? { kind: 'done', value: page.value.users } : page,
    ) ?? null
  )
}

async function checkUsers(deps: AccountDeps): Promise<readonly Finding[]> {
  const check = `${deps.account.id}, users`
  const { label } = deps.adapter
  const listed = await listUsers(deps.adapter)
  if (listed === null) return finding(check, 'skipped', `${label} does not list its users.`)
  if (listed.kind !== 'done') return refused(check, listed, deps)
  const people = listed.value.filter(({ id, active }) => active && groupIdOf(id) === null)
  if (people.length > 0) return finding(check, 'ok', `${label} lists who can have a chat.`)
  return deps.adapter.listUserPage === undefined && deps.adapter.readChat === undefined
    ? finding(
        check,
        'skipped',
        `${label} cannot list its users. List them in ACCOUNTS_FILE, so that people are found by their e-mail addresses; else admins link them by id.`,
      )
    : finding(
        check,
        'wrong',
        `${label} lists nobody who can have a chat, so nobody can claim. Add users in ${label}.`,
      )
}

async function checkRead(deps: AccountDeps): Promise<readonly Finding[]> {
  const check = `${deps.account.id}, chats`
  const { label, listChats } = deps.adapter
  if (listChats === undefined) return finding(check, 'skipped', `${label} does not list its chats.`)
  const listed = await listChats()
  if (listed.kind !== 'done') return refused(check, listed, deps)
  const { chats } = listed.value
  return finding(check, 'ok', `${label} lists ${chats.length} open ${chats.length === 1 ? 'chat' : 'chats'}.`)
}

async function checkWebhook({ account, adapter, isTold, store }: AccountDeps): Promise<readonly Finding[]> {
  if (!isTold || store === null) return []
  const check = `${account.id}, webhook`
  const path = adapter.webhook === undefined ? 'intake' : 'hooks'
  const look = `look whether the address that ends in /${path}/${account.id} is entered as the README says, and whether the internet reaches it.`
  const silentSince = await store.silentSince(account.id)
  if (silentSince !== null) {
    return finding(
      check,
      'warning',
      `${adapter.label} has told nothing since ${timeOf(silentSince)}, while Baton found messages by looking. Please ${look}`,
    )
  }
  const at = await store.lastTold(account.id)
  return at === null
    ? finding(check, 'warning', `Nothing has been told within a week. If there were chats, ${look}`)
    : finding(check, 'ok', `${adapter.label} last told of something at ${timeOf(at)}.`)
}

const timeOf = (at: Instant): string => new Date(at).toISOString()

async function checkLinks({ account, adapter, store }: AccountDeps): Promise<readonly Finding[]> {
  if (store === null) return []
  const { staff, linked } = await store.countStaff(account.id)
  if (staff === 0) return []
  const check = `${account.id}, links`
  return linked === staff
    ? finding(check, 'ok', `All ${staff} people of ${adapter.label} are linked to Slack.`)
    : finding(
        check,
        'warning',
        `${linked} of ${staff} people of ${adapter.label} are linked to Slack. The others are when they first act, and until then cards show their names at ${adapter.label}. Send \`/baton link everyone\`: it links them now, and says who is left.`,
      )
}
