import { and, asc, eq, inArray, notInArray, sql } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import type { NewJob } from '../../jobs/contract.ts'
import type { NewEvent } from '../../routing/audit.ts'
import type { CardStore, PeopleStore } from '../contract.ts'
import type { CommitQueue } from './commit-queue.ts'
import { cards, links, profiles, providerUsers } from './schema.ts'

export function createPeopleQueries(deps: {
  readonly db: BetterSQLite3Database
  readonly commits: CommitQueue
  readonly insertEvent: (event: NewEvent) => unknown
  readonly enqueue: (job: NewJob) => void
}): PeopleStore & CardStore {
  const { db, commits, insertEvent, enqueue } = deps
  const cardOf = db
    .select()
    .from(cards)
    .where(eq(cards.chat, sql.placeholder('chat')))
    .prepare()

  return {
    link: (link, event, jobs) =>
      commits.run(() => {
        const holder = db
          .select()
          .from(links)
          .where(and(eq(links.account, link.account), eq(links.providerUser, link.providerUser)))
          .get()
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
    links: async (user) => db.select().from(links).where(eq(links.slackUser, user)).all(),
    slackUsers: async (account, users) => {
      const rows = db
        .select()
        .from(links)
        .where(and(eq(links.account, account), inArray(links.providerUser, [...users])))
        .all()
      return new Map(rows.map((link) => [link.providerUser, link.slackUser]))
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
    providerUsers: async (account) =>
      db
        .select({
          id: providerUsers.id,
          name: providerUsers.name,
          email: providerUsers.email,
          active: providerUsers.active,
        })
        .from(providerUsers)
        .where(eq(providerUsers.account, account))
        .orderBy(asc(providerUsers.name))
        .all(),
    saveProfile: (profile) =>
      commits.run(() => {
        const { user: _, ...facts } = profile
        db.insert(profiles).values(profile).onConflictDoUpdate({ target: profiles.user, set: facts }).run()
      }),
    profile: async (user) => db.select().from(profiles).where(eq(profiles.user, user)).get() ?? null,
    card: async (chat) => cardOf.get({ chat }) ?? null,
    saveCard: (card) =>
      commits.run(() => {
        const { chat: _, ...facts } = card
        db.insert(cards).values(card).onConflictDoUpdate({ target: cards.chat, set: facts }).run()
      }),
  }
}
