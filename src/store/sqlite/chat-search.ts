import { and, asc, between, desc, eq, getTableColumns, isNotNull, lte, or, type SQL, sql } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import { type ChatSearch, MOST_WORDS } from '../../routing/chat-search.ts'
import { chatOfText, matchesOf } from './chat-texts.ts'
import { chats } from './schema.ts'
import type { Statements } from './statements.ts'

type Row = typeof chats.$inferSelect

/** So many are looked at one by one; where more are meant, the newest of all are passed until enough are found. */
const FEW = 1_000

/** Runs searches; those of the same shape share one prepared statement. */
export function createChatSearch(deps: {
  readonly db: BetterSQLite3Database
  readonly statements: Statements
}): {
  readonly search: (search: ChatSearch) => readonly Row[]
  /** How many it finds; no more than its limit are looked at. */
  readonly countUpTo: (search: ChatSearch) => number
} {
  const { db, statements } = deps
  const { placeholder } = sql

  const matched = db
    .select({ one: sql`1` })
    .from(sql`chat_texts`)
    .where(sql`chat_texts MATCH ${placeholder('match')}`)
    .limit(FEW + 1)
    .as('matched')
  const counted = { count: sql<number>`count(*)` }
  const matchCount = statements.rows(db.select(counted).from(matched), counted)

  /** Those that fewest texts have, first. */
  function textsOf(search: ChatSearch): Texts {
    const rated = matchesOf(search).map((match) => ({ match, count: matchCount.get({ match })?.count ?? 0 }))
    rated.sort((one, other) => one.count - other.count)
    const matches = rated.slice(0, MOST_WORDS).map(({ match }) => match)
    return { matches, few: (rated[0]?.count ?? FEW + 1) <= FEW }
  }

  const rowsOf = remembering((search, texts) => {
    const found = db
      .select()
      .from(chats)
      .where(and(...conditions(search, texts)))
    const query = isLookUp(search)
      ? found
      : found
          .orderBy(...order(search), asc(chats.id))
          .limit(placeholder('limit'))
          .offset(placeholder('offset'))
    return statements.rows(query, getTableColumns(chats))
  })

  const countOf = remembering((search, texts) => {
    const found = db
      .select({ one: sql`1` })
      .from(chats)
      .where(and(...conditions(search, texts)))
      .limit(placeholder('limit'))
    return statements.rows(db.select(counted).from(found.as('found')), counted)
  })

  return {
    search(search) {
      const texts = textsOf(search)
      const rows = rowsOf(search, texts).all(valuesOf(search, texts))
      return isLookUp(search) ? rows.sort(inOrder(search.state)).slice(0, search.limit) : rows
    },
    countUpTo(search) {
      const texts = textsOf(search)
      return countOf(search, texts).get(valuesOf(search, texts))?.count ?? 0
    },
  }
}

/** What is looked for in texts; `few` where a thousand chats at most can be meant. */
interface Texts {
  readonly matches: readonly string[]
  readonly few: boolean
}

/** The statements that `prepare` makes, one for each shape of search. */
function remembering<S>(prepare: (search: ChatSearch, texts: Texts) => S) {
  const kept = new Map<string, S>()
  return (search: ChatSearch, texts: Texts): S => {
    const shape = shapeOf(search, texts)
    const statement = kept.get(shape) ?? prepare(search, texts)
    kept.set(shape, statement)
    return statement
  }
}

const order = ({ state, windowEnds, unanswered, idle }: ChatSearch): readonly SQL[] => {
  if (windowEnds !== undefined) return [asc(chats.windowEndsAt)]
  if (state === 'waiting') return [asc(chats.waitingSince)]
  if (idle !== undefined) return [asc(chats.lastMessageAt)]
  const answered = desc(chats.lastMessageAt)
  return unanswered === undefined
    ? [answered]
    : [sql`${chats.unansweredSince} IS NULL`, asc(chats.unansweredSince), answered]
}

/** Finds a chat or two of each account; SQLite's sorter would cost several times what finding them does. */
const isLookUp = ({ exactly }: ChatSearch): boolean => exactly !== undefined

const inOrder =
  (state: ChatSearch['state']) =>
  (one: Row, other: Row): number =>
    (state === 'waiting'
      ? (one.waitingSince ?? 0) - (other.waitingSince ?? 0)
      : (other.lastMessageAt ?? 0) - (one.lastMessageAt ?? 0)) || (one.id < other.id ? -1 : 1)

