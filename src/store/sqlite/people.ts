import { and, asc, eq, getTableColumns, sql } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import type { NewJob } from '../../jobs/contract.ts'
import type { NewEvent } from '../../routing/audit.ts'
import type { AccountId, EventId, ProviderUserId, SlackUserId } from '../../routing/ids.ts'
import type { ChangeRun, KnownUser, PeopleEffects, PeopleStore } from '../contract.ts'
import type { AbsenceOf } from './absences.ts'
import type { CommitQueue } from './commit-queue.ts'
import type { PeopleMemory } from './people-memory.ts'
import { directoryRuns, links, profiles, providerUsers, unlinked } from './schema.ts'
import type { Statements } from './statements.ts'

/** There is one run at a time. */
const RUN = 1

export function createPeopleQueries(deps: {
  readonly db: BetterSQLite3Database
  readonly commits: CommitQueue
  readonly statements: Statements
  readonly absenceOf: AbsenceOf
  readonly memory: PeopleMemory
  readonly insertEvent: (event: NewEvent) => EventId
  readonly enqueue: (job: NewJob) => void
}): PeopleStore {
  const { db, commits, insertEvent, enqueue, statements, absenceOf, memory } = deps
  const { placeholder } = sql
  const linksOf = statements.rows(
    db
      .select()
      .from(links)
      .where(eq(links.slackUser, placeholder('user'))),
    getTableColumns(links),
  )
  const linksIn = statements.rows(
    db
      .select()
      .from(links)
      .where(eq(links.account, placeholder('account'))),
    getTableColumns(links),
  )
  const linkOfProviderUser = statements.rows(
    db
      .select()
      .from(links)
      .where(and(eq(links.account, placeholder('account')), eq(links.providerUser, placeholder('user')))),
    getTableColumns(links),
  )
  const unlinkedOf = statements.rows(
    db
      .select()
      .from(unlinked)
      .where(and(eq(unlinked.account, placeholder('account')), eq(unlinked.slackUser, placeholder('user')))),
    getTableColumns(unlinked),
  )
  const { account: _, ...userColumns } = getTableColumns(providerUsers)
  const { missingSince: __, ...directoryColumns } = userColumns
  const directory = statements.rows(
    db
      .select(directoryColumns)
      .from(providerUsers)
      .where(eq(providerUsers.account, placeholder('account')))
      .orderBy(asc(providerUsers.name)),
    directoryColumns,
  )
  const knownUsers = statements.rows(
    db
      .select(userColumns)
      .from(providerUsers)
      .where(eq(providerUsers.account, placeholder('account'))),
    userColumns,
  )
  const profileOf = statements.rows(
    db
      .select()
      .from(profiles)
      .where(eq(profiles.user, placeholder('user'))),
    getTableColumns(profiles),
  )

  const linksNow = memory.remember((user: SlackUserId) => linksOf.all({ user }))
  const profileNow = memory.remember((user: SlackUserId) => profileOf.get({ user }) ?? null)
  const linkedTo = memory.remember(
    (account: AccountId, user: ProviderUserId) =>
      linkOfProviderUser.get({ account, user })?.slackUser ?? null,
  )

  function leave({ events, jobs }: PeopleEffects): void {
    for (const { event, jobs: jobsOf } of events) jobsOf(insertEvent(event)).forEach(enqueue)
    jobs.forEach(enqueue)
  }

  function putUser(account: AccountId, { missingSince = null, ...user }: KnownUser): void {
    const { id: _, ...facts } = { ...user, missingSince }
    memory.changing()
    db.insert(providerUsers)
      .values({ account, missingSince, ...user })
      .onConflictDoUpdate({ target: [providerUsers.account, providerUsers.id], set: facts })
      .run()
  }

  const directoryRun = () => db.select().from(directoryRuns).get()?.run ?? null

  function changeRun(change: ChangeRun | undefined): void {
    const changed = change?.(directoryRun()) ?? null
    if (changed === null) return
    const { run, jobs } = changed
    db.insert(directoryRuns)
      .values({ id: RUN, run })
      .onConflictDoUpdate({ target: directoryRuns.id, set: { run } })
      .run()
    jobs.forEach(enqueue)
  }

  return {
    link: (link, by, event, jobs) =>
      commits.run(() => {
        const holder = linkOfProviderUser.get({ account: link.account, user: link.providerUser })
        if (holder !== undefined && holder.slackUser !== link.slackUser) {
          return { kind: 'taken', by: holder.slackUser }
        }
        if (holder !== undefined) return { kind: 'linked' }
        const { account, slackUser } = link
        if (by === 'rule' && unlinkedOf.get({ account, user: slackUser }) !== undefined)
          return { kind: 'undone' }
        db.delete(unlinked)
          .where(and(eq(unlinked.account, account), eq(unlinked.slackUser, slackUser)))
          .run()
        const how = event.facts.kind === 'linked' ? event.facts.how : null
        const known = { providerUser: link.providerUser, since: event.at, how }
        memory.changing()
        db.insert(links)
          .values({ ...link, ...known })
          .onConflictDoUpdate({ target: [links.account, links.slackUser], set: known })
          .run()
        insertEvent(event)
        jobs.forEach(enqueue)
        return { kind: 'linked' }
      }),
    unlink: (link, event, jobs) =>
      commits.run(() => {
        const { account, slackUser, providerUser } = link
        memory.changing()
        const { changes } = db
          .delete(links)
          .where(
            and(
              eq(links.account, account),
              eq(links.slackUser, slackUser),
              eq(links.providerUser, providerUser),
            ),
          )
          .run()
        if (changes === 0) return false
        db.insert(unlinked).values({ account, slackUser }).onConflictDoNothing().run()
        insertEvent(event)
        jobs.forEach(enqueue)
        return true
      }),
    links: async (user) => linksNow(user),
    linksIn: async (account) => linksIn.all({ account }),
    unlinkedIn: async (account) =>
      new Set(
        db
          .select()
          .from(unlinked)
          .where(eq(unlinked.account, account))
          .all()
          .map(({ slackUser }) => slackUser),
      ),
    slackUsers: async (account, users) => {
      const linked = users.map((user) => [user, linkedTo(account, user)] as const)
      return new Map(linked.flatMap(([user, person]) => (person === null ? [] : [[user, person]])))
    },
    saveProviderUsers: (account, change, changeOfRun) =>
      commits.run(() => {
        const before = knownUsers.all({ account })
        const known = new Map(before.map((user) => [user.id, user]))
        const { users, ...effects } = change(before)
        // Nearly all are as they were: a long list must not hold up whoever is answered meanwhile.
        for (const user of users) if (!isSame(known.get(user.id), user)) putUser(account, user)
        leave(effects)
        changeRun(changeOfRun)
      }),
    addProviderUser: (account, user) => commits.run(() => putUser(account, user)),
    providerUsers: async (account) => directory.all({ account }),
    absences: async (account, users) =>
      new Map(
        users.flatMap((user) => {
          const absence = absenceOf(account, user)
          return absence === null ? [] : [[user, absence]]
        }),
      ),
    saveProfiles: (people, effects, change) =>
      commits.run(() => {
        for (const profile of people) {
          const { user, ...facts } = profile
          leave(effects(profileOf.get({ user }) ?? null, profile, linksOf.all({ user })))
          memory.changing()
          db.insert(profiles).values(profile).onConflictDoUpdate({ target: profiles.user, set: facts }).run()
        }
        changeRun(change)
      }),
    profile: async (user) => profileNow(user),
    profiles: async () => db.select().from(profiles).all(),
    directoryRun: async () => directoryRun(),
    changeDirectoryRun: (change) => commits.run(() => changeRun(change)),
  }
}

const isSame = (one: KnownUser | undefined, other: KnownUser): boolean =>
  one !== undefined &&
  one.name === other.name &&
  one.email === other.email &&
  one.active === other.active &&
  (one.missingSince ?? null) === (other.missingSince ?? null)
