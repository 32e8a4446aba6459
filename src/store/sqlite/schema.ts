import { sql } from 'drizzle-orm'
import {
  customType,
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core'
import type { ContactValues } from '../../providers/contract.ts'
import type { AccountHealth } from '../../routing/account-health.ts'
import type { EventFacts, LinkedHow } from '../../routing/audit.ts'
import type {
  Chat,
  ChatMessages,
  ChatProblem,
  Offer,
  PendingAssignment,
  Undoable,
} from '../../routing/chat.ts'
import type { DirectoryRun } from '../../routing/directory-run.ts'
import type {
  AccountId,
  ChatId,
  ChatKey,
  EventId,
  Instant,
  ProviderUserId,
  SlackUserId,
} from '../../routing/ids.ts'

/** JSON in a text column; unlike Drizzle's own, null stays NULL when it comes through a placeholder. */
const json = <T>() =>
  customType<{ data: T; driverData: string | null }>({
    dataType: () => 'text',
    toDriver: (value) => (value === null ? null : JSON.stringify(value)),
    fromDriver: (text) => JSON.parse(text ?? 'null'),
  })()

export const accounts = sqliteTable('accounts', {
  id: text().$type<AccountId>().primaryKey(),
  /** Numbers of polls that are taken, begun or not. */
  poll: integer().notNull().default(0),
  /** Null until something did not work. */
  health: json<AccountHealth>(),
})

export const chats = sqliteTable(
  'chats',
  {
    id: text().$type<ChatId>().primaryKey(),
    account: text().$type<AccountId>().notNull(),
    key: text().$type<ChatKey>().notNull(),
    name: text(),
    phone: text(),
    /** Under which its texts are found (`chat-texts.ts`); null in rows of older versions until the file is opened. */
    searchId: integer('search_id'),
    status: text().$type<Chat['status']>().notNull(),
    owner: text().$type<ProviderUserId>(),
    ownerSince: integer('owner_since').$type<Instant>(),
    ownerVia: text('owner_via').$type<Chat['ownerVia']>().notNull(),
    holder: text().$type<ProviderUserId>(),
    pending: json<PendingAssignment>(),
    problem: json<ChatProblem>(),
    version: integer().notNull(),
    waitingSince: integer('waiting_since').$type<Instant>(),
    lastMessageAt: integer('last_message_at').$type<Instant>(),
    writtenInPoll: integer('written_in_poll').notNull(),
    /** Null or not whole in rows of older versions. */
    messages: json<Partial<ChatMessages>>(),
    windowEndsAt: integer('window_ends_at').$type<Instant>(),
    /** The first of `messages.unanswered`, by which chats are found. */
    unansweredSince: integer('unanswered_since').$type<Instant>(),
    lastOwner: text('last_owner').$type<ProviderUserId>(),
    offer: json<Offer>(),
    undo: json<Undoable>(),
  },
  (table) => [
    // The key first: a number is looked for in every account at once, too.
    uniqueIndex('chats_key').on(table.key, table.account),
    index('chats_phone').on(table.phone).where(sql`phone IS NOT NULL`),
    uniqueIndex('chats_search').on(table.searchId),
    // All that lists need to pass over a chat without looking at it.
    index('chats_active').on(table.lastMessageAt, table.status, table.searchId),
    index('chats_open').on(table.account).where(sql`status = 'open'`),
    index('chats_waiting').on(table.waitingSince).where(sql`waiting_since IS NOT NULL`),
    index('chats_waiting_there').on(table.account, table.waitingSince).where(sql`waiting_since IS NOT NULL`),
    index('chats_window')
      .on(table.windowEndsAt)
      .where(sql`window_ends_at IS NOT NULL AND waiting_since IS NOT NULL`),
    index('chats_offered').on(sql`offer ->> 'to'`).where(sql`offer IS NOT NULL`),
    // All that is to be known of what people have to do, without a look at their chats.
    index('chats_owned').on(table.account, table.owner, table.unansweredSince).where(sql`owner IS NOT NULL`),
  ],
)

/** How many chats people have, and in how many of these a customer waits; 0 where they have none any more. */
export const loads = sqliteTable(
  'loads',
  {
    account: text().$type<AccountId>().notNull(),
    owner: text().$type<ProviderUserId>().notNull(),
    chats: integer().notNull(),
    unanswered: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.account, table.owner] })],
)

export const events = sqliteTable(
  'events',
  {
    id: integer().$type<EventId>().primaryKey(),
    at: integer().$type<Instant>().notNull(),
    account: text().$type<AccountId>().notNull(),
    chat: text().$type<ChatId>(),
    actor: text().$type<SlackUserId>(),
    via: text().$type<'slack' | 'provider' | 'rule'>().notNull(),
    facts: json<EventFacts>().notNull(),
  },
  (table) => [index('events_chat').on(table.chat, table.id)],
)

