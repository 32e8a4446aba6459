import { and, asc, between, desc, eq, getTableColumns, isNotNull, like, or, type SQL, sql } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import type { ChatSearch } from '../contract.ts'
import { chats } from './schema.ts'
import type { Statements } from './statements.ts'

type Row = typeof chats.$inferSelect

/** Of searches with more words no statement is kept: what people type must not fill the memory. */
const MOST_WORDS_KEPT = 4

/** Runs searches; those of the same shape share one prepared statement. */
export function createChatSearch(deps: {
  readonly db: BetterSQLite3Database
  readonly statements: Statements
}): (search: ChatSearch) => readonly Row[] {
  const kept = new Map<string, ReturnType<typeof prepare>>()

  function prepare(search: ChatSearch, words: number) {
    const found = deps.db
      .select()
      .from(chats)
      .where(and(...conditions(search, words)))
    const query = isLookUp(search)
      ? found
      : found.orderBy(order(search), asc(chats.id)).limit(sql.placeholder('limit'))
    return deps.statements.rows(query, getTableColumns(chats))
  }

  return (search) => {
    const words = (search.text ?? '').toLowerCase().split(/\s+/u).filter(Boolean)
    const shape = shapeOf(search, words.length)
    const statement = kept.get(shape) ?? prepare(search, words.length)
    if (words.length <= MOST_WORDS_KEPT) kept.set(shape, statement)
    const rows = statement.all(valuesOf(search, words))
    return isLookUp(search) ? rows.sort(inOrder(search.state)).slice(0, search.limit) : rows
  }
}

const order = ({ state, windowEnds }: ChatSearch): SQL => {
  if (windowEnds !== undefined) return asc(chats.windowEndsAt)
  return state === 'waiting' ? asc(chats.waitingSince) : desc(chats.lastMessageAt)
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
const shapeOf = (
  { state, account, exactly, owners, windowEnds, offeredTo }: ChatSearch,
  words: number,
): string =>
  [
    state,
    windowEnds !== undefined,
    offeredTo !== undefined,
    account !== undefined,
    exactly?.phones.length,
    exactly?.keys.length,
    owners?.length,
    words,
  ].join()

function conditions(search: ChatSearch, words: number): (SQL | undefined)[] {
  const { placeholder } = sql
  return [
    search.state === 'waiting' ? isNotNull(chats.waitingSince) : undefined,
    search.windowEnds === undefined
      ? undefined
      : between(chats.windowEndsAt, placeholder('windowFrom'), placeholder('windowTo')),
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
    ...Array.from({ length: words }, (_, index) =>
      like(chats.searchText, sql`${placeholder(`word${index}`)} ESCAPE '\\'`),
    ),
  ]
}

/** With a plus, SQLite uses no index of it: it takes an account's open chats to be few, and a number's not. */
const accountOf = (search: ChatSearch): SQL =>
  isLookUp(search) ? sql`+${chats.account}` : sql`${chats.account}`

const valuesOf = (
  { account, exactly, owners = [], windowEnds, offeredTo, limit }: ChatSearch,
  words: readonly string[],
): Record<string, unknown> => ({
  account,
  limit,
  offeredTo,
  windowFrom: windowEnds?.from,
  windowTo: windowEnds?.to,
  ...Object.fromEntries(exactly?.phones.map((phone, index) => [`phone${index}`, phone]) ?? []),
  ...Object.fromEntries(exactly?.keys.map((key, index) => [`key${index}`, key]) ?? []),
  ...Object.fromEntries(
    owners.flatMap((own, index) => [
      [`account${index}`, own.account],
      [`owner${index}`, own.user],
    ]),
  ),
  ...Object.fromEntries(words.map((word, index) => [`word${index}`, `%${escapeLike(word)}%`])),
})

const escapeLike = (text: string): string => text.replace(/[\\%_]/g, (character) => `\\${character}`)
