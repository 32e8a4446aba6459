import { and, asc, eq, getTableColumns, notInArray, sql } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import type { NewJob } from '../../jobs/contract.ts'
import type { NewEvent } from '../../routing/audit.ts'
import type { PeopleStore } from '../contract.ts'
import type { CommitQueue } from './commit-queue.ts'
import { links, profiles, providerUsers } from './schema.ts'
import type { Statements } from './statements.ts'

export function createPeopleQueries(deps: {
  readonly db: BetterSQLite3Database
  readonly commits: CommitQueue
  readonly statements: Statements
  readonly insertEvent: (event: NewEvent) => unknown
  readonly enqueue: (job: NewJob) => void
}): PeopleStore {
  const { db, commits, insertEvent, enqueue, statements } = deps
  const { placeholder } = sql
  const linksOf = statements.rows(
    db
      .select()
      .from(links)
      .where(eq(links.slackUser, placeholder('user'))),
    getTableColumns(links),
  )
  const linkOfProviderUser = statements.rows(
    db
      .select()
      .from(links)
      .where(and(eq(links.account, placeholder('account')), eq(links.providerUser, placeholder('user')))),
    getTableColumns(links),
  )
  const { account: _, ...directoryColumns } = getTableColumns(providerUsers)
  const directory = statements.rows(
    db
      .select(directoryColumns)
      .from(providerUsers)
      .where(eq(providerUsers.account, placeholder('account')))
      .orderBy(asc(providerUsers.name)),
    directoryColumns,
  )

  return {
    link: (link, event, jobs) =>
      commits.run(() => {
        const holder = linkOfProviderUser.get({ account: link.account, user: link.providerUser })
        if (holder !== undefined && holder.slackUser !== link.slackUser) {
          return { kind: 'taken', by: holder.slackUser }
        }
        if (holder !== undefined) return { kind: 'linked' }
        db.insert(links)
          .values(link)
          .onConflictDoUpdate({
            target: [links.account, links.slackUser],
            set: { providerUser: link.providerUser },
          })
          .run()
        insertEvent(event)
        jobs.forEach(enqueue)
        return { kind: 'linked' }
      }),
    unlink: (link, event, jobs) =>
      commits.run(() => {
        const { account, slackUser, providerUser } = link
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
        insertEvent(event)
        jobs.forEach(enqueue)
        return true
      }),
    links: async (user) => linksOf.all({ user }),
    slackUsers: async (account, users) => {
      const found = users.map((user) => linkOfProviderUser.get({ account, user }))
      return new Map(found.flatMap((link) => (link ? [[link.providerUser, link.slackUser]] : [])))
    },
    saveProviderUsers: (account, users) =>
      commits.run(() => {
        const ids = users.map((user) => user.id)
        db.update(providerUsers)
          .set({ active: false })
          .where(and(eq(providerUsers.account, account), notInArray(providerUsers.id, ids)))
          .run()
        for (const user of users) {
          db.insert(providerUsers)
            .values({ account, ...user })
            .onConflictDoUpdate({
              target: [providerUsers.account, providerUsers.id],
              set: { name: user.name, email: user.email, active: user.active },
            })
            .run()
        }
      }),
    providerUsers: async (account) => directory.all({ account }),
    saveProfile: (profile) =>
      commits.run(() => {
        const { user: _, ...facts } = profile
        db.insert(profiles).values(profile).onConflictDoUpdate({ target: profiles.user, set: facts }).run()
      }),
    profile: async (user) => db.select().from(profiles).where(eq(profiles.user, user)).get() ?? null,
  }
}
