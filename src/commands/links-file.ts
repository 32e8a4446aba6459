import type { ProviderUser } from '../providers/contract.ts'
import type { AccountId, SlackUserId } from '../routing/ids.ts'
import { groupIdOf, providerUserId, slackUserId } from '../routing/ids.ts'
import type { Link, SlackProfile } from '../store/contract.ts'
import { csvLine, parseCsv } from './csv.ts'

/** The columns of the file. A person is found by their address where no id is given. */
const COLUMNS = [
  'account',
  'slack_user',
  'slack_name',
  'slack_email',
  'provider_user',
  'provider_name',
  'provider_email',
] as const
type Column = (typeof COLUMNS)[number]

/** What the store knows of people. */
export interface KnownPeople {
  readonly accounts: readonly AccountId[]
  readonly profiles: readonly SlackProfile[]
  /** Of each account. */
  readonly users: ReadonlyMap<AccountId, readonly ProviderUser[]>
}

export function linksFile(links: readonly Link[], known: Omit<KnownPeople, 'accounts'>): string {
  const profiles = new Map(known.profiles.map((profile) => [profile.user, profile]))
  const lines = links.map(({ account, slackUser, providerUser }) => {
    const profile = profiles.get(slackUser)
    const user = known.users.get(account)?.find(({ id }) => id === providerUser)
    const slack = [slackUser, profile?.name ?? null, profile?.email ?? null]
    return csvLine([account, ...slack, providerUser, user?.name ?? null, user?.email ?? null])
  })
  return [csvLine(COLUMNS), ...lines].join('')
}

export interface WantedLink {
  readonly line: number
  readonly account: AccountId
  readonly person: SlackUserId
  readonly to: ProviderUser
}

export interface BadLine {
  readonly line: number
  readonly why: string
}

export type ReadLinks =
  | { readonly kind: 'read'; readonly wanted: readonly WantedLink[]; readonly bad: readonly BadLine[] }
  | { readonly kind: 'unreadable'; readonly why: string }

/** What a file asks for, each line for itself: one that is wrong takes none of the others with it. */
export function readLinksFile(text: string, known: KnownPeople): ReadLinks {
  const records = parseCsv(text)
  if (records === null) return { kind: 'unreadable', why: 'a quotation in it is not closed' }
  const [header, ...rows] = records
  const names = header?.cells.map((cell) => cell.trim().toLowerCase()) ?? []
  const lacking = (['account', 'slack_user', 'provider_user'] as const).filter(
    (name) => !names.includes(name),
  )
  if (lacking.length > 0)
    return { kind: 'unreadable', why: `its first line lacks the columns ${lacking.join(', ')}` }
  const wanted: WantedLink[] = []
  const bad: BadLine[] = []
  const seen = new Set<string>()
  for (const { line, cells } of rows) {
    const cell = (column: Column): string => cells[names.indexOf(column)]?.trim() ?? ''
    const link = wantedLink(cell, known)
    if (typeof link === 'string') {
      bad.push({ line, why: link })
      continue
    }
    const keys = [`${link.account} ${link.person}`, `${link.account} ${link.to.id}`]
    if (keys.some((key) => seen.has(key)))
      bad.push({ line, why: 'a line above links the same person or user' })
    else wanted.push({ line, ...link })
    for (const key of keys) seen.add(key)
  }
  return { kind: 'read', wanted, bad }
}

/** Why a line is wrong, as a sentence that goes on behind its number, or what it asks for. */
function wantedLink(cell: (column: Column) => string, known: KnownPeople): Omit<WantedLink, 'line'> | string {
  const account = known.accounts.find((id) => id === cell('account'))
  if (account === undefined) return `there is no account of this name, only ${known.accounts.join(', ')}`
  const person = personIn(cell, known.profiles)
  if (typeof person === 'string') return person
  const to = userIn(cell, known.users.get(account) ?? [])
  if (typeof to === 'string') return to
  return { account, person: person.user, to }
}

function personIn(
  cell: (column: Column) => string,
  profiles: readonly SlackProfile[],
): { readonly user: SlackUserId } | string {
  const id = cell('slack_user')
  const email = cell('slack_email').toLowerCase()
  if (id === '' && email === '') return 'neither slack_user nor slack_email says who it is'
  if (id !== '' && !/^[UW][A-Z0-9]{2,30}$/.test(id)) return 'slack_user is no member id of Slack (U…)'
  const profile = profiles.find((one) => (id === '' ? one.email === email : one.user === id))
  if (profile === undefined && id === '')
    return 'nobody in Slack is known by this slack_email; `/baton link everyone` reads who is there'
  if (profile?.eligible === false)
    return 'this person in Slack is a guest, a bot, deactivated or of another workspace'
  return profile ?? { user: slackUserId(id) }
}

const ID = /^[\w-]{1,36}$/

function userIn(cell: (column: Column) => string, users: readonly ProviderUser[]): ProviderUser | string {
  const id = cell('provider_user')
  const email = cell('provider_email').toLowerCase()
  if (id === '' && email === '') return 'neither provider_user nor provider_email says who it is there'
  const [user, another] = users.filter((one) => (id === '' ? one.email === email : one.id === id))
  if (another !== undefined) return 'several users there have this provider_email: give the provider_user'
  if (user !== undefined) return user.active ? user : 'this user is blocked or deleted at the provider'
  // Where the provider lists its users, they have addresses; elsewhere the id is taken on trust.
  if (id === '' || users.some((one) => one.email !== null)) return 'nobody there has this id or address'
  if (!ID.test(id) || groupIdOf(providerUserId(id)) !== null) return 'provider_user is no id of a user'
  const name = cell('provider_name') || cell('slack_name') || id
  return { id: providerUserId(id), name, email: email === '' ? null : email, active: true }
}
