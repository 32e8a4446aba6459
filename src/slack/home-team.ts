import type { Clock } from '../clock.ts'
import { type Accounts, accountName, providerLabel } from '../routing/accounts.ts'
import { type Away, awayNow } from '../routing/away.ts'
import type { Load } from '../routing/chat-search.ts'
import type { SlackUserId } from '../routing/ids.ts'
import type { Store } from '../store/contract.ts'
import type { Presenter } from './present.ts'
import type { Team, TeamMember } from './views/home-facts.ts'
import { MOST_AWAY, MOST_MEMBERS } from './views/home-overview.ts'

export interface ReadTeam {
  /** Whoever is linked in several accounts is one person. */
  team(loads: readonly Load[]): Promise<Team>
  /** Null while they are here. */
  away(user: SlackUserId): Promise<Away | null>
}

/** One person's chats in all accounts. */
interface Burden extends Omit<TeamMember, 'absence' | 'away'> {
  readonly loads: readonly Load[]
}

/** Who has how many chats, for the Home tab; where they are is asked only of those who are shown. */
export function createReadTeam(deps: {
  readonly store: Pick<Store, 'absences' | 'away' | 'awayBeside'>
  readonly present: Pick<Presenter, 'people'>
  readonly accounts: Accounts
  readonly clock: Clock
}): ReadTeam {
  const { store, present, accounts, clock } = deps

  const away = async (user: SlackUserId): Promise<Away | null> =>
    awayNow((await store.away([user])).get(user), clock.now())

  async function burdens(loads: readonly Load[]): Promise<readonly Burden[]> {
    const people = new Map<string, Burden>()
    for (const account of accounts.keys()) {
      const there = loads.filter((load) => load.account === account)
      const named = await present.people(
        account,
        there.map(({ owner }) => owner),
      )
      for (const load of there) {
        const who = named.get(load.owner) ?? { kind: 'provider', name: load.owner }
        const key = who.kind === 'slack' ? who.user : `${account} ${load.owner}`
        const at = who.kind === 'slack' || accounts.size === 1 ? null : accountName(accounts, account)
        people.set(key, withLoad(people.get(key) ?? { who, at, ...nothing }, load))
      }
    }
    return [...people.values()].sort(
      (one, other) =>
        other.chats - one.chats || (one.unansweredSince ?? Infinity) - (other.unansweredSince ?? Infinity),
    )
  }

  async function member({ loads, ...burden }: Burden): Promise<TeamMember> {
    const { who } = burden
    const absences = await Promise.all(
      loads.map(async ({ account, owner }) => {
        const kind = (await store.absences(account, [owner])).get(owner)
        return kind === undefined ? [] : [{ kind, provider: providerLabel(accounts, account) }]
      }),
    )
    return {
      ...burden,
      absence: absences.flat()[0] ?? null,
      away: who.kind === 'slack' ? await away(who.user) : null,
    }
  }

  return {
    away,
    async team(loads) {
      const all = await burdens(loads)
      const others = all.slice(MOST_MEMBERS)
      const members = await Promise.all(all.slice(0, MOST_MEMBERS).map(member))
      const shown = members.flatMap(({ who }) => (who.kind === 'slack' ? [who.user] : []))
      return {
        members,
        others: { people: others.length, chats: others.reduce((sum, { chats }) => sum + chats, 0) },
        away: await store.awayBeside(shown, clock.now(), MOST_AWAY),
      }
    },
  }
}

const nothing = { chats: 0, unanswered: 0, unansweredSince: null, loads: [] }

const withLoad = (before: Burden, load: Load): Burden => ({
  ...before,
  chats: before.chats + load.chats,
  unanswered: before.unanswered + load.unanswered,
  unansweredSince: earliest(before.unansweredSince, load.unansweredSince),
  loads: [...before.loads, load],
})

const earliest = (one: Load['unansweredSince'], other: Load['unansweredSince']): Load['unansweredSince'] =>
  one === null || (other !== null && other < one) ? other : one
