import type { Clock } from '../clock.ts'
import { type AccountHealth, type HealthDesk, type StaleAccount, WAYS } from '../routing/account-health.ts'
import { type Account, type Accounts, accountName, providerLabel } from '../routing/accounts.ts'
import type { ChatSearch, Load } from '../routing/chat-search.ts'
import { type FindChats, ownersOf } from '../routing/find-chats.ts'
import { type AccountId, groupIdOf, later, type SlackUserId } from '../routing/ids.ts'
import type { Meet } from '../routing/meet.ts'
import { UNDO_LASTS_MS, whyNotAs, whyNotUndo, whyOutside } from '../routing/permissions.ts'
import type { LatestDeed } from '../routing/recent-deeds.ts'
import type { Standing } from '../routing/roles.ts'
import type { Store } from '../store/contract.ts'
import { type HomeLook, MOST_PAGES } from './home-look.ts'
import { createReadTeam } from './home-team.ts'
import type { Presenter } from './present.ts'
import { type HealthNotice, notReadText } from './text-health.ts'
import { MOST_COUNTED } from './text-home.ts'
import { MOST_LEFT, MOST_OF_GROUPS, MOST_OFFERS, PAGE } from './views/home.ts'
import type {
  AccountFacts,
  AdminFacts,
  HomeFacts,
  OutsiderFacts,
  SetupFacts,
  UndoableFacts,
} from './views/home-facts.ts'

/** Reads what one person's Home tab shows. Costs the same however many chats there are. */
export type ReadHome = (reader: SlackUserId, look: HomeLook) => Promise<HomeFacts | OutsiderFacts>

