import { and, count, eq, getTableColumns, isNotNull, type Query, type SQL, sql } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import { type NewEvent, noteIn } from '../../routing/audit.ts'
import type { Chat } from '../../routing/chat.ts'
import { MOST_OWNERS } from '../../routing/chat-search.ts'
import type { AccountId, ChatId, EventId, SlackUserId } from '../../routing/ids.ts'
import { eventId } from '../../routing/ids.ts'
import type { Change, ChangeState, ChangeTarget, ChatStore } from '../contract.ts'
import type { AbsenceOf } from './absences.ts'
import { type ChatRow as Row, toChat, toRow } from './chat-row.ts'
import { createChatSearch } from './chat-search.ts'
import type { ChatTexts } from './chat-texts.ts'
import type { CommitQueue } from './commit-queue.ts'
import { createHistoryQueries } from './history.ts'
import type { JobQueries } from './jobs.ts'
import type { Loads } from './loads.ts'
import { createAwayOf } from './offers.ts'
import type { PeopleMemory } from './people-memory.ts'
import { createPersonInAccount } from './person-in-account.ts'
import { createPollNumbers } from './poll-numbers.ts'
import { chats, events } from './schema.ts'
import type { IsNew } from './seen.ts'
import type { Statements } from './statements.ts'

export function createChatQueries(deps: {
  readonly db: BetterSQLite3Database
  readonly commits: CommitQueue
  readonly statements: Statements
  readonly jobs: JobQueries
  readonly absenceOf: AbsenceOf
  readonly texts: ChatTexts
  readonly loads: Loads
  readonly isNew: IsNew
  readonly memory: PeopleMemory
  readonly newId: () => ChatId
}): ChatStore & {
  readonly insertEvent: (event: NewEvent) => EventId
  /** Of the next event that is written. */
  readonly nextEventId: () => EventId
} {
  const { db, commits, statements, texts, loads } = deps
  const { placeholder } = sql
  const { search, countUpTo } = createChatSearch({ db, statements })
  const chatRows = (query: { toSQL(): Query }) => statements.rows(query, chatColumns)
  const byId = chatRows(
    db
      .select()
      .from(chats)
      .where(eq(chats.id, placeholder('chat'))),
  )
  const byKey = chatRows(
    db
      .select()
      .from(chats)
      .where(and(eq(chats.account, placeholder('account')), eq(chats.key, placeholder('key')))),
  )
  const insert = statements.writes(db.insert(chats).values(placeholders))
  const isChat = eq(chats.id, placeholder('id'))
  const update = statements.writes(db.update(chats).set(oftenColumns).where(isChat))
  const updateSeldom = statements.writes(db.update(chats).set(seldomColumns).where(isChat))
  const addEvent = statements.writes(
    db.insert(events).values({
      id: placeholder('id'),
      at: placeholder('at'),
      account: placeholder('account'),
      chat: placeholder('chat'),
      actor: placeholder('actor'),
      via: placeholder('via'),
      facts: placeholder('facts'),
    }),
  )
  const eventById = statements.rows(
    db
      .select()
      .from(events)
      .where(eq(events.id, placeholder('id'))),
    getTableColumns(events),
  )
  const polls = createPollNumbers({ db, commits })
  const awayOf = createAwayOf({ db, statements })
  const personIn = createPersonInAccount(deps)
  const openOf = statements.rows(
    db
      .select(listedColumns)
      .from(chats)
      .where(and(eq(chats.account, placeholder('account')), sql`${chats.status} = 'open'`)),
    listedColumns,
  )
  const listeners: (() => void)[] = []
  let hasChanged = false
  commits.onCommit(() => {
    if (!hasChanged) return
    hasChanged = false
    for (const listener of listeners) listener()
  })

  // Nobody else writes to the file. A transaction that is rolled back leaves a gap, which does no harm.
  const newest = db
    .select({ id: sql<number | null>`max(${events.id})` })
    .from(events)
    .get()
  let lastEventId = newest?.id ?? 0

  const nextEventId = (): EventId => eventId(lastEventId + 1)

  function insertEvent(event: NewEvent): EventId {
    lastEventId += 1
    addEvent.run({ id: lastEventId, ...event })
    const note = noteIn(event.facts)
    if (event.chat !== null && note !== null) texts.addNote(event.chat, note)
    return eventId(lastEventId)
  }

  function find(target: ChangeTarget, people: readonly SlackUserId[]): Row | undefined {
    if ('chat' in target) return byId.get(target)
    if ('key' in target) return byKey.get(target)
    const { nextWaiting, closing: windowEnds } = target
    const account = nextWaiting === 'any' ? {} : { account: nextWaiting }
    const first = { ...account, state: 'waiting', limit: 1 } as const
    const [closing] = search({ ...first, windowEnds })
    if (closing !== undefined) return closing
    const [waiting] = search(first)
    const owners = loads
      .leftBehind()
      .filter((load) => nextWaiting === 'any' || load.account === nextWaiting)
      .filter((load) => !people.some((user) => personIn(load.account, user).link === load.owner))
      .map((load) => ({ account: load.account, user: load.owner }))
      .slice(0, MOST_OWNERS)
    if (owners.length === 0) return waiting
    const [left] = search({ state: 'held', owners, unanswered: 'first', limit: 1 })
    const since = left?.unansweredSince ?? Infinity
    return waiting?.waitingSince != null && waiting.waitingSince <= since ? waiting : left
  }

  function changeState(target: ChangeTarget, people: readonly SlackUserId[]): ChangeState {
    const row = find(target, people)
    const account = row?.account ?? accountOf(target)
    const named = people.map((user) => [user, personIn(account, user)] as const)
    return {
      chat: row === undefined ? null : toChat(row),
      newChatId: deps.newId(),
      eventId: nextEventId(),
      currentPoll: account === null ? 0 : polls.current(account),
      links: new Map(named.flatMap(([user, { link }]) => (link === null ? [] : [[user, link]]))),
      profiles: new Map(named.flatMap(([user, { profile }]) => (profile === null ? [] : [[user, profile]]))),
      absenceOf: (user) => (account === null ? null : deps.absenceOf(account, user)),
      awayOf,
    }
  }

  function write(state: ChangeState, change: Change<unknown>): void {
    if (change.chat !== undefined) writeChat(state.chat, change.chat)
    if (change.event !== undefined) insertEvent(change.event)
    for (const job of change.jobs ?? []) deps.jobs.enqueue(job)
  }

  function writeChat(before: Chat | null, chat: Chat): void {
    hasChanged = true
    loads.recount(before, chat)
    const row = toRow(chat)
    if (before === null) {
      insert.run({ ...row, searchId: texts.newSearchId() })
      texts.put(chat)
      return
    }
    update.run(row)
    if (before.name !== chat.name || before.phone !== chat.phone) texts.put(chat)
    if (seldomFields.some((field) => before[field] !== chat[field])) updateSeldom.run(row)
  }

  return {
    insertEvent,
    nextEventId,
    change: (target, people, decide) =>
      commits.run(() => {
        const state = changeState(target, people)
        const change = decide(state)
        write(state, change)
        return change.result
      }),
    changeOnce: (target, { id, at }, decide) =>
      commits.run(() => {
        if (!deps.isNew({ account: target.account, id, at })) return null
        const state = changeState(target, [])
        const change = decide(state)
        write(state, change)
        return change.result
      }),
    chat: async (id) => {
      const row = byId.get({ chat: id })
      return row === undefined ? null : toChat(row)
    },
    findChats: async (args) => search(args).map(toChat),
    countWaiting: async (account) =>
      db
        .select({ waiting: count() })
        .from(chats)
        .where(
          and(isNotNull(chats.waitingSince), account === undefined ? undefined : eq(chats.account, account)),
        )
        .get()?.waiting ?? 0,
    countChats: async (args) => countUpTo(args),
    loads: async () => loads.all(),
    leftBehind: async () => loads.leftBehind(),
    onChats: (listener) => void listeners.push(listener),
    openChats: async (account) => openOf.all({ account }),
    beginPoll: polls.begin,
    event: async (id) => eventById.get({ id }) ?? null,
    ...createHistoryQueries(db),
  }
}

