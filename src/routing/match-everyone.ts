import type { ProviderUser } from '../providers/contract.ts'
import type { Link, SlackProfile } from '../store/contract.ts'
import { matchByEmail } from './enrol.ts'
import { groupIdOf, type ProviderUserId, type SlackUserId } from './ids.ts'

/** Where one person stands in one account. */
export type Standing = { readonly person: SlackUserId } & (
  | { readonly kind: 'linked' }
  /** Could be linked to this user. */
  | { readonly kind: 'match'; readonly user: ProviderUser }
  | { readonly kind: 'no-match' | 'several' | 'inactive' | 'no-email' | 'not-eligible' }
  /** The user with their address is linked to somebody else. */
  | { readonly kind: 'taken'; readonly by: SlackUserId }
  /** Could be linked, and was unlinked by hand. */
  | { readonly kind: 'undone' }
)

export interface Everyone {
  readonly standings: readonly Standing[]
  /** Users of the provider whom nobody is linked to or could be. */
  readonly left: readonly ProviderUser[]
}

/** Where everybody stands who can take chats at all. `links` and `unlinked` (by hand) are the account's. */
export function matchEveryone(
  people: readonly SlackProfile[],
  users: readonly ProviderUser[],
  links: readonly Link[],
  unlinked: ReadonlySet<SlackUserId>,
): Everyone {
  const byEmail = Map.groupBy(users, ({ email }) => email)
  const linked = new Set(links.map(({ slackUser }) => slackUser))
  const takenBy = new Map(links.map(({ providerUser, slackUser }) => [providerUser, slackUser]))
  const standings = people.filter(({ eligible }) => eligible).map(standing)
  const isLeft = ({ id, active }: ProviderUser): boolean =>
    active && groupIdOf(id) === null && !takenBy.has(id)
  return { standings, left: users.filter(isLeft) }

  function standing(profile: SlackProfile): Standing {
    const person = profile.user
    if (linked.has(person)) return { kind: 'linked', person }
    const match = matchByEmail(profile, byEmail.get(profile.email) ?? [])
    if (match.kind === 'problem') return { kind: match.problem.kind, person }
    const by = takenBy.get(match.user.id)
    if (by !== undefined) return { kind: 'taken', person, by }
    if (unlinked.has(person)) return { kind: 'undone', person }
    takenBy.set(match.user.id, person)
    return { kind: 'match', person, user: match.user }
  }
}

/** The links of those who were made anew at the provider: the old user is gone, one other has its address. */
export function madeAnew(
  users: readonly ProviderUser[],
  links: readonly Link[],
): readonly { readonly person: SlackUserId; readonly to: ProviderUser }[] {
  const byId = new Map(users.map((user) => [user.id, user]))
  const byEmail = Map.groupBy(
    users.filter(({ active }) => active),
    ({ email }) => email,
  )
  const taken = new Set<ProviderUserId>(links.map(({ providerUser }) => providerUser))
  return links.flatMap(({ slackUser: person, providerUser }) => {
    const old = byId.get(providerUser)
    if (old === undefined || old.active || old.email === null) return []
    const [to, another] = byEmail.get(old.email) ?? []
    return to === undefined || another !== undefined || taken.has(to.id) ? [] : [{ person, to }]
  })
}
