import { and, asc, count, eq, getTableColumns, gt, isNotNull, isNull, lte, sql } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import type { NewJob } from '../../jobs/contract.ts'
import type { Instant } from '../../routing/ids.ts'
import type { CardStore } from '../card-contract.ts'
import type { CommitQueue } from './commit-queue.ts'
import { cards, chats, events, storms, threads } from './schema.ts'
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
  const chatAt = statements.rows(
    db
      .select({ chat: cards.chat })
      .from(cards)
      .where(and(eq(cards.channel, placeholder('channel')), eq(cards.ts, placeholder('ts')))),
    { chat: cards.chat },
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

  const place = sql<Instant>`${chats.waitingSince}`
  const shownAs = {
    id: chats.id,
    account: chats.account,
    waitingSince: place,
    ts: sql<string | null>`${cards.ts}`,
  }
  const waiting = statements.rows(
    db
      .select(shownAs)
      .from(chats)
      .leftJoin(cards, eq(cards.chat, chats.id))
      .where(
        and(
          isNotNull(chats.waitingSince),
          sql`(${chats.waitingSince}, ${chats.id}) > (${placeholder('since')}, ${placeholder('id')})`,
        ),
      )
      .orderBy(asc(chats.waitingSince), asc(chats.id))
      .limit(placeholder('limit')),
    shownAs,
  )
  const doubt = statements.writes(
    db
      .update(cards)
      .set({ shows: '' })
      .where(eq(cards.chat, placeholder('id'))),
  )

  const cardless = statements.rows(
    db
      .select({ count: count() })
      .from(chats)
      .leftJoin(cards, eq(cards.chat, chats.id))
      .where(
        and(isNotNull(chats.waitingSince), eq(chats.account, placeholder('account')), isNull(cards.chat)),
      ),
    { count: sql<number>`count` },
  )
  const came = statements.rows(
    db
      .select({ count: count() })
      .from(chats)
      .where(
        and(
          eq(chats.account, placeholder('account')),
          gt(chats.waitingSince, placeholder('after')),
          lte(chats.waitingSince, placeholder('until')),
        ),
      ),
    { count: sql<number>`count` },
  )
  const stormOf = statements.rows(
    db
      .select()
      .from(storms)
      .where(eq(storms.account, placeholder('account'))),
    getTableColumns(storms),
  )

  return {
    card: async (chat) => cardOf.get({ chat }) ?? null,
    chatOfCard: async ({ channel, ts }) => chatAt.get({ channel, ts })?.chat ?? null,
    saveCard: (card, jobs = []) =>
      commits.run(() => {
        const { chat: _, ...facts } = card
        db.insert(cards).values(card).onConflictDoUpdate({ target: cards.chat, set: facts }).run()
        jobs.forEach(enqueue)
      }, 'in-order'),
    doubtCards: ({ after, limit, postedBefore }, job) =>
      commits.run(() => {
        const looked = waiting.all({ limit, since: after?.waitingSince ?? -1, id: after?.id ?? '' })
        // Slack's message ids are seconds since 1970, with as many digits.
        const before = String(postedBefore / 1_000)
        for (const { ts, id, account } of looked) {
          if (ts === null || ts >= before) continue
          doubt.run({ id })
          enqueue(job({ id, account }))
        }
        const last = looked.at(-1)
        return last === undefined || looked.length < limit
          ? null
          : { waitingSince: last.waitingSince, id: last.id }
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
    countCame: async (account, period) => came.get({ account, ...period })?.count ?? 0,
    countCardless: async (account) => cardless.get({ account })?.count ?? 0,
    storm: async (account) => stormOf.get({ account }) ?? null,
    saveStorm: (storm) =>
      commits.run(() => {
        const { account: _, ...place } = storm
        db.insert(storms).values(storm).onConflictDoUpdate({ target: storms.account, set: place }).run()
      }, 'in-order'),
    endStorm: (account) =>
      commits.run(() => {
        db.delete(storms).where(eq(storms.account, account)).run()
      }, 'in-order'),
  }
}
