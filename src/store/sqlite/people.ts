import { and, asc, eq, notInArray, sql } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import type { NewEvent } from '../../routing/audit.ts'
import type { CardStore, PeopleStore } from '../contract.ts'
import type { CommitQueue } from './commit-queue.ts'
import { cards, links, profiles, providerUsers } from './schema.ts'

export function createPeopleQueries(deps: {
  readonly db: BetterSQLite3Database
  readonly commits: CommitQueue
  readonly insertEvent: (event: NewEvent) => unknown
}): PeopleStore & CardStore {
  const { db, commits, insertEvent } = deps
  const cardOf = db
    .select()
    .from(cards)
    .where(eq(cards.chat, sql.placeholder('chat')))
    .prepare()
  const linksOf = db
    .select()
    .from(links)
    .where(eq(links.slackUser, sql.placeholder('user')))
    .prepare()
  const linkOfProviderUser = db
    .select()
    .from(links)
    .where(
      and(eq(links.account, sql.placeholder('account')), eq(links.providerUser, sql.placeholder('user'))),
    )
    .prepare()
  const directory = db
    .select({
      id: providerUsers.id,
      name: providerUsers.name,
      email: providerUsers.email,
      active: providerUsers.active,
    })
    .from(providerUsers)
    .where(eq(providerUsers.account, sql.placeholder('account')))
    .orderBy(asc(providerUsers.name))
    .prepare()

  return {
    link: (link, event) =>
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
        return { kind: 'linked' }
      }),
    unlink: (account, user, event) =>
      commits.run(() => {
        const link = db
          .delete(links)
          .where(and(eq(links.account, account), eq(links.slackUser, user)))
          .returning()
          .get()
        if (link === undefined) return null
        insertEvent(event(link))
        return link
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
    card: async (chat) => cardOf.get({ chat }) ?? null,
    saveCard: (card) =>
      commits.run(() => {
        const { chat: _, ...facts } = card
        db.insert(cards).values(card).onConflictDoUpdate({ target: cards.chat, set: facts }).run()
      }),
  }
}