export function createReadHome(deps: {
  readonly store: Pick<
    Store,
    | 'chat'
    | 'links'
    | 'findChats'
    | 'countChats'
    | 'loads'
    | 'absences'
    | 'away'
    | 'awayBeside'
    | 'health'
    | 'setup'
    | 'countFailedJobs'
  >
  readonly find: Pick<FindChats, 'waiting' | 'leftBehind'>
  readonly present: Presenter
  readonly accounts: Accounts
  readonly staleAccounts: () => Promise<readonly StaleAccount[]>
  readonly health: Pick<HealthDesk, 'lastWell'>
  /** Whether others can tell of an account's news. */
  readonly isTold: (account: AccountId) => boolean
  readonly meet: Meet
  readonly latest: LatestDeed
  readonly admins: readonly SlackUserId[]
  readonly clock: Clock
}): ReadHome {
  const { store, find, present, accounts, clock } = deps
  const nameOf = (account: AccountId): string => accountName(accounts, account)
  const count = (search: Omit<ChatSearch, 'limit'>): Promise<number> =>
    store.countChats({ ...search, limit: MOST_COUNTED + 1 })

  const people = createReadTeam({ store, present, accounts, clock })

  /** What the reader did last, if they can still undo it. */
  async function undoableBy(reader: SlackUserId, { role }: Standing): Promise<UndoableFacts | null> {
    const deed = deps.latest(reader)
    const chat = deed === null ? null : await store.chat(deed.chat)
    if (deed === null || chat === null || chat.undo === null) return null
    const actor = { slackUser: reader, role, providerUser: null }
    if (whyNotUndo(chat, actor, deed.event, clock.now()) !== null) return null
    const { kind, at } = chat.undo
    return {
      kind,
      event: deed.event,
      chat: await present.chat(chat, reader),
      until: later(at, UNDO_LASTS_MS),
    }
  }

  const everyAccount = <T>(read: (account: Account) => Promise<T>): Promise<T[]> =>
    Promise.all([...accounts.values()].map(read))

  /** A poll proves its account's token; where none does, what was asked at the start, or a decision that went through. */
  const isProved = (account: Account, { read, write }: AccountHealth, staff: number): boolean =>
    isRead(account)
      ? staff > 0 && read === undefined
      : write === undefined && WAYS.some((way) => deps.health.lastWell(account.id, way) !== null)

  async function overview(reader: SlackUserId, standing: Standing, { account }: HomeLook) {
    const loads = (await store.loads()).filter(
      (load) => accounts.has(load.account) && (account === null || load.account === account),
    )
    const stale = await deps.staleAccounts()
    const shown = [...accounts.values()].filter(({ id }) => account === null || id === account)
    const groups = loads.filter(({ owner }) => groupIdOf(owner) !== null)
    const ofGroups = await store.findChats({
      state: 'held',
      owners: groups.map((load) => ({ account: load.account, user: load.owner })),
      unanswered: 'first',
      limit: MOST_OF_GROUPS,
    })
    const left = await find.leftBehind(reader, { ...(account === null ? {} : { account }), limit: MOST_LEFT })
    return {
      left: { chats: await present.chats(left.chats, reader), count: left.count },
      ofGroups: { chats: await present.chats(ofGroups, reader), count: sum(groups) },
      team: await people.team(loads),
      accounts: await Promise.all(shown.map((one) => accountFacts(one, loads))),
      onlyTold: shown.filter((one) => !isRead(one)).map(({ id }) => nameOf(id)),
      asOf: shown
        .filter((one) => isRead(one) && !stale.some(({ account }) => account === one.id))
        .map(({ id }) => ({ name: nameOf(id), at: deps.health.lastWell(id, 'read') })),
      stale: stale.map((one) => notReadText(nameOf(one.account), one.notReadSince)),
      admin: whyNotAs('admin', standing) === null ? await adminFacts() : null,
    }
  }

  async function accountFacts({ id, channel }: Account, loads: readonly Load[]): Promise<AccountFacts> {
    const waiting = { state: 'waiting', account: id } as const
    const [longest] = await store.findChats({ ...waiting, limit: 1 })
    return {
      name: nameOf(id),
      channel,
      waiting: await count(waiting),
      longestSince: longest?.waitingSince ?? null,
      held: sum(loads.filter(({ account }) => account === id)),
    }
  }

  async function adminFacts(): Promise<AdminFacts> {
    const healths = await everyAccount(async (account) => ({
      account,
      health: await store.health(account.id),
    }))
    const setups = await Promise.all(
      healths.map(async ({ account, health }): Promise<SetupFacts> => {
        const { id, channel } = account
        const { linked, staff, hasCard, told } = await store.setup(id, channel)
        return {
          account: id,
          name: nameOf(id),
          channel,
          isRead: isRead(account),
          listsUsers: listsUsers(account),
          tokenWorks: isProved(account, health, staff),
          hasCard,
          linked,
          staff,
          told: deps.isTold(id) ? told : null,
        }
      }),
    )
    return {
      failedJobs: await store.countFailedJobs(),
      troubles: healths.flatMap(({ account: { id, channel }, health }) =>
        troublesIn(health, channel).map((notice) => ({ account: id, name: nameOf(id), notice })),
      ),
      setup: setups.filter(
        ({ tokenWorks, hasCard, linked, told }) => !tokenWorks || !hasCard || linked === 0 || told === false,
      ),
    }
  }

  return async (reader, asked) => {
    const met = await deps.meet(reader)
    if (met.kind === 'retry') throw new Error(`Slack does not say who somebody is: ${met.reason}`)
    const { standing } = met
    if (whyOutside(standing) !== null) return { kind: 'outsider', admins: deps.admins }
    // From here on nothing is waited for but the store, so that all of it is of one moment.
    const now = clock.now()
    const account = asked.account !== null && accounts.has(asked.account) ? asked.account : null
    const links = (await store.links(reader)).filter((link) => accounts.has(link.account))
    const linked = new Set(links.map((link) => link.account))
    const unlinked = [...accounts.values()].filter(({ id }) => !linked.has(id))
    const labelsOf = (some: readonly Account[]) => [
      ...new Set(some.map(({ id }) => providerLabel(accounts, id))),
    ]
    const here = account === null ? {} : { account }
    const mine: Omit<ChatSearch, 'limit'> = { state: 'held', owners: ownersOf(links), ...here }
    const queue = {
      ...here,
      ...(asked.waitsMinutes === 0 ? {} : { waitsSince: later(now, -asked.waitsMinutes * 60_000) }),
    }
    const counts = {
      mine: await count(mine),
      unanswered: await count({ ...mine, unanswered: 'only' }),
      waiting: await count({ state: 'waiting', ...queue }),
    }
    const look: HomeLook = {
      ...asked,
      account,
      mine: pageWithin(asked.mine, counts.mine),
      waiting: pageWithin(asked.waiting, counts.waiting),
    }
    const page = (number: number) => ({ offset: number * PAGE, limit: PAGE })
    const all = look.show === 'everything'
    const mineChats = await store.findChats({ ...mine, unanswered: 'first', ...page(look.mine) })
    const waitingChats = all ? await find.waiting({ ...queue, now, ...page(look.waiting) }) : []
    const offered = { state: 'held', offeredTo: reader } as const
    const offers = await store.findChats({ ...offered, limit: MOST_OFFERS })
    return {
      kind: 'home',
      leads: whyNotAs('lead', standing) === null,
      away: await people.away(reader),
      undoable: await undoableBy(reader, standing),
      offers: { chats: await present.chats(offers, reader), count: await count(offered) },
      look,
      names: [...accounts.keys()].map((id) => ({ account: id, name: nameOf(id) })),
      notLinked: labelsOf(unlinked.filter(listsUsers)),
      notFound: labelsOf(unlinked.filter((one) => !listsUsers(one))),
      admins: whyNotAs('admin', standing) === null ? null : deps.admins,
      mine: {
        chats: await present.chats(mineChats, reader),
        count: counts.mine,
        unanswered: counts.unanswered,
      },
      waiting: { chats: await present.chats(waitingChats, reader), count: counts.waiting },
      overview: all ? await overview(reader, standing, look) : null,
    }
  }
}

const isRead = ({ adapter }: Account): boolean => adapter.listChats !== undefined
const listsUsers = ({ adapter }: Account): boolean => adapter.listUsers !== undefined

/** What admins have been told, or will be if it lasts. */
const troublesIn = (
  { read, write, silence, channelShut, sharedSince }: AccountHealth,
  channel: string,
): readonly HealthNotice[] => [
  ...(read === undefined ? [] : [{ kind: 'account-trouble', way: 'read', ...read } as const]),
  ...(write === undefined ? [] : [{ kind: 'account-trouble', way: 'write', ...write } as const]),
  ...(channelShut === undefined ? [] : [{ kind: 'channel-shut', channel } as const]),
  ...(sharedSince === undefined ? [] : [{ kind: 'channel-shared', channel } as const]),
  ...(silence?.told == null ? [] : [{ kind: 'webhook-silent', since: silence.since } as const]),
]

const sum = (loads: readonly { readonly chats: number }[]): number =>
  loads.reduce((total, { chats }) => total + chats, 0)

/** The page asked for, or the last one when there are no longer so many. */
const pageWithin = (page: number, count: number): number =>
  Math.max(0, Math.min(page, Math.ceil(count / PAGE) - 1, MOST_PAGES - 1))
