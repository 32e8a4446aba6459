import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Sqlite from 'better-sqlite3'
import { generateSQLiteDrizzleJson, generateSQLiteMigration } from 'drizzle-kit/api'
import { expect, it } from 'vitest'
import * as schema from '../../src/store/sqlite/schema.ts'

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
