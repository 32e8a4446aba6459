import type { Clock } from '../clock.ts'
import type { Outcome, ProviderProblem, ProviderUser } from '../providers/contract.ts'
import type { SlackProfile, Store } from '../store/contract.ts'
import { afterList, profileEffects } from './absence.ts'
import type { Account } from './accounts.ts'
import { groupIdOf, type ProviderUserId, providerUserId, type SlackUserId } from './ids.ts'
import { createLinker } from './link-person.ts'

/** Why somebody could not be linked. Each has a sentence in slack/text.ts. */
export type LinkProblem =
  /** A guest, a bot, deactivated, or of another workspace. */
  | { readonly kind: 'not-eligible' }
  | { readonly kind: 'no-email' }
  | { readonly kind: 'no-match'; readonly tried: string }
  | { readonly kind: 'several'; readonly tried: string }
  /** Blocked or deleted at the provider. */
  | { readonly kind: 'inactive'; readonly name: string }
  | { readonly kind: 'taken'; readonly name: string; readonly by: SlackUserId }
  /** Unlinked by hand, and it is not they who ask for a link. */
  | { readonly kind: 'undone' }
  /** The provider cannot list its users, or refuses to. */
  | { readonly kind: 'no-directory'; readonly problem: ProviderProblem | null }

export type LinkOutcome =
  | { readonly kind: 'linked'; readonly to: ProviderUser }
  | { readonly kind: 'problem'; readonly problem: LinkProblem }
  /** Slack or the provider could not be asked now. */
  | { readonly kind: 'retry'; readonly reason: string; readonly afterMs?: number }

export type ProfileAnswer =
  /** `timeZone`: an IANA name; absent where Slack does not say. */
  | { readonly kind: 'found'; readonly profile: SlackProfile; readonly timeZone?: string }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'retry'; readonly reason: string; readonly afterMs?: number }

/** Slack's word on who somebody is. */
export interface Profiles {
  byId(user: SlackUserId): Promise<ProfileAnswer>
  byEmail(email: string): Promise<ProfileAnswer>
}

type Match =
  | { readonly kind: 'match'; readonly user: ProviderUser }
  | {
      readonly kind: 'problem'
      readonly problem: Extract<
        LinkProblem,
        { kind: 'not-eligible' | 'no-email' | 'no-match' | 'several' | 'inactive' }
      >
    }

/** The provider's user with the person's e-mail: exactly one, and one that may be assigned chats. */
export function matchByEmail(profile: SlackProfile, users: readonly ProviderUser[]): Match {
  if (!profile.eligible) return { kind: 'problem', problem: { kind: 'not-eligible' } }
  if (profile.email === null) return { kind: 'problem', problem: { kind: 'no-email' } }
  const { email } = profile
  return theOnlyActive(
    users.filter((user) => user.email === email),
    email,
  )
}

/** The provider's user with this id or e-mail address; no group, which is nobody in person. */
export function matchByWord(word: string, users: readonly ProviderUser[]): Match {
  const email = word.toLowerCase()
  return theOnlyActive(
    users.filter((user) => groupIdOf(user.id) === null && (user.id === word || user.email === email)),
    word,
  )
}

function theOnlyActive(found: readonly ProviderUser[], tried: string): Match {
  const [user, another] = found.filter((candidate) => candidate.active)
  if (another !== undefined) return { kind: 'problem', problem: { kind: 'several', tried } }
  if (user !== undefined) return { kind: 'match', user }
  const [inactive] = found
  return {
    kind: 'problem',
    problem: inactive === undefined ? { kind: 'no-match', tried } : { kind: 'inactive', name: inactive.name },
  }
}

/** What can be the id of a user; anything else was meant to be something else. */
const ID = /^[\w-]{1,36}$/

export type FoundPerson =
  | { readonly kind: 'linked'; readonly slackUser: SlackUserId }
  | Exclude<LinkOutcome, { kind: 'linked' }>

export interface Enrolment {
  /** Links the person to the provider user with their e-mail, unless they are linked already; `by` wants it. */
  byEmail(account: Account, user: SlackUserId, by: SlackUserId): Promise<LinkOutcome>
  /** Links the provider's user to the person in Slack with their e-mail, unless they are linked already. */
  byProviderUser(account: Account, user: ProviderUserId): Promise<FoundPerson>
  /** An admin's word: links `user` to the provider user with this id or e-mail. */
  byAdmin(
    account: Account,
    args: { readonly admin: SlackUserId; readonly user: SlackUserId; readonly providerUser: string },
  ): Promise<LinkOutcome>
  /** The provider user whom the person was linked to; null when nobody. */
  unlink(
    account: Account,
    args: { readonly by: SlackUserId; readonly user: SlackUserId },
  ): Promise<ProviderUserId | null>
  /** Asks the provider for its users and keeps them. */
  refreshDirectory(
    account: Account,
  ): Promise<Outcome<readonly ProviderUser[]> | { readonly kind: 'unsupported' }>
}

