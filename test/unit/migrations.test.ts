import { cpSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Sqlite from 'better-sqlite3'
import { generateSQLiteDrizzleJson, generateSQLiteMigration } from 'drizzle-kit/api'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { migrate } from 'drizzle-orm/better-sqlite3/migrator'
import { expect, it } from 'vitest'
import { chatId, eventId, later } from '../../src/routing/ids.ts'
import * as schema from '../../src/store/sqlite/schema.ts'
import { ANN, NOW, ownedChat, WAMM } from '../fixtures/chats.ts'
import { temporaryFile, temporaryStore } from '../fixtures/temporary-store.ts'

const migrations = fileURLToPath(new URL('../../migrations', import.meta.url))

it('the migrations make exactly the schema in the code', async () => {
  const meta = join(migrations, 'meta')
  const newest = globSync('*_snapshot.json', { cwd: meta }).sort().at(-1) ?? ''
  const migrated = JSON.parse(readFileSync(join(meta, newest), 'utf8'))
  const wanted = await generateSQLiteDrizzleJson(schema, migrated.id)
  expect(await generateSQLiteMigration(migrated, wanted)).toEqual([])
})

it('what happened before cards had threads stays untold in them: people had written notes for one colleague', () => {
  const db = new Sqlite(':memory:')
  const steps = globSync('*.sql', { cwd: migrations })
    .sort()
    .map((name) => readFileSync(join(migrations, name), 'utf8'))
  const first = steps.findIndex((sql) => sql.includes('CREATE TABLE `threads`'))
  for (const sql of steps.slice(0, first)) db.exec(sql)
  db.exec(`INSERT INTO chats (id, account, key, search_text, status, owner_via, version, written_in_poll)
           VALUES ('chat-1', 'wamm', '1', '', 'open', 'slack', 1, 0);
           INSERT INTO events (id, at, account, chat, via, facts) VALUES (7, 0, 'wamm', 'chat-1', 'slack', '{}');`)
  for (const sql of steps.slice(first)) db.exec(sql)
  expect(db.prepare('SELECT chat, told FROM threads').all()).toEqual([{ chat: 'chat-1', told: 7 }])
  db.close()
})

/** Every version of the schema that a Baton may have left, by the name of its newest migration. */
const journal: { readonly entries: readonly { readonly tag: string }[] } = JSON.parse(
  readFileSync(join(migrations, 'meta/_journal.json'), 'utf8'),
)
const versions = journal.entries.map(({ tag }, index) => [tag, index + 1] as const)

/** A database as the Baton with the first so many migrations has left it. */
function databaseOf(steps: number): string {
  const file = temporaryFile()
  const folder = join(dirname(file), 'migrations')
  cpSync(migrations, folder, { recursive: true })
  const old = { ...journal, entries: journal.entries.slice(0, steps) }
  writeFileSync(join(folder, 'meta/_journal.json'), JSON.stringify(old))
  const db = new Sqlite(file)
  migrate(drizzle(db), { migrationsFolder: folder })
  db.close()
  return file
}

type Row = Readonly<Record<string, string | number | null>>

const CHAT = chatId('chat-1')
const claimed = { kind: 'claimed', to: ANN.providerUser }
/** What is in the tables that the rest relies on; the columns of others are filled by their type. */
const samples: Readonly<Record<string, Row>> = {
  accounts: { id: WAMM, poll: 41, health: '{}' },
  chats: {
    id: CHAT,
    account: WAMM,
    key: '79001234567',
    name: 'Ivan Petrov',
    phone: '+79001234567',
    search_text: 'ivan petrov\n+79001234567\n79001234567',
    status: 'open',
    owner: ANN.providerUser,
    owner_since: NOW - 60_000,
    owner_via: 'provider',
    holder: ANN.providerUser,
    pending: null,
    problem: null,
    version: 3,
    waiting_since: null,
    last_message_at: NOW - 600_000,
    written_in_poll: 40,
    messages: null,
    window_ends_at: null,
    last_owner: null,
  },
  events: {
    id: 7,
    at: NOW,
    account: WAMM,
    chat: CHAT,
    actor: ANN.slackUser,
    via: 'slack',
    facts: JSON.stringify(claimed),
  },
  jobs: {
    kind: 'card',
    key: `card:${CHAT}`,
    pool: 'slack:cards',
    payload: `{"chat":"${CHAT}"}`,
    run_at: NOW,
  },
  links: { account: WAMM, slack_user: ANN.slackUser, provider_user: ANN.providerUser },
  provider_users: { account: WAMM, id: ANN.providerUser, name: 'Ann', email: 'ann@acme.test', active: 1 },
  profiles: { user: ANN.slackUser, name: 'Ann', email: 'ann@acme.test', workspace_admin: 0, eligible: 1 },
  contact_edits: { id: 5, account: WAMM, chat: CHAT, phone: null, by: ANN.slackUser, values: '{"note":"x"}' },
  loads: { account: WAMM, owner: ANN.providerUser, chats: 1, unanswered: 0 },
  cards: { chat: CHAT, channel: 'C1', ts: '1.000001', shows: 'digest', waiting_version: null },
}

interface Column {
  readonly name: string
  readonly type: string
  readonly notnull: number
  readonly dflt_value: string | null
}

/** What texts of before are found by is kept in another form. */
const KEPT_NO_MORE = 'search_text'

/** One row in each table, with all that the schema of the time needs; by table. */
function fill(file: string): ReadonlyMap<string, Row> {
  const db = new Sqlite(file)
  const tables = db
    .prepare<[], { readonly name: string }>(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'chat_texts%'",
    )
    .all()
  const rows = new Map<string, Row>()
  for (const { name } of tables) {
    const columns = db.prepare<[], Column>(`PRAGMA table_info(${name})`).all()
    const entries = columns.flatMap((column): [string, string | number | null][] => {
      const given = samples[name]?.[column.name]
      if (given !== undefined) return [[column.name, given]]
      return column.notnull === 1 && column.dflt_value === null
        ? [[column.name, column.type.toLowerCase() === 'text' ? '1' : 1]]
        : []
    })
    const names = entries.map(([column]) => `"${column}"`).join(', ')
    db.prepare(`INSERT INTO ${name} (${names}) VALUES (${entries.map(() => '?').join(', ')})`).run(
      ...entries.map(([, value]) => value),
    )
    rows.set(name, Object.fromEntries(entries))
  }
  db.close()
  return rows
}

it.each(versions)(
  'a database that was left at %s keeps its rows, and Baton goes on with them',
  async (_tag, steps) => {
    const file = databaseOf(steps)
    const before = fill(file)
    const store = temporaryStore(file)

    const db = new Sqlite(file, { readonly: true })
    for (const [table, row] of before) {
      const { [KEPT_NO_MORE]: _, ...kept } = row
      const names = Object.keys(kept).map((column) => `"${column}"`)
      expect([table, db.prepare(`SELECT ${names.join(', ')} FROM ${table}`).all()]).toEqual([table, [kept]])
    }
    db.close()

    expect(await store.chat(CHAT)).toMatchObject(
      ownedChat(ANN.providerUser, { version: 3, writtenInPoll: 40, id: CHAT }),
    )
    expect(await store.loads()).toMatchObject([{ account: WAMM, owner: ANN.providerUser, chats: 1 }])
    for (const text of ['van petr', '4567'])
      expect(await store.findChats({ state: 'open', text, limit: 9 })).toHaveLength(1)
    expect(await store.event(eventId(7))).toMatchObject({ id: 7, actor: ANN.slackUser, facts: claimed })
    expect(await store.card(CHAT)).toMatchObject({ channel: 'C1', ts: '1.000001' })
    expect(await store.links(ANN.slackUser)).toMatchObject([{ account: WAMM, ...ANN }])
    expect(await store.profile(ANN.slackUser)).toMatchObject({ name: 'Ann', eligible: true })
    expect(await store.providerUsers(WAMM)).toMatchObject([{ id: ANN.providerUser, active: true }])
    if (before.has('contact_edits'))
      expect(await store.contactEdits(5)).toMatchObject([{ values: { note: 'x' } }])
    const pools = [{ pool: 'slack:cards', limit: 9 }]
    expect(await store.takeJobs({ now: NOW, leaseUntil: later(NOW, 1_000), pools })).toMatchObject([
      { key: `card:${CHAT}`, attempts: 1 },
    ])
    expect(await store.beginPoll(WAMM)).toBeGreaterThan(40)

    const next = await store.change({ chat: CHAT }, [], (state) => ({
      result: state.eventId,
      ...(state.chat === null ? {} : { chat: { ...state.chat, version: state.chat.version + 1 } }),
    }))
    expect(next).toBe(8)
    expect(await store.chat(CHAT)).toMatchObject({ version: 4 })
  },
)