/** What makes two searches the same statement: everything but the values. */
const shapeOf = (search: ChatSearch, { matches, few }: Texts): string => {
  const {
    state,
    account,
    exactly,
    owners,
    windowEnds,
    windowEndsNot,
    waitsSince,
    unanswered,
    idle,
    offeredTo,
  } = search
  return [
    state,
    windowEnds !== undefined,
    windowEndsNot !== undefined,
    waitsSince !== undefined,
    unanswered,
    idle,
    offeredTo !== undefined,
    account !== undefined,
    exactly?.phones.length,
    exactly?.keys.length,
    owners?.length,
    matches.length,
    few,
  ].join()
}

function conditions(search: ChatSearch, { matches, few }: Texts): (SQL | undefined)[] {
  const { placeholder } = sql
  return [
    search.state === 'waiting' ? isNotNull(chats.waitingSince) : undefined,
    search.windowEnds === undefined
      ? undefined
      : between(chats.windowEndsAt, placeholder('windowFrom'), placeholder('windowTo')),
    search.windowEndsNot === undefined
      ? undefined
      : sql`(${between(chats.windowEndsAt, placeholder('notFrom'), placeholder('notTo'))}) IS NOT TRUE`,
    search.waitsSince === undefined ? undefined : lte(chats.waitingSince, placeholder('waitsSince')),
    search.unanswered === 'only' ? isNotNull(chats.unansweredSince) : undefined,
    search.offeredTo === undefined
      ? undefined
      : sql`${chats.offer} IS NOT NULL AND ${chats.offer} ->> 'to' = ${placeholder('offeredTo')}`,
    search.state === 'held' ? isNotNull(chats.owner) : undefined,
    search.state === 'open' ? sql`${chats.status} = 'open'` : undefined,
    search.account === undefined ? undefined : eq(accountOf(search), placeholder('account')),
    search.exactly === undefined
      ? undefined
      : (or(
          ...search.exactly.phones.map((_, index) => eq(chats.phone, placeholder(`phone${index}`))),
          ...search.exactly.keys.map((_, index) => eq(chats.key, placeholder(`key${index}`))),
        ) ?? sql`false`),
    search.owners === undefined
      ? undefined
      : (or(
          ...search.owners.map((_, index) =>
            and(
              eq(chats.account, placeholder(`account${index}`)),
              eq(chats.owner, placeholder(`owner${index}`)),
            ),
          ),
        ) ?? sql`false`),
    ...matches.map((_, index) => {
      // With a plus, SQLite uses no index of it.
      const column = few && index === 0 ? sql`${chats.searchId}` : sql`+${chats.searchId}`
      return sql`${column} IN (SELECT ${chatOfText} FROM chat_texts WHERE chat_texts MATCH ${placeholder(`match${index}`)})`
    }),
  ]
}

/**
 * With a plus, SQLite uses no index of it: it takes an account's chats to be few, and a number's or those whose
 * windows end soon not.
 */
const accountOf = (search: ChatSearch): SQL =>
  isLookUp(search) || search.windowEnds !== undefined ? sql`+${chats.account}` : sql`${chats.account}`

const valuesOf = (
  {
    account,
    exactly,
    owners = [],
    windowEnds,
    windowEndsNot,
    waitsSince,
    offeredTo,
    limit,
    offset = 0,
  }: ChatSearch,
  { matches }: Texts,
): Record<string, unknown> => ({
  account,
  limit,
  offeredTo,
  offset,
  windowFrom: windowEnds?.from,
  windowTo: windowEnds?.to,
  notFrom: windowEndsNot?.from,
  notTo: windowEndsNot?.to,
  waitsSince,
  ...Object.fromEntries(exactly?.phones.map((phone, index) => [`phone${index}`, phone]) ?? []),
  ...Object.fromEntries(exactly?.keys.map((key, index) => [`key${index}`, key]) ?? []),
  ...Object.fromEntries(
    owners.flatMap((own, index) => [
      [`account${index}`, own.account],
      [`owner${index}`, own.user],
    ]),
  ),
  ...Object.fromEntries(matches.map((match, index) => [`match${index}`, match])),
})
