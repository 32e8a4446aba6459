import { and, asc, count, eq, getTableColumns, gt, sql } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import type { NewJob } from '../../jobs/contract.ts'
import type { CardStore } from '../contract.ts'
import type { CommitQueue } from './commit-queue.ts'
import { cards, events, threads } from './schema.ts'
import type { Statements } from './statements.ts'

export function createCardQueries(deps: {
  readonly db: BetterSQLite3Database
  readonly commits: CommitQueue
  readonly statements: Statements
  readonly enqueue: (job: NewJob) => void
}): CardStore {
  const { db, commits, statements, enqueue } = deps
  const { placeholder } = sql
  const cardOf = statements.rows(
    db
      .select()
      .from(cards)
      .where(eq(cards.chat, placeholder('chat'))),
    getTableColumns(cards),
  )
  const told = sql`coalesce((SELECT ${threads.told} FROM ${threads} WHERE ${threads.chat} = ${placeholder('chat')}), 0)`
  const untold = statements.rows(
    db
      .select()
      .from(events)
      .where(and(eq(events.chat, placeholder('chat')), gt(events.id, told)))
      .orderBy(asc(events.id))
      .limit(placeholder('limit')),
    getTableColumns(events),
  )

  return {
    card: async (chat) => cardOf.get({ chat }) ?? null,
    saveCard: (card, jobs = []) =>
      commits.run(() => {
        const { chat: _, ...facts } = card
        db.insert(cards).values(card).onConflictDoUpdate({ target: cards.chat, set: facts }).run()
        jobs.forEach(enqueue)
      }, 'in-order'),
    cardsBelow: async ({ channel, ts }) =>
      db
        .select({ below: count() })
        .from(cards)
        .where(and(eq(cards.channel, channel), gt(cards.ts, ts)))
        .get()?.below ?? 0,
    untold: async (chat, limit) => untold.all({ chat, limit }),
    saveTold: (chat, upTo) =>
      commits.run(() => {
        db.insert(threads)
          .values({ chat, told: upTo })
          .onConflictDoUpdate({ target: threads.chat, set: { told: upTo } })
          .run()
      }, 'in-order'),
  }
}