function accountOf(target: ChangeTarget): AccountId | null {
  if ('key' in target) return target.account
  return 'nextWaiting' in target && target.nextWaiting !== 'any' ? target.nextWaiting : null
}

const chatColumns = getTableColumns(chats)

const listedColumns = {
  key: chats.key,
  name: chats.name,
  phone: chats.phone,
  status: chats.status,
  holder: chats.holder,
  pending: chats.pending,
  lastMessageAt: chats.lastMessageAt,
  writtenInPoll: chats.writtenInPoll,
}

/** One placeholder a column, encoded as the column says, so that a row is the statement's parameters. */
const placeholders = Object.fromEntries(
  Object.entries(chatColumns).map(([name, column]) => [
    name,
    sql`${sql.param(sql.placeholder(name), column)}`,
  ]),
) as Record<keyof Row, SQL>

/**
 * SQLite rewrites the entries of every index whose columns an update sets, changed or not. So which chat it
 * is, is never set, and what seldom changes only when it does.
 */
const {
  id: _id,
  account: _account,
  key: _key,
  searchId: _searchId,
  status,
  name,
  phone,
  lastMessageAt,
  messages,
  windowEndsAt,
  unansweredSince,
  lastOwner,
  offer,
  ...oftenColumns
} = placeholders
const seldomColumns = {
  status,
  name,
  phone,
  lastMessageAt,
  messages,
  windowEndsAt,
  unansweredSince,
  lastOwner,
  offer,
}
const seldomFields = [
  'status',
  'name',
  'phone',
  'lastMessageAt',
  'messages',
  'windowEndsAt',
  'lastOwner',
  'offer',
] as const