export const jobs = sqliteTable(
  'jobs',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    kind: text().notNull(),
    key: text().notNull(),
    pool: text().notNull(),
    payload: json<unknown>().notNull(),
    /** When it may run next; null once it has failed for good. */
    runAt: integer('run_at').$type<Instant>(),
    attempts: integer().notNull().default(0),
    /** Rises with every enqueuing, so that a running try sees that it was asked for again. */
    asked: integer().notNull().default(1),
    /** `asked` as the running try saw it. */
    askedAtTake: integer('asked_at_take').notNull().default(0),
    /** Rises with every take: the fence. */
    lease: integer().notNull().default(0),
    leaseUntil: integer('lease_until').$type<Instant>(),
    reason: text(),
  },
  (table) => [
    uniqueIndex('jobs_key').on(table.key),
    // With the pool, so that a backlog of a full pool is passed over without reading its jobs.
    index('jobs_due').on(table.pool, table.runAt).where(sql`run_at IS NOT NULL`),
    index('jobs_failed').on(table.kind).where(sql`run_at IS NULL`),
    index('jobs_leased').on(table.pool, table.leaseUntil).where(sql`lease_until IS NOT NULL`),
  ],
)

export const links = sqliteTable(
  'links',
  {
    account: text().$type<AccountId>().notNull(),
    slackUser: text('slack_user').$type<SlackUserId>().notNull(),
    providerUser: text('provider_user').$type<ProviderUserId>().notNull(),
    /** Null in rows of older versions. */
    since: integer().$type<Instant>(),
    how: text().$type<LinkedHow>(),
  },
  (table) => [
    primaryKey({ columns: [table.account, table.slackUser] }),
    uniqueIndex('links_provider_user').on(table.account, table.providerUser),
  ],
)

/** People whose link was undone by hand: no rule makes it anew. */
export const unlinked = sqliteTable(
  'unlinked',
  {
    account: text().$type<AccountId>().notNull(),
    slackUser: text('slack_user').$type<SlackUserId>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.account, table.slackUser] })],
)

export const providerUsers = sqliteTable(
  'provider_users',
  {
    account: text().$type<AccountId>().notNull(),
    id: text().$type<ProviderUserId>().notNull(),
    name: text().notNull(),
    email: text(),
    active: integer({ mode: 'boolean' }).notNull(),
    missingSince: integer('missing_since').$type<Instant>(),
  },
  (table) => [primaryKey({ columns: [table.account, table.id] })],
)

export const profiles = sqliteTable('profiles', {
  user: text().$type<SlackUserId>().primaryKey(),
  name: text().notNull(),
  email: text(),
  workspaceAdmin: integer('workspace_admin', { mode: 'boolean' }).notNull(),
  eligible: integer({ mode: 'boolean' }).notNull(),
  deactivated: integer({ mode: 'boolean' }).notNull().default(false),
})

/** The one reading of who is in Slack and at the providers: how far it came, or when it ended. */
export const directoryRuns = sqliteTable('directory_runs', {
  id: integer().primaryKey(),
  run: json<DirectoryRun>().notNull(),
})

/** People who have said that they are away. */
export const away = sqliteTable('away', {
  user: text().$type<SlackUserId>().primaryKey(),
  since: integer().$type<Instant>().notNull(),
  until: integer().$type<Instant>(),
})

export const contactEdits = sqliteTable(
  'contact_edits',
  {
    // Autoincrement: a job about an edit that has ended must not find a later one under its number.
    id: integer().primaryKey({ autoIncrement: true }),
    account: text().$type<AccountId>().notNull(),
    chat: text().$type<ChatId>(),
    phone: text(),
    by: text().$type<SlackUserId>().notNull(),
    values: json<ContactValues>().notNull(),
  },
  (table) => [index('contact_edits_chat').on(table.chat).where(sql`chat IS NOT NULL`)],
)

/** What webhooks have told, so that it counts once however often it is told. */
export const seenEvents = sqliteTable(
  'seen_events',
  {
    account: text().$type<AccountId>().notNull(),
    id: text().notNull(),
    at: integer().$type<Instant>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.account, table.id] }), index('seen_events_at').on(table.at)],
)

export const cards = sqliteTable(
  'cards',
  {
    chat: text().$type<ChatId>().primaryKey(),
    channel: text().notNull(),
    ts: text().notNull(),
    shows: text().notNull(),
    waitingVersion: integer('waiting_version'),
  },
  // Slack's message ids of a channel rise as texts, too.
  (table) => [index('cards_place').on(table.channel, table.ts)],
)

/** How far the thread of a chat's card has told what happened. */
export const threads = sqliteTable('threads', {
  chat: text().$type<ChatId>().primaryKey(),
  told: integer().$type<EventId>().notNull(),
})

/** Where the private messages about open offers stand. */
export const offerMessages = sqliteTable('offer_messages', {
  offer: integer().$type<EventId>().primaryKey(),
  channel: text().notNull(),
  ts: text().notNull(),
})

/** The message in an account's channel that tells of many chats at once, until their cards have followed. */
export const storms = sqliteTable('storms', {
  account: text().$type<AccountId>().primaryKey(),
  channel: text().notNull(),
  ts: text().notNull(),
})