export function createEnrolment(deps: {
  readonly store: Pick<
    Store,
    | 'link'
    | 'unlink'
    | 'links'
    | 'slackUsers'
    | 'findChats'
    | 'saveProfiles'
    | 'saveProviderUsers'
    | 'addProviderUser'
    | 'providerUsers'
  >
  readonly profiles: Profiles
  readonly clock: Clock
}): Enrolment {
  const { store, clock } = deps
  const { link, unlink, linkedTo } = createLinker(deps)

  const saveProfile = (profile: SlackProfile): Promise<void> =>
    store.saveProfiles([profile], (before, after, links) => profileEffects(before, after, links, clock.now()))

  async function refreshDirectory(account: Account) {
    if (account.adapter.listUsers === undefined) return { kind: 'unsupported' } as const
    const listed = await account.adapter.listUsers()
    if (listed.kind === 'done') {
      await store.saveProviderUsers(account.id, (known) =>
        afterList(account.id, known, listed.value, clock.now()),
      )
    }
    return listed
  }

  async function users(
    account: Account,
  ): Promise<{ kind: 'users'; users: readonly ProviderUser[] } | LinkOutcome> {
    const listed = await refreshDirectory(account)
    switch (listed.kind) {
      case 'done':
        return { kind: 'users', users: listed.value }
      case 'unsupported':
        return { kind: 'problem', problem: { kind: 'no-directory', problem: null } }
      case 'refused':
        return { kind: 'problem', problem: { kind: 'no-directory', problem: listed.problem } }
      case 'retry':
        return {
          kind: 'retry',
          reason: listed.problem,
          ...(listed.afterMs === undefined ? {} : { afterMs: listed.afterMs }),
        }
      default:
        return listed satisfies never
    }
  }

  /** Where the provider cannot list its users, an admin's word is all there is; Slack's name stands for theirs. */
  async function byId(
    account: Account,
    { admin, user, providerUser }: Parameters<Enrolment['byAdmin']>[1],
  ): Promise<LinkOutcome> {
    if (!ID.test(providerUser)) return { kind: 'problem', problem: { kind: 'no-match', tried: providerUser } }
    const asked = await deps.profiles.byId(user)
    if (asked.kind === 'retry') return asked
    if (asked.kind === 'unknown') return { kind: 'problem', problem: { kind: 'not-eligible' } }
    const { name } = asked.profile
    const to: ProviderUser = { id: providerUserId(providerUser), name, email: null, active: true }
    const outcome = await link(account.id, user, to, { actor: admin, how: 'admin' })
    if (outcome.kind === 'linked') await store.addProviderUser(account.id, to)
    return outcome
  }

  /** The provider is asked again about somebody whom its last list showed as blocked or deleted. */
  async function known(account: Account, id: ProviderUserId): Promise<LinkOutcome> {
    const find = async () => (await store.providerUsers(account.id)).find((user) => user.id === id)
    const before = await find()
    if (before?.active === false) await refreshDirectory(account)
    const to = (await find()) ?? { id, name: id, email: null, active: true }
    return to.active
      ? { kind: 'linked', to }
      : { kind: 'problem', problem: { kind: 'inactive', name: to.name } }
  }

  return {
    refreshDirectory,
    async byEmail(account, user, by) {
      const already = await linkedTo(account.id, user)
      if (already !== null) return known(account, already)
      const asked = await deps.profiles.byId(user)
      if (asked.kind === 'retry') return asked
      if (asked.kind === 'unknown') return { kind: 'problem', problem: { kind: 'not-eligible' } }
      await saveProfile(asked.profile)
      const directory = await users(account)
      if (directory.kind !== 'users') return directory
      const match = matchByEmail(asked.profile, directory.users)
      if (match.kind === 'problem') return match
      return link(account.id, user, match.user, { actor: by, how: 'email' })
    },
    async byProviderUser(account, id) {
      const linked = (await store.slackUsers(account.id, [id])).get(id)
      if (linked !== undefined) return { kind: 'linked', slackUser: linked }
      const user = (await store.providerUsers(account.id)).find((one) => one.id === id)
      if (user === undefined || user.email === null) return { kind: 'problem', problem: { kind: 'no-email' } }
      const asked = await deps.profiles.byEmail(user.email)
      if (asked.kind === 'retry') return asked
      if (asked.kind === 'unknown')
        return { kind: 'problem', problem: { kind: 'no-match', tried: user.email } }
      const { profile } = asked
      const match = matchByEmail(profile, await store.providerUsers(account.id))
      if (match.kind === 'problem') return match
      await saveProfile(profile)
      const outcome = await link(account.id, profile.user, match.user, { actor: null, how: 'email' })
      return outcome.kind === 'linked' ? { kind: 'linked', slackUser: profile.user } : outcome
    },
    unlink: (account, { by, user }) => unlink(account.id, user, by),
    async byAdmin(account, { admin, user, providerUser }) {
      if (account.adapter.listUsers === undefined) return byId(account, { admin, user, providerUser })
      const directory = await users(account)
      if (directory.kind !== 'users') return directory
      const match = matchByWord(providerUser, directory.users)
      if (match.kind === 'problem') return match
      return link(account.id, user, match.user, { actor: admin, how: 'admin' })
    },
  }
}
